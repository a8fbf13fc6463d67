// @ts-check
// What every answer is made of: an object's head, and the reference that is left of it where it is
// not included.
import { formatTime } from '../model/time-zone.mjs';
import { kSubdomain } from '../model/world.mjs';

/** JSON on its way out. @typedef {Record<string, any>} Json */
/** The values of `include[]`. @typedef {Set<string>} Includes */

const kSelf = 'https://api.pagerduty.com';
const kPages = `https://${kSubdomain}.pagerduty.com`;
/** @type {Includes} */
export const kNone = new Set();

/**
 * @param {string} id @param {string} type @param {string} summary @param {string | null} self
 * @param {string | null} page
 */
export function head(id, type, summary, self, page) {
  return {
    id,
    type,
    summary,
    self: self && `${kSelf}/${self}`,
    html_url: page && `${kPages}/${page}`,
  };
}

/** @template {{type: string}} T @param {T} object */
export const asReference = (object) => ({ ...object, type: `${object.type}_reference` });
/** @param {number | null} ms */
export const timeOrNull = (ms) => (ms === null ? null : formatTime(ms));
