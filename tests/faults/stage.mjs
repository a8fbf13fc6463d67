// What the fault matrix needs: a page's server, a simulator, a browser's page whose clock stands still, all for one worker. The
// page's clock and the simulator's are one: `advance` moves both, timer by timer, and waits for the network in between.
import { createServer } from 'node:http';
import { readFile } from 'node:fs/promises';
import { randomBytes } from 'node:crypto';
import { join } from 'node:path';
import { launchChromium, launchFirefox } from '../browser/browsers.mjs';
import { startSimulator } from '../simulator/simulator.mjs';
import { canaryForms, scanPage } from './canary.mjs';
import { installVirtualPage } from './virtual-page.mjs';

const kDist = join(import.meta.dirname, '../../web/dist');
/** A Monday morning. */
export const kStart = Date.UTC(2026, 2, 2, 9);
const kUser = 'PUANAIS';
/** Hosts that do not exist; browsers are told so, and ask no name server. */
export const kNowhere = 'https://nowhere.invalid';

const kTypes = { js: 'text/javascript', wasm: 'application/wasm', html: 'text/html; charset=utf-8' };
const kPage = '<!doctype html><html lang="en"><head><meta charset="utf-8"><title>faults</title><link rel="icon" href="data:,">' +
  '<script type="module" src="/start.js"></script></head><body><main></main></body></html>';
const kScript = "globalThis.pd = await import('/dist/pagerduty-card.js');";

/** The page's own server. `visits`: paths that were asked for. */
async function startSite(simulatorUrl) {
  const visits = [];
  const policy = `default-src 'none'; script-src 'self' 'wasm-unsafe-eval'; style-src 'self'; img-src data:; ` +
    `connect-src 'self' ${simulatorUrl} ${simulatorUrl.replace('http:', 'https:')} ${kNowhere}`;
  const server = createServer(async (request, response) => {
    const path = request.url;
    visits.push(path);
    const name = path.startsWith('/dist/') ? path.slice('/dist/'.length) : undefined;
    const body = path === '/' ? kPage : path === '/start.js' ? kScript
      : name !== undefined && /^[\w.-]+$/.test(name) ? await readFile(join(kDist, name)).catch(() => undefined) : undefined;
    const type = kTypes[path === '/' ? 'html' : path.split('.').at(-1)] ?? 'text/plain';
    response.writeHead(body === undefined ? 404 : 200, { 'Content-Type': type, 'Content-Security-Policy': policy, 'Referrer-Policy': 'no-referrer' });
    response.end(body);
  });
  await new Promise((done) => server.listen(0, '127.0.0.1', done));
  return { url: `http://127.0.0.1:${server.address().port}`, visits, close: () => new Promise((done) => { server.close(done); server.closeAllConnections(); }) };
}

/** One way to drive both browsers. */
const kDrivers = {
  async chromium() {
    const browser = await launchChromium({ flags: [`--host-resolver-rules=MAP ${new URL(kNowhere).hostname} ~NOTFOUND`] });
    return {
      close: () => browser.close(),
      async page(prepare) {
        const context = await browser.newContext({ viewport: { width: 480, height: 900 }, timezoneId: 'Europe/Berlin', locale: 'en-GB', reducedMotion: 'reduce' });
        const page = await context.newPage();
        await page.addInitScript(installVirtualPage, prepare);
        return { page, setOffline: (isOffline) => context.setOffline(isOffline), close: () => context.close() };
      },
    };
  },
  async firefox() {
    const browser = await launchFirefox({ 'ui.prefersReducedMotion': 1 });
    return {
      close: () => browser.close(),
      async page(prepare) {
        const page = await browser.newPage();
        await page.setViewport({ width: 480, height: 900 });
        await page.evaluateOnNewDocument(installVirtualPage, prepare);
        // The driver has no switch for it: the page is told, and what it asks for fails.
        const setOffline = (isOffline) => page.evaluate((value) => {
          globalThis.virtual.offline = value;
          Object.defineProperty(navigator, 'onLine', { configurable: true, get: () => !value });
          dispatchEvent(new Event(value ? 'offline' : 'online'));
        }, isOffline);
        return { page, setOffline, close: () => page.close() };
      },
    };
  },
};

