/**
 * Frames on demand for all cards of a page: one requestAnimationFrame while somebody has something to draw,
 * none otherwise. Visible cards only; a few milliseconds a tick, the rest at the next one. Answers that were waited
 * for together are drawn together, if they come within a moment.
 */

import type { RequestId } from './messages.js';

export interface Drawable {
  readonly isVisible: boolean;
  /** Draws; true: wants another frame. */
  draw(now: number): boolean;
}

const BUDGET_MS = 16;
/** So long what an answer changes waits for the others. */
const TOGETHER_MS = 20;

export class Scheduler {
  readonly #dirty = new Set<Drawable>();
  #requested = 0;
  /** What was under way when the first of these answers came, and has not come yet. */
  #awaited: Set<RequestId> | undefined;
  #timer: ReturnType<typeof setTimeout> | undefined;

  /** `request` is answered, `underWay` are not. */
  answered(request: RequestId, underWay: Iterable<RequestId>): void {
    this.#awaited ??= new Set(underWay);
    this.#awaited.delete(request);
    if (this.#awaited.size === 0) this.#endWait();
    else this.#timer ??= setTimeout(() => this.#endWait(), TOGETHER_MS);
  }

  #endWait(): void {
    clearTimeout(this.#timer);
    this.#timer = undefined;
    this.#awaited = undefined;
    this.#requestIfDirty();
  }

  /** Asks for a frame of `card` which other answers may be waited for with. */
  invalidateSoon(card: Drawable): void {
    if (this.#awaited === undefined) this.invalidate(card);
    else this.#dirty.add(card);
  }

  /** Asks for a frame of `card`. */
  invalidate(card: Drawable): void {
    this.#dirty.add(card);
    if (card.isVisible) this.#request();
  }

  forget(card: Drawable): void {
    this.#dirty.delete(card);
  }

  #request(): void {
    if (this.#requested === 0) this.#requested = requestAnimationFrame(() => this.#tick());
  }

  #tick(): void {
    this.#requested = 0;
    const started = performance.now();
    for (const card of [...this.#dirty].filter((c) => c.isVisible)) {
      this.#dirty.delete(card);
      if (card.draw(Date.now())) this.#dirty.add(card);
      if (performance.now() - started > BUDGET_MS) break;
    }
    this.#requestIfDirty();
  }

  #requestIfDirty(): void {
    if ([...this.#dirty].some((card) => card.isVisible)) this.#request();
  }
}
