// @ts-check
// A PagerDuty to test and to show against: REST v2, Events v2 and sign-in of one made-up company,
// over real HTTP.
//
//   const sim = await startSimulator({ now: Date.UTC(2026, 2, 2, 9) });
//   const headers = { Authorization: `Token token=${sim.tokens.readOnly}` };
//   await fetch(`${sim.url}/services/${sim.services.checkout.id}`, { headers });
//   await sim.control({ op: 'fault', path: '/incidents', kind: 'status', status: 503, times: 2 });
//   await sim.close();
import { kIncidentPartRoutes } from './api/incident-parts.mjs';
import { kIncidentRoutes } from './api/incidents.mjs';
import { kInsightRoutes } from './api/insights.mjs';
import { Identity, kOAuth } from './api/oauth.mjs';
import { kOnCallRoutes } from './api/on-call.mjs';
import { kPeopleRoutes } from './api/people.mjs';
import { kServiceRoutes } from './api/services.mjs';
import { makeCompany } from './data/company.mjs';
import { liveThroughHistory } from './data/history.mjs';
import { serviceHandles } from './data/services.mjs';
import { kTokens, makeCredentials } from './http/auth.mjs';
import { obey } from './http/control.mjs';
import { Faults } from './http/faults.mjs';
import { RateLimits } from './http/rate-limit.mjs';
import { Router } from './http/router.mjs';
import { makeServer } from './http/server.mjs';
import { Clock } from './model/clock.mjs';
import { Random } from './model/random.mjs';
import { World } from './model/world.mjs';

/**
 * `now`: where the clock starts (milliseconds since the epoch); the clock then stands still unless
 * `running` says otherwise. Without `now` it is the real clock. `visibleAfterMs`: from an event's
 * 202 until its incident is seen, on this clock.
 * @typedef {{port?: number, host?: string, now?: number, running?: boolean, seed?: number,
 *   visibleAfterMs?: number, allowedOrigins?: '*' | string[],
 *   observe?: (request: SeenRequest) => void, onHang?: () => void}} Options
 */
/**
 * A request as it came, with all that it carried.
 * @typedef {{method: string, url: string, headers: import('node:http').IncomingHttpHeaders,
 *   body: string}} SeenRequest
 */
/**
 * @typedef {{at: number, method: string, path: string, status: number,
 *   origin: string | null}} NotedRequest
 */
/** @typedef {{id: string, name: string, integrationKey: string}} ServiceHandle */
/**
 * @typedef {{checkout: ServiceHandle, search: ServiceHandle, loyalty: ServiceHandle,
 *   ledger: ServiceHandle, mail: ServiceHandle, legacy: ServiceHandle, telemetry: ServiceHandle,
 *   identity: ServiceHandle, mobile: ServiceHandle, giftCards: ServiceHandle,
 *   warehouse: ServiceHandle}} ServiceHandles
 */

/** Every REST route; fixed paths stand before those with a parameter. */
export const kRoutes = [
  ...kServiceRoutes,
  ...kIncidentRoutes,
  ...kIncidentPartRoutes,
  ...kOnCallRoutes,
  ...kPeopleRoutes,
  ...kInsightRoutes,
];

/** The simulator without its server. */
export class Engine {
  faults = new Faults();
  limits = new RateLimits();
  router = new Router(kRoutes);
  credentials = makeCredentials();
  /** @type {NotedRequest[]} */
  requests = [];
  /**
   * Errors of the simulator itself: a test that finds one here has found a bug.
   * @type {unknown[]}
   */
  problems = [];
  /** Requests that a fault keeps waiting. */
  hanging = 0;
  #seed;

  /** @param {Options} options */
  constructor({ now, running, seed = 1, visibleAfterMs = 400 }) {
    this.#seed = seed;
    this.clock = new Clock({ now, running });
    this.visibleAfterMs = visibleAfterMs;
    this.world = this.#makeWorld();
    this.identity = new Identity(this);
  }

  #makeWorld() {
    const world = new World(this.clock, new Random(this.#seed), makeCompany(this.clock.now()));
    liveThroughHistory(world);
    return world;
  }

  /** Everything as at the start. */
  reset() {
    this.clock.reset();
    this.faults.clear();
    this.limits.reset();
    this.credentials = makeCredentials();
    this.identity.reset();
    this.requests.length = 0;
    this.world = this.#makeWorld();
  }
}

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
