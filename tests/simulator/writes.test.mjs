// @ts-check
// Incidents through their lives: REST writes and Events v2, on a clock that the tests move.
import assert from 'node:assert/strict';
import { test } from 'node:test';
import { withSession } from './session.mjs';

const kMinute = 60_000;
const kHour = 60 * kMinute;

/** @typedef {Awaited<ReturnType<typeof import('./session.mjs').startSession>>} Session */

/** @param {Session} session @param {string} service @param {object} [more] */
const create = ({ write }, service, more = {}) =>
  write('POST', '/incidents', {
    incident: {
      type: 'incident',
      title: 'Checkout answers 502',
      service: { id: service, type: 'service_reference' },
      ...more,
    },
  });
/** @param {Session} session @param {string} id @param {object} change */
const change = ({ write }, id, change) =>
  write('PUT', '/incidents', { incidents: [{ id, type: 'incident_reference', ...change }] });
/**
 * @param {Session} session @param {string} id @param {boolean} [overview]
 * @returns {Promise<string[]>}
 */
const logOf = async ({ get }, id, overview = true) => {
  const { log_entries: entries } = (
    await get(`/incidents/${id}/log_entries?is_overview=${overview}&limit=100`)
  ).body;
  return entries.map((/** @type {any} */ entry) => entry.type.replace('_log_entry', '')).reverse();
};
/**
 * @param {Session} session @param {string} routingKey @param {string} action @param {object} [more]
 */
const send = ({ call }, routingKey, action, more = {}) =>
  call('POST', '/v2/enqueue', {
    token: null,
    body: {
      routing_key: routingKey,
      event_action: action,
      ...(action === 'trigger'
        ? { payload: { summary: 'Points are late', source: 'portal', severity: 'error' } }
        : {}),
      ...more,
    },
  });

test(
  'an incident lives from triggered to resolved, and its service and log follow',
  withSession(async (session) => {
    const { loyalty } = session.sim.services;
    const made = await create(session, loyalty.id, {
      priority: { id: 'PPRIO02', type: 'priority_reference' },
      body: { type: 'incident_body', details: 'Since nine' },
    });
    assert.equal(made.status, 201);
    const { incident } = made.body;
    assert.deepEqual(
      [
        incident.status,
        incident.urgency,
        incident.priority.name,
        incident.body.details,
        incident.assignments.length,
      ],
      ['triggered', 'high', 'P2', 'Since nine', 1],
    );
    assert.equal(await session.serviceStatus(loyalty.id), 'critical');

    const [acknowledged] = (await change(session, incident.id, { status: 'acknowledged' })).body
      .incidents;
    assert.equal(acknowledged.acknowledgements[0].acknowledger.summary, 'Mira Valentova');
    assert.equal(await session.serviceStatus(loyalty.id), 'warning');

    await session.write('POST', `/incidents/${incident.id}/notes`, {
      note: { content: 'Rolled back.' },
    });
    const { incident: resolved } = (
      await session.write('PUT', `/incidents/${incident.id}`, {
        incident: { type: 'incident_reference', status: 'resolved' },
      })
    ).body;
    assert.deepEqual(
      [resolved.status, resolved.assignments, resolved.acknowledgements],
      ['resolved', [], []],
    );
    assert.equal(await session.serviceStatus(loyalty.id), 'active');

    assert.deepEqual(await logOf(session, incident.id), [
      'trigger',
      'assign',
      'acknowledge',
      'annotate',
      'resolve',
    ]);
    assert.ok((await logOf(session, incident.id, false)).includes('notify'));
    const again = await change(session, incident.id, { status: 'resolved' });
    assert.deepEqual([again.status, again.body.error.code], [400, 1001]);
    await change(session, incident.id, { status: 'triggered' });
    assert.equal(
      await session.serviceStatus(loyalty.id),
      'critical',
      'a resolved incident can be reopened',
    );
  }),
);

