// @ts-check
// Faults, clock and data on order.
import assert from 'node:assert/strict';
import { test } from 'node:test';
import { kNow, startSession, withSession } from './session.mjs';

test(
  'a fault of a status answers with it, its body and its headers',
  withSession(async ({ sim, get }) => {
    const cases = [
      {
        name: 'with PagerDuty’s body',
        order: { status: 503 },
        body: { error: { message: 'Internal Server Error', code: 2000 } },
        reset: null,
      },
      {
        name: '429 with its headers',
        order: { status: 429 },
        body: { error: { message: 'Rate Limit Exceeded', code: 2020 } },
        reset: '30',
      },
      {
        name: '429 without headers and body',
        order: { status: 429, headers: {}, body: null },
        body: '',
        reset: null,
      },
      { name: 'with an empty object', order: { status: 402, body: {} }, body: {}, reset: null },
      {
        name: 'with a text',
        order: { status: 500, body: 'boom' },
        body: 'boom',
        reset: null,
        text: true,
      },
    ];
    for (const { name, order, body, reset, text } of cases) {
      await sim.control({ op: 'fault', kind: 'status', times: 1, ...order });
      if (text) {
        const answer = await fetch(`${sim.url}/abilities`);
        assert.equal(await answer.text(), body, name);
        continue;
      }
      const answer = await get('/abilities');
      assert.deepEqual(
        [answer.status, answer.body, answer.headers.get('ratelimit-reset')],
        [order.status, body, reset],
        name,
      );
      assert.equal((await get('/abilities')).status, 200, name);
    }
  }),
);

test(
  'a fault meets only its method and path, after as many as it lets pass, as often as it should',
  withSession(async ({ sim, get, call }) => {
    await sim.control({
      op: 'fault',
      method: 'GET',
      path: '/incidents/*/notes',
      kind: 'status',
      status: 500,
      after: 1,
      times: 2,
    });
    const notes = async () => (await get('/incidents/QNOBODY/notes')).status;
    assert.equal((await get('/incidents')).status, 200);
    assert.equal(
      (
        await call('POST', '/incidents/QNOBODY/notes', {
          body: { note: { content: 'x' } },
          from: 'mirav@example.com',
        })
      ).status,
      404,
    );
    assert.deepEqual(
      [await notes(), await notes(), await notes(), await notes()],
      [404, 500, 500, 404],
    );
  }),
);

test(
  'bodies can be cut, padded, replaced and of the wrong types',
  withSession(async ({ sim, get }) => {
    const order = (/** @type {object} */ fault) =>
      sim.control({ op: 'fault', path: '/services', times: 1, ...fault });
    await order({ kind: 'truncate' });
    await assert.rejects(get('/services'));
    await order({ kind: 'oversized', bytes: 5_000_000 });
    const large = await fetch(`${sim.url}/services`, {
      headers: { Authorization: `Token token=${sim.tokens.readOnly}` },
    });
    const text = await large.text();
    assert.equal(Buffer.byteLength(text), 5_000_000);
    assert.ok(Array.isArray(JSON.parse(text).services));
    await order({ kind: 'wrong-schema' });
    assert.deepEqual((await get('/services')).body.services, {});
    await order({ kind: 'html' });
    const page = await get('/services');
    assert.deepEqual(
      [page.status, page.headers.get('content-type')],
      [502, 'text/html; charset=utf-8'],
    );
    await order({ kind: 'no-cors' });
    assert.equal(
      (await get('/services', { headers: { Origin: 'https://portal.example.com' } })).headers.get(
        'access-control-allow-origin',
      ),
      null,
    );
  }),
);

test(
  'a redirect goes where it is told to, and shows its headers to the page',
  withSession(async ({ sim, get }) => {
    const origin = { headers: { Origin: 'https://portal.example.com' } };
    await sim.control({ op: 'fault', path: '/services', kind: 'redirect', times: 1 });
    const usual = await get('/services', origin);
    assert.deepEqual([usual.status, usual.headers.get('location')], [302, '/sign-in']);
    assert.equal(usual.headers.get('access-control-allow-origin'), '*');
    const location = 'https://login.example.com/';
    await sim.control({ op: 'fault', path: '/services', kind: 'redirect', status: 307, location });
    const elsewhere = await get('/services', origin);
    assert.deepEqual([elsewhere.status, elsewhere.headers.get('location')], [307, location]);
  }),
);

