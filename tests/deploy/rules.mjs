// What each portal's server must hold to, whichever program it is: tests/deploy/nginx.test.mjs and caddy.test.mjs run these.
import assert from 'node:assert/strict';
import { execFileSync } from 'node:child_process';
import { join } from 'node:path';
import { test } from 'node:test';
import { asPage, kHost, kRoot, kToken, kViewer, send } from './portal.mjs';

/** Every request that the card can make, by the card's own code. */
export function cardRequests() {
  const pdcard = join(kRoot, 'build/native-asan/tools/pdcard/pdcard');
  return execFileSync(pdcard, ['requests'], { encoding: 'utf8' })
    .trim()
    .split('\n')
    .map((line) => JSON.parse(line))
    .map((request) => ({ ...request, path: (request.api === 'events' ? '/pagerduty-events' : '/pagerduty') + request.path }));
}

const kIncidents = '/pagerduty/incidents?service_ids%5B%5D=PCHKOUT&statuses%5B%5D=triggered&date_range=all';
const kNote = { note: { content: 'Rolled back.' } };
const kEvent = (key) => ({ routing_key: key, event_action: 'trigger', dedup_key: 'pdc-1', payload: { summary: 'Late', source: 'test', severity: 'error' } });
const openIncident = async (portal) => JSON.parse((await portal.ask('GET', kIncidents)).text).incidents[0].id;

/** Method, path and why it is none of the card's. */
const kForbidden = [
  ['GET', '/pagerduty/users/PUMIRAV/contact_methods', 'a path of nobody'],
  ['GET', '/pagerduty/users?include%5B%5D=contact_methods', 'a parameter that asks for phone numbers'],
  ['GET', '/pagerduty/users?include[]=contact_methods', 'the same, not encoded'],
  ['GET', '/pagerduty/users?limit=1&include%5b%5d=notification_rules', 'the same, in small letters'],
  ['GET', '/pagerduty/incidents/../users/PUMIRAV/contact_methods', 'a path that goes up'],
  ['GET', '/pagerduty/incidents/%2e%2e/audit', 'a path that goes up, encoded'],
  ['GET', '/pagerduty/services/PCHKOUT%2Fintegrations', 'an encoded slash'],
  ['GET', '/pagerduty//incidents', 'a doubled slash'],
  ['GET', '/pagerduty/audit/records', 'an API of administrators'],
  ['GET', '/pagerduty/', 'no path'],
  ['GET', '/pagerduty/_simulator', 'a path of the upstream alone'],
  ['GET', '/pagerduty-events/v2/enqueue', 'a method of nobody'],
  ['HEAD', kIncidents, 'a method of nobody'],
  ['OPTIONS', '/pagerduty/incidents', 'a preflight'],
  ['TRACE', '/pagerduty/incidents', 'a method of nobody'],
  ['POST', '/pagerduty-events/v2/change/enqueue', 'an API that the card does not use'],
  ['POST', '/pagerduty/users', 'a write of administrators'],
  ['POST', '/pagerduty/incidents?include%5B%5D=users', 'a query where there is none'],
  ['PUT', '/pagerduty/services/PCHKOUT', 'a write of administrators'],
  ['DELETE', '/pagerduty/services/PCHKOUT', 'a write of administrators'],
  ['DELETE', '/pagerduty/incidents/Q1INCIDENT', 'a write of administrators'],
  ['PATCH', '/pagerduty/incidents', 'a method of nobody'],
];

/** Headers of other pages' requests that a browser sends without asking first, or would after a permission. */
const kForeign = [
  ['a form', { 'Content-Type': 'application/x-www-form-urlencoded', Origin: 'https://evil.example', 'Sec-Fetch-Site': 'cross-site' }],
  ['a form that pretends to be JSON', { 'Content-Type': 'text/plain', Origin: 'https://evil.example', 'Sec-Fetch-Site': 'cross-site' }],
  ['a form of a page without origin', { 'Content-Type': 'text/plain', Origin: 'null', 'Sec-Fetch-Site': 'cross-site' }],
  ['a form of an old browser', { 'Content-Type': 'text/plain', Origin: undefined, 'Sec-Fetch-Site': undefined }],
  ['a form of the portal itself', { 'Content-Type': 'application/x-www-form-urlencoded' }],
  ['a fetch of another site', { Origin: 'https://evil.example', 'Sec-Fetch-Site': 'cross-site' }],
  ['a fetch of another site, in an old browser', { Origin: 'https://evil.example', 'Sec-Fetch-Site': undefined }],
  ['a fetch of a sibling', { Origin: `https://blog.${kHost}`, 'Sec-Fetch-Site': 'same-site' }],
  ['a fetch of a page whose name only begins alike', { Origin: `https://${kHost}.evil.example`, 'Sec-Fetch-Site': undefined }],
  ['a fetch without TLS', { Origin: `http://${kHost}`, 'Sec-Fetch-Site': undefined }],
  ['a fetch without Origin', { Origin: undefined }],
];

