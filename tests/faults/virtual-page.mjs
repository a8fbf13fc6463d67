// What a page of the fault matrix runs before anything else: a clock that stands still until it is told to move, a count of
// what is asked of the network, and an eye on everything that a secret could leak through. It is handed to the browser as
// text, so it may use nothing from outside.

/** Runs in the page. `now`: ms since 1970. */
export function installVirtualPage({ now: start }) {
  const real = { Date, setTimeout: globalThis.setTimeout.bind(globalThis), fetch: globalThis.fetch.bind(globalThis), dispatch: EventTarget.prototype.dispatchEvent };

  // ---- The clock: Date, timers, frames ----
  let now = start;
  /** How far the page's Date is off; undefined: it stands still at `frozenAt`. */
  let skew = 0;
  let frozenAt;
  let lastTimer = 0;
  const timers = new Map();
  const frames = [];
  const read = () => frozenAt ?? now + skew;

  globalThis.Date = class extends real.Date {
    constructor(...given) {
      if (given.length === 0) super(read());
      else super(...given);
    }
    static now() {
      return read();
    }
  };
  globalThis.setTimeout = (run, delayMs = 0, ...given) => {
    const delay = Math.max(0, Number(delayMs) || 0);
    timers.set(++lastTimer, { at: now + delay, isTask: delay === 0, run: () => run(...given) });
    return lastTimer;
  };
  globalThis.clearTimeout = (timer) => timers.delete(timer);
  globalThis.requestAnimationFrame = (run) => frames.push(run);
  globalThis.cancelAnimationFrame = () => undefined;
  AbortSignal.timeout = (delayMs) => {
    const abort = new AbortController();
    globalThis.setTimeout(() => abort.abort(new DOMException('timed out', 'TimeoutError')), delayMs);
    return abort.signal;
  };

  // ---- The network: what is under way, and what was asked when ----
  let pending = 0;
  let offline = false;
  const waiting = [];
  const asked = [];
  const count = async (work) => {
    ++pending;
    try {
      return await work();
    } finally {
      --pending;
      for (const done of waiting.splice(0)) done();
    }
  };
  globalThis.fetch = (input, init = {}) => {
    const url = new URL(input instanceof Request ? input.url : input, document.baseURI);
    asked.push({ at: now, method: init.method ?? 'GET', url: url.href, mode: init.mode ?? 'cors' });
    // A request that was given up ends: with keepalive the browser would let it go on for half a minute of its own clock.
    return count(() => (offline ? Promise.reject(new TypeError('Failed to fetch')) : real.fetch(input, { ...init, keepalive: false })));
  };
  const readChunk = ReadableStreamDefaultReader.prototype.read;
  ReadableStreamDefaultReader.prototype.read = function () {
    return count(() => readChunk.call(this));
  };
  for (const name of ['arrayBuffer', 'blob', 'json', 'text']) {
    const readAll = Response.prototype[name];
    Response.prototype[name] = function () {
      return count(() => readAll.call(this));
    };
  }
  // What the page asks of the browser itself takes no time of the page's clock either.
  const { locks } = navigator;
  const [digest, queryLocks, requestLock] = [crypto.subtle.digest, locks.query, locks.request].map((own, index) => own.bind(index === 0 ? crypto.subtle : locks));
  crypto.subtle.digest = (...given) => count(() => digest(...given));
  locks.query = () => count(queryLocks);
  locks.request = (name, options, granted) => {
    // One that may have to wait for another tab is not waited for.
    if (options.ifAvailable !== true) return requestLock(name, options, granted);
    let had = () => undefined;
    void count(() => new Promise((done) => (had = done)));
    const held = requestLock(name, options, (lock) => {
      had();
      return granted(lock);
    });
    held.then(had, had);
    return held;
  };
  // A task, not a microtask: what follows from an answer has happened by then.
  const channel = new MessageChannel();
  const turns = [];
  channel.port1.onmessage = () => turns.shift()?.();
  const task = () => new Promise((done) => {
    turns.push(done);
    channel.port2.postMessage(undefined);
  });

  // ---- What a secret could leak through ----
  const told = [];
  const memories = [];
  const note = (where, what) => told.push(`${where}: ${typeof what === 'string' ? what : JSON.stringify(what)}`);
  const { compile, instantiate } = WebAssembly;
  WebAssembly.compile = (...given) => count(() => compile.apply(WebAssembly, given));
  WebAssembly.instantiate = (...given) => count(async () => {
    const made = await instantiate.apply(WebAssembly, given);
    const { exports } = made.instance ?? made;
    for (const thing of Object.values(exports)) if (thing instanceof WebAssembly.Memory) memories.push(thing);
    return made;
  });
  const post = BroadcastChannel.prototype.postMessage;
  BroadcastChannel.prototype.postMessage = function (message) {
    note(`BroadcastChannel ${this.name}`, message);
    return post.call(this, message);
  };
  EventTarget.prototype.dispatchEvent = function (event) {
    if (event.type.startsWith('pd-')) note(event.type, event.detail);
    return real.dispatch.call(this, event);
  };
  addEventListener('error', (event) => note('error', `${event.message} ${event.error?.stack}`));
  addEventListener('unhandledrejection', (event) => note('unhandled rejection', `${event.reason} ${event.reason?.stack}`));

  globalThis.virtual = {
    memories,
    told,
    asked,
    channel: BroadcastChannel,
    get pending() {
      return pending;
    },
    set offline(value) {
      offline = value;
    },
    get skew() {
      return skew;
    },
    set skew(value) {
      skew = value;
    },
    freeze(isFrozen) {
      frozenAt = isFrozen ? read() : undefined;
    },
    /**
     * Moves the clock to `to`, rings what is due, and waits until no more than `most` requests are under way. Returns how many
     * are, when the next timer is due, and whether the card wants drawing.
     */
    async step({ to, most }) {
      now = Math.max(now, to);
      let next = now;
      while (next !== undefined && next <= now) {
        // One without a delay is a way to let pass what the browser has to tell: it does.
        if ([...timers.values()].some(({ at, isTask }) => isTask && at <= now)) await new Promise((done) => real.setTimeout(done));
        for (const [timer, { at, run }] of [...timers].sort((a, b) => a[1].at - b[1].at)) {
          if (at <= now && timers.delete(timer)) run();
        }
        for (;;) {
          await task();
          if (pending <= most) break;
          await new Promise((done) => waiting.push(done));
        }
        next = timers.size === 0 ? undefined : Math.min(...[...timers.values()].map(({ at }) => at));
      }
      return { pending, next, dirty: frames.length > 0 };
    },
    /** The clock goes on without timers: the machine slept. */
    sleep(ms) {
      now += ms;
    },
    /** Until the browser has told where the element is, and how large: what the element observes has been told by then, too. */
    async seen(element) {
      for (const Observer of [ResizeObserver, IntersectionObserver]) {
        await new Promise((done) => {
          const observer = new Observer(() => {
            observer.disconnect();
            done();
          });
          observer.observe(element);
        });
      }
      await task();
    },
    /** Draws what wants drawing. */
    draw() {
      for (let round = 0; round < 12 && frames.length > 0; ++round) for (const run of frames.splice(0)) run(now);
    },
  };
}
