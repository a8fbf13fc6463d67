/**
 * Performs the requests that C++ asks for: adds the host and the secret of the account, sends, and gives back a
 * message. Nothing else of the project calls PagerDuty. Answers are bounded; redirects are not followed.
 *
 * A browser tells a page only that a request failed. What the viewer can do differs, so the reason is found out here:
 *   the browser reported a violation of the page's policy for this origin    blocked-by-policy
 *   the origin answers a request that asks for nothing and shows nothing     blocked-by-cors (reads only)
 *   neither                                                                  network
 */

import type { Effect, FailureReason, Message, RequestId } from '../runtime/messages.js';
import type { Account } from './accounts.js';

type RequestEffect = Extract<Effect, { type: 'request' }>;
export type Deliver = (message: Message, body?: Uint8Array) => void;

/** `kMaxBodyBytes` of shared/pagerduty: more is not decoded, so not read either. */
const MAX_BODY_BYTES = 4 * 1024 * 1024;
/** Browsers refuse `keepalive` above 64 KiB, and count what is under way already. */
const MAX_KEEPALIVE_BYTES = 60_000;
/** What was asked longer ago counts as old: a card says how old its answers are. */
const LONGEST_AHEAD_MS = 5_000;
/** So long what a probe found out holds, and no other one is sent. */
const PROBE_INTERVAL_MS = 60_000;
/** What a portal's proxy knows the card by: a header that no form can send, and another site's script only with a permission. */
const OWN_REQUEST = ['X-Requested-With', 'pagerduty-card'] as const;
const REST_MEDIA_TYPE = 'application/vnd.pagerduty+json;version=2';

/** A request that was sent before C++ asked for it. */
interface Ahead {
  /** By `performance.now()`. */
  at: number;
  abort: AbortController;
  exchange: Promise<[Message, Uint8Array]>;
}

class Failed extends Error {
  constructor(
    readonly reason: FailureReason,
    readonly origin?: string,
    readonly detail?: string,
  ) {
    super(reason);
  }
}

// Figures are read by POST.
function needsLeaveToWrite({ api, method, path }: RequestEffect): boolean {
  return api === 'rest' && method !== 'GET' && !path.startsWith('/analytics/');
}

export class Transport {
  readonly #accounts = new Map<string, Account>();
  /** By account and path: asked before C++ did. */
  readonly #ahead = new Map<string, Ahead>();
  readonly #running = new Map<RequestId, AbortController>();
  /** Origins that the page's policy has refused. */
  readonly #forbidden = new Set<string>();
  /** By account: when its origin was probed, and whether that was answered. */
  readonly #probes = new Map<string, { at: number; answered: Promise<boolean> }>();

  constructor() {
    document.addEventListener('securitypolicyviolation', ({ disposition, effectiveDirective, blockedURI }) => {
      if (disposition === 'enforce' && effectiveDirective === 'connect-src') this.#forbidden.add(originOf(blockedURI));
    });
  }

  setAccount(account: Account): void {
    this.#accounts.set(account.name, account);
    this.#probes.delete(account.name);
    this.dropAhead();
  }

  /** Reads what C++ is going to ask for: its request gets that answer. */
  askAhead(account: string, path: string): void {
    const abort = new AbortController();
    const request: RequestEffect = { type: 'request', request: 0, account, api: 'rest', method: 'GET', path, body: '', needsFrom: false, timeoutMs: 0 };
    const exchange = this.#exchange(request, abort.signal);
    // Who asks is told.
    exchange.catch(() => undefined);
    this.#ahead.set(`${account} ${path}`, { at: performance.now(), abort, exchange });
  }

  /** C++ has asked, or somebody else asks now: what was not asked for by then is nobody's. */
  dropAhead(): void {
    for (const { abort } of this.#ahead.values()) abort.abort();
    this.#ahead.clear();
  }

  #takeAhead({ account, method, path }: RequestEffect): Ahead | undefined {
    const key = `${account} ${path}`;
    const asked = method === 'GET' ? this.#ahead.get(key) : undefined;
    if (asked === undefined || performance.now() - asked.at >= LONGEST_AHEAD_MS) return undefined;
    this.#ahead.delete(key);
    return asked;
  }

  get underWay(): Iterable<RequestId> {
    return this.#running.keys();
  }

