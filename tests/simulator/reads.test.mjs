// @ts-check
// What the made-up company looks like through the API.
import assert from 'node:assert/strict';
import { test } from 'node:test';
import { kNow, withSession } from './session.mjs';

const ids = (/** @type {{id: string}[]} */ items) => items.map((item) => item.id);

test(
  'services stand as their open incidents, windows and switches say',
  withSession(async ({ serviceStatus, sim }) => {
    const expected = {
      checkout: 'critical',
      search: 'warning',
      loyalty: 'active',
      ledger: 'warning',
      mail: 'maintenance',
      legacy: 'disabled',
      telemetry: 'critical',
      identity: 'active',
      mobile: 'critical',
      giftCards: 'active',
      warehouse: 'critical',
    };
    for (const [handle, status] of Object.entries(expected)) {
      assert.equal(
        await serviceStatus(sim.services[/** @type {keyof typeof expected} */ (handle)].id),
        status,
        handle,
      );
    }
  }),
);

test(
  'a service is found by its integration key, and the key is in the integrations when they are included',
  withSession(async ({ get, sim }) => {
    const { id, integrationKey } = sim.services.search;
    const found = (
      await get(
        `/services?query=${integrationKey}&include[]=integrations&include[]=escalation_policies&include[]=teams`,
      )
    ).body;
    assert.deepEqual(ids(found.services), [id]);
    assert.equal(found.services[0].integrations[0].integration_key, integrationKey);
    assert.equal(found.services[0].escalation_policy.escalation_rules.length, 3);
    const plain = (await get(`/services/${id}`)).body.service;
    assert.equal(plain.integrations[0].integration_key, undefined);
    assert.equal(plain.integrations[0].type, 'events_api_v2_inbound_integration_reference');
    assert.equal(plain.escalation_policy.type, 'escalation_policy_reference');
    assert.deepEqual((await get(`/services?query=${'0'.repeat(32)}`)).body.services, []);
  }),
);

test(
  'incidents come oldest first, 25 of the last month, unless asked otherwise',
  withSession(async ({ get }) => {
    const { body } = await get('/incidents');
    assert.equal(body.incidents.length, 25);
    assert.deepEqual([body.limit, body.offset, body.more, body.total], [25, 0, true, null]);
    const times = body.incidents.map((/** @type {any} */ item) => Date.parse(item.created_at));
    assert.deepEqual(
      times,
      times.toSorted((/** @type {number} */ a, /** @type {number} */ b) => a - b),
    );
    assert.ok(times[0] >= kNow - 31 * 86_400_000);
    const all = (await get('/incidents?date_range=all&total=true&limit=1')).body;
    const month = (await get('/incidents?total=true&limit=1')).body;
    assert.ok(all.total > month.total, 'there are incidents before the default window');
  }),
);

test(
  'every open incident is reached by paging, once',
  withSession(async ({ get, sim }) => {
    const path = `/incidents?service_ids[]=${sim.services.telemetry.id}&statuses[]=triggered&statuses[]=acknowledged&date_range=all&sort_by=created_at:desc&limit=100`;
    const first = (await get(path)).body;
    const second = (await get(`${path}&offset=100`)).body;
    assert.deepEqual(
      [first.incidents.length, first.more, second.incidents.length, second.more],
      [100, true, 30, false],
    );
    assert.equal(new Set([...ids(first.incidents), ...ids(second.incidents)]).size, 130);
    assert.ok(first.incidents[0].created_at > second.incidents[0].created_at);
  }),
);

test(
  'lists refuse what the API refuses',
  withSession(async ({ get }) => {
    const paths = [
      '/incidents?offset=9950&limit=100',
      '/incidents?limit=0',
      '/incidents?offset=-1',
      '/incidents?statuses[]=open',
      '/incidents?sort_by=title',
      '/incidents?since=yesterday',
      '/incidents?since=2025-01-01',
      '/oncalls?since=2026-01-01&until=2026-12-01',
      '/oncalls?time_zone=Mars/Olympus',
      '/maintenance_windows?filter=now',
    ];
    for (const path of paths) assert.equal((await get(path)).status, 400, path);
    assert.equal(
      (await get('/incidents?limit=500&date_range=all')).body.limit,
      100,
      'a limit above the largest counts as the largest',
    );
  }),
);