test(
  "a fault's own headers win",
  withSession(async ({ sim, get }) => {
    const headers = { 'Retry-After': '7', 'Access-Control-Expose-Headers': 'Retry-After' };
    await sim.control({ op: 'fault', path: '/services', kind: 'status', status: 429, headers });
    const answer = await get('/services', { headers: { Origin: 'https://portal.example.com' } });
    assert.equal(answer.headers.get('access-control-expose-headers'), 'Retry-After');
    assert.equal(answer.headers.get('retry-after'), '7');
  }),
);

test('who observes sees all that a request carried', async () => {
  /** @type {import('./simulator.mjs').SeenRequest[]} */
  const seen = [];
  const session = await startSession({ observe: (request) => seen.push(request) });
  await session.write('POST', '/incidents', { incident: {} });
  await session.sim.control({ op: 'state' });
  assert.deepEqual(
    seen.map(({ method, url, body }) => ({ method, url, body })),
    [{ method: 'POST', url: '/incidents', body: '{"incident":{}}' }],
  );
  assert.equal(seen[0]?.headers.authorization, `Token token=${session.sim.tokens.readWrite}`);
  await session.end();
});

test(
  'what hangs is answered when the faults are cleared',
  withSession(async ({ sim, get }) => {
    await sim.control({ op: 'fault', path: '/services', kind: 'hang' });
    const pending = get('/services');
    const hanging = () => sim.requests.find((item) => item.path === '/services');
    while (!hanging()) await get('/abilities');
    assert.equal(hanging()?.status, 0);
    assert.equal(sim.hanging, 1);
    await sim.control({ op: 'clearFaults' });
    assert.equal((await pending).status, 200);
    assert.equal(sim.hanging, 0);
  }),
);

test(
  'a client that gives up on a hanging request leaves nothing behind',
  withSession(async ({ sim, get }) => {
    await sim.control({ op: 'fault', path: '/services', kind: 'hang', times: 1 });
    const abort = new AbortController();
    const pending = fetch(`${sim.url}/services`, { signal: abort.signal });
    while (!sim.requests.some((item) => item.path === '/services')) await get('/abilities');
    abort.abort();
    await assert.rejects(pending);
    assert.equal((await get('/services')).status, 200);
  }),
);

test(
  'a preflight is met only by a fault for OPTIONS',
  withSession(async ({ sim, call }) => {
    const preflight = () =>
      call('OPTIONS', '/incidents', {
        token: null,
        headers: { Origin: 'https://portal.example.com', 'Access-Control-Request-Method': 'GET' },
      });
    await sim.control({ op: 'fault', path: '/incidents', kind: 'status', status: 500 });
    assert.equal((await preflight()).status, 204);
    await sim.control({ op: 'fault', method: 'OPTIONS', kind: 'no-cors', times: 1 });
    assert.equal((await preflight()).headers.get('access-control-allow-origin'), null);
  }),
);

test(
  'the control is reached over HTTP as well, and says what it does not understand',
  withSession(async ({ sim }) => {
    const post = async (/** @type {unknown} */ command) => {
      const answer = await fetch(`${sim.url}/_simulator`, {
        method: 'POST',
        body: JSON.stringify(command),
      });
      return { status: answer.status, body: await answer.json() };
    };
    assert.equal((await post({ op: 'state' })).body.services.checkout.id, sim.services.checkout.id);
    for (const [command, expected] of /** @type {[unknown, RegExp][]} */ ([
      [{ op: 'dance' }, /unknown op/],
      [{ op: 'fault', kind: 'gremlin' }, /unknown kind of fault/],
      [{ op: 'fault', kind: 'status' }, /status/],
      [{ op: 'data', kind: 'unicorn', value: {} }, /unknown kind of data/],
      [{ op: 'clock', set: 'soon' }, /not a time/],
      [{ op: 'data', kind: 'onCallGap', value: { policy: 'PEPCHKT', level: 9 } }, /level 9/],
    ])) {
      const { status, body } = await post(command);
      assert.equal(status, 400);
      assert.match(body.error, expected);
    }
    assert.deepEqual(sim.requests, [], 'its own requests are not noted');
  }),
);

