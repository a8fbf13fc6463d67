// How few requests many cards and many tabs make, in Chromium against the simulator. `./run counts` prints the figures.
import assert from 'node:assert/strict';
import { after, before, beforeEach, test } from 'node:test';
import { cardOf, openStage, requestsOf } from '../browser/harness.mjs';
import { addServices, allShown, cardsOf, kWallContext, kWallPages } from './wall.mjs';

const kRefreshMs = 30_000;

let stage;
before(async () => { stage = await openStage({ pages: kWallPages }); });
after(() => stage.close());
beforeEach(async () => {
  await stage.simulator.control({ op: 'reset' });
});

const clearRequests = () => stage.simulator.control({ op: 'requests', clear: true });
const count = () => requestsOf(stage).length;
const report = (what, first, refreshes) =>
  process.stdout.write(`figure: ${what}: first load ${first}, refreshes ${refreshes.join(' ')}\n`);

/** Requests of the first load, and of each of some refreshes. */
async function costOf(cards, context = kWallContext) {
  await clearRequests();
  const page = await stage.page({ path: '/wall.html', context, prepare: (made) => made.clock.install(), cards });
  await allShown(page);
  const first = count();
  const refreshes = [];
  for (let i = 0; i < 4; ++i) {
    const before = count();
    const answered = await page.evaluate(() => globalThis.pd.diagnostics().accounts[0].requests.answered);
    await page.clock.fastForward(kRefreshMs);
    await page.waitForFunction((made) => globalThis.pd.diagnostics().accounts[0].requests.answered > made, answered, { polling: 50 });
    await allShown(page);
    refreshes.push(count() - before);
  }
  await page.context().close();
  return { first, refreshes };
}

test('A hundred cards of a hundred services take some requests at first and a few a refresh', async () => {
  const ids = await addServices(stage.simulator, 100);
  const { first, refreshes } = await costOf(cardsOf(ids));
  report('100 cards of 100 services', first, refreshes);
  assert.ok(first <= 20, `${first} requests:\n${requestsOf(stage).slice(0, 40).join('\n')}`);
  assert.ok(refreshes.every((refresh) => refresh >= 1 && refresh <= 4), refreshes.join(' '));
});

test('A hundred cards of one service take what one takes', async () => {
  const { first, refreshes } = await costOf(cardsOf(Array(100).fill('PCHKOUT')));
  report('100 cards of one service', first, refreshes);
  assert.ok(first <= 6, requestsOf(stage).join('\n'));
  assert.ok(refreshes.every((refresh) => refresh >= 1 && refresh <= 2), refreshes.join(' '));
});

test('A hundred cards with an address and a token of their own, all alike, share one account', async () => {
  await clearRequests();
  const page = await stage.page({ path: '/wall-unconnected.html', context: kWallContext });
  await page.evaluate(async () => {
    const { apiBase, eventsBase, token } = await (await fetch('/demo-config.json')).json();
    for (let i = 0; i < 100; ++i) {
      const card = document.createElement('pagerduty-card');
      Object.assign(card, { serviceId: 'PCHKOUT', loading: 'eager', apiBase, eventsBase, credentials: { type: 'token', token } });
      document.querySelector('main').append(card);
    }
  });
  await allShown(page);
  assert.ok(count() <= 6, requestsOf(stage).join('\n'));
  await page.context().close();
});

// ---- Tabs ----

// Tabs share a clock, so here the real one goes on: a refresh a second.
async function costOfTabs(tabs) {
  const kRefreshes = 4;
  await clearRequests();
  const context = await stage.browser.newContext({ viewport: { width: 640, height: 900 } });
  const pages = [];
  for (let i = 0; i < tabs; ++i) {
    const page = await stage.page({ within: context, cards: cardOf('PCHKOUT', 'loading="eager" refresh="0"') });
    await allShown(page);
    pages.push(page);
  }
  const first = count();
  for (const page of pages) await page.locator('pagerduty-card').evaluate((card) => card.setAttribute('refresh', '1'));
  const [leader] = pages;
  await leader.waitForFunction((reads) => globalThis.pd.diagnostics().accounts[0].requests.reads >= reads,
    (await leader.evaluate(() => globalThis.pd.diagnostics().accounts[0].requests.reads)) + kRefreshes, { polling: 20 });
  // What the others asked for themselves; nobody asks but the tabs.
  const others = await Promise.all(pages.slice(1).map((page) => page.evaluate(() => globalThis.pd.diagnostics().accounts[0].requests.reads)));
  await context.close();
  return { first, others };
}

test('Ten tabs cost what one costs', async () => {
  const one = await costOfTabs(1);
  const ten = await costOfTabs(10);
  report('1 tab', one.first, ['its own']);
  report('10 tabs', ten.first, [`the leader's; asked by the others: ${ten.others.join(' ')}`]);
  assert.ok(Math.abs(ten.first - one.first) <= 1, requestsOf(stage).join('\n'));
  assert.deepEqual(ten.others, Array(9).fill(0));
});

test('When the leading tab is closed another leads', async () => {
  const context = await stage.browser.newContext({ viewport: { width: 640, height: 900 } });
  const open = () => stage.page({ within: context, prepare: (made) => made.clock.install(), cards: cardOf('PCHKOUT', 'loading="eager"') });
  const roleOf = (page) => page.evaluate(() => globalThis.pd.diagnostics().accounts[0].tab);
  const [first, second] = [await open(), await open()];
  await allShown(first);
  await allShown(second);
  assert.deepEqual([await roleOf(first), await roleOf(second)], ['leader', 'follower']);
  await first.close();
  await second.waitForFunction(() => globalThis.pd.diagnostics().accounts[0].tab === 'leader', undefined, { polling: 50 });
  await clearRequests();
  await second.clock.fastForward(kRefreshMs);
  await second.waitForFunction(() => globalThis.pd.diagnostics().accounts[0].requests.reads > 0, undefined, { polling: 50 });
  await context.close();
});

test('A hidden tab lets a visible one lead', async () => {
  const context = await stage.browser.newContext({ viewport: { width: 640, height: 900 } });
  const open = () => stage.page({ within: context, cards: cardOf('PCHKOUT', 'loading="eager"') });
  const [first, second] = [await open(), await open()];
  await allShown(first);
  await allShown(second);
  await first.evaluate(() => {
    Object.defineProperty(document, 'visibilityState', { get: () => 'hidden', configurable: true });
    document.dispatchEvent(new Event('visibilitychange'));
  });
  await second.waitForFunction(() => globalThis.pd.diagnostics().accounts[0].tab === 'leader', undefined, { polling: 50 });
  await context.close();
});

for (const missing of ['locks', 'BroadcastChannel', 'subtle']) {
  test(`Without ${missing} each tab asks for itself`, async () => {
    const page = await stage.page({
      cards: cardOf('PCHKOUT', 'loading="eager"'),
      prepare: (made) => made.addInitScript((name) => {
        if (name === 'locks') delete Navigator.prototype.locks;
        else if (name === 'BroadcastChannel') delete globalThis.BroadcastChannel;
        else Object.defineProperty(Crypto.prototype, 'subtle', { value: undefined });
      }, missing),
    });
    await allShown(page);
    assert.equal(await page.evaluate(() => globalThis.pd.diagnostics().accounts[0].tab), 'alone');
    await page.context().close();
  });
}