test(
  'included objects are whole and the others are references',
  withSession(async ({ get, sim }) => {
    const path = `/incidents?service_ids[]=${sim.services.checkout.id}&statuses[]=acknowledged&date_range=all`;
    const plain = (await get(path)).body.incidents[0];
    const full = (
      await get(
        `${path}&include[]=assignees&include[]=acknowledgers&include[]=services&include[]=escalation_policies&include[]=teams&include[]=first_trigger_log_entries&include[]=agents`,
      )
    ).body.incidents[0];
    for (const [name, read] of /** @type {[string, (incident: any) => any][]} */ ([
      ['assignee', (item) => item.assignments[0].assignee],
      ['acknowledger', (item) => item.acknowledgements[0].acknowledger],
      ['service', (item) => item.service],
      ['policy', (item) => item.escalation_policy],
      ['team', (item) => item.teams[0]],
      ['log entry', (item) => item.first_trigger_log_entry],
      ['agent', (item) => item.last_status_change_by],
    ])) {
      assert.match(read(plain).type, /_reference$/, name);
      assert.equal(`${read(full).type}_reference`, read(plain).type, name);
      assert.equal(read(full).id, read(plain).id, name);
    }
  }),
);

test(
  'the checkout is covered at three levels, and direct targets have no end',
  withSession(async ({ get, sim }) => {
    const policy = (await get(`/services/${sim.services.checkout.id}`)).body.service
      .escalation_policy.id;
    const { oncalls } = (await get(`/oncalls?escalation_policy_ids[]=${policy}&include[]=users`))
      .body;
    assert.deepEqual(
      oncalls.map((/** @type {any} */ item) => item.escalation_level),
      [1, 2, 3, 3],
    );
    assert.ok(
      oncalls.every(
        (/** @type {any} */ item) =>
          item.user.type === 'user' && item.user.email.endsWith('@example.com'),
      ),
    );
    assert.deepEqual(
      oncalls.slice(2).map((/** @type {any} */ item) => [item.schedule, item.start, item.end]),
      [
        [null, null, null],
        [null, null, null],
      ],
    );
    assert.ok(Date.parse(oncalls[0].start) <= kNow && kNow < Date.parse(oncalls[0].end));
  }),
);

test(
  'level 2 of the ledger has a gap that ends, and nobody is on call for the mobile app',
  withSession(async ({ get, sim }) => {
    const levels = async (/** @type {string} */ service, range = '') => {
      const policy = (await get(`/services/${service}`)).body.service.escalation_policy.id;
      return (
        await get(`/oncalls?escalation_policy_ids[]=${policy}&limit=100${range}`)
      ).body.oncalls.map((/** @type {any} */ item) => item.escalation_level);
    };
    assert.deepEqual(await levels(sim.services.ledger.id), [1, 3]);
    assert.ok(
      (
        await levels(
          sim.services.ledger.id,
          '&since=2026-03-02T09:00:00Z&until=2026-03-12T09:00:00Z',
        )
      ).includes(2),
    );
    assert.deepEqual(await levels(sim.services.mobile.id), []);
  }),
);

test(
  'earliest keeps the first shift of each user at each level',
  withSession(async ({ get }) => {
    const path =
      '/oncalls?schedule_ids[]=PSPLATF&since=2026-03-02T00:00:00Z&until=2026-03-12T00:00:00Z&limit=100';
    const [all, first] = [
      (await get(path)).body.oncalls,
      (await get(`${path}&earliest=true`)).body.oncalls,
    ];
    assert.ok(all.length > first.length);
    assert.equal(new Set(first.map((/** @type {any} */ item) => item.user.id)).size, first.length);
  }),
);

test(
  'weekly hand-overs stay at nine in Berlin when the clocks change',
  withSession(async ({ get }) => {
    const { schedule } = (
      await get(
        '/schedules/PSCHKT2?since=2026-03-20T00:00:00Z&until=2026-04-08T00:00:00Z&overflow=true',
      )
    ).body;
    const starts = schedule.final_schedule.rendered_schedule_entries.map(
      (/** @type {any} */ item) => item.start,
    );
    assert.deepEqual(starts, [
      '2026-03-16T09:00:00+01:00',
      '2026-03-23T09:00:00+01:00',
      '2026-03-30T09:00:00+02:00',
      '2026-04-06T09:00:00+02:00',
    ]);
  }),
);

test(
  'follow-the-sun covers the day without a gap, and a schedule shows no more than was asked',
  withSession(async ({ get }) => {
    const { schedule } = (
      await get('/schedules/PSFOLLO?since=2026-03-03T00:00:00Z&until=2026-03-04T00:00:00Z')
    ).body;
    assert.equal(schedule.final_schedule.rendered_coverage_percentage, 100);
    assert.deepEqual(
      schedule.final_schedule.rendered_schedule_entries.map((/** @type {any} */ item) =>
        item.start.slice(11, 16),
      ),
      ['00:00', '08:00', '16:00'],
    );
    assert.equal(schedule.schedule_layers.length, 3);
    const bare = (await get('/schedules/PSFOLLO')).body.schedule;
    assert.deepEqual(bare.final_schedule.rendered_schedule_entries, []);
  }),
);

