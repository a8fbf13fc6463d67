// @ts-check
// Figures: analytics by service, and standards.
import { badRequest, notFound, notInPlan } from '../http/errors.mjs';
import { ok } from '../http/router.mjs';
import { kDay, kSecond } from '../model/time-zone.mjs';

/** @typedef {import('../http/router.mjs').RestContext} RestContext */
/** @typedef {import('../model/types.mjs').Incident} Incident */
/** @typedef {import('../model/types.mjs').Service} Service */

const kLongestRange = 366 * kDay;

/** @param {RestContext} context */
function analyticsByService({ world, body, now }) {
  if (!world.plan.analytics)
    throw notInPlan('Required abilities are unavailable: advanced_reports');
  const filters = body.filters ?? {};
  const since =
    filters.created_at_start === undefined ? now - 31 * kDay : Date.parse(filters.created_at_start);
  const until = filters.created_at_end === undefined ? now : Date.parse(filters.created_at_end);
  if (Number.isNaN(since) || Number.isNaN(until))
    throw badRequest('created_at_start and created_at_end must be dates');
  if (until <= since || until - since > kLongestRange)
    throw badRequest('The range must be longer than nothing and at most a year');
  const chosen = [...world.services.values()].filter(
    (service) => !Array.isArray(filters.service_ids) || filters.service_ids.includes(service.id),
  );
  const data = chosen.flatMap((service) => {
    const incidents = [...world.incidents.values()]
      .filter(
        (item) => item.service === service.id && item.createdAt >= since && item.createdAt < until,
      )
      .filter((item) => filters.urgency === undefined || item.urgency === filters.urgency);
    if (body.aggregate_unit !== 'day')
      return incidents.length ? [metricsOf(world, service, incidents, until - since)] : [];
    const days = [...new Set(incidents.map((item) => Math.floor(item.createdAt / kDay)))].sort(
      (a, b) => a - b,
    );
    return days.map((day) => ({
      ...metricsOf(
        world,
        service,
        incidents.filter((item) => Math.floor(item.createdAt / kDay) === day),
        kDay,
      ),
      range_start: new Date(day * kDay).toISOString().slice(0, 19),
    }));
  });
  return ok({
    data,
    filters,
    time_zone: body.time_zone ?? 'Etc/UTC',
    order: body.order ?? 'asc',
    order_by: body.order_by ?? 'service_id',
    aggregate_unit: body.aggregate_unit ?? null,
  });
}

/** @param {number[]} values */
const mean = (values) =>
  values.length ? Math.round(values.reduce((sum, value) => sum + value, 0) / values.length) : null;
/** @param {Incident} incident */
function secondsToAck(incident) {
  const entry = incident.log.find((item) => item.type === 'acknowledge_log_entry');
  return entry ? [(entry.at - incident.createdAt) / kSecond] : [];
}
/** @param {Incident} incident */
const secondsToResolve = (incident) =>
  incident.resolvedAt === null ? [] : [(incident.resolvedAt - incident.createdAt) / kSecond];

/**
 * @param {import('../model/world.mjs').World} world @param {Service} service
 * @param {Incident[]} incidents @param {number} rangeMs
 */
function metricsOf(world, service, incidents, rangeMs) {
  const logs = incidents.flatMap((item) => item.log);
  const count = (/** @type {string} */ type) => logs.filter((entry) => entry.type === type).length;
  const urgent = incidents.filter((item) => item.urgency === 'high');
  const acks = incidents.flatMap(secondsToAck);
  const downMs = urgent
    .flatMap(secondsToResolve)
    .reduce((sum, seconds) => sum + seconds * kSecond, 0);
  const team = service.teams[0];
  const byNight = (/** @type {import('../model/types.mjs').LogEntry} */ entry) =>
    new Date(entry.at).getUTCHours() < 6;
  const notifications = logs.filter((entry) => entry.type === 'notify_log_entry');
  return {
    service_id: service.id,
    service_name: service.name,
    team_id: team ?? null,
    team_name: team ? (world.teams.get(team)?.name ?? null) : null,
    total_incident_count: incidents.length,
    total_high_urgency_incidents: urgent.length,
    total_incidents_acknowledged: acks.length,
    total_escalation_count: count('escalate_log_entry'),
    total_notifications: notifications.length,
    total_interruptions: notifications.length,
    total_sleep_hour_interruptions: notifications.filter(byNight).length,
    total_incidents_auto_resolved: 0,
    total_incidents_reassigned: 0,
    total_snoozed_seconds: 0,
    mean_seconds_to_first_ack: mean(acks),
    mean_seconds_to_resolve: mean(incidents.flatMap(secondsToResolve)),
    mean_seconds_to_engage: mean(acks),
    mean_assignment_count: 1,
    up_time_pct: Math.max(0, Math.round((1 - downMs / rangeMs) * 1e6) / 1e4),
  };
}

