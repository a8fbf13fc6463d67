// @ts-check
// Credentials: API keys (`Token token=...`), OAuth tokens (`Bearer ...`), what each may do and in
// whose name.
import { kCurrentUser } from '../data/people.mjs';
import { ApiError, errorBody, forbidden, unauthorized } from './errors.mjs';

/**
 * `user` null: an account-level credential, which names the acting user in `From`.
 * @typedef {{scheme: 'Token' | 'Bearer', user: string | null, scopes: Set<string>,
 *   expiresAt: number, revoked: boolean}} Credential
 */

/** Plainly no real keys. */
export const kTokens = Object.freeze({
  readWrite: 'sim-read-write-key-0',
  readOnly: 'sim-read-only-key-00',
  user: 'sim-user-token-00000',
  revoked: 'sim-revoked-key-0000',
});

/** @returns {Map<string, Credential>} */
export function makeCredentials() {
  const key = (/** @type {string[]} */ scopes, /** @type {Partial<Credential>} */ more = {}) =>
    /** @type {Credential} */ ({
      scheme: 'Token',
      user: null,
      scopes: new Set(scopes),
      expiresAt: Infinity,
      revoked: false,
      ...more,
    });
  return new Map([
    [kTokens.readWrite, key(['read', 'write'])],
    [kTokens.readOnly, key(['read'])],
    [kTokens.user, key(['read', 'write'], { user: kCurrentUser })],
    [kTokens.revoked, key(['read', 'write'], { revoked: true })],
  ]);
}

/**
 * @param {Map<string, Credential>} credentials @param {string | undefined} header
 * @param {number} now @returns {{token: string, credential: Credential}}
 */
export function authenticate(credentials, header, now) {
  const { scheme, token } = splitHeader(header ?? '');
  const credential = token === undefined ? undefined : credentials.get(token);
  if (
    token === undefined ||
    !credential ||
    credential.revoked ||
    credential.expiresAt <= now ||
    credential.scheme !== scheme
  )
    throw unauthorized();
  return { token, credential };
}

/** @param {string} header @returns {{scheme?: 'Token' | 'Bearer', token?: string | undefined}} */
function splitHeader(header) {
  const key = /^Token\s+token="?([^"\s]+)"?$/i.exec(header);
  if (key) return { scheme: 'Token', token: key[1] };
  const bearer = /^Bearer\s+(\S+)$/i.exec(header);
  return bearer ? { scheme: 'Bearer', token: bearer[1] } : {};
}

/**
 * One of `scopes` is enough; the classic `read` and `write` stand for all of theirs.
 * @param {Credential} credential @param {string[]} scopes
 */
export function authorize(credential, scopes) {
  const allowed = scopes.some(
    (scope) =>
      credential.scopes.has(scope) ||
      credential.scopes.has(scope.endsWith('.write') ? 'write' : 'read'),
  );
  if (!allowed) throw forbidden(`This needs the scope ${scopes.join(' or ')}`);
}

/**
 * Who writes: the credential's user, or the one whom `From` names.
 * @param {import('../model/world.mjs').World} world @param {Credential} credential
 * @param {string | undefined} from
 */
export function requester(world, credential, from) {
  if (credential.user) return credential.user;
  if (!from)
    throw new ApiError(
      400,
      errorBody(400, ['The From header is required: it must hold the e-mail address of a user']),
    );
  const user = [...world.users.values()].find(
    (item) => item.email.toLowerCase() === from.toLowerCase(),
  );
  if (!user)
    throw new ApiError(
      400,
      errorBody(400, undefined, { message: 'Requester User Not Found', code: 1008 }),
    );
  return user.id;
}
