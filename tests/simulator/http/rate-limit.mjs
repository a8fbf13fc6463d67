// @ts-check
// Requests a minute for each credential, in windows of the simulator's clock.
import { kMinute, kSecond } from '../model/time-zone.mjs';
import { ApiError, errorBody } from './errors.mjs';

export const kRestLimit = 960;
export const kCreateLimit = 300;
export const kEventsLimit = 120;

export class RateLimits {
  /** @type {Map<string, {since: number, used: number}>} */
  #windows = new Map();

  /** Counts one request. @param {string} name @param {number} limit @param {number} now */
  count(name, limit, now) {
    let window = this.#windows.get(name);
    if (!window || now >= window.since + kMinute || now < window.since) {
      window = { since: now, used: 0 };
      this.#windows.set(name, window);
    }
    window.used += 1;
    const headers = limitHeaders(
      limit,
      Math.max(0, limit - window.used),
      window.since + kMinute - now,
    );
    return { exceeded: window.used > limit, headers };
  }

  /**
   * For a REST answer: the headers to send.
   * @param {string} name @param {number} limit @param {number} now
   */
  spend(name, limit, now) {
    const { exceeded, headers } = this.count(name, limit, now);
    if (exceeded) throw new ApiError(429, errorBody(429), headers);
    return headers;
  }

  reset() {
    this.#windows.clear();
  }
}

/**
 * @param {number} limit @param {number} remaining @param {number} resetMs
 * @returns {Record<string, string>}
 */
export function limitHeaders(limit, remaining, resetMs) {
  return {
    'ratelimit-limit': String(limit),
    'ratelimit-remaining': String(remaining),
    'ratelimit-reset': String(Math.ceil(resetMs / kSecond)),
  };
}
