// The binary format of WebAssembly (core specification, 5), as far as modules are taken apart and put together here.

const HEADER_BYTES = 8;

/** LEB128: `[value, where the next byte is]`. */
export function readNumber(bytes, at, isSigned = false) {
  let value = 0;
  let shift = 0;
  for (;;) {
    const byte = bytes[at++];
    value |= (byte & 0x7f) << shift;
    shift += 7;
    if ((byte & 0x80) !== 0) continue;
    if (isSigned && shift < 32 && (byte & 0x40) !== 0) value |= -1 << shift;
    return [value, at];
  }
}

/** The bytes of a number in LEB128. */
export function number(value, isSigned = false) {
  const bytes = [];
  for (;;) {
    const low = value & 0x7f;
    value = isSigned ? value >> 7 : value >>> 7;
    if (isSigned ? (value === 0 && (low & 0x40) === 0) || (value === -1 && (low & 0x40) !== 0) : value === 0) return Buffer.from([...bytes, low]);
    bytes.push(low | 0x80);
  }
}

/** `[{ id, content }]`, in the module's order. */
export function sectionsOf(wasm) {
  const sections = [];
  for (let at = HEADER_BYTES; at < wasm.length;) {
    const [size, from] = readNumber(wasm, at + 1);
    sections.push({ id: wasm[at], content: wasm.subarray(from, from + size) });
    at = from + size;
  }
  return sections;
}

/** A module of such sections. */
export const moduleOf = (sections) => Buffer.concat([Buffer.from([0, 0x61, 0x73, 0x6d, 1, 0, 0, 0]), ...sections.flatMap(({ id, content }) => [Buffer.from([id]), number(content.length), content])]);
