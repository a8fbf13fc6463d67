// @ts-check
// Faults on order: which requests, how many, and what goes wrong.
import { errorBody } from './errors.mjs';
import { kRestLimit, limitHeaders } from './rate-limit.mjs';

export const kKinds = [
  'status',
  'delay',
  'hang',
  'drop',
  'lost-answer',
  'truncate',
  'html',
  'oversized',
  'wrong-schema',
  'no-cors',
  'redirect',
];

/**
 * `path` is compared with the path without its query, `*` stands for anything; no `path` means any.
 * A preflight is met only by a fault whose `method` is OPTIONS. `after` requests pass first, then
 * `times` are met (all, without it).
 * @typedef {{kind: string, method?: string, path?: string, times?: number, after?: number,
 *   status?: number, body?: unknown, headers?: Record<string, string>, ms?: number,
 *   bytes?: number, location?: string}} FaultOrder
 * @typedef {FaultOrder & {id: number, met: number, released: Promise<void>,
 *   release: () => void}} Fault
 * @typedef {{status: number, headers: Record<string, string>, body: string}} Answer
 */

export class Faults {
  /** @type {Fault[]} */
  #faults = [];
  #nextId = 1;

  /** @param {FaultOrder} order */
  add(order) {
    if (!kKinds.includes(order.kind))
      throw new Error(`unknown kind of fault: ${order.kind}; known: ${kKinds.join(', ')}`);
    if (order.kind === 'status' && !Number.isInteger(order.status))
      throw new Error('a fault of kind "status" needs a number as status');
    let release = () => {};
    /** @type {Promise<void>} */
    const released = new Promise((resolve) => (release = resolve));
    const fault = { ...order, id: this.#nextId++, met: 0, released, release };
    this.#faults.push(fault);
    return fault;
  }

  /** Removes one or all; what hangs goes on and is answered. @param {number} [id] */
  clear(id) {
    for (const fault of this.#faults) if (id === undefined || fault.id === id) fault.release();
    this.#faults = id === undefined ? [] : this.#faults.filter((fault) => fault.id !== id);
  }

  list() {
    return this.#faults.map(({ released: _released, release: _release, ...order }) => order);
  }

  /**
   * The fault that this request meets: of several, the oldest.
   * @param {string} method @param {string} path
   */
  take(method, path) {
    for (const fault of this.#faults) {
      if (!matches(fault, method, path)) continue;
      fault.met += 1;
      const turn = fault.met - (fault.after ?? 0);
      if (turn >= 1 && turn <= (fault.times ?? Infinity)) return fault;
    }
    return undefined;
  }
}

/** @param {Fault} fault @param {string} method @param {string} path */
function matches(fault, method, path) {
  if (fault.method ? fault.method.toUpperCase() !== method : method === 'OPTIONS') return false;
  if (fault.path === undefined) return true;
  const pattern = fault.path
    .split('*')
    .map((part) => part.replace(/[.+?^${}()|[\]\\]/g, '\\$&'))
    .join('.*');
  return new RegExp(`^${pattern}$`).test(path);
}

/** What a fault of kind `status` answers. @param {FaultOrder} fault @returns {Answer} */
export function statusAnswer(fault) {
  const status = fault.status ?? 500;
  const body = fault.body === undefined ? errorBody(status) : fault.body;
  return {
    status,
    body: body === null ? '' : typeof body === 'string' ? body : JSON.stringify(body),
    headers: {
      'Content-Type': 'application/json',
      ...(fault.headers ?? (status === 429 ? limitHeaders(kRestLimit, 0, 30_000) : {})),
    },
  };
}

/**
 * What a sign-in page or a proxy in between does. @param {FaultOrder} fault @returns {Answer}
 */
export function redirectAnswer(fault) {
  return {
    status: fault.status ?? 302,
    headers: { Location: fault.location ?? '/sign-in' },
    body: '',
  };
}

/** @param {FaultOrder} fault @returns {Answer} */
export function htmlAnswer(fault) {
  const body =
    '<!doctype html><html><head><title>502 Bad Gateway</title></head><body><h1>502 Bad Gateway</h1></body></html>';
  return {
    status: fault.status ?? 502,
    headers: { 'Content-Type': 'text/html; charset=utf-8' },
    body,
  };
}

/**
 * The same answer, well-formed, and larger than a reader should accept.
 * @param {FaultOrder} fault @param {Answer} answer @returns {Answer}
 */
export function oversizedAnswer(fault, answer) {
  const bytes = fault.bytes ?? 5 * 1024 * 1024;
  const padding = ' '.repeat(Math.max(0, bytes - new TextEncoder().encode(answer.body).length));
  return {
    ...answer,
    body: answer.body.startsWith('{')
      ? `{${padding}${answer.body.slice(1)}`
      : answer.body + padding,
  };
}

/**
 * The same members with the wrong types: a list becomes an object, an object a list, a text a
 * number.
 * @param {FaultOrder} fault @param {Answer} answer @returns {Answer}
 */
export function wrongSchemaAnswer(fault, answer) {
  if (fault.body !== undefined) return { ...answer, body: JSON.stringify(fault.body) };
  const wrong = (/** @type {unknown} */ value) =>
    Array.isArray(value)
      ? {}
      : value !== null && typeof value === 'object'
        ? []
        : typeof value === 'string'
          ? 7
          : 'wrong';
  const body = Object.fromEntries(
    Object.entries(JSON.parse(answer.body || '{}')).map(([name, value]) => [name, wrong(value)]),
  );
  return { ...answer, body: JSON.stringify(body) };
}
