// node:crypto for the simulator in a page: as much of it as that uses.
import { sha256 } from '@noble/hashes/sha2.js';
import { bytesToHex, utf8ToBytes } from '@noble/hashes/utils.js';

/** Only of 'sha256'. */
export function createHash() {
  let text = '';
  const hash = {
    update(more) {
      text += more;
      return hash;
    },
    digest(encoding) {
      const bytes = sha256(utf8ToBytes(text));
      if (encoding === 'hex') return bytesToHex(bytes);
      return btoa(String.fromCharCode(...bytes)).replaceAll('+', '-').replaceAll('/', '_').replaceAll('=', '');
    },
  };
  return hash;
}
