/** Secrets in places that everybody who can open the page can read: told by their names, never by their values. */

const WORDS = [
  'token', 'api-token', 'access-token', 'refresh-token', 'user-token', 'oauth-token', 'pagerduty-token', 'pd-token', 'bearer-token', 'api-key',
  'pagerduty-api-key', 'pagerduty-api-token', 'pd-api-key', 'client-secret', 'pd-client-secret', 'pagerduty-client-secret', 'secret', 'authorization',
  'password', 'credentials',
];
/** Of attributes, and of parameters of an address. Exact names: `pageToken` is none. */
export const SECRET_NAMES: ReadonlySet<string> = new Set(WORDS.flatMap((name) => [name, name.replaceAll('-', '_'), name.replaceAll('-', '')]));

/** What of `address` is a secret, without it: `?token`, `user@`; undefined: nothing. Also of what is no address. */
export function secretIn(address: string): string | undefined {
  for (const [name, value] of new URLSearchParams(address.split(/[?#]/).slice(1).join('&'))) {
    if (value !== '' && SECRET_NAMES.has(name.toLowerCase())) return `?${name}`;
  }
  if (!address.includes('@')) return undefined;
  try {
    const { username, password } = new URL(address, document.baseURI);
    return username + password === '' ? undefined : 'user@';
  } catch {
    return 'user@';
  }
}
