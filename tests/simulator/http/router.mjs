// @ts-check
// Routes by method and path; `:name` matches one segment.
import { authenticate, authorize, requester } from './auth.mjs';
import { ApiError, badRequest, errorBody } from './errors.mjs';
import { kCreateLimit, kRestLimit } from './rate-limit.mjs';
import { Query } from './query.mjs';

/**
 * What a route is given. `actor` is the user in whose name a write happens.
 * @typedef {{world: import('../model/world.mjs').World, query: Query,
 *   params: Record<string, string>, body: any, now: number,
 *   credential: import('./auth.mjs').Credential,
 *   actor: import('../model/types.mjs').Actor}} RestContext
 */
/** @typedef {{status: number, body: unknown}} Result */
/**
 * `scopes`: one of them is needed; none means any valid credential. `from`: an account-level
 * credential must say who writes.
 * @typedef {{method: string, path: string, scopes?: string[], from?: boolean,
 *   handle: (context: RestContext) => Result}} RestRoute
 */

/** @param {unknown} body @returns {Result} */
export const ok = (body) => ({ status: 200, body });
/** @param {unknown} body @returns {Result} */
export const created = (body) => ({ status: 201, body });
/** @returns {Result} */
export const noContent = () => ({ status: 204, body: undefined });

export class Router {
  #routes;

  /** @param {RestRoute[]} routes */
  constructor(routes) {
    this.#routes = routes.map((route) => ({
      route,
      pattern: new RegExp(`^${route.path.replace(/:(\w+)/g, '(?<$1>[^/]+)')}$`),
    }));
  }

  /**
   * Fixed paths are listed before those with a parameter, and win.
   * @param {string} method @param {string} path
   */
  find(method, path) {
    for (const { route, pattern } of this.#routes) {
      const match = route.method === method ? pattern.exec(path) : null;
      if (match)
        return {
          route,
          params: Object.fromEntries(
            Object.entries(match.groups ?? {}).map(([name, value]) => [
              name,
              decodeURIComponent(value),
            ]),
          ),
        };
    }
    return undefined;
  }

  get routes() {
    return this.#routes.map(({ route }) => route);
  }
}

/**
 * Answers a REST request: the limit, the credential, the right, then the route.
 * @param {import('../engine.mjs').Engine} engine
 * @param {{method: string, path: string, params: URLSearchParams,
 *   headers: import('node:http').IncomingHttpHeaders, text: string}} request
 */
export function answerRest(engine, request) {
  const { world } = engine;
  const now = world.now();
  const found = engine.router.find(request.method, request.path);
  if (!found) throw new ApiError(404, errorBody(404));
  const { token, credential } = authenticate(
    engine.credentials,
    request.headers.authorization,
    now,
  );
  const headers = engine.limits.spend(token, kRestLimit, now);
  try {
    if (found.route.method === 'POST' && found.route.path === '/incidents')
      engine.limits.spend(`${token} POST /incidents`, kCreateLimit, now);
    if (found.route.scopes) authorize(credential, found.route.scopes);
    const user = found.route.from
      ? requester(world, credential, request.headers.from)
      : credential.user;
    const context = {
      world,
      now,
      credential,
      params: found.params,
      query: new Query(request.params),
      body: request.method === 'GET' || request.method === 'DELETE' ? undefined : parseBody(request.text),
      actor: /** @type {import('../model/types.mjs').Actor} */ ({ kind: 'user', id: user ?? '' }),
    };
    return { ...found.route.handle(context), headers };
  } catch (error) {
    if (error instanceof ApiError) error.headers = { ...headers, ...error.headers };
    throw error;
  }
}

/** @param {string} text */
function parseBody(text) {
  try {
    const body = JSON.parse(text);
    if (body !== null && typeof body === 'object') return body;
  } catch {
    // Answered below, like any other body that is no object.
  }
  throw badRequest('The body must be a JSON object');
}
