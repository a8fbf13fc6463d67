// What outlives a page: writes under way, and the last known card.
import assert from 'node:assert/strict';
import { after, before, beforeEach, test } from 'node:test';
import { cardOf, connectingScript, createIncident, openStage, pageText, settled, until, untilStored } from '../browser/harness.mjs';
import { allShown } from './wall.mjs';

const kPages = {
  '/keeping.html': pageText({ script: '/keeping.js', cards: cardOf('PCHKOUT', 'loading="eager"') }),
  '/keeping.js': connectingScript('keepSnapshot: true'),
  '/plain.html': pageText({ cards: cardOf('PLOYALT', 'loading="eager"') }),
};

let stage;
before(async () => { stage = await openStage({ pages: kPages }); });
after(() => stage.close());
beforeEach(() => stage.simulator.control({ op: 'reset' }));

const hasWrite = () => Object.keys(localStorage).some((key) => key.startsWith('pagerduty-card:write:'));

/** Until the device keeps so many answers. */
const keeps = (page, count) => untilStored(page, 'pagerduty-card', 'answers', count);

test('A write under way when the page is reloaded reaches PagerDuty, and the next page tells its end', async () => {
  await stage.simulator.control({ op: 'fault', kind: 'hang', method: 'POST', path: '/incidents' });
  const page = await stage.page({ path: '/plain.html' });
  let card = await settled(page);
  await createIncident(card, 'Points are lost');
  await page.waitForFunction(hasWrite);
  await page.reload();
  card = page.locator('pagerduty-card');
  await card.getByText('Unconfirmed').first().waitFor();
  await stage.simulator.control({ op: 'clearFaults' });
  await card.getByRole('link', { name: 'Points are lost' }).waitFor();
  await page.waitForFunction(`!(${hasWrite})()`);
  const posts = stage.simulator.requests.filter(({ method, path }) => method === 'POST' && path.startsWith('/incidents'));
  assert.equal(posts.length, 1);
});

test('The journal holds no secret, and a write whose end is known is not in it', async () => {
  await stage.simulator.control({ op: 'fault', kind: 'hang', method: 'POST', path: '/incidents' });
  const page = await stage.page({ path: '/plain.html' });
  const card = await settled(page);
  await createIncident(card, 'Points are lost');
  await page.waitForFunction(hasWrite);
  const kept = await page.evaluate(() => JSON.stringify(localStorage));
  const { token, integrationKey } = await page.evaluate(() => globalThis.pdConfig);
  assert.match(kept, /Points are lost/);
  for (const secret of [token, integrationKey].filter((text) => text !== undefined)) assert.ok(!kept.includes(secret));
  await stage.simulator.control({ op: 'clearFaults' });
  await card.getByRole('link', { name: 'Points are lost' }).waitFor();
  assert.equal(await page.evaluate(hasWrite), false);
});

test('A reload shows the last known card at once, although PagerDuty does not answer', async () => {
  const page = await stage.page({ path: '/keeping.html' });
  await allShown(page);
  await keeps(page, 5);
  const name = /Checkout answers 502 for one order in five/;
  await stage.simulator.control({ op: 'fault', kind: 'hang', path: '*' });
  await page.reload();
  await page.locator('pagerduty-card').getByRole('link', { name }).waitFor();
  const { accounts } = await page.evaluate(() => globalThis.pd.diagnostics());
  assert.ok(accounts[0].answers.fromSnapshot >= 3, JSON.stringify(accounts));
  assert.equal(accounts[0].requests.answered, 0);
  await stage.simulator.control({ op: 'clearFaults' });
  await page.waitForFunction(() => globalThis.pd.diagnostics().accounts[0].requests.answered > 0, undefined, { polling: 50 });
});

test('Without keepSnapshot nothing is kept', async () => {
  const page = await stage.page({ path: '/plain.html' });
  await allShown(page);
  assert.deepEqual(await page.evaluate(async () => (await indexedDB.databases()).map(({ name }) => name)), []);
});

test('A refused credential forgets what it showed', async () => {
  const page = await stage.page({ path: '/keeping.html', expects: [/401/] });
  await allShown(page);
  await stage.simulator.control({ op: 'fault', kind: 'status', status: 401, path: '*' });
  await page.locator('pagerduty-card').evaluate((card) => card.refresh());
  await keeps(page, 0);
});

test('What the client does can be asked for, without secrets or names', async () => {
  const page = await stage.page({ path: '/plain.html' });
  await allShown(page);
  const diagnostics = await page.evaluate(() => globalThis.pd.diagnostics());
  const [account] = diagnostics.accounts;
  assert.equal(account.health, 'good');
  assert.ok(account.requests.reads >= 4 && account.requests.answered === account.requests.reads, JSON.stringify(account));
  assert.deepEqual([account.lane.perMinute, account.lane.underWay], [120, 0]);
  assert.ok(account.lane.lastMinute >= 4);
  assert.ok(!/PLOYALT|Loyalty/.test(JSON.stringify(diagnostics)));
});

test('A page that comes back from the back-forward cache leads again, and goes on', async () => {
  const page = await stage.page({ path: '/plain.html' });
  await allShown(page);
  const locks = () => page.evaluate(async () => (await navigator.locks.query()).held.map(({ name }) => name).filter((name) => name.startsWith('pagerduty-card')).length);
  assert.equal(await locks(), 3);
  await page.evaluate(() => dispatchEvent(new PageTransitionEvent('pagehide', { persisted: true })));
  await until(page, async () => (await navigator.locks.query()).held.every(({ name }) => !name.startsWith('pagerduty-card')));
  await page.evaluate(() => dispatchEvent(new PageTransitionEvent('pageshow', { persisted: true })));
  await until(page, async () => (await navigator.locks.query()).held.filter(({ name }) => name.startsWith('pagerduty-card')).length === 3);
  const { accounts: [{ tab, requests }] } = await page.evaluate(() => globalThis.pd.diagnostics());
  assert.equal(tab, 'leader');
  await page.locator('pagerduty-card').evaluate((card) => card.refresh());
  await page.waitForFunction((reads) => globalThis.pd.diagnostics().accounts[0].requests.answered > reads, requests.answered, { polling: 50 });
});

test('Several accounts of a page have each a lane, a budget and a credential of its own', async () => {
  const page = await stage.page({ path: '/unconnected.html', expects: [/401/] });
  await page.evaluate(async () => {
    const { default: config } = await import('/demo-config.json', { with: { type: 'json' } });
    const { apiBase, eventsBase, token } = config;
    globalThis.pd.configure({
      accounts: {
        good: { apiBase, eventsBase, requestsPerMinute: 33, credentials: { type: 'token', token } },
        bad: { apiBase, eventsBase, region: 'eu', credentials: { type: 'token', token: 'no-such-token' } },
      },
    });
    for (const account of ['good', 'bad']) {
      document.querySelector('main').insertAdjacentHTML('beforeend', `<pagerduty-card service-id="PLOYALT" account="${account}" loading="eager"></pagerduty-card>`);
    }
  });
  await page.locator('pagerduty-card').nth(0).getByRole('button', { name: 'Create incident' }).waitFor();
  await page.locator('pagerduty-card').nth(1).getByText(/Sign in again.*EU/).waitFor();
  const { accounts } = await page.evaluate(() => globalThis.pd.diagnostics());
  const of = (name) => accounts.find(({ account }) => account === name);
  assert.deepEqual([of('good').health, of('good').lane.perMinute], ['good', 33]);
  assert.deepEqual([of('bad').health, of('bad').requests.answered], ['refused', 0]);
});
