// @ts-check
// In a page the simulator answers what it answers over HTTP.
import assert from 'node:assert/strict';
import { test } from 'node:test';
import { Engine } from './engine.mjs';
import { kTokens } from './http/auth.mjs';
import { makeFetch } from './in-page.mjs';
import { startSimulator } from './simulator.mjs';

const kNow = Date.UTC(2026, 2, 2, 9);
const kBase = 'https://portal.example/pagerduty';
const elsewhere = async () => new Response('elsewhere');
const headers = { Authorization: `Token token=${kTokens.user}` };

const kRequests = [
  ['GET', '/services/PCHKOUT?include%5B%5D=integrations', undefined],
  ['GET', '/incidents?service_ids%5B%5D=PTELEMT&limit=100', undefined],
  ['GET', '/nowhere', undefined],
  ['POST', '/incidents', '{"incident": {"type": "incident"}}'],
  ['PUT', '/incidents', 'no JSON'],
  ['POST', '/v2/enqueue', '{"routing_key": "short"}'],
];
test('It answers as it does over HTTP', async () => {
  const sim = await startSimulator({ now: kNow });
  const here = makeFetch(new Engine({ now: kNow }), kBase, elsewhere);
  try {
    for (const [method, path, body] of kRequests) {
      const init = { method, headers, ...(body === undefined ? {} : { body }) };
      const [wanted, found] = await Promise.all([
        fetch(sim.url + path, init),
        here(kBase + path, init),
      ]);
      assert.equal(found.status, wanted.status, path);
      assert.deepEqual(await found.json(), await wanted.json(), path);
    }
  } finally {
    await sim.close();
  }
});

test('Other addresses are none of its business', async () => {
  const here = makeFetch(new Engine({ now: kNow }), kBase, elsewhere);
  for (const url of ['https://portal.example/pagerduty-2/x', 'https://portal.example/'])
    assert.equal(await (await here(url)).text(), 'elsewhere');
});

test('Faults are met, and who gives up waits no longer', async () => {
  const engine = new Engine({ now: kNow });
  const here = makeFetch(engine, kBase, elsewhere);
  engine.faults.add({ kind: 'status', status: 503, times: 1 });
  assert.equal((await here(`${kBase}/users/me`, { headers })).status, 503);
  engine.faults.add({ kind: 'drop', times: 1 });
  await assert.rejects(here(`${kBase}/users/me`, { headers }), TypeError);
  engine.faults.add({ kind: 'hang' });
  const abort = new AbortController();
  const waiting = here(`${kBase}/users/me`, { headers, signal: abort.signal });
  abort.abort(new Error('enough'));
  await assert.rejects(waiting, /enough/);
});
