/**
 * Secrets: each lives in the closure of the function that `authorize` makes, and nowhere else. The rest of the
 * code sees only `Authorizer`, which turns into a header value at the moment of a request.
 */

import type { Plan } from '../oauth/oauth.js';
import type { Region } from '../runtime/messages.js';
import type { SignIn } from './sign-in.js';

/** How an account is authorised. Never an attribute; see the README for what each exposes. */
export type Credentials =
  /** A REST API key as PagerDuty made it. `from`: e-mail of the user that an account-level key writes as. */
  | { type: 'token'; token: string; from?: string }
  /** An OAuth application (Scoped OAuth). The secret is readable by every script of the page: trusted pages only. */
  | { type: 'client-credentials'; clientId: string; clientSecret: string; subdomain: string; region?: Region; scope?: string; from?: string }
  /**
   * The viewer signs in (authorization code with PKCE) when `signIn()` is called. `redirectUri`: where oauth-callback.html is, exactly as it
   * is registered. `scope`: the most that is asked for, default `read write`; what writes is asked for when something is written.
   */
  | { type: 'oauth'; clientId: string; redirectUri: string; scope?: string }
  /** `apiBase` is a same-origin path whose server adds the secret: the page holds none. */
  | { type: 'proxy' }
  /** Any other way: gives the `Authorization` header's value. */
  | (() => string | Promise<string>);

/** `header()` gives the `Authorization` value, or undefined when the server adds it. Rejects: no authorisation. */
export interface Authorizer {
  readonly from: string | undefined;
  readonly isProxy: boolean;
  header(): Promise<string | undefined>;
  /** This header was refused (401): do not use it again. */
  forget(refused: string | undefined): void;
  /**
   * Names `where` as seen with these credentials, without telling them: tabs of equal scopes see the same. Undefined when that
   * cannot be known, or not be told safely.
   */
  scope(where: string): Promise<string | undefined>;
}

/** 128 bits of SHA-256; undefined where the page is no secure context. */
export async function digestOf(text: string): Promise<string | undefined> {
  // The types do not know of insecure contexts.
  const subtle = crypto.subtle as SubtleCrypto | undefined;
  const hash = await subtle?.digest('SHA-256', new TextEncoder().encode(text));
  return hash && [...new Uint8Array(hash, 0, 16)].map((byte) => byte.toString(16).padStart(2, '0')).join('');
}

/** What the card asks for when the scopes of an OAuth application are not given. */
const DEFAULT_SCOPE = [
  'abilities.read',
  'analytics.read',
  'change_events.read',
  'escalation_policies.read',
  'incidents.read',
  'incidents.write',
  'oncalls.read',
  'priorities.read',
  'schedules.read',
  'schedules.write',
  'services.read',
  'services.write',
  'standards.read',
  'teams.read',
  'users.read',
].join(' ');

/** Asked for again this long before it ends. */
const RENEW_BEFORE_MS = 120_000;
const DEFAULT_LIFETIME_S = 3600;
const TIMEOUT_MS = 10_000;

function authorizeByToken(token: string, from: string | undefined): Authorizer {
  const value = `Token token=${token.trim()}`;
  return { from, isProxy: false, header: () => Promise.resolve(value), forget: () => undefined, scope: (where) => digestOf(`${where} ${value}`) };
}

function authorizeByClient(credentials: Extract<Credentials, { type: 'client-credentials' }>, identityBase: string, fetchIt: typeof fetch): Authorizer {
  const { clientId, clientSecret, subdomain, region = 'us', scope = DEFAULT_SCOPE, from } = credentials;
  const body = new URLSearchParams({
    grant_type: 'client_credentials',
    client_id: clientId,
    client_secret: clientSecret,
    scope: `as_account-${region}.${subdomain} ${scope}`,
  });
  let token: Promise<{ value: string; until: number }> | undefined;
  let until = 0;
  const ask = async (): Promise<{ value: string; until: number }> => {
    const response = await fetchIt(`${identityBase}/oauth/token`, {
      method: 'POST',
      body,
      credentials: 'omit',
      redirect: 'error',
      referrerPolicy: 'no-referrer',
      signal: AbortSignal.timeout(TIMEOUT_MS),
    });
    if (!response.ok) throw new Error(`identity answered ${response.status}`);
    const answer = (await response.json()) as { access_token?: unknown; expires_in?: unknown };
    if (typeof answer.access_token !== 'string') throw new Error('identity sent no access_token');
    const lifetime = typeof answer.expires_in === 'number' ? answer.expires_in : DEFAULT_LIFETIME_S;
    return { value: `Bearer ${answer.access_token}`, until: Date.now() + lifetime * 1000 - RENEW_BEFORE_MS };
  };
  return {
    from,
    isProxy: false,
    // One token for all requests: the promise is shared while it is asked for.
    async header() {
      if (token === undefined || Date.now() > until) {
        token = ask();
        until = Number.POSITIVE_INFINITY;
        token.then(
          (fresh) => (until = fresh.until),
          () => (token = undefined),
        );
      }
      return (await token).value;
    },
    forget() {
      token = undefined;
    },
    scope: (where) => digestOf(`${where} ${body.toString()}`),
  };
}

function demandTexts(credentials: object, ...names: string[]): void {
  for (const name of names) {
    const value: unknown = Reflect.get(credentials, name);
    if (typeof value !== 'string' || value.trim() === '') throw new TypeError(`credentials.${name} is empty`);
  }
}

/**
 * `signInFor`: the sign-in of a plan; those of equal plans are one. Errors: TypeError for credentials that are none of the known
 * kinds; the message names what is wrong, never a value.
 */
export function authorize(credentials: Credentials, identityBase: string, fetchIt: typeof fetch, signInFor: (plan: Plan) => SignIn): Authorizer {
  if (typeof credentials === 'function') {
    return { from: undefined, isProxy: false, header: async () => credentials(), forget: () => undefined, scope: () => Promise.resolve(undefined) };
  }
  switch (credentials.type) {
    case 'token':
      demandTexts(credentials, 'token');
      return authorizeByToken(credentials.token, credentials.from);
    case 'client-credentials':
      demandTexts(credentials, 'clientId', 'clientSecret', 'subdomain');
      return authorizeByClient(credentials, identityBase, fetchIt);
    case 'oauth':
      demandTexts(credentials, 'clientId', 'redirectUri');
      return signInFor({ ...credentials, identity: identityBase, fetch: fetchIt });
    case 'proxy':
      return { from: undefined, isProxy: true, header: () => Promise.resolve(undefined), forget: () => undefined, scope: (where) => digestOf(`${where} proxy`) };
    default:
      throw new TypeError("credentials.type is none of 'token', 'oauth', 'client-credentials', 'proxy'");
  }
}
