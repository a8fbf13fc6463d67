// @ts-check
// The simulator in fetch()'s place, for pages without any server.
//
//   globalThis.fetch = makeFetch(new Engine({}), 'https://portal.example/pagerduty', fetch);
import { answer, faulty } from './http/answer.mjs';

const kNetworkError = 'Failed to fetch';

/**
 * @param {import('./engine.mjs').Engine} engine
 * @param {string} base without a slash at its end: what is asked below it goes to the simulator
 * @param {typeof fetch} elsewhere for all other addresses
 * @returns {typeof fetch}
 */
export function makeFetch(engine, base, elsewhere) {
  return async (input, init) => {
    const request = new Request(input, init);
    const isOurs = request.url === base || request.url.startsWith(`${base}/`);
    if (!isOurs) return elsewhere(input, init);
    const url = new URL(request.url.slice(base.length) || '/', 'http://simulator');
    const text = await request.text();
    const given = aborted(request.signal);
    return Promise.race([given, respond(engine, request, url, text)]);
  };
}

/** @param {AbortSignal} signal @returns {Promise<never>} */
const aborted = (signal) =>
  new Promise((_, reject) => {
    if (signal.aborted) reject(signal.reason);
    signal.addEventListener('abort', () => reject(signal.reason));
  });

/**
 * @param {import('./engine.mjs').Engine} engine @param {Request} request @param {URL} url
 * @param {string} text
 */
async function respond(engine, { method, headers }, url, text) {
  const [path, at] = [url.pathname, engine.clock.now()];
  const noted = { at, method, path: path + url.search, status: 0, origin: null };
  engine.requests.push(noted);
  const fault = engine.faults.take(method, path);
  if (fault?.kind === 'drop' || fault?.kind === 'no-cors') throw new TypeError(kNetworkError);
  if (fault?.kind === 'hang') await fault.released;
  if (fault?.kind === 'delay') await new Promise((done) => setTimeout(done, fault.ms ?? 1000));
  const usual = () =>
    answer(engine, {
      method,
      path,
      params: url.searchParams,
      headers: Object.fromEntries(headers),
      text,
    });
  const final = fault ? faulty(fault, usual) : usual();
  if (fault?.kind === 'lost-answer') throw new TypeError(kNetworkError);
  noted.status = final.status;
  const body = fault?.kind === 'truncate' ? final.body.slice(0, final.body.length / 2) : final.body;
  return new Response(final.status === 204 ? null : body, {
    status: final.status,
    headers: {
      ...final.headers,
      Date: new Date(engine.clock.now()).toUTCString(),
      ...fault?.headers,
    },
  });
}
