// @ts-check
// Every answer of the simulator fits the vendor's specification, except where the real API does not
// either.
import assert from 'node:assert/strict';
import { after, before, describe as suite, test } from 'node:test';
import { kFrom, startSession } from '../simulator/session.mjs';
import { kRoutes } from '../simulator/engine.mjs';
import { describe } from './schema-check.mjs';
import { kSkip, operationOf, readOperations } from './vendor.mjs';

const kService = { id: 'PLOYALT', type: 'service_reference' };
const kUser = { id: 'PUMIRAV', type: 'user_reference' };
const kRange = 'since=2026-03-01T00:00:00Z&until=2026-03-15T00:00:00Z';
const kIncludes = (/** @type {string[]} */ ...names) =>
  names.map((name) => `include[]=${name}`).join('&');
const kAllOfIncident = kIncludes(
  'acknowledgers',
  'agents',
  'assignees',
  'conference_bridge',
  'escalation_policies',
  'first_trigger_log_entries',
  'priorities',
  'services',
  'teams',
  'users',
);

/**
 * `INCIDENT` stands for one with alerts and notes, `INTEGRATION` for one of the checkout's.
 * @type {{method: string, path: string, body?: object, status?: number, user?: boolean}[]}
 */
const kExamples = [
  { method: 'GET', path: '/services?limit=100' },
  { method: 'GET', path: `/services?limit=100&total=true&${kIncludes('escalation_policies', 'teams', 'integrations')}` },
  { method: 'GET', path: `/services/PCHKOUT?${kIncludes('escalation_policies', 'teams', 'integrations')}` },
  { method: 'GET', path: '/services/PCHKOUT/integrations/INTEGRATION' },
  { method: 'GET', path: '/services/PCHKOUT/change_events' },
  { method: 'GET', path: '/change_events?limit=100' },
  { method: 'GET', path: '/service_dependencies/technical_services/PCHKOUT' },
  { method: 'GET', path: `/maintenance_windows?filter=all&${kIncludes('services', 'teams', 'users')}` },
  { method: 'POST', path: '/maintenance_windows', status: 201, body: { maintenance_window: { type: 'maintenance_window', start_time: '2026-03-02T10:00:00Z', end_time: '2026-03-02T11:00:00Z', description: 'Upgrade', services: [kService] } } },
  { method: 'GET', path: '/incidents?date_range=all&limit=100' },
  { method: 'GET', path: `/incidents?date_range=all&limit=100&total=true&sort_by=created_at:desc&${kAllOfIncident}` },
  { method: 'GET', path: '/incidents?service_ids[]=PGIFTCD' },
  { method: 'GET', path: '/incidents/INCIDENT' },
  { method: 'GET', path: `/incidents/INCIDENT?${kAllOfIncident}` },
  { method: 'POST', path: '/incidents', status: 201, body: { incident: { type: 'incident', title: 'Points are late', service: kService, urgency: 'high', priority: { id: 'PPRIO03', type: 'priority_reference' }, incident_key: 'pdc-1' } } },
  { method: 'PUT', path: '/incidents', body: { incidents: [{ id: 'INCIDENT', type: 'incident_reference', status: 'acknowledged' }] } },
  { method: 'PUT', path: '/incidents/INCIDENT', body: { incident: { type: 'incident_reference', escalation_level: 2 } } },
  { method: 'POST', path: '/incidents/INCIDENT/notes', body: { note: { content: 'Rolled back.' } } },
  { method: 'GET', path: '/incidents/INCIDENT/notes' },
  { method: 'GET', path: '/incidents/INCIDENT/alerts' },
  { method: 'GET', path: `/incidents/INCIDENT/alerts?${kIncludes('services', 'incidents')}` },
  { method: 'POST', path: '/incidents/INCIDENT/snooze', status: 201, body: { duration: 3600 } },
  { method: 'POST', path: '/incidents/INCIDENT/status_updates', body: { message: 'We are on it', subject: 'Orders fail' } },
  { method: 'POST', path: '/incidents/INCIDENT/responder_requests', body: { requester_id: kUser.id, message: 'Please help', responder_request_targets: [{ responder_request_target: { id: 'PUDEVON', type: 'user_reference' } }, { responder_request_target: { id: 'PEPSRCH', type: 'escalation_policy_reference' } }] } },
  { method: 'GET', path: '/incidents/INCIDENT' },
  { method: 'GET', path: '/incidents/INCIDENT/log_entries?limit=100' },
  { method: 'GET', path: `/incidents/INCIDENT/log_entries?is_overview=true&${kIncludes('incidents', 'services', 'teams')}` },
  { method: 'GET', path: '/log_entries?limit=100' },
  { method: 'GET', path: '/incidents/INCIDENT/related_change_events' },
  { method: 'GET', path: `/oncalls?${kRange}&limit=100` },
  { method: 'GET', path: `/oncalls?limit=100&earliest=true&${kIncludes('users', 'escalation_policies', 'schedules')}` },
  { method: 'GET', path: '/schedules?limit=100' },
  { method: 'GET', path: '/schedules/PSFOLLO' },
  { method: 'GET', path: `/schedules/PSCHKT1?${kRange}` },
  { method: 'GET', path: `/schedules/PSCHKT1/users?${kRange}` },
  { method: 'POST', path: '/schedules/PSCHKT1/overrides', status: 201, body: { overrides: [{ start: '2026-03-05T00:00:00Z', end: '2026-03-05T08:00:00Z', user: kUser }, { start: '2026-03-05T09:00:00Z', end: '2026-03-05T08:00:00Z', user: kUser }] } },
  { method: 'GET', path: `/schedules/PSCHKT1/overrides?${kRange}` },
  { method: 'GET', path: '/escalation_policies?sort_by=name&limit=100' },
  { method: 'GET', path: `/escalation_policies/PEPCHKT?${kIncludes('services', 'teams', 'targets')}` },
  { method: 'GET', path: `/users?limit=100&${kIncludes('contact_methods', 'teams')}` },
  { method: 'GET', path: '/users/PUHANAE' },
  { method: 'GET', path: '/users/me', user: true },
  { method: 'GET', path: '/priorities' },
  { method: 'GET', path: '/abilities' },
  { method: 'POST', path: '/analytics/metrics/incidents/services', body: { filters: { service_ids: ['PCHKOUT', 'PIDENTY'], created_at_start: '2026-01-02T00:00:00Z', created_at_end: '2026-03-02T00:00:00Z' } } },
  { method: 'GET', path: '/standards' },
  { method: 'GET', path: '/standards/scores/technical_services?ids=PCHKOUT,PMOBAPP' },
  { method: 'GET', path: '/standards/scores/technical_services/PCHKOUT' },
  { method: 'POST', path: '/v2/enqueue', status: 202, body: { routing_key: 'KEY', event_action: 'trigger', dedup_key: 'pdc-2', payload: { summary: 'Points are late', source: 'portal', severity: 'error' } } },
  { method: 'POST', path: '/v2/change/enqueue', status: 202, body: { routing_key: 'KEY', payload: { summary: 'Deploy', source: 'ci' }, links: [{ href: 'https://ci.example.com/1' }] } },
  // Errors.
  { method: 'GET', path: '/services/PNOBODY', status: 404 },
  { method: 'GET', path: '/incidents?statuses[]=open', status: 400 },
  { method: 'PUT', path: '/incidents', status: 400, body: { incidents: [] } },
  { method: 'POST', path: '/v2/enqueue', status: 400, body: { routing_key: 'short', event_action: 'trigger' } },
];