/**
 * @type {{id: string, name: string, description: string, type: string,
 *   pass: (world: import('../model/world.mjs').World, service: Service) => boolean}[]}
 */
const kStandards = [
  {
    id: '01SIMSTANDARD000000000001',
    name: 'Service has a description',
    type: 'has_technical_service_description',
    description: 'Responders can read what the service is for.',
    pass: (_, service) => Boolean(service.description),
  },
  {
    id: '01SIMSTANDARD000000000002',
    name: 'Escalation policy has two levels or more',
    type: 'minimum_escalation_policy_rule_depth',
    description: 'Someone is asked when the first level does not answer.',
    pass: (world, service) => (world.policies.get(service.policy)?.rules.length ?? 0) >= 2,
  },
  {
    id: '01SIMSTANDARD000000000003',
    name: 'Someone is on call at level 1',
    type: 'minimum_escalation_policy_on_call',
    description: 'An incident reaches a person at once.',
    pass: (world, service) => world.usersAtLevel(service.policy, 1, world.now()).length > 0,
  },
  {
    id: '01SIMSTANDARD000000000004',
    name: 'Service belongs to a team',
    type: 'has_team',
    description: 'Everybody can see who owns it.',
    pass: (_, service) => service.teams.length > 0,
  },
];

/** @param {RestContext} context */
function checkStandards({ world, params }) {
  if (!world.plan.standards) throw notInPlan('Required abilities are unavailable: standards');
  if (params.type !== undefined && params.type !== 'technical_services') throw notFound();
}

/** @param {import('../model/world.mjs').World} world @param {Service} service */
function scoreOf(world, service) {
  const standards = kStandards.map(({ pass, ...standard }) => ({
    active: true,
    ...standard,
    pass: pass(world, service),
  }));
  return {
    resource_id: service.id,
    resource_type: 'technical_service',
    score: { passing: standards.filter((item) => item.pass).length, total: standards.length },
    standards,
  };
}

/** @param {RestContext} context */
function getScore(context) {
  checkStandards(context);
  const service = context.world.services.get(context.params.id ?? '');
  if (!service) throw notFound();
  return ok(scoreOf(context.world, service));
}

/** @param {RestContext} context */
function listScores(context) {
  checkStandards(context);
  const ids = context.query.text('ids')?.split(',') ?? [];
  if (ids.length === 0) throw badRequest('ids is required');
  return ok({
    resources: ids
      .flatMap((id) => context.world.services.get(id) ?? [])
      .map((service) => scoreOf(context.world, service)),
  });
}

/** @param {RestContext} context */
function listStandards(context) {
  checkStandards(context);
  return ok({
    standards: kStandards.map(({ pass: _pass, ...standard }) => ({
      ...standard,
      active: true,
      resource_type: 'technical_service',
      inclusions: [],
      exclusions: [],
    })),
  });
}

/** @type {import('../http/router.mjs').RestRoute[]} */
export const kInsightRoutes = [
  // The specification names a write scope for this reading POST, the vendor's own software asks for
  // the read scope.
  {
    method: 'POST',
    path: '/analytics/metrics/incidents/services',
    scopes: ['analytics.read', 'analytics.write'],
    handle: analyticsByService,
  },
  { method: 'GET', path: '/standards', scopes: ['standards.read'], handle: listStandards },
  {
    method: 'GET',
    path: '/standards/scores/:type',
    scopes: ['standards.read'],
    handle: listScores,
  },
  {
    method: 'GET',
    path: '/standards/scores/:type/:id',
    scopes: ['standards.read'],
    handle: getScore,
  },
];