export async function openBrowser(name) {
  return kDrivers[name]();
}

export async function openStage(browser) {
  const stage = new Stage();
  await stage.open(browser);
  return stage;
}

export class Stage {
  now = kStart;
  canary = `canary${randomBytes(12).toString('hex')}`;
  /** Where the canary was found and must not be. */
  leaks = [];
  /** What the page printed or threw, since it was last asked. */
  #printed = [];
  #hangs = () => undefined;
  #cards = 0;

  async open(browser) {
    this.simulator = await startSimulator({
      now: kStart,
      observe: (request) => this.#inspect(request),
      onHang: () => this.#hangs(),
    });
    this.site = await startSite(this.simulator.url);
    this.#browser = browser;
  }
  #browser;
  #tab;

  /** A new page, and a simulator as at the start. */
  async load() {
    await this.#tab?.close();
    this.now = kStart;
    await this.simulator.control({ op: 'reset' });
    this.#tab = await this.#browser.page({ now: kStart });
    this.page = this.#tab.page;
    this.page.on('console', (message) => {
      const type = message.type();
      this.#print(`console ${type}: ${message.text()}`, type === 'error' || type === 'warning' || type === 'warn');
    });
    this.page.on('pageerror', (error) => this.#print(`page error: ${error.message} ${error.stack}`, true));
    await this.page.goto(this.site.url);
    await this.page.evaluate(() => customElements.whenDefined('pagerduty-card').then(() => undefined));
    // The module is there before any fault: what a page without it says is another matter (tests/browser).
    await this.mount({ loading: 'eager' });
  }

  async close() {
    await this.#tab?.close();
    await this.site?.close();
    await this.simulator?.close();
  }

  #print(text, isTrouble) {
    if (text.includes(this.canary)) this.leaks.push(text.replaceAll(this.canary, '<canary>'));
    if (isTrouble) this.#printed.push(text);
  }
  takePrinted() {
    return this.#printed.splice(0);
  }

