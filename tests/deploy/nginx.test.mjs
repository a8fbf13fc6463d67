// deploy/nginx, in Debian's nginx.
import assert from 'node:assert/strict';
import { createSocket } from 'node:dgram';
import { mkdtempSync, rmSync, statSync } from 'node:fs';
import https from 'node:https';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { test } from 'node:test';
import { makeCertificate } from './certificate.mjs';
import { askUntil, checkNginx, installNginx, kToken, startNginx, startUpstream } from './portal.mjs';
import { testRules } from './rules.mjs';

const kIncidents = '/pagerduty/incidents?service_ids%5B%5D=PCHKOUT&statuses%5B%5D=triggered&statuses%5B%5D=acknowledged&date_range=all';
const kServices = '/pagerduty/services/PCHKOUT';

testRules('nginx', () => startNginx());

/** Incidents get old in a second instead of 15. */
const kShort = { 'locations.conf': [['proxy_cache_valid 200 40s;', 'proxy_cache_valid 200 1s;']] };
/** How much of the time of day is in the cache's key: as it ships, up to the ten minutes. */
const period = (characters) => ({ 'rules.conf': [['(?<pd_period>.{15})', `(?<pd_period>.{${characters}})`]] });
/** A day, so that no test meets the end of ten minutes. */
const kDay = period(10);

function nginxTest(title, run, changes) {
  test(`nginx: ${title}`, async () => {
    const portal = await startNginx({ changes: { ...kDay, ...changes } });
    try {
      await run(portal);
      assert.deepEqual(portal.simulator.problems, []);
    } finally {
      await portal.close();
    }
  });
}

const cacheOf = (answer) => answer.headers['x-cache-status'];

test('nginx: the configuration is valid as it ships', () => {
  const folder = installNginx({ port: 8460, restHost: 'https://api.pagerduty.com', eventsHost: 'https://events.pagerduty.com' });
  checkNginx(folder);
  // Answers hold people's names and integration keys.
  assert.equal(statSync(join(folder, 'cache')).mode & 0o077, 0);
  rmSync(folder, { recursive: true });
});

nginxTest('viewers who ask at the same time share one answer', async (portal) => {
  await portal.simulator.control({ op: 'fault', kind: 'delay', ms: 200 });
  const answers = await Promise.all(Array.from({ length: 100 }, (_, i) => portal.ask('GET', kIncidents, { user: `viewer${i}@example.com` })));
  assert.deepEqual(new Set(answers.map(({ status }) => status)), new Set([200]));
  assert.equal(new Set(answers.map(({ text }) => text)).size, 1);
  assert.equal(portal.seen.length, 1);
});

nginxTest('cards that ask from their own second on share an answer', async (portal) => {
  const at = (second) => `/pagerduty/oncalls?escalation_policy_ids%5B%5D=PPOLICY&include%5B%5D=users&since=2026-03-02T09%3A00%3A${second}Z&until=2026-03-16T09%3A00%3A${second}Z&earliest=true&limit=100`;
  for (const second of ['07', '31', '59']) assert.equal((await portal.ask('GET', at(second))).status, 200);
  assert.deepEqual(portal.seen.map(({ url }) => url), [at('00').replace('/pagerduty', '')]);
});

nginxTest("one person's answers, and what became of a write, are asked for each time", async (portal) => {
  const paths = ['/pagerduty/users/me', '/pagerduty/incidents/Q1INCIDENT', '/pagerduty/incidents/Q1INCIDENT/notes', '/pagerduty/maintenance_windows?filter=open',
    '/pagerduty/schedules/PSCHED1?since=2026-03-02T09%3A00%3A07Z&until=2026-03-02T10%3A00%3A07Z', '/pagerduty/incidents?incident_key=pdc-1&date_range=all', '/pagerduty/incidents?date_range=all&incident_key=pdc-1'];
  for (const path of paths) {
    portal.seen.length = 0;
    for (let i = 0; i < 2; ++i) assert.notEqual(cacheOf(await portal.ask('GET', path)), 'HIT', path);
    assert.deepEqual(portal.seen.map(({ url }) => url), [path, path].map((one) => one.replace('/pagerduty', '')));
  }
});

nginxTest('whoever has written reads the new state at once, and with that renews it for all', async (portal) => {
  const incident = JSON.parse((await portal.ask('GET', kIncidents)).text).incidents.find(({ status }) => status === 'triggered').id;
  const written = await portal.ask('PUT', '/pagerduty/incidents', { body: { incidents: [{ id: incident, type: 'incident_reference', status: 'acknowledged' }] } });
  assert.equal(written.status, 200, written.text);
  const [cookie] = written.headers['set-cookie'];
  assert.match(cookie, /^pd_wrote=1; Path=\/pagerduty\/; Max-Age=20; HttpOnly; Secure; SameSite=Strict$/);
  const statusIn = ({ text }) => JSON.parse(text).incidents.find(({ id }) => id === incident).status;
  assert.equal(statusIn(await portal.ask('GET', kIncidents)), 'triggered');
  assert.equal(statusIn(await portal.ask('GET', kIncidents, { headers: { Cookie: 'pd_wrote=1' } })), 'acknowledged');
  assert.equal(statusIn(await portal.ask('GET', kIncidents)), 'acknowledged');
});

