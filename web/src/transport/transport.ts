/**
 * Performs the requests that C++ asks for: adds the host and the secret of the account, sends, and gives back a
 * message. Nothing else of the project calls PagerDuty. Answers are bounded; redirects are refused.
 */

import type { Effect, Message, RequestId } from '../runtime/messages.js';
import type { Account } from './accounts.js';

type RequestEffect = Extract<Effect, { type: 'request' }>;
export type Deliver = (message: Message, body?: Uint8Array) => void;

/** `kMaxBodyBytes` of shared/pagerduty: more is not decoded, so not read either. */
const MAX_BODY_BYTES = 4 * 1024 * 1024;
const REST_MEDIA_TYPE = 'application/vnd.pagerduty+json;version=2';

class TooLarge extends Error {}
class NoAuthorization extends Error {}

export class Transport {
  readonly #accounts = new Map<string, Account>();
  readonly #running = new Map<RequestId, AbortController>();

  setAccount(account: Account): void {
    this.#accounts.set(account.name, account);
  }

  /** Sends; delivers one `response` or `failure` message, unless cancelled. */
  async send(effect: RequestEffect, deliver: Deliver): Promise<void> {
    const abort = new AbortController();
    this.#running.set(effect.request, abort);
    const timer = setTimeout(() => abort.abort(new DOMException('no answer in time', 'TimeoutError')), effect.timeoutMs);
    let answer: Message;
    let body: Uint8Array | undefined;
    try {
      [answer, body] = await this.#exchange(effect, abort.signal);
    } catch (error) {
      answer = { type: 'failure', request: effect.request, reason: reasonOf(error, abort.signal) };
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
    if (account === undefined) throw new NoAuthorization();
    const isRest = effect.api === 'rest';
    const isWrite = effect.method !== 'GET';
    const headers = new Headers(isRest ? { Accept: REST_MEDIA_TYPE } : undefined);
    if (effect.body !== '') headers.set('Content-Type', 'application/json');
    if (isRest) await authorizeRequest(headers, account, effect.needsFrom);
    const response = await account.fetch((isRest ? account.apiBase : account.eventsBase) + effect.path, {
      method: effect.method,
      headers,
      ...(effect.body !== '' && { body: effect.body }),
      mode: 'cors',
      cache: 'no-store',
      // A same-origin proxy knows the viewer by the portal's own session.
      credentials: account.authorizer?.isProxy === true ? 'same-origin' : 'omit',
      redirect: 'error',
      referrerPolicy: 'no-referrer',
      // A write goes on when the page goes.
      keepalive: isWrite,
      signal,
    });
    if (response.status === 401) account.authorizer?.forget();
    const body = await readBody(response);
    return [answerOf(effect.request, response), body];
  }
}

async function authorizeRequest(headers: Headers, account: Account, needsFrom: boolean): Promise<void> {
  if (account.authorizer === undefined) throw new NoAuthorization();
  let value: string | undefined;
  try {
    value = await account.authorizer.header();
  } catch {
    throw new NoAuthorization();
  }
  if (value !== undefined) headers.set('Authorization', value);
  if (needsFrom && account.authorizer.from !== undefined) headers.set('From', account.authorizer.from);
}

function answerOf(request: RequestId, response: Response): Message {
  const retryAfterS = secondsOf(response.headers.get('retry-after'));
  const rateLimitResetS = secondsOf(response.headers.get('ratelimit-reset'));
  return {
    type: 'response',
    request,
    status: response.status,
    ...(retryAfterS !== undefined && { retryAfterS }),
    ...(rateLimitResetS !== undefined && { rateLimitResetS }),
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

/** The body's bytes. Errors: TooLarge. */
export async function readBody(response: Response, maxBytes = MAX_BODY_BYTES): Promise<Uint8Array> {
  const reader = response.body?.getReader();
  if (reader === undefined) return new Uint8Array(0);
  const chunks: Uint8Array[] = [];
  let size = 0;
  for (let chunk = await reader.read(); !chunk.done; chunk = await reader.read()) {
    size += chunk.value.length;
    if (size > maxBytes) {
      await reader.cancel();
      throw new TooLarge();
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

function reasonOf(error: unknown, signal: AbortSignal): Extract<Message, { type: 'failure' }>['reason'] {
  if (error instanceof NoAuthorization) return 'no-credentials';
  if (error instanceof TooLarge) return 'too-large';
  const reason: unknown = signal.aborted ? signal.reason : undefined;
  if (reason instanceof DOMException && reason.name === 'TimeoutError') return 'timeout';
  return signal.aborted ? 'aborted' : 'network';
}
