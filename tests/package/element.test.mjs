// pagerduty-card/element in a page: nothing is registered before the page says so, under the name that it says.
import assert from 'node:assert/strict';
import { after, before, test } from 'node:test';
import { openStage, show } from '../browser/harness.mjs';
import { openWorkshop, pagesIn, shipped } from './workshop.mjs';

let workshop;
let stage;
before(async () => {
  workshop = openWorkshop();
  const bare = '<!doctype html><html lang="en"><head><title>test</title><link rel="icon" href="/icon.svg"></head><body><main></main></body></html>';
  stage = await openStage({ pages: { ...pagesIn(shipped(workshop.install()), '/package/'), '/bare.html': bare } });
});
after(async () => {
  await stage?.close();
  workshop?.close();
});

/** A page that has not loaded the card; `pd` is the entry without registration. */
const bare = () => stage.page({ path: '/bare.html', isRegistered: false });
const load = (page, file) => page.evaluate((url) => import(url).then((module) => { globalThis.pd = module; }), `/package/${file}`);
const connect = (page) => page.evaluate(async () => {
  const { apiBase, eventsBase, token } = await fetch('/demo-config.json').then((answer) => answer.json());
  globalThis.pd.configure({ apiBase, eventsBase, credentials: { type: 'token', token } });
});
const isShown = (page, name) => page.locator(name).getByRole('link', { name: /Checkout answers 502/ }).waitFor();

test('importing registers nothing; define() does, once', async () => {
  const page = await bare();
  await load(page, 'pagerduty-card.element.js');
  assert.equal(await page.evaluate(() => customElements.get('pagerduty-card')), undefined);
  assert.deepEqual(await page.evaluate(() => [globalThis.pd.define(), globalThis.pd.define()].map((one) => one === globalThis.pd.PagerDutyCard)), [true, true]);
  await connect(page);
  await show(page, '<pagerduty-card service-id="PCHKOUT"></pagerduty-card>');
  await isShown(page, 'pagerduty-card');
});

test('another name is another element of the same page: accounts and module are shared', async () => {
  const page = await bare();
  await load(page, 'pagerduty-card.element.js');
  await page.evaluate(() => {
    globalThis.pd.define();
    globalThis.pd.define('acme-duty');
  });
  await connect(page);
  const modules = [];
  page.on('request', (request) => request.url().endsWith('/pagerduty-card.wasm') && modules.push(request.url()));
  await show(page, '<pagerduty-card service-id="PCHKOUT"></pagerduty-card><acme-duty service-id="PCHKOUT"></acme-duty>');
  await isShown(page, 'pagerduty-card');
  await isShown(page, 'acme-duty');
  assert.equal(modules.length, 1);
});

test('beside the entry that registers, define() and configure() mean the element that is there', async () => {
  const page = await bare();
  await load(page, 'pagerduty-card.js');
  await load(page, 'pagerduty-card.element.js');
  assert.equal(await page.evaluate(() => globalThis.pd.define() === customElements.get('pagerduty-card')), true);
  await connect(page);
  await show(page, '<pagerduty-card service-id="PCHKOUT"></pagerduty-card>');
  await isShown(page, 'pagerduty-card');
});

test('a name that no element may have is refused by the browser', async () => {
  const page = await bare();
  await load(page, 'pagerduty-card.element.js');
  assert.match(await page.evaluate(() => { try { globalThis.pd.define('card'); return ''; } catch (error) { return error.name; } }), /SyntaxError/);
});