test(
  'a second incident with an open key is refused, and read by that key',
  withSession(async (session) => {
    const { loyalty } = session.sim.services;
    const first = (await create(session, loyalty.id, { incident_key: 'pdc-1' })).body.incident;
    const second = await create(session, loyalty.id, { incident_key: 'pdc-1' });
    assert.equal(second.status, 400);
    assert.match(second.body.error.errors[0], /matching dedup key/);
    const found = (
      await session.get(`/incidents?incident_key=pdc-1&service_ids[]=${loyalty.id}&date_range=all`)
    ).body.incidents;
    assert.deepEqual(
      found.map((/** @type {any} */ item) => item.id),
      [first.id],
    );
    await change(session, first.id, { status: 'resolved' });
    assert.equal((await create(session, loyalty.id, { incident_key: 'pdc-1' })).status, 201);
  }),
);

test(
  'a bad write is refused with a reason and changes nothing',
  withSession(async (session) => {
    const { write, sim, openIncidents } = session;
    const [incident] = await openIncidents(sim.services.checkout.id);
    const before = await session.get(`/incidents/${incident.id}`);
    const cases = /** @type {[string, () => Promise<import('./session.mjs').Reply>][]} */ ([
      ['no title', () => create(session, sim.services.loyalty.id, { title: ' ' })],
      ['no such service', () => create(session, 'PNOBODY')],
      ['a disabled service', () => create(session, sim.services.legacy.id)],
      [
        'no such priority',
        () =>
          create(session, sim.services.loyalty.id, {
            priority: { id: 'PNOBODY', type: 'priority_reference' },
          }),
      ],
      [
        'no such incident beside a good one',
        () =>
          write('PUT', '/incidents', {
            incidents: [
              { id: incident.id, type: 'incident_reference', status: 'resolved' },
              { id: 'QNOBODY', type: 'incident_reference', status: 'resolved' },
            ],
          }),
      ],
      ['no such status', () => change(session, incident.id, { status: 'closed' })],
      [
        'no type',
        () => write('PUT', '/incidents', { incidents: [{ id: incident.id, status: 'resolved' }] }),
      ],
      ['no such level', () => change(session, incident.id, { escalation_level: 9 })],
      [
        'a note of blanks',
        () => write('POST', `/incidents/${incident.id}/notes`, { note: { content: '  ' } }),
      ],
      [
        'a snooze of no length',
        () => write('POST', `/incidents/${incident.id}/snooze`, { duration: 0 }),
      ],
      ['no JSON', () => write('PUT', '/incidents', 'status=resolved')],
    ]);
    for (const [name, attempt] of cases) {
      const { status, body } = await attempt();
      assert.equal(status, 400, name);
      assert.ok(body.error.errors[0], name);
    }
    assert.deepEqual((await session.get(`/incidents/${incident.id}`)).body, before.body);
  }),
);

test(
  'an incident that nobody answers goes up the levels, and an acknowledgement stops it',
  withSession(async (session) => {
    const { loyalty } = session.sim.services;
    const { incident } = (await create(session, loyalty.id)).body;
    assert.deepEqual(
      incident.pending_actions.map((/** @type {any} */ item) => item.type),
      ['escalate'],
    );
    const who = async () =>
      (await session.get(`/incidents/${incident.id}`)).body.incident.assignments.map(
        (/** @type {any} */ item) => item.assignee.summary,
      );
    const first = await who();
    await session.advance(30 * kMinute);
    assert.deepEqual(await who(), ['Priya Raghunathan', 'Łucja Wiśniowska']);
    await change(session, incident.id, { status: 'acknowledged' });
    await session.advance(5 * kHour);
    assert.equal(
      (await session.get(`/incidents/${incident.id}`)).body.incident.status,
      'acknowledged',
    );
    assert.equal(first.length, 1);
    assert.deepEqual(await logOf(session, incident.id), [
      'trigger',
      'assign',
      'escalate',
      'assign',
      'acknowledge',
    ]);
  }),
);

