// @ts-check
// The way of a request: noted, preflight answered, fault met, answered by its API, sent.
import { createServer } from 'node:http';
import { setTimeout as wait } from 'node:timers/promises';
import { answer, faulty } from './answer.mjs';
import { obey } from './control.mjs';
import { corsHeaders, preflightHeaders } from './cors.mjs';

/** @typedef {import('../engine.mjs').Engine} Engine */
/** @typedef {import('./faults.mjs').Answer} Answer */
/** @typedef {import('node:http').IncomingMessage} Incoming */
/** @typedef {import('node:http').ServerResponse} Outgoing */

export const kControlPath = '/_simulator';
const kLargestBody = 1024 * 1024;
const kJson = 'application/json';

/** @param {Engine} engine @param {import('../simulator.mjs').Options} options */
export function makeServer(engine, options) {
  return createServer((incoming, outgoing) => {
    const url = new URL(incoming.url ?? '/', 'http://simulator');
    const handled =
      url.pathname === kControlPath
        ? control(engine, incoming, outgoing)
        : handle(engine, options, url, incoming, outgoing);
    // A client that leaves in the middle is its own business.
    handled.catch(() => outgoing.destroy());
  });
}

/** @param {Incoming} incoming */
async function readBody(incoming) {
  /** @type {Buffer[]} */
  const parts = [];
  let size = 0;
  for await (const part of incoming) {
    size += part.length;
    if (size <= kLargestBody) parts.push(part);
  }
  return size > kLargestBody ? undefined : Buffer.concat(parts).toString('utf8');
}

/**
 * @param {Engine} engine @param {import('../simulator.mjs').Options} options @param {URL} url
 * @param {Incoming} incoming @param {Outgoing} outgoing
 */
async function handle(engine, options, url, incoming, outgoing) {
  const { allowedOrigins: allowed = '*', observe, onHang } = options;
  const [method, path, origin] = [incoming.method ?? 'GET', url.pathname, incoming.headers.origin];
  const noted = {
    at: engine.clock.now(),
    method,
    path: incoming.url ?? '/',
    status: 0,
    origin: origin ?? null,
  };
  engine.requests.push(noted);
  const text = await readBody(incoming);
  observe?.({ method, url: incoming.url ?? '/', headers: incoming.headers, body: text ?? '' });
  const preflight =
    method === 'OPTIONS' && incoming.headers['access-control-request-method'] !== undefined;
  const fault = engine.faults.take(method, path);
  if (fault?.kind === 'drop') return outgoing.destroy();
  if (fault?.kind === 'hang') {
    engine.hanging += 1;
    onHang?.();
    await Promise.race([fault.released, closed(outgoing)]);
    engine.hanging -= 1;
  }
  if (fault?.kind === 'delay') await wait(fault.ms ?? 1000, undefined, { ref: false });
  if (outgoing.destroyed) return undefined;
  const usual = () =>
    preflight
      ? { status: 204, headers: {}, body: '' }
      : answer(engine, { method, path, params: url.searchParams, headers: incoming.headers, text });
  const final = !fault ? usual() : faulty(fault, usual);
  if (fault?.kind === 'lost-answer') return outgoing.destroy();
  noted.status = final.status;
  const cors =
    fault?.kind === 'no-cors'
      ? {}
      : preflight
        ? preflightHeaders(allowed, origin, !isSeparateApi(path))
        : corsHeaders(allowed, origin);
  return send(
    outgoing,
    // What was ordered wins: a fault may expose a header that PagerDuty does not.
    { ...final, headers: { ...final.headers, ...cors, ...fault?.headers } },
    fault?.kind === 'truncate',
  );
}

/** @param {Outgoing} outgoing @returns {Promise<void>} */
const closed = (outgoing) => new Promise((resolve) => outgoing.once('close', () => resolve()));
/** @param {string} path */
const isSeparateApi = (path) => path.startsWith('/v2/') || path.startsWith('/oauth/');

/** @param {Outgoing} outgoing @param {Answer} final @param {boolean} truncated */
function send(outgoing, final, truncated) {
  const bytes = Buffer.from(final.body, 'utf8');
  outgoing.writeHead(final.status, {
    ...final.headers,
    ...(final.status === 204 ? {} : { 'Content-Length': bytes.length }),
  });
  if (!truncated) return outgoing.end(bytes);
  return outgoing.write(bytes.subarray(0, Math.floor(bytes.length / 2)), () => outgoing.destroy());
}

/** @param {Engine} engine @param {Incoming} incoming @param {Outgoing} outgoing */
async function control(engine, incoming, outgoing) {
  const cors = {
    'Access-Control-Allow-Origin': '*',
    'Access-Control-Allow-Headers': 'Content-Type',
    'Access-Control-Allow-Methods': 'POST, OPTIONS',
    'Content-Type': kJson,
  };
  const reply = (/** @type {number} */ status, /** @type {unknown} */ body) =>
    send(outgoing, { status, headers: cors, body: JSON.stringify(body) }, false);
  if (incoming.method === 'OPTIONS')
    return send(outgoing, { status: 204, headers: cors, body: '' }, false);
  if (incoming.method !== 'POST')
    return reply(405, { ok: false, error: 'POST a command: {"op": "state"}' });
  try {
    return reply(200, { ok: true, ...obey(engine, JSON.parse((await readBody(incoming)) ?? '')) });
  } catch (error) {
    return reply(400, { ok: false, error: error instanceof Error ? error.message : String(error) });
  }
}
