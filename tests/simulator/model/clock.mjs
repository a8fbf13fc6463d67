// @ts-check
// The simulator's clock: the real one moved by an offset, or a virtual one that stands still until
// it is told to move.

export class Clock {
  #running;
  /** Simulated time at the moment `#anchor` of the real clock. */
  #base = 0;
  #anchor = 0;
  #start;

  /** @param {{now?: number | undefined, running?: boolean | undefined}} options */
  constructor({ now, running = now === undefined }) {
    this.#start = now;
    this.#running = running;
    this.reset();
  }

  /** Milliseconds since the epoch. */
  now() {
    return this.#running ? this.#base + (Date.now() - this.#anchor) : this.#base;
  }

  reset() {
    this.set(this.#start ?? Date.now());
  }

  /** @param {number} now */
  set(now) {
    this.#base = now;
    this.#anchor = Date.now();
  }

  /** @param {boolean} running */
  run(running) {
    this.set(this.now());
    this.#running = running;
  }

  get running() {
    return this.#running;
  }
}