test(
  'an acknowledgement and a snooze end with their time',
  withSession(async (session) => {
    const { ledger, loyalty } = session.sim.services;
    const statusOf = async (/** @type {string} */ id) =>
      (await session.get(`/incidents/${id}`)).body.incident.status;
    const acknowledged = (await create(session, ledger.id)).body.incident.id;
    await change(session, acknowledged, { status: 'acknowledged' });
    const snoozed = (await create(session, loyalty.id)).body.incident.id;
    const snooze = await session.write('POST', `/incidents/${snoozed}/snooze`, { duration: 3600 });
    assert.deepEqual(
      [snooze.status, snooze.body.incident.pending_actions[0].type],
      [201, 'unacknowledge'],
    );
    await session.advance(30 * kMinute);
    assert.deepEqual(
      [await statusOf(acknowledged), await statusOf(snoozed)],
      ['triggered', 'acknowledged'],
    );
    await session.advance(30 * kMinute);
    assert.equal(await statusOf(snoozed), 'triggered');
    assert.deepEqual((await logOf(session, snoozed)).slice(0, 5), [
      'trigger',
      'assign',
      'acknowledge',
      'snooze',
      'unacknowledge',
    ]);
  }),
);

test(
  'assignees, level, urgency, priority and title change one by one and are logged',
  withSession(async (session) => {
    const { incident } = (await create(session, session.sim.services.checkout.id)).body;
    const changed = async (/** @type {object} */ update) =>
      (await change(session, incident.id, update)).body.incidents[0];
    assert.deepEqual(
      (await changed({ assignments: [{ assignee: { id: 'PUDEVON', type: 'user_reference' } }] }))
        .assignments[0].assignee.id,
      'PUDEVON',
    );
    assert.deepEqual(
      (await changed({ escalation_level: 3 })).assignments.map(
        (/** @type {any} */ item) => item.assignee.id,
      ),
      ['PUGRETA', 'PUROBIN'],
    );
    assert.equal((await changed({ urgency: 'low' })).urgency, 'low');
    assert.equal(
      (await changed({ priority: { id: 'PPRIO01', type: 'priority_reference' } })).priority.color,
      'a8171c',
    );
    assert.equal(
      (await changed({ title: 'Half of all orders fail' })).title,
      'Half of all orders fail',
    );
    assert.deepEqual(await logOf(session, incident.id), [
      'trigger',
      'assign',
      'assign',
      'escalate',
      'assign',
      'urgency_change',
      'field_value_change',
    ]);
  }),
);

test(
  'responders are asked, a status update is sent, a window opens',
  withSession(async (session) => {
    const { write, sim, get, serviceStatus } = session;
    const { incident } = (await create(session, sim.services.checkout.id)).body;
    const request = await write('POST', `/incidents/${incident.id}/responder_requests`, {
      requester_id: 'PUMIRAV',
      message: 'Please help',
      responder_request_targets: [
        { responder_request_target: { id: 'PUDEVON', type: 'user_reference' } },
        { responder_request_target: { id: 'PEPSRCH', type: 'escalation_policy_reference' } },
      ],
    });
    assert.equal(request.body.responder_request.responder_request_targets.length, 2);
    const asked = (await get(`/incidents/${incident.id}`)).body.incident;
    assert.deepEqual(
      asked.responder_requests[0].responder_request_targets.map(
        (/** @type {any} */ item) => item.responder_request_target.id,
      ),
      ['PUDEVON', 'PEPSRCH'],
    );
    const { name } = (await get('/escalation_policies/PEPSRCH')).body.escalation_policy;
    // Of a policy, those are responders who are on call for its first level, each with its name.
    assert.deepEqual(
      asked.incidents_responders.map((/** @type {any} */ item) => item.escalation_policy_requests),
      [[], [name]],
    );
    const mistaken = await write('POST', `/incidents/${incident.id}/responder_requests`, {
      requester_id: 'PUMIRAV',
      message: 'Please help',
      responder_request_targets: [
        { responder_request_target: { id: 'PEPSRCH', type: 'user_reference' } },
      ],
    });
    assert.equal(mistaken.status, 400);
    assert.equal(
      (await write('POST', `/incidents/${incident.id}/status_updates`, { message: 'We are on it' }))
        .body.status_update.sender.summary,
      'Mira Valentova',
    );
    const window = {
      type: 'maintenance_window',
      start_time: '2026-03-02T09:00:00Z',
      end_time: '2026-03-02T10:00:00Z',
      description: 'Upgrade',
      services: [{ id: sim.services.loyalty.id, type: 'service_reference' }],
    };
    assert.equal(
      (await write('POST', '/maintenance_windows', { maintenance_window: window })).status,
      201,
    );
    assert.equal(await serviceStatus(sim.services.loyalty.id), 'maintenance');
    assert.equal(
      (await get(`/maintenance_windows?service_ids[]=${sim.services.loyalty.id}&filter=ongoing`))
        .body.maintenance_windows.length,
      1,
    );
    await session.advance(kHour);
    assert.equal(await serviceStatus(sim.services.loyalty.id), 'active');
  }),
);

