// @ts-check
// The simulator without its server: what it knows, and what answers. Runs in Node and in a page.
import { kIncidentPartRoutes } from './api/incident-parts.mjs';
import { kIncidentRoutes } from './api/incidents.mjs';
import { kInsightRoutes } from './api/insights.mjs';
import { Identity } from './api/oauth.mjs';
import { kOnCallRoutes } from './api/on-call.mjs';
import { kPeopleRoutes } from './api/people.mjs';
import { kServiceRoutes } from './api/services.mjs';
import { makeCompany } from './data/company.mjs';
import { liveThroughHistory } from './data/history.mjs';
import { makeCredentials } from './http/auth.mjs';
import { Faults } from './http/faults.mjs';
import { RateLimits } from './http/rate-limit.mjs';
import { Router } from './http/router.mjs';
import { Clock } from './model/clock.mjs';
import { Random } from './model/random.mjs';
import { World } from './model/world.mjs';

/**
 * `now`: where the clock starts (milliseconds since the epoch); the clock then stands still unless
 * `running` says otherwise. Without `now` it is the real clock. `visibleAfterMs`: from an event's
 * 202 until its incident is seen, on this clock.
 * @typedef {{now?: number, running?: boolean, seed?: number, visibleAfterMs?: number}} EngineOptions
 */
/**
 * @typedef {{at: number, method: string, path: string, status: number,
 *   origin: string | null}} NotedRequest
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

  /** @param {EngineOptions} options */
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
