// @ts-check
// What tests of the simulator share: one with a clock that stands still, and requests to it.
import assert from 'node:assert/strict';
import { startSimulator } from './simulator.mjs';

/** A Monday morning. */
export const kNow = Date.UTC(2026, 2, 2, 9, 0, 0);
export const kFrom = 'mirav@example.com';

/** @typedef {{status: number, headers: Headers, body: any}} Reply */
/**
 * @typedef {{token?: string | null, from?: string, headers?: Record<string, string>,
 *   body?: unknown}} Ask
 */

/** @param {import('./simulator.mjs').Options} [options] */
export async function startSession(options = {}) {
  const sim = await startSimulator({ now: kNow, ...options });

  /** @param {string} method @param {string} path @param {Ask} [ask] @returns {Promise<Reply>} */
  const call = async (
    method,
    path,
    { token = sim.tokens.readWrite, from, headers = {}, body } = {},
  ) => {
    const answer = await fetch(sim.url + path, {
      method,
      redirect: 'manual',
      body:
        body === undefined
          ? null
          : body instanceof URLSearchParams || typeof body === 'string'
            ? body
            : JSON.stringify(body),
      headers: {
        ...(token ? { Authorization: `Token token=${token}` } : {}),
        ...(from ? { From: from } : {}),
        ...headers,
      },
    });
    const text = await answer.text();
    return {
      status: answer.status,
      headers: answer.headers,
      body: answer.headers.get('content-type')?.includes('json') && text ? JSON.parse(text) : text,
    };
  };

  return {
    sim,
    call,
    /** @param {string} path @param {Ask} [ask] */
    get: (path, ask) => call('GET', path, ask),
    /**
     * A write with everything that it needs.
     * @param {string} method @param {string} path @param {unknown} body @param {Ask} [ask]
     */
    write: (method, path, body, ask = {}) => call(method, path, { from: kFrom, body, ...ask }),
    /** @param {number} ms */
    advance: (ms) => sim.control({ op: 'clock', advanceMs: ms }),
    /** @param {string} serviceId @returns {Promise<any[]>} */
    openIncidents: async (serviceId) => {
      const { body } = await call(
        'GET',
        `/incidents?service_ids[]=${serviceId}&statuses[]=triggered&statuses[]=acknowledged&date_range=all&limit=100`,
      );
      return body.incidents;
    },
    /** @param {string} serviceId */
    serviceStatus: async (serviceId) =>
      (await call('GET', `/services/${serviceId}`)).body.service.status,
    /** Ends it; an error inside the simulator fails the test. */
    end: async () => {
      await sim.close();
      assert.deepEqual(sim.problems, []);
    },
  };
}

/**
 * Runs `body` with a fresh session.
 * @param {(session: Awaited<ReturnType<typeof startSession>>) => Promise<void>} body
 * @param {import('./simulator.mjs').Options} [options]
 */
export function withSession(body, options) {
  return async () => {
    const session = await startSession(options);
    try {
      await body(session);
    } finally {
      await session.end();
    }
  };
}