  /** Sends; delivers one `response` or `failure` message, unless cancelled. */
  async send(effect: RequestEffect, deliver: Deliver): Promise<void> {
    const ahead = this.#takeAhead(effect);
    const abort = ahead?.abort ?? new AbortController();
    this.#running.set(effect.request, abort);
    let timer: ReturnType<typeof setTimeout> | undefined;
    let answer: Message;
    let body: Uint8Array | undefined;
    try {
      const leave = needsLeaveToWrite(effect) ? this.#accounts.get(effect.account)?.signIn?.beforeWrite() : undefined;
      // Who is asked for more takes their time: the deadline is the request's.
      if (leave !== undefined) await leave.catch(() => Promise.reject(new Failed('sign-in-failed')));
      timer = setTimeout(() => abort.abort(new Failed('timeout')), effect.timeoutMs);
      [answer, body] = await (ahead?.exchange ?? this.#exchange(effect, abort.signal));
      answer = { ...answer, request: effect.request } as Message;
    } catch (error) {
      const { reason, origin, detail } = failureOf(error, abort.signal);
      answer = { type: 'failure', request: effect.request, reason, ...(origin !== undefined && { origin }), ...(detail !== undefined && { detail }) };
    } finally {
      clearTimeout(timer);
    }
    // A cancelled request has no answer: who asked is gone.
    if (this.#running.delete(effect.request)) deliver(answer, body);
  }

  cancel(request: RequestId): void {
    const abort = this.#running.get(request);
    this.#running.delete(request);
    abort?.abort();
  }

  async #exchange(effect: RequestEffect, signal: AbortSignal): Promise<[Message, Uint8Array]> {
    const account = this.#accounts.get(effect.account);
    if (account === undefined) throw new Failed('no-credentials');
    const isRest = effect.api === 'rest';
    const headers = new Headers(isRest ? { Accept: REST_MEDIA_TYPE } : undefined);
    const isWrite = effect.method !== 'GET';
    if (effect.body !== '') headers.set('Content-Type', 'application/json');
    const givenUp = new Promise<never>((_, reject) => signal.addEventListener('abort', reject));
    const authorization = isRest ? await authorizeRequest(headers, account, effect.needsFrom, givenUp) : undefined;
    const url = (isRest ? account.apiBase : account.eventsBase) + effect.path;
    const origin = originOf(url);
    const isProxy = account.authorizer?.isProxy === true;
    // PagerDuty's own hosts, such as that of Events, permit no such header.
    if (isProxy && !origin.endsWith('.pagerduty.com')) headers.set(...OWN_REQUEST);
    let response: Response;
    try {
      const answer = account.fetch(url, {
        method: effect.method,
        headers,
        ...(effect.body !== '' && { body: effect.body }),
        mode: 'cors',
        cache: 'no-store',
        // A same-origin proxy knows the viewer by the portal's own session.
        credentials: isProxy ? 'same-origin' : 'omit',
        redirect: 'manual',
        referrerPolicy: 'no-referrer',
        // A write goes on when the page goes.
        keepalive: isWrite && new Blob([effect.body]).size < MAX_KEEPALIVE_BYTES,
        signal,
      });
      // A host's own fetch may not look at the signal.
      response = await Promise.race([answer, givenUp]);
    } catch (error) {
      throw signal.aborted ? error : await this.#diagnose(account, origin, !isWrite, signal);
    }
    this.#forbidden.delete(origin);
    if (response.type === 'opaqueredirect') throw new Failed('redirected');
    const isRefused = response.status === 401;
    if (isRefused && isRest) {
      account.authorizer?.forget(authorization);
      account.dropped?.('refused');
    }
    const body = await Promise.race([readBody(response), givenUp]);
    if (isRefused && isRest && account.signIn !== undefined) {
      // Somebody signed in since it was sent: they may read it. What is written is written in the name of who was there.
      if (account.signIn.connected && !isWrite) return this.#exchange(effect, signal);
      // The account is signed out, which says it all.
      throw new Failed('sign-in-failed');
    }
    return [answerOf(effect.request, response), body];
  }

  /** Why fetch() failed without saying so. */
  async #diagnose(account: Account, origin: string, mayProbe: boolean, signal: AbortSignal): Promise<Failed> {
    // Browsers tell of a violation in a task of its own, after the failure.
    await new Promise((done) => setTimeout(done));
    if (this.#forbidden.has(origin)) return new Failed('blocked-by-policy', origin);
    // A host's own fetch and a proxy may go other ways, and what is of the page's own origin may always be read.
    const probes = mayProbe && account.ownFetch && account.authorizer?.isProxy !== true && origin !== location.origin && navigator.onLine;
    return probes && (await this.#probe(account.name, origin, signal)) ? new Failed('blocked-by-cors', origin) : new Failed('network');
  }

  /** Whether the origin answers at all: no credential, no path of the API, nothing to be read. */
  #probe(account: string, origin: string, signal: AbortSignal): Promise<boolean> {
    const last = this.#probes.get(account);
    if (last !== undefined && Date.now() - last.at < PROBE_INTERVAL_MS) return last.answered;
    const answered = fetch(origin, { method: 'HEAD', mode: 'no-cors', credentials: 'omit', cache: 'no-store', referrerPolicy: 'no-referrer', signal }).then(
      () => true,
      () => false,
    );
    this.#probes.set(account, { at: Date.now(), answered });
    return answered;
  }
}

async function authorizeRequest(headers: Headers, account: Account, needsFrom: boolean, givenUp: Promise<never>): Promise<string | undefined> {
  if (account.authorizer === undefined) throw new Failed('no-credentials');
  let value: string | undefined;
  try {
    value = await Promise.race([account.authorizer.header(), givenUp]);
    if (value !== undefined) headers.set('Authorization', value);
  } catch (error) {
    throw new Failed('sign-in-failed', undefined, (error as { code?: string }).code);
  }
  if (needsFrom && account.authorizer.from !== undefined) headers.set('From', account.authorizer.from);
  return value;
}

function answerOf(request: RequestId, response: Response): Message {
  const retryAfterS = secondsOf(response.headers.get('retry-after'));
  const rateLimitResetS = secondsOf(response.headers.get('ratelimit-reset'));
  // A cache says how old its answer is (RFC 9111, 5.1), and gives the Date of then. Our proxy's Date is of now; when PagerDuty made
  // the answer, it says besides. Both are cut to seconds: one that is made at once may seem a second old.
  const cachedS = secondsOf(response.headers.get('age')) ?? 0;
  const dateMs = Date.parse(response.headers.get('date') ?? '');
  const madeMs = Date.parse(response.headers.get('x-answer-date') ?? '');
  const ageS = cachedS + (Math.max(0, dateMs - madeMs - 1000) / 1000 || 0);
  return {
    type: 'response',
    request,
    status: response.status,
    ...(retryAfterS !== undefined && { retryAfterS }),
    ...(rateLimitResetS !== undefined && { rateLimitResetS }),
    ...(!Number.isNaN(dateMs) && { serverDateMs: dateMs + cachedS * 1000 }),
    ...(ageS > 0 && { ageS }),
  };
}

/** Seconds, also of an HTTP date (RFC 9110, 10.2.3); undefined when unreadable. */
function secondsOf(value: string | null): number | undefined {
  if (value === null || value.trim() === '') return undefined;
  const seconds = Number(value);
  if (Number.isFinite(seconds)) return Math.max(0, Math.ceil(seconds));
  const date = Date.parse(value);
  return Number.isNaN(date) ? undefined : Math.max(0, Math.ceil((date - Date.now()) / 1000));
}

/** The body's bytes. Errors: Failed, too large. */
export async function readBody(response: Response, maxBytes = MAX_BODY_BYTES): Promise<Uint8Array> {
  const reader = response.body?.getReader();
  if (reader === undefined) return new Uint8Array(0);
  const chunks: Uint8Array[] = [];
  let size = 0;
  for (let chunk = await reader.read(); !chunk.done; chunk = await reader.read()) {
    size += chunk.value.length;
    if (size > maxBytes) {
      await reader.cancel();
      throw new Failed('too-large');
    }
    chunks.push(chunk.value);
  }
  const body = new Uint8Array(size);
  let at = 0;
  for (const chunk of chunks) {
    body.set(chunk, at);
    at += chunk.length;
  }
  return body;
}

function failureOf(error: unknown, signal: AbortSignal): Failed {
  if (error instanceof Failed) return error;
  if (signal.reason instanceof Failed) return signal.reason;
  return new Failed(signal.aborted ? 'aborted' : 'network');
}

/** Of a violation of the page's policy it may be a word ("inline") instead of an address. */
function originOf(url: string): string {
  try {
    return new URL(url).origin;
  } catch {
    return url;
  }
}