/** `open()` starts a portal. */
export function testRules(name, open) {
  const within = (title, run) =>
    test(`${name}: ${title}`, async () => {
      const portal = await open();
      try {
        await run(portal);
        assert.deepEqual(portal.simulator.problems, []);
      } finally {
        await portal.close();
      }
    });

  within('every request of the card comes through, to where it belongs and with what it needs', async (portal) => {
    const requests = cardRequests();
    assert.ok(requests.length >= 39);
    for (const { name: what, method, path, body, api, needs_from: needsFrom } of requests) {
      portal.seen.length = 0;
      const { status, text } = await portal.ask(method, path, { ...(body !== '' && { body }) });
      assert.notEqual(status, 403, `${what}: ${text}`);
      assert.notEqual(status, 401, `${what}: ${text}`);
      const [got] = portal.seen;
      if (got === undefined) assert.equal(method, 'GET', `${what} reached nobody`);
      else {
        assert.equal(got.method, method, what);
        assert.equal(got.url.split('?')[0], path.replace(/^\/pagerduty(-events)?/, '').split('?')[0], what);
        assert.equal(got.body, body, what);
        assert.equal(got.headers.authorization, api === 'events' ? undefined : `Token token=${kToken}`, what);
        if (needsFrom) assert.equal(got.headers.from, kViewer, what);
      }
    }
  });

  within('a viewer reads incidents, writes a note, and triggers by an event', async (portal) => {
    const incident = await openIncident(portal);
    const noted = await portal.ask('POST', `/pagerduty/incidents/${incident}/notes`, { body: kNote });
    assert.equal(noted.status, 200, noted.text);
    const notes = await portal.ask('GET', `/pagerduty/incidents/${incident}/notes`);
    const note = JSON.parse(notes.text).notes.find((item) => item.content === kNote.note.content);
    assert.equal(note.user.id, 'PUMIRAV');
    const event = await portal.ask('POST', '/pagerduty-events/v2/enqueue', { body: kEvent(portal.simulator.services.loyalty.integrationKey) });
    assert.equal(event.status, 202, event.text);
  });

  within('what the card does not ask is refused, and reaches nobody', async (portal) => {
    for (const [method, path, why] of kForbidden) {
      const body = ['POST', 'PUT', 'PATCH'].includes(method) ? '{}' : undefined;
      const { status } = await portal.ask(method, path, { body });
      // Some servers refuse TRACE by themselves.
      assert.ok(status === 403 || (status === 405 && method === 'TRACE'), `${why}: ${method} ${path}: ${status}`);
    }
    for (const host of ['evil.example', '127.0.0.1', `${kHost}.evil.example`]) {
      const { status } = await portal.ask('GET', kIncidents, { headers: { Host: host } });
      assert.equal(status, 403, host);
    }
    assert.deepEqual(portal.seen, []);
  });

  within('pages of other sites can neither write nor read, and reach nobody', async (portal) => {
    const incident = await openIncident(portal);
    portal.seen.length = 0;
    for (const [who, headers] of kForeign) {
      for (const [method, path, body] of [
        ['POST', `/pagerduty/incidents/${incident}/notes`, JSON.stringify(kNote)],
        ['PUT', '/pagerduty/incidents', JSON.stringify({ incidents: [{ id: incident, type: 'incident_reference', status: 'resolved' }] })],
        ['POST', '/pagerduty-events/v2/enqueue', JSON.stringify(kEvent(portal.simulator.services.loyalty.integrationKey))],
      ]) {
        const { status } = await portal.ask(method, path, { body, headers });
        assert.equal(status, 403, `${who}: ${method} ${path}`);
      }
    }
    for (const headers of [{ 'Sec-Fetch-Site': 'cross-site' }, { 'Sec-Fetch-Site': 'same-site' }, { Origin: 'https://evil.example', 'Sec-Fetch-Site': undefined }]) {
      const { status } = await portal.ask('GET', kIncidents, { headers });
      assert.equal(status, 403, JSON.stringify(headers));
    }
    const deleted = await portal.ask('DELETE', '/pagerduty/maintenance_windows/PWINDOW1', { headers: { Origin: 'https://evil.example' } });
    assert.equal(deleted.status, 403);
    assert.deepEqual(portal.seen, []);
  });

  within("what does not come with the card's own header is refused, and reaches nobody", async (portal) => {
    const incident = await openIncident(portal);
    portal.seen.length = 0;
    for (const value of [undefined, '', 'XMLHttpRequest', 'pagerduty-card2', 'x, pagerduty-card']) {
      for (const [method, path, body] of [
        ['GET', kIncidents],
        ['POST', `/pagerduty/incidents/${incident}/notes`, kNote],
        ['PUT', '/pagerduty/incidents', { incidents: [{ id: incident, type: 'incident_reference', status: 'resolved' }] }],
        ['DELETE', '/pagerduty/maintenance_windows/PWINDOW1'],
        ['POST', '/pagerduty-events/v2/enqueue', kEvent(portal.simulator.services.loyalty.integrationKey)],
      ]) {
        const { status } = await portal.ask(method, path, { body, headers: { 'X-Requested-With': value } });
        assert.equal(status, 403, `${value}: ${method} ${path}`);
      }
    }
    assert.deepEqual(portal.seen, []);
  });

  within('nobody who has not signed in is let through', async (portal) => {
    for (const user of [null, '', 'no address', 'a@b.example, c@d.example', 'a@b.example"x']) {
      const { status } = await portal.ask('GET', kIncidents, { user });
      assert.equal(status, 401, String(user));
    }
    // Only the sign-in proxy's address may say who it is.
    const stranger = await portal.ask('GET', kIncidents, { localAddress: '127.0.0.2' });
    assert.equal(stranger.status, 401);
    assert.deepEqual(portal.seen, []);
  });

  within("of the browser's headers none is passed on but the type of the body", async (portal) => {
    const incident = await openIncident(portal);
    portal.seen.length = 0;
    const headers = { Cookie: 'portal-session=canary', Authorization: 'Bearer canary', From: 'anais@example.com', 'X-Forwarded-For': 'canary', 'X-Canary': 'canary', Referer: 'https://canary.example' };
    await portal.ask('POST', `/pagerduty/incidents/${incident}/notes`, { body: kNote, headers });
    await portal.ask('GET', '/pagerduty/users/me', { headers });
    await portal.ask('POST', '/pagerduty-events/v2/enqueue', { body: kEvent(portal.simulator.services.loyalty.integrationKey), headers });
    const [write, read, event] = portal.seen;
    for (const { headers: got } of portal.seen) {
      assert.ok(!JSON.stringify(got).includes('canary'), JSON.stringify(got));
      assert.equal(got.cookie, undefined);
      assert.equal(got['x-requested-with'], undefined);
      assert.ok(!JSON.stringify(got).includes(kHost), JSON.stringify(got));
    }
    assert.equal(write.headers.authorization, `Token token=${kToken}`);
    assert.equal(write.headers.from, kViewer);
    assert.equal(read.headers.from, undefined);
    assert.equal(event.headers.authorization, undefined);
    assert.equal(event.headers.from, undefined);
  });

  within('of the answer no cookie and no permission for other origins comes back, and nobody keeps it', async (portal) => {
    await portal.simulator.control({
      op: 'fault', kind: 'status', path: '/abilities', status: 200, body: { abilities: [] },
      headers: { 'Set-Cookie': 'pd=canary', 'Access-Control-Allow-Origin': '*', 'Access-Control-Allow-Credentials': 'true', 'Strict-Transport-Security': 'max-age=1', 'WWW-Authenticate': 'Basic', 'Cache-Control': 'public' },
    });
    for (let i = 0; i < 2; ++i) {
      const { status, headers } = await portal.ask('GET', '/pagerduty/abilities');
      assert.equal(status, 200);
      for (const absent of ['set-cookie', 'access-control-allow-origin', 'access-control-allow-credentials', 'strict-transport-security', 'www-authenticate']) {
        assert.equal(headers[absent], undefined, absent);
      }
      assert.equal(headers['cache-control'], 'no-store');
      assert.equal(headers['x-content-type-options'], 'nosniff');
      assert.equal(headers['cross-origin-resource-policy'], 'same-origin');
      assert.match(headers['content-security-policy'], /default-src 'none'/);
    }
  });

  within('neither the token nor an integration key is in an answer or a log, also when things go wrong', async (portal) => {
    const key = portal.simulator.services.loyalty.integrationKey;
    const answers = [];
    const ask = async (...args) => answers.push(JSON.stringify(await portal.ask(...args).catch(String)));
    await ask('GET', `/pagerduty/services?query=${key}`);
    for (const kind of ['drop', 'truncate', 'html', 'redirect']) {
      await portal.simulator.control({ op: 'fault', kind, times: 2 });
      await ask('GET', `/pagerduty/services?query=${key}&limit=1`);
      await ask('POST', '/pagerduty-events/v2/enqueue', { body: kEvent(key) });
    }
    await ask('GET', `/pagerduty/services?query=${key}`, { headers: { Host: 'evil.example' } });
    await send(portal.port, { path: `/pagerduty/services?query=${key}`, headers: { ...asPage('GET'), Bad: 'x'.repeat(40_000) } }).catch(String);
    await portal.server.stop();
    const logs = portal.logs();
    assert.match(logs, /services/);
    assert.ok(!logs.includes(key), 'an integration key is in a log');
    assert.ok(!logs.includes(kToken), 'the token is in a log');
    assert.ok(!answers.join('').includes(kToken), 'the token is in an answer');
  });

  within('a body that no card would send is refused', async (portal) => {
    const { status } = await portal.ask('POST', '/pagerduty/incidents', { body: JSON.stringify({ incident: 'x'.repeat(100_000) }) }).catch(() => ({ status: 413 }));
    assert.equal(status, 413);
    assert.deepEqual(portal.seen, []);
  });
}