test(
  'requests are noted with their time, origin and answer, and the list can be emptied',
  withSession(async ({ sim, get, advance }) => {
    await advance(5000);
    await get('/services?query=x', { headers: { Origin: 'https://portal.example.com' } });
    await get('/nothing');
    const { requests } = await sim.control({ op: 'requests', clear: true });
    assert.deepEqual(requests, [
      {
        at: kNow + 5000,
        method: 'GET',
        path: '/services?query=x',
        status: 200,
        origin: 'https://portal.example.com',
      },
      { at: kNow + 5000, method: 'GET', path: '/nothing', status: 404, origin: null },
    ]);
    assert.deepEqual(sim.requests, []);
  }),
);

test(
  'records are added, changed and removed while it runs',
  withSession(async ({ sim, get, openIncidents, serviceStatus }) => {
    const put = (/** @type {string} */ kind, /** @type {unknown} */ value) =>
      sim.control({ op: 'data', kind, value });
    const service = await put('service', { name: 'New one', policy: 'PEPCHKT' });
    assert.equal(
      (await get(`/services?query=${service.integrationKey}`)).body.services[0].name,
      'New one',
    );
    const { ids } = await put('incident', {
      service: service.id,
      title: 'Many',
      count: 3,
      agoMinutes: 90,
      priority: 'P3',
      status: 'acknowledged',
    });
    assert.deepEqual(
      (await openIncidents(service.id)).map((item) => [item.title, item.priority.name]),
      [
        ['Many 1', 'P3'],
        ['Many 2', 'P3'],
        ['Many 3', 'P3'],
      ],
    );
    assert.equal(await serviceStatus(service.id), 'warning');
    for (const id of ids) await put('incident', { id, status: 'resolved' });
    assert.equal(await serviceStatus(service.id), 'active');
    await put('maintenanceWindow', { service: service.id, endsInMinutes: 10 });
    assert.equal(await serviceStatus(service.id), 'maintenance');
    await put('service', { id: service.id, disabled: true });
    assert.equal(await serviceStatus(service.id), 'disabled');
    await put('changeEvent', { service: service.id, summary: 'Deploy' });
    assert.equal(
      (await get(`/services/${service.id}/change_events`)).body.change_events[0].summary,
      'Deploy',
    );
    await put('onCallGap', { policy: 'PEPCHKT', level: 2 });
    assert.deepEqual(
      (await get('/oncalls?escalation_policy_ids[]=PEPCHKT')).body.oncalls.map(
        (/** @type {any} */ item) => item.escalation_level,
      ),
      [1, 3, 3],
    );
    await put('override', { schedule: 'PSCHKT1', user: 'PUDEVON' });
    assert.equal((await get('/oncalls?schedule_ids[]=PSCHKT1')).body.oncalls[0].user.id, 'PUDEVON');
    await put('user', { id: 'PUDEVON', name: 'Devon Renamed' });
    await put('token', { token: sim.tokens.readOnly, revoked: true });
    assert.equal((await get('/services', { token: sim.tokens.readOnly })).status, 401);
    assert.equal((await get('/users/PUDEVON')).body.user.name, 'Devon Renamed');
    await sim.control({ op: 'data', kind: 'user', remove: 'PUDEVON' });
    const gone = (await get('/oncalls?schedule_ids[]=PSCHKT1&include[]=users')).body.oncalls[0]
      .user;
    assert.deepEqual(
      [gone.type, gone.self],
      ['user_reference', null],
      'a deleted user has nothing to link to',
    );
  }),
);

test(
  'a reset brings back the start',
  withSession(async ({ sim, get, advance }) => {
    const before = (await get('/incidents?date_range=all&limit=100')).body;
    await sim.control({
      op: 'data',
      kind: 'incident',
      value: { service: sim.services.loyalty.id, title: 'x' },
    });
    await sim.control({
      op: 'data',
      kind: 'token',
      value: { token: sim.tokens.readWrite, revoked: true },
    });
    await sim.control({ op: 'fault', kind: 'drop' });
    await advance(90 * 60_000);
    await sim.control({ op: 'reset' });
    assert.deepEqual((await get('/incidents?date_range=all&limit=100')).body, before);
  }),
);

test('a clock that runs goes on from where it was set', async () => {
  const session = await startSession({ running: true });
  const { now, running } = await session.sim.control({ op: 'clock', set: '2026-05-01T00:00:00Z' });
  assert.ok(running && now >= Date.UTC(2026, 4, 1));
  const stopped = await session.sim.control({ op: 'clock', run: false });
  assert.equal((await session.sim.control({ op: 'clock' })).now, stopped.now);
  await session.end();
});