test(
  'an override cuts into a rotation and ends',
  withSession(async ({ write, get }) => {
    const overrides = [
      {
        start: '2026-03-03T10:00:00Z',
        end: '2026-03-03T12:00:00Z',
        user: { id: 'PUGRETA', type: 'user_reference' },
      },
      {
        start: '2026-03-03T12:00:00Z',
        end: '2026-03-03T11:00:00Z',
        user: { id: 'PUGRETA', type: 'user_reference' },
      },
    ];
    const { status, body } = await write('POST', '/schedules/PSCHKT2/overrides', { overrides });
    assert.equal(status, 201);
    assert.deepEqual(
      body.map((/** @type {any} */ item) => item.status),
      [201, 400],
    );
    const { schedule } = (
      await get(
        '/schedules/PSCHKT2?since=2026-03-03T09:00:00Z&until=2026-03-03T13:00:00Z&time_zone=UTC',
      )
    ).body;
    assert.deepEqual(
      schedule.final_schedule.rendered_schedule_entries.map((/** @type {any} */ item) => [
        item.start.slice(11, 16),
        item.user.id === 'PUGRETA',
      ]),
      [
        ['09:00', false],
        ['10:00', true],
        ['12:00', false],
      ],
    );
  }),
);

test(
  'escalation policies come by name, some or all of them',
  withSession(async ({ get }) => {
    /** @param {string} query */
    const names = async (query) =>
      (await get(`/escalation_policies?limit=100${query}`)).body.escalation_policies.map(
        (/** @type {any} */ item) => item.name,
      );
    const all = await names('&sort_by=name');
    assert.ok(all.length > 3);
    assert.deepEqual(
      all,
      all.toSorted((/** @type {string} */ a, /** @type {string} */ b) => a.localeCompare(b, 'en')),
    );
    assert.deepEqual(await names('&sort_by=name:desc'), all.toReversed());
    assert.deepEqual(await names(`&query=${encodeURIComponent(all[1].toUpperCase())}`), [all[1]]);
  }),
);

test(
  'changes come newest first, with links',
  withSession(async ({ get, sim }) => {
    const { change_events: events } = (
      await get(`/services/${sim.services.checkout.id}/change_events?limit=5`)
    ).body;
    assert.equal(events.length, 5);
    assert.ok(events[0].timestamp > events[1].timestamp);
    assert.match(events[0].links[0].href, /^https:/);
  }),
);

test(
  'figures follow from the incidents, and a plan without them answers 402',
  withSession(async ({ call, write, get, sim }) => {
    const ask = {
      filters: {
        service_ids: [sim.services.checkout.id, sim.services.giftCards.id],
        created_at_start: '2026-01-02T00:00:00Z',
        created_at_end: '2026-03-02T09:00:00Z',
      },
    };
    const { data } = (await write('POST', '/analytics/metrics/incidents/services', ask)).body;
    assert.deepEqual(
      data.map((/** @type {any} */ row) => row.service_id),
      [sim.services.checkout.id],
      'a service without incidents has no row',
    );
    assert.ok(
      data[0].mean_seconds_to_first_ack > 0 &&
        data[0].mean_seconds_to_resolve > data[0].mean_seconds_to_first_ack,
    );
    assert.ok(data[0].up_time_pct > 90 && data[0].up_time_pct < 100);
    const days = (
      await write('POST', '/analytics/metrics/incidents/services', { ...ask, aggregate_unit: 'day' })
    ).body.data;
    assert.ok(days.length > 1 && days.every((/** @type {any} */ row) => /T00:00:00$/.test(row.range_start)));
    assert.equal(
      days.reduce((/** @type {number} */ sum, /** @type {any} */ row) => sum + row.total_incident_count, 0),
      data[0].total_incident_count,
    );
    await sim.control({
      op: 'data',
      kind: 'plan',
      value: { analytics: false, standards: false, priorities: false },
    });
    for (const answer of [
      await call('POST', '/analytics/metrics/incidents/services', { body: ask }),
      await get('/standards'),
      await get('/priorities'),
    ])
      assert.equal(answer.status, 402);
  }),
);

test(
  'standards say what a service lacks',
  withSession(async ({ get, sim }) => {
    const { score, standards } = (
      await get(`/standards/scores/technical_services/${sim.services.mobile.id}`)
    ).body;
    assert.deepEqual(score, { passing: 0, total: standards.length });
    const many = (
      await get(
        `/standards/scores/technical_services?ids=${sim.services.mobile.id},${sim.services.checkout.id}`,
      )
    ).body.resources;
    assert.equal(many[1].score.passing, many[1].score.total);
  }),
);

test('the same start and seed give the same company, another seed another history', async () => {
  const listOf = async (/** @type {number} */ seed) => {
    /** @type {unknown} */
    let incidents;
    await withSession(
      async ({ get }) => {
        incidents = (await get('/incidents?date_range=all&limit=100')).body;
      },
      { seed },
    )();
    return incidents;
  };
  assert.deepEqual(await listOf(7), await listOf(7));
  assert.notDeepEqual(await listOf(7), await listOf(8));
});