  #inspect({ method, url, headers, body }) {
    const { authorization: _authorization, ...others } = headers;
    if (JSON.stringify([url, others, body]).includes(this.canary)) this.leaks.push(`${method} ${url}: outside of the Authorization header`);
  }

  /** Scans the page for the canary; what was found is in `leaks`. */
  async scan() {
    const found = await this.page.evaluate(scanPage, canaryForms(this.canary));
    this.leaks.push(...found);
  }

  // ---- Time ----

  /** Until nothing is under way but what a fault keeps hanging. Returns {next, dirty}: see step() of the page. */
  async idle(to = this.now) {
    for (;;) {
      const hanging = this.simulator.hanging;
      const hangs = new Promise((done) => (this.#hangs = () => done(undefined)));
      const step = this.page.evaluate((given) => globalThis.virtual.step(given), { to, most: hanging });
      step.catch(() => undefined);
      const state = await Promise.race([step, hangs]);
      if (state?.pending === this.simulator.hanging) return state;
    }
  }

  /** Moves both clocks, timer by timer; `until` (optional) ends it early: asked after what changes the card. */
  async advance(ms, until) {
    const end = this.now + ms;
    let state = await this.idle();
    if (until !== undefined && (await until())) return true;
    while (state.next !== undefined && state.next <= end) {
      state = await this.#moveTo(Math.max(state.next, this.now));
      if (until !== undefined && state.dirty && (await until())) return true;
    }
    await this.#moveTo(end);
    return until !== undefined && (await until());
  }

  async #moveTo(time) {
    this.now = time;
    await this.simulator.control({ op: 'clock', set: time });
    return this.idle(time);
  }

  /** The machine sleeps: clocks go on, timers do not. */
  async sleep(ms) {
    this.now += ms;
    await this.simulator.control({ op: 'clock', set: this.now });
    await this.page.evaluate((length) => globalThis.virtual.sleep(length), ms);
  }

  // ---- The card ----

  /**
   * An account by name, with a token of its own that begins with the canary: accounts of equal tokens would share their answers.
   * `options`: other addresses, other credentials.
   */
  async connect(account, options = {}) {
    const token = `${this.canary}${account}`;
    await this.simulator.control({ op: 'data', kind: 'token', value: { token, user: kUser } });
    const base = this.simulator.url;
    await this.page.evaluate(([name, given, own]) => {
      const { credentials, fetch: fetchKind, ...bases } = given;
      const kinds = {
        token: { type: 'token', token: own },
        revoked: { type: 'token', token: 'sim-revoked-token-00' },
        broken: () => Promise.reject(new Error('the sign-in server is down')),
        hanging: () => new Promise(() => undefined),
        proxy: { type: 'proxy' },
      };
      const never = () => new Promise(() => undefined);
      // The host's own; all but the first do not look at their `signal`.
      bases.fetch = {
        own: (input, init) => fetch(input, init),
        deaf: never,
        'deaf to writes': (input, init) => (init.method === 'GET' ? fetch(input, init) : never()),
        endless: async () => Object.defineProperty(new Response(''), 'body', { value: { getReader: () => ({ read: never }) } }),
      }[fetchKind];
      globalThis.pd.configure({ accounts: { [name]: { ...bases, credentials: kinds[credentials ?? 'token'] } } });
    }, [account, { apiBase: base, eventsBase: base, ...options }, token]);
  }

  /** Puts a card on the page, alone. */
  async mount(attributes) {
    await this.page.evaluate(async (given) => {
      const card = document.createElement('pagerduty-card');
      for (const [name, value] of Object.entries(given)) card.setAttribute(name, value);
      document.querySelector('main').replaceChildren(card);
      globalThis.card = card;
      await globalThis.virtual.seen(card);
    }, attributes);
    await this.idle();
  }

  /** Takes the card off the page, or puts the same one back. */
  async setAttached(isAttached) {
    await this.page.evaluate(async (attach) => {
      document.querySelector('main').replaceChildren(...(attach ? [globalThis.card] : []));
      if (attach) await globalThis.virtual.seen(globalThis.card);
    }, isAttached);
  }

  async refresh() {
    await this.page.evaluate(() => globalThis.card.refresh());
    await this.idle();
  }

  async setVisible(isVisible) {
    await this.page.evaluate((value) => {
      Object.defineProperty(document, 'visibilityState', { configurable: true, get: () => (value ? 'visible' : 'hidden') });
      document.dispatchEvent(new Event('visibilitychange'));
    }, isVisible);
  }

  async setOffline(isOffline) {
    const told = this.page.evaluate((value) => new Promise((done) => {
      if (navigator.onLine !== value) done();
      else addEventListener(value ? 'offline' : 'online', () => done(), { once: true });
    }), isOffline);
    await this.#tab.setOffline(isOffline);
    await told;
  }

  /** What the card says: id -> text of each part, as it is drawn now. */
  async look() {
    return this.page.evaluate(() => {
      globalThis.virtual.draw();
      const texts = {};
      for (const node of globalThis.card.shadowRoot.querySelectorAll('.twin [id], .fallback')) {
        texts[node.id] = node.value || node.textContent.replace(/\s+/g, ' ').trim();
        if (node.ariaDisabled === 'true') texts[`${node.id}:disabled`] = node.title;
      }
      return texts;
    });
  }

  async type(node, text) {
    await this.page.evaluate(([id, value]) => {
      globalThis.virtual.draw();
      const field = globalThis.card.shadowRoot.getElementById(id);
      field.value = value;
      field.dispatchEvent(new InputEvent('input', { bubbles: true, composed: true }));
      globalThis.virtual.draw();
    }, [node, text]);
  }

  /** Presses a button as the viewer's keyboard does: only a trusted event counts. */
  async press(node) {
    const there = await this.page.evaluate((id) => {
      globalThis.virtual.draw();
      const button = globalThis.card.shadowRoot.getElementById(id);
      button?.focus();
      return button !== null && globalThis.card.shadowRoot.activeElement === button;
    }, node);
    if (!there) throw new Error(`there is no ${node} to press`);
    await this.page.keyboard.press('Enter');
    await this.idle();
  }

  /** A name for an account that no other card of this page has. */
  nextAccount() {
    return `cell${++this.#cards}`;
  }
}