test(
  'a maintenance window ends before its time when it is deleted, and one of tomorrow is gone',
  withSession(async (session) => {
    const { sim, get, write } = session;
    const { id } = sim.services.loyalty;
    const windows = async () =>
      (await get(`/maintenance_windows?service_ids[]=${id}&filter=all`)).body.maintenance_windows;
    const start = async (/** @type {number} */ from) =>
      (
        await write('POST', '/maintenance_windows', {
          maintenance_window: {
            type: 'maintenance_window',
            start_time: new Date(from).toISOString(),
            end_time: new Date(from + kHour).toISOString(),
            description: 'Moving the database',
            services: [{ id, type: 'service_reference' }],
          },
        })
      ).body.maintenance_window.id;
    const before = (await windows()).length;
    const now = Date.UTC(2026, 2, 2, 9);
    const [ongoing, future] = [await start(now), await start(now + 24 * kHour)];
    for (const window of [ongoing, future])
      assert.equal((await write('DELETE', `/maintenance_windows/${window}`)).status, 204);
    const left = (await windows()).map((/** @type {any} */ window) => window.id);
    assert.equal(left.length, before + 1);
    assert.ok(left.includes(ongoing), 'what was is not forgotten');
    assert.equal((await write('DELETE', `/maintenance_windows/${ongoing}`)).status, 404);
  }),
);

test(
  'an accepted event is seen only when its time has come',
  withSession(async (session) => {
    const { loyalty } = session.sim.services;
    const accepted = await send(session, loyalty.integrationKey, 'trigger', {
      dedup_key: 'points',
      client: 'Portal',
      links: [{ href: 'https://portal.example.com/', text: 'Portal' }],
    });
    assert.equal(accepted.status, 202);
    assert.deepEqual(accepted.body, {
      status: 'success',
      message: 'Event processed',
      dedup_key: 'points',
    });
    await session.advance(399);
    assert.deepEqual(await session.openIncidents(loyalty.id), []);
    await session.advance(1);
    const [incident] = await session.openIncidents(loyalty.id);
    assert.deepEqual(
      [incident.title, incident.incident_key, incident.alert_counts.all],
      ['Points are late', 'points', 1],
    );
    const [alert] = (await session.get(`/incidents/${incident.id}/alerts`)).body.alerts;
    assert.deepEqual(
      [alert.alert_key, alert.severity, alert.body.contexts[0].href],
      ['points', 'error', 'https://portal.example.com/'],
    );
  }),
);

test(
  'a repeated key opens nothing while its alert is open, and a new incident afterwards',
  withSession(async (session) => {
    const { loyalty } = session.sim.services;
    for (let count = 0; count < 3; ++count)
      await send(session, loyalty.integrationKey, 'trigger', { dedup_key: 'points' });
    await session.advance(400);
    const [first, ...others] = await session.openIncidents(loyalty.id);
    assert.deepEqual(others, []);
    await send(session, loyalty.integrationKey, 'acknowledge', { dedup_key: 'points' });
    await session.advance(400);
    assert.equal(await session.serviceStatus(loyalty.id), 'warning');
    await send(session, loyalty.integrationKey, 'resolve', { dedup_key: 'points' });
    await send(session, loyalty.integrationKey, 'resolve', { dedup_key: 'never seen' });
    await session.advance(400);
    assert.deepEqual(await session.openIncidents(loyalty.id), []);
    await send(session, loyalty.integrationKey, 'trigger', { dedup_key: 'points' });
    await session.advance(400);
    const [second] = await session.openIncidents(loyalty.id);
    assert.notEqual(second.id, first.id);
  }),
);

