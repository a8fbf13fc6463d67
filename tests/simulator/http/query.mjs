// @ts-check
// Query parameters: lists, times, pages.
import { isTimeZone } from '../model/time-zone.mjs';
import { badRequest } from './errors.mjs';

export const kDefaultLimit = 25;
export const kMaxLimit = 100;
export const kMaxReach = 10_000;

export class Query {
  /** @param {URLSearchParams} params */
  constructor(params) {
    this.params = params;
  }

  /** @param {string} name */
  text(name) {
    return this.params.get(name) ?? undefined;
  }

  /**
   * `name[]=a&name[]=b`; undefined when there is none.
   * @param {string} name @returns {string[] | undefined}
   */
  list(name) {
    const values = this.params.getAll(`${name}[]`);
    return values.length ? values : undefined;
  }

  /** @param {string} name @param {readonly string[]} allowed */
  choices(name, allowed) {
    const values = this.list(name);
    const wrong = values?.find((value) => !allowed.includes(value));
    if (wrong !== undefined)
      throw badRequest(`${name}[] must be one of ${allowed.join(', ')}: ${wrong}`);
    return values;
  }

  includes() {
    return new Set(this.list('include') ?? []);
  }

  /** @param {string} name */
  flag(name) {
    return this.text(name) === 'true' || this.text(name) === '1';
  }

  /** @param {string} name */
  time(name) {
    const text = this.text(name);
    if (text === undefined) return undefined;
    // "+" is a blank in a query; a client that forgot to encode it meant a zone's offset.
    const ms = Date.parse(text.replace(/ (?=\d\d:?\d\d$)/, '+'));
    if (Number.isNaN(ms)) throw badRequest(`${name} is not a date: ${text}`);
    return ms;
  }

  zone(fallback = 'Etc/UTC') {
    const zone = this.text('time_zone') ?? fallback;
    if (zone === 'UTC') return 'Etc/UTC';
    if (!isTimeZone(zone)) throw badRequest(`time_zone is not known: ${zone}`);
    return zone;
  }

  /** @param {string} name @param {number} fallback @param {number} least */
  #integer(name, fallback, least) {
    const text = this.text(name);
    if (text === undefined) return fallback;
    if (!/^\d+$/.test(text) || Number(text) < least)
      throw badRequest(`${name} must be a whole number of at least ${least}`);
    return Number(text);
  }

  page() {
    const limit = Math.min(this.#integer('limit', kDefaultLimit, 1), kMaxLimit);
    const offset = this.#integer('offset', 0, 0);
    if (offset + limit > kMaxReach)
      throw badRequest(`Offset + limit exceeds maximum allowed value of ${kMaxReach}`);
    return { limit, offset, total: this.flag('total') };
  }
}

/**
 * One page of `items`, each written by `present`; `total` only when it is asked for.
 * @template T
 * @param {string} name @param {T[]} items @param {Query} query
 * @param {(item: T) => unknown} present
 */
export function pageOf(name, items, query, present) {
  const { limit, offset, total } = query.page();
  return {
    [name]: items.slice(offset, offset + limit).map(present),
    limit,
    offset,
    more: offset + limit < items.length,
    total: total ? items.length : null,
  };
}
