// @ts-check
// Cross-origin rules as recorded from the real API: a fixed list of request headers, nothing
// exposed.

/** The only headers that a page may send to the REST API; `Accept` needs no permission. */
export const kRestHeaders = [
  'Authorization',
  'Content-Type',
  'From',
  'X-EARLY-ACCESS',
  'X-PagerDuty-Api-Local',
  'User-Agent',
];
/** Events and sign-in carry no credential in a header. */
const kOtherHeaders = ['Content-Type'];
const kMethods = ['GET', 'POST', 'PUT', 'DELETE', 'OPTIONS'];

/** @typedef {'*' | string[]} AllowedOrigins */

/**
 * @param {AllowedOrigins} allowed @param {string | undefined} origin
 * @returns {Record<string, string>}
 */
export function corsHeaders(allowed, origin) {
  if (origin === undefined || (allowed !== '*' && !allowed.includes(origin))) return {};
  return {
    'Access-Control-Allow-Origin': allowed === '*' ? '*' : origin,
    'Access-Control-Expose-Headers': '',
    ...(allowed === '*' ? {} : { Vary: 'Origin' }),
  };
}

/**
 * A preflight's answer does not depend on what was asked: a header that is not on the list is left
 * out, and the browser refuses.
 * @param {AllowedOrigins} allowed @param {string | undefined} origin @param {boolean} rest
 * @returns {Record<string, string>}
 */
export function preflightHeaders(allowed, origin, rest) {
  const headers = corsHeaders(allowed, origin);
  if (!headers['Access-Control-Allow-Origin']) return {};
  return {
    ...headers,
    'Access-Control-Allow-Methods': kMethods.join(', '),
    'Access-Control-Allow-Headers': (rest ? kRestHeaders : kOtherHeaders).join(', '),
  };
}