/** The vendor's files say nothing about these. */
const kUndescribed = ['DELETE /maintenance_windows/:id', 'GET /teams', 'GET /teams/:id'];

suite('the simulator keeps the contract', { skip: kSkip }, () => {
  /** @type {Awaited<ReturnType<typeof startSession>>} */
  let session;
  /** @type {import('./vendor.mjs').Operation[]} */
  let operations;
  /** @type {Record<string, string>} */
  const names = {};

  before(async () => {
    operations = readOperations();
    session = await startSession();
    const [incident] = (
      await session.get(
        '/incidents?service_ids[]=PCHKOUT&statuses[]=acknowledged&date_range=all&urgencies[]=high',
      )
    ).body.incidents;
    const integration = (await session.get('/services/PCHKOUT')).body.service.integrations[0].id;
    Object.assign(names, {
      INCIDENT: incident.id,
      INTEGRATION: integration,
      KEY: session.sim.services.loyalty.integrationKey,
    });
  });
  after(() => session.end());

  const filled = (/** @type {string} */ text) =>
    text.replace(/INCIDENT|INTEGRATION|KEY/g, (name) => names[name] ?? name);

  for (const { method, path, body, status = 200, user } of kExamples) {
    test(`${method} ${path}${status >= 400 ? ` refused with ${status}` : ''}`, async () => {
      const token = user ? session.sim.tokens.user : session.sim.tokens.readWrite;
      const answer = await session.call(method, filled(path), {
        token,
        from: kFrom,
        ...(body ? { body: filled(JSON.stringify(body)) } : {}),
      });
      assert.equal(answer.status, status, JSON.stringify(answer.body));
      const operation = operationOf(operations, method, filled(path).split('?')[0] ?? '');
      assert.ok(operation, 'the specification has this operation');
      const check = operation.check();
      const schema = describedAnswer(operation, status);
      assert.ok(schema, `the specification describes ${status}`);
      assert.deepEqual(check.problems(schema, answer.body).map(describe), []);
    });
  }

  test('every route that the specification knows has an example here', () => {
    const without = kRoutes.filter((route) => {
      const pattern = new RegExp(`^${route.path.replace(/:\w+/g, '[^/]+')}$`);
      return !kExamples.some(
        (example) =>
          example.method === route.method && pattern.test(example.path.split('?')[0] ?? ''),
      );
    });
    assert.deepEqual(
      without.map((route) => `${route.method} ${route.path}`),
      kUndescribed,
    );
  });
});

/**
 * The schema of an answer. Two places of the specification are read with care: the overrides of a
 * schedule are described as 201, and the refusals of Events v2 by a reference that leads nowhere,
 * so its 5XX stands for them.
 * @param {import('./vendor.mjs').Operation} operation @param {number} status
 * @returns {import('./schema-check.mjs').Schema | undefined}
 */
function describedAnswer(operation, status) {
  const { responses } = operation.operation;
  for (const name of [String(status), status === 200 ? '201' : '5XX']) {
    const schema = operation.check().resolve(responses[name])?.content?.[
      'application/json'
    ]?.schema;
    if (schema) return schema;
  }
  return undefined;
}
