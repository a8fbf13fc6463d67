// @ts-check
// Who may ask, from where, and how often.
import assert from 'node:assert/strict';
import { test } from 'node:test';
import { kRestHeaders } from './http/cors.mjs';
import { kFrom, withSession } from './session.mjs';

const kOrigin = 'https://portal.example.com';
const preflight = (/** @type {string} */ headers) => ({
  token: null,
  headers: {
    Origin: kOrigin,
    'Access-Control-Request-Method': 'PUT',
    'Access-Control-Request-Headers': headers,
  },
});

test(
  'a preflight allows the recorded request headers and no other',
  withSession(async ({ call }) => {
    for (const asked of ['authorization, content-type, from', 'authorization, x-request-id']) {
      const { status, headers } = await call('OPTIONS', '/incidents', preflight(asked));
      assert.equal(status, 204);
      assert.equal(headers.get('access-control-allow-origin'), '*');
      assert.deepEqual(headers.get('access-control-allow-headers')?.split(', '), kRestHeaders);
    }
    const events = await call('OPTIONS', '/v2/enqueue', preflight('content-type'));
    assert.equal(events.headers.get('access-control-allow-headers'), 'Content-Type');
  }),
);

test(
  'answers, errors included, are readable across origins but expose no header',
  withSession(async ({ get }) => {
    for (const path of ['/abilities', '/nothing-here']) {
      const { headers } = await get(path, { headers: { Origin: kOrigin } });
      assert.equal(headers.get('access-control-allow-origin'), '*');
      assert.equal(headers.get('access-control-expose-headers'), '');
    }
  }),
);

test(
  'an origin that is not allowed gets no CORS headers',
  withSession(
    async ({ get, call }) => {
      assert.equal(
        (await get('/abilities', { headers: { Origin: 'https://other.example.com' } })).headers.get(
          'access-control-allow-origin',
        ),
        null,
      );
      assert.equal(
        (
          await call('OPTIONS', '/abilities', {
            ...preflight('authorization'),
            headers: {
              Origin: 'https://other.example.com',
              'Access-Control-Request-Method': 'GET',
            },
          })
        ).headers.get('access-control-allow-headers'),
        null,
      );
      assert.equal(
        (await get('/abilities', { headers: { Origin: kOrigin } })).headers.get(
          'access-control-allow-origin',
        ),
        kOrigin,
      );
    },
    { allowedOrigins: [kOrigin] },
  ),
);

test(
  'a credential is needed, valid, and sent in its own scheme',
  withSession(async ({ get, sim }) => {
    const cases = [
      { name: 'none', token: null, headers: {} },
      { name: 'unknown', token: 'sim-unknown-key-0000', headers: {} },
      { name: 'revoked', token: sim.tokens.revoked, headers: {} },
      {
        name: 'a key as a bearer token',
        token: null,
        headers: { Authorization: `Bearer ${sim.tokens.readWrite}` },
      },
      {
        name: 'a key without "token="',
        token: null,
        headers: { Authorization: `Token ${sim.tokens.readWrite}` },
      },
    ];
    for (const { name, ...ask } of cases) {
      const { status, body } = await get('/abilities', ask);
      assert.equal(status, 401, name);
      assert.equal(body.error.code, 2006, name);
    }
    assert.equal(
      (
        await get('/abilities', {
          token: null,
          headers: { Authorization: `Token token="${sim.tokens.readOnly}"` },
        })
      ).status,
      200,
    );
  }),
);

test(
  'a read-only key reads, figures included, and may not write',
  withSession(async ({ get, write, sim, openIncidents }) => {
    const [incident] = await openIncidents(sim.services.checkout.id);
    const token = sim.tokens.readOnly;
    assert.equal((await get('/services', { token })).status, 200);
    assert.equal(
      (await write('POST', '/analytics/metrics/incidents/services', { filters: {} }, { token }))
        .status,
      200,
    );
    const { status, body } = await write(
      'PUT',
      '/incidents',
      { incidents: [{ id: incident.id, type: 'incident_reference', status: 'acknowledged' }] },
      { token },
    );
    assert.equal(status, 403);
    assert.equal(body.error.code, 2010);
  }),
);

test(
  'an account-level key names who writes, and a user token need not',
  withSession(async ({ call, sim, openIncidents }) => {
    const [incident] = await openIncidents(sim.services.checkout.id);
    const note = (/** @type {import('./session.mjs').Ask} */ ask) =>
      call('POST', `/incidents/${incident.id}/notes`, {
        body: { note: { content: 'Looking.' } },
        ...ask,
      });
    assert.equal((await note({})).status, 400);
    assert.equal((await note({ from: 'nobody@example.com' })).body.error.code, 1008);
    assert.equal((await note({ from: kFrom })).body.note.user.summary, 'Mira Valentova');
    assert.equal(
      (await note({ token: sim.tokens.user })).body.note.user.summary,
      'Anaïs Lefèvre-Dupré',
    );
  }),
);

test(
  'the current user is known to a user token, and 400 with a text to an account-level key',
  withSession(async ({ get, sim }) => {
    assert.equal(
      (await get('/users/me', { token: sim.tokens.user })).body.user.email,
      'anais@example.com',
    );
    const { status, body } = await get('/users/me');
    assert.equal(status, 400);
    assert.equal(typeof body.error, 'string');
  }),
);

test(
  'an unknown path or method answers 404 with the code 2100',
  withSession(async ({ get, call }) => {
    for (const answer of [
      await get('/no/such/thing'),
      await call('DELETE', '/services/PCHKOUT'),
      await get('/services/PNOBODY'),
    ]) {
      assert.equal(answer.status, 404);
      assert.deepEqual(answer.body, { error: { message: 'Not Found', code: 2100 } });
    }
  }),
);

test(
  'request 961 of a minute is refused for its key alone, until the minute is over',
  withSession(async ({ get, sim, advance }) => {
    for (let batch = 0; batch < 24; ++batch)
      await Promise.all(Array.from({ length: 40 }, () => get('/abilities')));
    const refused = await get('/abilities');
    assert.equal(refused.status, 429);
    assert.equal(refused.body.error.code, 2020);
    assert.equal(refused.headers.get('ratelimit-remaining'), '0');
    assert.equal(refused.headers.get('ratelimit-reset'), '60');
    assert.equal((await get('/abilities', { token: sim.tokens.readOnly })).status, 200);
    await advance(60_000);
    assert.equal((await get('/abilities')).headers.get('ratelimit-remaining'), '959');
  }),
);
