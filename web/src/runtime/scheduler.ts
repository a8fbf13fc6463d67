/**
 * Frames on demand for all cards of a page: one requestAnimationFrame while somebody has something to draw,
 * none otherwise. Visible cards only; a few milliseconds a tick, the rest at the next one.
 */

export interface Drawable {
  readonly isVisible: boolean;
  /** Draws; true: wants another frame. */
  draw(now: number): boolean;
}

const BUDGET_MS = 16;

export class Scheduler {
  readonly #dirty = new Set<Drawable>();
  #requested = 0;

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
    if ([...this.#dirty].some((card) => card.isVisible)) this.#request();
  }
}