test(
  'a service that is disabled or in maintenance accepts events and opens nothing',
  withSession(async (session) => {
    for (const service of [session.sim.services.legacy, session.sim.services.mail]) {
      assert.equal(
        (await send(session, service.integrationKey, 'trigger')).status,
        202,
        service.name,
      );
      await session.advance(400);
      assert.deepEqual(await session.openIncidents(service.id), [], service.name);
    }
  }),
);

test(
  'a bad event is refused with what is wrong',
  withSession(async (session) => {
    const key = session.sim.services.loyalty.integrationKey;
    const payload = { summary: 'x', source: 'y', severity: 'error' };
    const cases = /** @type {[string, () => Promise<import('./session.mjs').Reply>, RegExp][]} */ ([
      ['short key', () => send(session, 'abc', 'trigger'), /32 characters/],
      ['unknown key', () => send(session, '0'.repeat(32), 'trigger'), /no integration/],
      ['no key', () => send(session, '', 'trigger'), /routing_key/],
      ['no action', () => send(session, key, 'open'), /event_action/],
      [
        'no summary',
        () => send(session, key, 'trigger', { payload: { ...payload, summary: '' } }),
        /summary/,
      ],
      [
        'long summary',
        () => send(session, key, 'trigger', { payload: { ...payload, summary: 'x'.repeat(1025) } }),
        /1024/,
      ],
      [
        'no source',
        () => send(session, key, 'trigger', { payload: { summary: 'x', severity: 'error' } }),
        /source/,
      ],
      [
        'bad severity',
        () => send(session, key, 'trigger', { payload: { ...payload, severity: 'fatal' } }),
        /severity/,
      ],
      [
        'long dedup key',
        () => send(session, key, 'trigger', { dedup_key: 'x'.repeat(256) }),
        /255/,
      ],
      ['resolve without dedup key', () => send(session, key, 'resolve'), /dedup_key/],
      [
        'no JSON',
        () => session.call('POST', '/v2/enqueue', { token: null, body: 'summary=x' }),
        /JSON/,
      ],
    ]);
    for (const [name, attempt, expected] of cases) {
      const { status, body } = await attempt();
      assert.equal(status, 400, name);
      assert.ok(body.status && body.message, name);
      assert.match(body.errors.join(), expected, name);
    }
  }),
);

test(
  'events of one key are limited to 120 a minute',
  withSession(async (session) => {
    const { loyalty, checkout } = session.sim.services;
    for (let count = 0; count < 120; ++count)
      await send(session, loyalty.integrationKey, 'resolve', { dedup_key: 'x' });
    assert.equal(
      (await send(session, loyalty.integrationKey, 'resolve', { dedup_key: 'x' })).status,
      429,
    );
    assert.equal(
      (await send(session, checkout.integrationKey, 'resolve', { dedup_key: 'x' })).status,
      202,
    );
  }),
);

test(
  'a change event appears among the changes of its service',
  withSession(async (session) => {
    const { giftCards } = session.sim.services;
    const event = {
      routing_key: giftCards.integrationKey,
      payload: { summary: 'Deploy 1.0.1', source: 'ci' },
      links: [{ href: 'https://ci.example.com/1' }],
    };
    assert.equal(
      (await session.call('POST', '/v2/change/enqueue', { token: null, body: event })).status,
      202,
    );
    await session.advance(400);
    assert.equal(
      (await session.get(`/services/${giftCards.id}/change_events`)).body.change_events[0].summary,
      'Deploy 1.0.1',
    );
  }),
);

test(
  'a lost answer has written, a dropped request has not',
  withSession(async (session) => {
    const { sim, openIncidents } = session;
    const { loyalty, giftCards } = sim.services;
    await sim.control({
      op: 'fault',
      method: 'POST',
      path: '/incidents',
      kind: 'lost-answer',
      times: 1,
    });
    await assert.rejects(create(session, loyalty.id));
    assert.equal((await openIncidents(loyalty.id)).length, 1);
    await sim.control({ op: 'fault', method: 'POST', path: '/incidents', kind: 'drop', times: 1 });
    await assert.rejects(create(session, giftCards.id));
    assert.deepEqual(await openIncidents(giftCards.id), []);
    assert.deepEqual(
      sim.requests.filter((item) => item.method === 'POST').map((item) => item.status),
      [0, 0],
    );
  }),
);