nginxTest('while PagerDuty is down the last answers are shown, and new ones once it is back', async (portal) => {
  const fresh = await portal.ask('GET', kIncidents);
  for (const fault of [{ kind: 'drop' }, { kind: 'status', status: 503 }, { kind: 'status', status: 429 }]) {
    await portal.simulator.control({ op: 'clearFaults' });
    await portal.simulator.control({ op: 'fault', ...fault });
    const stale = await askUntil(portal, kIncidents, (answer) => answer.status !== 200 || cacheOf(answer) === 'STALE');
    assert.equal(stale.status, 200, JSON.stringify(fault));
    assert.equal(stale.text, fresh.text);
    assert.equal(stale.headers['x-answer-date'], fresh.headers['x-answer-date']);
  }
  await portal.simulator.control({ op: 'clearFaults' });
  await portal.simulator.control({ op: 'data', kind: 'incident', value: { service: 'PCHKOUT', title: 'After the outage' } });
  await askUntil(portal, kIncidents, ({ text }) => text.includes('After the outage'));
}, kShort);

nginxTest('an answer of an earlier period is not shown, whatever PagerDuty does', async (portal) => {
  assert.equal((await portal.ask('GET', kIncidents)).status, 200);
  await portal.simulator.control({ op: 'fault', kind: 'drop' });
  await askUntil(portal, kIncidents, ({ status }) => status === 502);
}, { ...kShort, ...period(19) });

nginxTest('a write is not repeated when its answer is lost', async (portal) => {
  await portal.simulator.control({ op: 'fault', kind: 'lost-answer' });
  for (const method of ['PUT', 'POST']) {
    const { status } = await portal.ask(method, '/pagerduty/incidents', { body: {} });
    assert.equal(status, 502);
  }
  assert.equal(portal.seen.length, 2);
});

nginxTest('one person cannot use up what PagerDuty allows all', async (portal) => {
  const ask = (user) => portal.ask('GET', '/pagerduty/users/me', { user });
  const answers = await Promise.all(Array.from({ length: 150 }, () => ask('siena@example.com')));
  const refused = answers.filter(({ status }) => status === 429);
  assert.ok(refused.length > 0 && portal.seen.length <= 150 - refused.length);
  assert.ok(refused.every(({ headers }) => headers['retry-after'] === '5'));
  assert.notEqual((await ask('mirav@example.com')).status, 429);
});

/** A name server that says 127.0.0.1 to everything, as RFC 1035 has it. */
async function startNames() {
  const socket = createSocket('udp4');
  const asked = [];
  socket.on('message', (query, { port, address }) => {
    const end = query.indexOf(0, 12) + 5;
    asked.push(query.subarray(12, end - 5).toString('latin1'));
    const isA = query.readUInt16BE(end - 4) === 1;
    const header = Buffer.from([query[0], query[1], 0x81, 0x80, 0, 1, 0, isA ? 1 : 0, 0, 0, 0, 0]);
    const answer = Buffer.from([0xc0, 12, 0, 1, 0, 1, 0, 0, 0, 60, 0, 4, 127, 0, 0, 1]);
    socket.send(Buffer.concat([header, query.subarray(12, end), ...(isA ? [answer] : [])]), port, address);
  });
  await new Promise((done) => socket.bind(0, '127.0.0.1', done));
  return { port: socket.address().port, close: () => new Promise((done) => socket.close(done)) };
}

test('nginx: the token goes only to who proves to be PagerDuty', async () => {
  const upstream = await startUpstream();
  const names = await startNames();
  try {
    for (const [certified, authority, expected] of [['api.pagerduty.com', undefined, 200], ['api.pagerduty.example', undefined, 502], ['api.pagerduty.com', '/etc/ssl/certs/ca-certificates.crt', 502]]) {
      const folder = mkdtempSync(join(tmpdir(), 'pagerduty-card-tls-'));
      const got = [];
      const secure = https.createServer(makeCertificate(folder, certified), (request, response) => {
        got.push([request.headers.host, request.headers.authorization, request.socket.servername]);
        response.end('{}');
      });
      await new Promise((done) => secure.listen(0, '127.0.0.1', done));
      const host = `api.pagerduty.com:${secure.address().port}`;
      const portal = await startNginx({
        upstream,
        restHost: `https://${host}`,
        changes: { 'settings.conf': [['127.0.0.53', `127.0.0.1:${names.port}`], ['/etc/ssl/certs/ca-certificates.crt', authority ?? join(folder, 'ca.pem')]] },
      });
      const { status } = await portal.ask('GET', kServices);
      await portal.server.stop();
      secure.close();
      secure.closeAllConnections();
      rmSync(folder, { recursive: true });
      rmSync(portal.folder, { recursive: true });
      assert.equal(status, expected, certified);
      assert.deepEqual(got, expected === 200 ? [[host, `Token token=${kToken}`, 'api.pagerduty.com']] : []);
    }
  } finally {
    await names.close();
    await upstream.simulator.close();
  }
});
