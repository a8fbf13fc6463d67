/** The accounts of a page: where each one's API is, and who is authorised. C++ knows them by name only. */

import type { Region } from '../runtime/messages.js';
import { authorize, digestOf, type Authorizer, type Credentials, type Door } from './credentials.js';
import { secretIn } from './secrets.js';
import { SignIn } from './sign-in.js';

export interface AccountOptions {
  region?: Region;
  /** Base address of the REST API; default: PagerDuty's, by region. */
  apiBase?: string;
  eventsBase?: string;
  identityBase?: string;
  credentials?: Credentials;
  /** The host's own fetch function. */
  fetch?: typeof fetch;
  /**
   * Who the credentials speak for, where the card cannot know (a function, a `fetch` of the host's): tabs of one origin with
   * the same identity share what they read. Without it such an account shares nothing.
   */
  identity?: string;
  /** Called when the credentials must not be kept any more: PagerDuty refused them (401), or somebody signed out. */
  dropped?: (why: DropReason) => void;
  /** Most requests a minute; default 120. PagerDuty itself allows 960 for all that use the credential. */
  requestsPerMinute?: number;
}

export type DropReason = 'refused' | 'signed-out';

export const ACCOUNT_OPTIONS = ['region', 'apiBase', 'eventsBase', 'identityBase', 'credentials', 'fetch', 'identity', 'requestsPerMinute', 'dropped'] as const;

/** Whether two accounts ask the same, as the same. */
export function equalOptions(a: AccountOptions, b: AccountOptions): boolean {
  const equal = (x: unknown, y: unknown): boolean =>
    x === y || (typeof x === 'object' && typeof y === 'object' && JSON.stringify(x) === JSON.stringify(y));
  return ACCOUNT_OPTIONS.every((name) => equal(a[name], b[name]));
}

export interface Account {
  readonly name: string;
  readonly region: Region;
  readonly apiBase: string;
  readonly eventsBase: string;
  readonly fetch: typeof fetch;
  /** The browser's fetch, not one of the host's. */
  readonly ownFetch: boolean;
  readonly authorizer: Authorizer | undefined;
  /** The authorizer, where it is somebody who signs in. */
  readonly signIn: SignIn | undefined;
  readonly requestsPerMinute: number | undefined;
  readonly dropped: AccountOptions['dropped'];
  /** What tabs of equal scopes share; undefined: nothing is shared. */
  scope(): Promise<string | undefined>;
}

const HOSTS = {
  us: { api: 'https://api.pagerduty.com', events: 'https://events.pagerduty.com' },
  eu: { api: 'https://api.eu.pagerduty.com', events: 'https://events.eu.pagerduty.com' },
} as const;
/** One for both regions. */
const IDENTITY = 'https://identity.pagerduty.com';

/**
 * An absolute address without a trailing slash. Errors: TypeError when `base` is no http(s) address, or is
 * plain http to another machine (a token would travel in the clear), or holds a secret, which is not quoted.
 */
export function normalizeBase(base: string, name: string): string {
  const secret = secretIn(base);
  if (secret !== undefined) throw new TypeError(`${name} holds a secret (${secret}): an address may not; use credentials.`);
  const url = new URL(base, document.baseURI);
  const isPlainHttp = url.protocol === 'http:' && !isLoopback(url) && url.origin !== location.origin;
  if ((url.protocol !== 'https:' && url.protocol !== 'http:') || isPlainHttp || url.username !== '' || url.search !== '' || url.hash !== '') {
    throw new TypeError(`${name} is no https address without query: ${base}`);
  }
  return url.href.replace(/\/+$/, '');
}

/** What an attribute may name: this origin, or this machine (a test server). Markup must not send tokens elsewhere. */
export function isNearAddress(base: string): boolean {
  try {
    const url = new URL(base, document.baseURI);
    return url.origin === location.origin || ((url.protocol === 'http:' || url.protocol === 'https:') && isLoopback(url));
  } catch {
    return false;
  }
}

function isLoopback(url: URL): boolean {
  return url.hostname === 'localhost' || url.hostname === '[::1]' || /^127\.\d+\.\d+\.\d+$/.test(url.hostname);
}

/** Errors: TypeError, see normalizeBase and authorize. */
export function makeAccount(name: string, options: AccountOptions, door: Door): Account {
  const region = options.region ?? 'us';
  const fetchIt = options.fetch ?? ((input, init) => fetch(input, init));
  const base = (own: string | undefined, what: string, otherwise: string): string => (own === undefined ? otherwise : normalizeBase(own, what));
  const identity = base(options.identityBase, 'identityBase', IDENTITY);
  const apiBase = base(options.apiBase, 'apiBase', HOSTS[region].api);
  const authorizer = options.credentials === undefined ? undefined : authorize(options.credentials, identity, fetchIt, door);
  return {
    name,
    region,
    apiBase,
    eventsBase: base(options.eventsBase, 'eventsBase', HOSTS[region].events),
    fetch: fetchIt,
    ownFetch: options.fetch === undefined,
    authorizer,
    signIn: authorizer instanceof SignIn ? authorizer : undefined,
    requestsPerMinute: options.requestsPerMinute,
    dropped: options.dropped,
    async scope() {
      if (options.identity !== undefined) return digestOf(`${apiBase} identity ${options.identity}`);
      return options.fetch === undefined ? authorizer?.scope(apiBase) : undefined;
    },
  };
}
