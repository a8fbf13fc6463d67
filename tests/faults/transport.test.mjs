// What the transport asks for when a request fails, and what it never does.
import assert from 'node:assert/strict';
import { after, before, beforeEach, test } from 'node:test';
import { openBrowser, openStage } from './stage.mjs';

const kMinute = 60_000;
let browser;
let stage;
before(async () => {
  browser = await openBrowser('chromium');
  stage = await openStage(browser);
});
after(async () => {
  await stage?.close();
  await browser?.close();
});
beforeEach(() => stage.load());

const asked = () => stage.page.evaluate(() => globalThis.virtual.asked);
const probes = async () => (await asked()).filter(({ method }) => method === 'HEAD');
const fail = (order) => stage.simulator.control({ op: 'fault', ...order });
const mount = (account) => stage.mount({ account, loading: 'eager', 'service-id': stage.simulator.services.checkout.id });

test('An origin is probed once a minute at most, without a path, a credential or a reading of the answer', async () => {
  await fail({ kind: 'no-cors' });
  await stage.connect('a');
  await mount('a');
  await stage.advance(20 * kMinute);
  const sent = await probes();
  assert.ok(sent.length >= 2, `${sent.length} probes in twenty minutes`);
  for (const [index, { at, url, mode }] of sent.entries()) {
    assert.deepEqual([url, mode], [`${stage.simulator.url}/`, 'no-cors']);
    if (index > 0) assert.ok(at - sent[index - 1].at >= kMinute);
  }
  const seen = stage.simulator.requests.filter(({ method }) => method === 'HEAD');
  assert.equal(seen.length, sent.length);
});

test('A failed write is not probed', async () => {
  await stage.connect('a');
  await mount('a');
  await fail({ kind: 'no-cors', method: 'PUT' });
  const { incidents } = await (await fetch(`${stage.simulator.url}/incidents?service_ids[]=${stage.simulator.services.checkout.id}&statuses[]=triggered&date_range=all`,
    { headers: { Authorization: `Token token=${stage.simulator.tokens.user}` } })).json();
  await stage.press(`ack:${incidents[0].id}`);
  await stage.press('dialog:confirm');
  assert.equal((await asked()).filter(({ method }) => method === 'PUT').length, 1);
  assert.deepEqual(await probes(), []);
});

for (const { name, options } of [
  { name: 'the fetch of the host', options: { fetch: 'own' } },
  { name: 'a proxy', options: { credentials: 'proxy' } },
]) {
  test(`What fails through ${name} is not probed`, async () => {
    await fail({ kind: 'drop' });
    await stage.connect('a', options);
    await mount('a');
    await stage.advance(2 * kMinute);
    assert.ok((await asked()).some(({ url }) => url.includes('/services/')));
    assert.deepEqual(await probes(), []);
  });
}

for (const fetch of ['deaf', 'endless']) {
  test(`A fetch of the host that does not look at its signal ends in time, too: ${fetch}`, async () => {
    await stage.connect('a', { fetch });
    await mount('a');
    await stage.advance(9_000);
    assert.deepEqual((await stage.look())['notice:service'], undefined);
    await stage.advance(2_000);
    assert.match((await stage.look())['notice:service'], /PagerDuty did not answer in time/);
  });
}

test('A write that such a fetch keeps is unconfirmed, and looked for', async () => {
  await stage.connect('a', { fetch: 'deaf to writes' });
  await mount('a');
  const [ack] = Object.keys(await stage.look()).filter((id) => /^ack:\w+$/.test(id));
  await stage.press(ack);
  await stage.press('dialog:confirm');
  await stage.advance(9_000);
  const looks = async () => (await asked()).filter(({ url }) => /\/incidents\/\w+$/.test(new URL(url).pathname)).length;
  assert.equal(await looks(), 0);
  await stage.advance(11_000);
  assert.ok((await looks()) > 0);
  assert.match(Object.values(await stage.look()).join('\n'), /Nobody knows yet/);
});

test('A redirect is not followed: nobody else is asked, with or without a header', async () => {
  await fail({ kind: 'redirect', status: 307, location: `${stage.site.url}/sign-in` });
  await stage.connect('a');
  await mount('a');
  assert.match((await stage.look())['notice:service'], /A redirect came instead/);
  assert.ok(!stage.site.visits.includes('/sign-in'));
});

test('What the policy blocks is named by its origin alone', async () => {
  const blocked = stage.simulator.url.replace('127.0.0.1', 'localhost');
  await stage.connect('a', { apiBase: blocked, eventsBase: blocked });
  await mount('a');
  const [error] = (await stage.page.evaluate(() => globalThis.virtual.told)).filter((text) => text.startsWith('pd-error'));
  assert.ok(error.includes(`Add ${blocked} to connect-src`), error);
  assert.ok(!error.includes('service_ids'), error);
  assert.deepEqual(await probes(), []);
});

test('A sign-in that comes back is used without a reload', async () => {
  await stage.connect('a', { credentials: 'broken' });
  await mount('a');
  assert.match((await stage.look())['notice:service'], /could not sign in/);
  await stage.connect('a');
  await stage.idle();
  assert.equal((await stage.look())['header:title'], stage.simulator.services.checkout.name);
});
