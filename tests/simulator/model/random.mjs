// @ts-check
// Seeded randomness: the same seed gives the same company.
import { createHash } from 'node:crypto';

const kAlphabet = 'ABCDEFGHIJKLMNOPQRSTUVWXYZ0123456789';

export class Random {
  #state;

  /** @param {number} seed */
  constructor(seed) {
    this.#state = seed >>> 0;
  }

  /** In [0, 1): mulberry32. */
  next() {
    this.#state = (this.#state + 0x6d2b79f5) >>> 0;
    let t = this.#state;
    t = Math.imul(t ^ (t >>> 15), t | 1);
    t ^= t + Math.imul(t ^ (t >>> 7), t | 61);
    return ((t ^ (t >>> 14)) >>> 0) / 4294967296;
  }

  /** A whole number in [low, high]. @param {number} low @param {number} high */
  between(low, high) {
    return low + Math.floor(this.next() * (high - low + 1));
  }

  /** @template T @param {readonly T[]} items @returns {T} */
  pick(items) {
    return /** @type {T} */ (items[this.between(0, items.length - 1)]);
  }

  /**
   * An id in PagerDuty's style: a letter and capital letters and digits.
   * @param {string} [first] @param {number} [length]
   */
  id(first = 'P', length = 7) {
    let text = first;
    while (text.length < length) text += kAlphabet[this.between(0, kAlphabet.length - 1)];
    return text;
  }
}

/** 32 hexadecimal digits that depend on `text` alone. @param {string} text */
export function hexOf(text) {
  return createHash('sha256').update(`simulated:${text}`).digest('hex').slice(0, 32);
}
