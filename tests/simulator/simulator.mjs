// @ts-check
// A PagerDuty to test and to show against: REST v2, Events v2 and sign-in of one made-up company,
// over real HTTP.
//
//   const sim = await startSimulator({ now: Date.UTC(2026, 2, 2, 9) });
//   const headers = { Authorization: `Token token=${sim.tokens.readOnly}` };
//   await fetch(`${sim.url}/services/${sim.services.checkout.id}`, { headers });
//   await sim.control({ op: 'fault', path: '/incidents', kind: 'status', status: 503, times: 2 });
//   await sim.close();
import { kOAuth } from './api/oauth.mjs';
import { serviceHandles } from './data/services.mjs';
import { Engine } from './engine.mjs';
import { kTokens } from './http/auth.mjs';
import { obey } from './http/control.mjs';
import { makeServer } from './http/server.mjs';

/**
 * @typedef {import('./engine.mjs').EngineOptions & {port?: number, host?: string,
 *   allowedOrigins?: '*' | string[], observe?: (request: SeenRequest) => void,
 *   onHang?: () => void}} Options
 */
/**
 * A request as it came, with all that it carried.
 * @typedef {{method: string, url: string, headers: import('node:http').IncomingHttpHeaders,
 *   body: string}} SeenRequest
 */
/** @typedef {{id: string, name: string, integrationKey: string}} ServiceHandle */
/**
 * @typedef {{checkout: ServiceHandle, search: ServiceHandle, loyalty: ServiceHandle,
 *   ledger: ServiceHandle, mail: ServiceHandle, legacy: ServiceHandle, telemetry: ServiceHandle,
 *   identity: ServiceHandle, mobile: ServiceHandle, giftCards: ServiceHandle,
 *   warehouse: ServiceHandle}} ServiceHandles
 */

/** @param {Options} [options] */
export async function startSimulator(options = {}) {
  const { port = 0, host = '127.0.0.1' } = options;
  const engine = new Engine(options);
  const server = makeServer(engine, options);
  await new Promise((resolve, reject) => {
    server.once('error', reject);
    server.listen(port, host, () => resolve(undefined));
  });
  const address = /** @type {import('node:net').AddressInfo} */ (server.address());
  return {
    url: `http://${host.includes(':') ? `[${host}]` : host}:${address.port}`,
    tokens: kTokens,
    oauth: kOAuth,
    services: /** @type {ServiceHandles} */ (serviceHandles()),
    requests: engine.requests,
    problems: engine.problems,
    get hanging() {
      return engine.hanging;
    },
    /**
     * The same as POST /_simulator.
     * @param {Record<string, unknown>} command @returns {Promise<any>}
     */
    control: async (command) => ({ ok: true, ...obey(engine, command) }),
    /** @returns {Promise<void>} */
    close: () =>
      new Promise((resolve) => {
        engine.faults.clear();
        server.close(() => resolve());
        server.closeAllConnections();
      }),
  };
}
