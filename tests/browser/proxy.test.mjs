// What the card tells a portal's proxy, and nobody else, and what it makes of an answer that the proxy has had for a while.
import assert from 'node:assert/strict';
import { after, before, beforeEach, test } from 'node:test';
import { cardOf, createIncident, openStage, settled, show } from './harness.mjs';

/** A Monday morning; both clocks stand still. */
const kNow = Date.UTC(2026, 2, 2, 9);
const kEvents = 'https://events.pagerduty.com';

let stage;
before(async () => { stage = await openStage({ now: kNow }); });
after(() => stage.close());
beforeEach(() => stage.simulator.control({ op: 'reset' }));

/**
 * A page with a card of `account`, whose requests below /pagerduty, and to PagerDuty's Events, the simulator answers, with `headers`
 * besides. `asked`: method and address of each request of the page, and who it says it is.
 */
async function open({ account, headers = {}, cards = cardOf('PLOYALT', 'loading="eager"') }) {
  const asked = [];
  const page = await stage.page({
    path: '/unconnected.html',
    context: { bypassCSP: true },
    prepare: async (made) => {
      made.on('request', (request) => asked.push({ method: request.method(), url: request.url(), by: request.headers()['x-requested-with'] }));
      const answer = async (route) => {
        const { pathname, search } = new URL(route.request().url());
        const url = stage.simulator.url + pathname.replace(/^\/pagerduty(-events)?/, '') + search;
        const response = await route.fetch({ url, headers: { Authorization: `Token token=${stage.simulator.tokens.user}`, 'Content-Type': 'application/json' } });
        await route.fulfill({ response, headers: { 'Content-Type': 'application/json', 'Access-Control-Allow-Origin': '*', ...headers } });
      };
      // What is under way when a test ends is of no interest.
      for (const pattern of [/\/pagerduty(-events)?\//, `${kEvents}/**`]) await made.route(pattern, (route) => answer(route).catch(() => undefined));
    },
  });
  await page.evaluate((options) => {
    const { credentials } = options;
    globalThis.pd.configure({ ...options, credentials: credentials === 'function' ? () => 'Token token=of-a-function' : credentials });
  }, account);
  await show(page, cards);
  return { page, card: page.locator('pagerduty-card'), asked };
}

const kBases = { apiBase: '/pagerduty', eventsBase: '/pagerduty-events' };
for (const { name, account, api, events } of [
  { name: 'A proxy is told that it is the card that asks', account: { ...kBases, credentials: { type: 'proxy' } }, api: 'pagerduty-card', events: 'pagerduty-card' },
  { name: "PagerDuty's own host is not, beside a proxy", account: { apiBase: '/pagerduty', credentials: { type: 'proxy' } }, api: 'pagerduty-card', events: undefined },
  { name: 'With a token nobody is', account: { ...kBases, credentials: { type: 'token', token: 'of-nobody' } } },
  { name: 'With a function that authorises nobody is', account: { ...kBases, credentials: 'function' } },
]) {
  test(`${name}: X-Requested-With`, async () => {
    const key = stage.simulator.services.loyalty.integrationKey;
    const { card, asked } = await open({ account, cards: `<pagerduty-card entity="/catalog-info.yaml" entity-ref="Component:search-index" service-id="PLOYALT" integration-key="${key}"></pagerduty-card>` });
    await createIncident(card, 'Late');
    await card.getByRole('dialog').waitFor({ state: 'detached' });
    const of = (fits) => [...new Set(asked.filter(({ method, url }) => method !== 'OPTIONS' && fits(url)).map(({ by }) => by))];
    assert.deepEqual(of((url) => url.includes('/pagerduty/')), [api]);
    assert.deepEqual(of((url) => url.endsWith('/v2/enqueue')), [events]);
    assert.deepEqual(of((url) => !url.includes('/pagerduty')), [undefined]);
    assert.ok(asked.some(({ url }) => url.endsWith('/catalog-info.yaml')));
  });
}

const at = (secondsAgo) => new Date(kNow - secondsAgo * 1000).toUTCString();
for (const { name, headers, ageS } of [
  { name: 'of now', headers: { Date: at(0), 'X-Answer-Date': at(0) }, ageS: 0 },
  { name: 'of now, at the turn of a second', headers: { Date: at(0), 'X-Answer-Date': at(1) }, ageS: 0 },
  { name: 'with the time at which PagerDuty made it', headers: { Date: at(0), 'X-Answer-Date': at(301) }, ageS: 300 },
  { name: 'with its age, and the Date of then', headers: { Date: at(300), Age: '300' }, ageS: 300 },
  { name: 'of two caches', headers: { Date: at(120), 'X-Answer-Date': at(301), Age: '120' }, ageS: 300 },
  { name: 'of the future', headers: { Date: at(0), 'X-Answer-Date': at(-600), Age: '-600' }, ageS: 0 },
  { name: 'with times that are none', headers: { Date: at(0), 'X-Answer-Date': 'then', Age: 'old' }, ageS: 0 },
  { name: 'with a time and nothing to count from', headers: { Date: 'then', 'X-Answer-Date': at(600) }, ageS: 0 },
]) {
  test(`An answer shows how old it is: ${name}`, async () => {
    const { page, card } = await open({ account: { ...kBases, credentials: { type: 'proxy' } }, headers });
    await settled(page);
    assert.equal(await card.getByText(/^Updated /).innerText(), ageS === 0 ? 'Updated just now' : 'Updated 5 min. ago');
    const facts = await card.evaluate((element) => element.facts());
    for (const fact of ['serviceId', 'openIncidents']) assert.equal(Date.parse(facts[fact].at), kNow - ageS * 1000, fact);
    // The age of an answer is not the error of a clock.
    assert.equal(await card.getByText(/clock is wrong/).count(), 0);
  });
}
