/**
 * Secrets: each lives in the closure of the function that `authorize` makes, and nowhere else. The rest of the
 * code sees only `Authorizer`, which turns into a header value at the moment of a request.
 */

import type { Application } from '../oauth/application.js';
import type { Plan } from '../oauth/oauth.js';
import type { OAuth, SignIn } from './sign-in.js';

/** How an account is authorised. Never an attribute; see the README for what each exposes. */
export type Credentials =
  /** A REST API key as PagerDuty made it. `from`: e-mail of the user that an account-level key writes as. */
  | { type: 'token'; token: string; from?: string }
  /** An OAuth application (Scoped OAuth). The secret is readable by every script of the page: trusted pages only. */
  | Application
  /**
   * The viewer signs in (authorization code with PKCE) when `signIn()` is called. `redirectUri`: where oauth-callback.html is, exactly as it
   * is registered. `scope`: the most that is asked for, default `read write`; what writes is asked for when something is written.
   */
  | { type: 'oauth'; clientId: string; redirectUri: string; scope?: string }
  /** `apiBase` is a same-origin path whose server adds the secret: the page holds none. It is sent `X-Requested-With: pagerduty-card`. */
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

/** To the file that signs in. */
export interface Door {
  load: () => Promise<OAuth>;
  /** The sign-in of a plan; those of equal plans are one. */
  signInFor: (plan: Plan) => SignIn;
}

/** 128 bits of SHA-256; undefined where the page is no secure context. */
export async function digestOf(text: string): Promise<string | undefined> {
  // The types do not know of insecure contexts.
  const subtle = crypto.subtle as SubtleCrypto | undefined;
  const hash = await subtle?.digest('SHA-256', new TextEncoder().encode(text));
  return hash && [...new Uint8Array(hash, 0, 16)].map((byte) => byte.toString(16).padStart(2, '0')).join('');
}

function authorizeByToken(token: string, from: string | undefined): Authorizer {
  const value = `Token token=${token.trim()}`;
  return { from, isProxy: false, header: () => Promise.resolve(value), forget: () => undefined, scope: (where) => digestOf(`${where} ${value}`) };
}

/** An OAuth application, as the file that signs in knows it. */
function authorizeByClient(credentials: Application, identity: string, fetchIt: typeof fetch, load: () => Promise<OAuth>): Authorizer {
  let application: ReturnType<OAuth['asApplication']> | undefined;
  return {
    from: credentials.from,
    isProxy: false,
    async header() {
      const { asApplication } = await load();
      application ??= asApplication(credentials, identity, fetchIt);
      return application.header();
    },
    forget: () => application?.forget(),
    scope: (where) => digestOf(where + JSON.stringify(credentials)),
  };
}

function demandTexts(credentials: object, ...names: string[]): void {
  for (const name of names) {
    const value: unknown = Reflect.get(credentials, name);
    if (typeof value !== 'string' || value.trim() === '') throw new TypeError(`credentials.${name} is empty`);
  }
}

/** Errors: TypeError for credentials that are none of the known kinds; the message names what is wrong, never a value. */
export function authorize(credentials: Credentials, identityBase: string, fetchIt: typeof fetch, door: Door): Authorizer {
  if (typeof credentials === 'function') {
    return { from: undefined, isProxy: false, header: async () => credentials(), forget: () => undefined, scope: () => Promise.resolve(undefined) };
  }
  switch (credentials.type) {
    case 'token':
      demandTexts(credentials, 'token');
      return authorizeByToken(credentials.token, credentials.from);
    case 'client-credentials':
      demandTexts(credentials, 'clientId', 'clientSecret', 'subdomain');
      return authorizeByClient(credentials, identityBase, fetchIt, door.load);
    case 'oauth':
      demandTexts(credentials, 'clientId', 'redirectUri');
      return door.signInFor({ ...credentials, identity: identityBase, fetch: fetchIt });
    case 'proxy':
      return { from: undefined, isProxy: true, header: () => Promise.resolve(undefined), forget: () => undefined, scope: (where) => digestOf(`${where} proxy`) };
    default:
      throw new TypeError("credentials.type is none of 'token', 'oauth', 'client-credentials', 'proxy'");
  }
}
