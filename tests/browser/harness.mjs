// What every browser test needs: the demo's server and simulator, a browser, pages that note what went wrong.
//
//   const stage = await openStage();                       // before all tests of a file
//   const page = await stage.page({ cards: '<pagerduty-card service-id="PCHKOUT"></pagerduty-card>' });
//   await stage.close();                                   // after all: fails when a page noted something unexpected
import assert from 'node:assert/strict';
import { afterEach, beforeEach } from 'node:test';
import { startDemo } from '../../web/site/serve.mjs';
import { launchChromium } from './browsers.mjs';

/** A page with one card in it that asks for `service` by its id. */
export const cardOf = (service, attributes = '') => `<pagerduty-card service-id="${service}" ${attributes}></pagerduty-card>`;

/** A module that connects the page to the simulator; `more`: further options of configure(), as text. */
export const connectingScript = (more = '') => `import config from '/demo-config.json' with { type: 'json' };
import * as module from '/dist/pagerduty-card.js';
const { apiBase, eventsBase, token } = config;
globalThis.pd = module;
globalThis.pdConfig = config;
module.configure({ apiBase, eventsBase, credentials: { type: 'token', token }, ${more} });`;

/** A whole page: `head`: more of its head; `script`: the module that it loads; `cards`: what is in `main`. */
export const pageText = ({ head = '', script = '/connect.js', cards = '' } = {}) =>
  `<!doctype html><html lang="en"><head><title>test</title><link rel="icon" href="/icon.svg">${head}` +
  `<script type="module" src="${script}"></script></head><body><main>${cards}</main></body></html>`;

/** Pages of one's own: path -> text. `/blank.html` connects to the simulator and shows nothing. */
const kPages = {
  '/blank.html': pageText({ head: '<meta name="viewport" content="width=device-width, initial-scale=1"><link rel="stylesheet" href="/blank.css">' }),
  '/unconnected.html': pageText({ script: '/unconnected.js' }),
  '/connect.js': connectingScript(),
  '/unconnected.js': "globalThis.pd = await import('/dist/pagerduty-card.js');",
  '/blank.css': ':root { color-scheme: light dark; } body { margin: 16px; font: 16px/1.5 Inter, sans-serif; }',
};

/** What a page printed or threw, and what its security policy refused. */
class Trouble {
  found = [];
  #expected = [];
  watch(page) {
    page.on('console', (message) => {
      const { url } = message.location();
      // The whole browser asks for it where a document names no icon (a picture, a page of the identity server).
      if (url.endsWith('/favicon.ico')) return;
      if (message.type() === 'error' || message.type() === 'warning') this.note(`console ${message.type()}: ${message.text()}`, url);
    });
    page.on('pageerror', (error) => this.note(`page error: ${error.message}`));
  }
  note(text, where = '') {
    if (!this.#expected.some((pattern) => pattern.test(text))) this.found.push(`${text} ${where}`.trimEnd());
  }
  expect(patterns) {
    this.#expected.push(...patterns);
  }
}

// A page that a test opened ends with it: it must not meet what the next one breaks. Those of before() hooks stay.
let openedByTest;
beforeEach(() => { openedByTest = []; });
afterEach(() => Promise.all(openedByTest.splice(0).map((context) => context.close())));

/**
 * `now`: both clocks, the simulator's and the page's, stand at this time (ms). `pages`: more pages. `headers`: of all pages,
 * in place of the usual ones. `chromium`: of launchChromium(). Returns the stage.
 */
export async function openStage({ now, pages = {}, headers = {}, simulator = {}, chromium = {} } = {}) {
  const demo = await startDemo({ port: 0, pages: { ...kPages, ...pages }, headers, simulator: { ...(now !== undefined && { now }), ...simulator } });
  const browser = await launchChromium(chromium);
  const troubles = [];
  return {
    demo,
    simulator: demo.simulator,
    browser,
    /**
     * A new context's page, or one more tab `within` a context. `cards`: HTML put into `main`; `path`: another page of the demo;
     * `context`: Playwright's options; `expects`: patterns of console messages that belong to the test; `isRegistered: false`: the page
     * loads no card by itself.
     */
    async page({ path = '/blank.html', cards, context = {}, within, expects = [], prepare, isRegistered = true } = {}) {
      const own = within ?? await browser.newContext({ viewport: { width: 640, height: 900 }, timezoneId: 'Europe/Berlin', locale: 'en-GB', ...context });
      openedByTest?.push(own);
      const page = await own.newPage();
      page.setDefaultTimeout(20_000);
      const trouble = new Trouble();
      trouble.expect(expects);
      trouble.watch(page);
      troubles.push(trouble);
      if (now !== undefined) await page.clock.setFixedTime(now);
      if (prepare !== undefined) await prepare(page);
      await page.goto(new URL(path, demo.url).href);
      if (isRegistered) await page.waitForFunction(() => customElements.get('pagerduty-card') !== undefined);
      if (cards !== undefined) await show(page, cards);
      return page;
    },
    async close() {
      await browser.close();
      await demo.close();
      assert.deepEqual(demo.simulator.problems, []);
      assert.deepEqual(troubles.flatMap(({ found }) => found), []);
    },
  };
}

/** Until what was asked of the page has been drawn, by its script and beside it. */
export const twoFrames = (page) => page.evaluate(() => new Promise((done) => { requestAnimationFrame(() => requestAnimationFrame(done)); }));

/** Until what `isTrue`, a function of the page, promises is true. (waitForFunction() takes any promise for true.) */
export async function until(page, isTrue, value) {
  const ends = performance.now() + 20_000;
  while (!(await page.evaluate(isTrue, value))) assert.ok(performance.now() < ends, `within 20 s: ${isTrue}`);
}

/** Until the store has so many rows. */
export const untilStored = (page, database, store, count) => until(page, ([name, table, wanted]) => new Promise((done) => {
  const open = indexedDB.open(name);
  open.onsuccess = () => {
    const rows = open.result.transaction(table).objectStore(table).count();
    rows.onsuccess = () => { open.result.close(); done(rows.result === wanted); };
  };
}), [database, store, count]);

/** Replaces what is in `main`. */
export async function show(page, html) {
  await page.evaluate((text) => {
    const parsed = new DOMParser().parseFromString(text, 'text/html');
    document.querySelector('main').replaceChildren(...parsed.body.childNodes);
  }, html);
}

/** Until the card has drawn and asks for nothing that it has not shown. */
export async function settled(page, index = 0) {
  const card = page.locator('pagerduty-card').nth(index);
  await card.evaluate((element) => new Promise((done) => {
    const look = () => {
      const model = element.snapshot();
      const loading = model === null || model.busy || (model.sections ?? []).some((section) => section.state === 'loading');
      const canvas = element.shadowRoot.querySelector('canvas');
      if (!loading && canvas.width > 0) requestAnimationFrame(() => requestAnimationFrame(done));
      else requestAnimationFrame(look);
    };
    look();
  }));
  return card;
}

/** The requests that the simulator has seen, but preflights: `METHOD /path`. */
export const requestsOf = (stage) => stage.simulator.requests.filter(({ method }) => method !== 'OPTIONS').map(({ method, path }) => `${method} ${path}`);

/** Goes through the dialog, up to the click that sends it. */
export async function createIncident(card, title) {
  await card.getByRole('button', { name: 'Create incident' }).click();
  await card.getByRole('textbox', { name: 'Title' }).fill(title);
  await card.getByRole('button', { name: 'Continue' }).click();
  await card.getByRole('button', { name: 'Create and page' }).click();
}
