// @ts-check
// Incidents: read, create, change.
import { ApiError, badRequest, errorBody, notFound } from '../http/errors.mjs';
import { pageOf } from '../http/query.mjs';
import { created, ok } from '../http/router.mjs';
import * as rules from '../model/incident-rules.mjs';
import { kDay } from '../model/time-zone.mjs';
import * as present from '../present/index.mjs';

/** @typedef {import('../http/router.mjs').RestContext} RestContext */
/** @typedef {import('../model/types.mjs').Incident} Incident */

const kStatuses = ['triggered', 'acknowledged', 'resolved'];
const kUrgencies = ['high', 'low'];
/** Without `since`, `until` and `date_range`, only this long is looked at. */
const kDefaultWindow = 31 * kDay;
const kLongestWindow = 183 * kDay;
const kMostUpdates = 250;

/** @param {RestContext} context */
export function incidentOf({ world, params }) {
  const incident = world.incidents.get(params.id ?? '');
  if (!incident) throw notFound();
  return incident;
}

// ---- Reading ----

/** @param {RestContext} context */
function listIncidents({ world, query, now }) {
  const filters = {
    services: query.list('service_ids'),
    teams: query.list('team_ids'),
    users: query.list('user_ids'),
  };
  const [statuses, urgencies, key] = [
    query.choices('statuses', kStatuses),
    query.choices('urgencies', kUrgencies),
    query.text('incident_key'),
  ];
  const { since, until } = windowOf(query, now);
  const incidents = [...world.incidents.values()]
    .filter((item) => item.createdAt >= since && item.createdAt < until)
    .filter((item) => !filters.services || filters.services.includes(item.service))
    .filter(
      (item) =>
        !filters.teams ||
        world.services.get(item.service)?.teams.some((id) => filters.teams?.includes(id)),
    )
    .filter(
      (item) =>
        !filters.users || item.assignments.some((entry) => filters.users?.includes(entry.user)),
    )
    .filter((item) => !statuses || statuses.includes(item.status))
    .filter((item) => !urgencies || urgencies.includes(item.urgency))
    .filter((item) => key === undefined || item.key === key)
    .sort(order(query.text('sort_by')));
  return ok(
    pageOf('incidents', incidents, query, (item) =>
      present.incident(world, item, query.includes()),
    ),
  );
}

/** @param {import('../http/query.mjs').Query} query @param {number} now */
function windowOf(query, now) {
  const range = query.text('date_range');
  if (range !== undefined && range !== 'all') throw badRequest('date_range must be all');
  if (range === 'all') return { since: -Infinity, until: Infinity };
  const until = query.time('until') ?? Infinity;
  const since = query.time('since') ?? (until === Infinity ? now : until) - kDefaultWindow;
  if (Math.min(until, now) - since > kLongestWindow)
    throw badRequest('The time range must be shorter than 6 months');
  return { since, until };
}

/**
 * Up to two fields; the oldest first when none is given.
 * @param {string} [text] @returns {(a: Incident, b: Incident) => number}
 */
function order(text = 'created_at:asc') {
  /** @type {Record<string, (incident: Incident) => number>} */
  const fields = {
    incident_number: (item) => item.number,
    created_at: (item) => item.createdAt,
    resolved_at: (item) => item.resolvedAt ?? Infinity,
    urgency: (item) => (item.urgency === 'high' ? 1 : 0),
  };
  const keys = text.split(',').map((part) => {
    const [name = '', direction = 'asc'] = part.split(':');
    const value = fields[name];
    if (!value || !['asc', 'desc'].includes(direction))
      throw badRequest(`sort_by is not known: ${part}`);
    return { value, sign: direction === 'desc' ? -1 : 1 };
  });
  if (keys.length > 2) throw badRequest('sort_by takes at most two fields');
  return (a, b) => {
    for (const { value, sign } of keys) {
      const [left, right] = [value(a), value(b)];
      if (left !== right) return left < right ? -sign : sign;
    }
    return a.number - b.number;
  };
}

// ---- Creating ----

/** @param {RestContext} context */
function createIncident({ world, body, actor, now }) {
  const given = body.incident ?? {};
  const service = world.services.get(given.service?.id);
  const title = typeof given.title === 'string' ? given.title.trim() : '';
  const key =
    typeof given.incident_key === 'string' && given.incident_key !== ''
      ? given.incident_key
      : undefined;
  const errors = [
    ...(given.type === 'incident' || given.type === 'incident_reference'
      ? []
      : ['Type must be incident']),
    ...(title ? [] : ['Title cannot be empty']),
    ...(service ? [] : ['Service cannot be empty']),
    ...(given.urgency === undefined || kUrgencies.includes(given.urgency)
      ? []
      : ['Urgency must be high or low']),
    ...(given.priority && !priorityOf(world, given.priority) ? ['Priority Not Found'] : []),
    ...(given.assignments && given.escalation_policy
      ? ['Assignments and escalation policy cannot both be given']
      : []),
  ];
  if (errors.length || !service) throw badRequest(...errors);
  if (service.disabled) throw badRequest('Service is disabled');
  if (key !== undefined && world.openIncidents(service.id).some((item) => item.key === key)) {
    throw new ApiError(
      400,
      errorBody(400, ['Open incident with matching dedup key already exists on this service'], {
        message: 'Arguments Caused Error',
        code: 2002,
      }),
    );
  }
  const incident = rules.openIncident(world, {
    title,
    service: service.id,
    at: now,
    by: actor,
    channel: { type: 'api' },
    key,
    urgency: given.urgency,
    details: detailsOf(given.body),
    priority: given.priority ? priorityOf(world, given.priority) : null,
    policy: world.policies.has(given.escalation_policy?.id)
      ? given.escalation_policy.id
      : undefined,
    assignees: assigneesOf(world, given.assignments),
    bridge: given.conference_bridge,
  });
  return created({ incident: present.incident(world, incident, new Set(['body'])) });
}

/** @param {any} body */
function detailsOf(body) {
  if (body?.details === undefined || body.details === null) return null;
  return typeof body.details === 'string' ? body.details : JSON.stringify(body.details);
}

/** By id, or by name. @param {import('../model/world.mjs').World} world @param {any} given */
function priorityOf(world, given) {
  if (typeof given === 'string')
    return [...world.priorities.values()].find((item) => item.name === given)?.id;
  return world.priorities.has(given?.id) ? String(given.id) : undefined;
}

/**
 * @param {import('../model/world.mjs').World} world @param {any} assignments
 * @returns {string[] | undefined}
 */
function assigneesOf(world, assignments) {
  if (!Array.isArray(assignments)) return undefined;
  const users = assignments.map((item) => String(item?.assignee?.id));
  const unknown = users.find((id) => !world.users.has(id));
  if (unknown !== undefined) throw badRequest(`Assignee Not Found: ${unknown}`);
  return users;
}

// ---- Changing ----

/** All of them or none. @param {RestContext} context */
function updateIncidents(context) {
  const { world, body, query } = context;
  if (!Array.isArray(body.incidents) || body.incidents.length === 0)
    throw badRequest('incidents must be a list with at least one incident');
  if (body.incidents.length > kMostUpdates)
    throw new ApiError(413, errorBody(413, [`At most ${kMostUpdates} incidents at once`]));
  const updates = body.incidents.map((/** @type {any} */ given) => {
    const incident = world.incidents.get(given?.id);
    if (!incident) throw badRequest(`Incident Not Found: ${given?.id}`);
    return planUpdate(context, incident, given);
  });
  for (const update of updates) update();
  const changed = body.incidents.map((/** @type {any} */ given) => world.incidents.get(given.id));
  return ok(
    pageOf('incidents', changed, query, (incident) =>
      present.incident(world, /** @type {Incident} */ (incident)),
    ),
  );
}

/** @param {RestContext} context */
function updateIncident(context) {
  const incident = incidentOf(context);
  if (!context.body.incident) throw badRequest('incident is required');
  planUpdate(context, incident, context.body.incident)();
  return ok({ incident: present.incident(context.world, incident) });
}

/**
 * Checks one update and returns what performs it.
 * @param {RestContext} context @param {Incident} incident @param {any} given
 */
function planUpdate({ world, actor, now }, incident, given) {
  if (given.type !== 'incident' && given.type !== 'incident_reference')
    throw badRequest('Type must be incident_reference');
  if (given.status !== undefined && !kStatuses.includes(given.status))
    throw badRequest(`Status must be one of ${kStatuses.join(', ')}`);
  if (given.urgency !== undefined && !kUrgencies.includes(given.urgency))
    throw badRequest('Urgency must be high or low');
  if (incident.status === 'resolved' && given.status === 'resolved') {
    throw new ApiError(
      400,
      errorBody(400, ['Incident Already Resolved'], {
        message: 'Incident Already Resolved',
        code: 1001,
      }),
    );
  }
  const levels = world.policies.get(incident.policy)?.rules.length ?? 0;
  const level = given.escalation_level;
  if (level !== undefined && (!Number.isInteger(level) || level < 1 || level > levels))
    throw badRequest('Escalation level is not in the policy');
  const priority =
    given.priority === undefined || given.priority === null
      ? given.priority
      : priorityOf(world, given.priority);
  if (given.priority && priority === undefined) throw badRequest('Priority Not Found');
  const assignees = assigneesOf(world, given.assignments);
  return () => {
    if (typeof given.title === 'string' && given.title.trim()) incident.title = given.title.trim();
    if (world.policies.has(given.escalation_policy?.id))
      incident.policy = given.escalation_policy.id;
    if (world.services.has(given.service?.id)) incident.service = given.service.id;
    if (given.conference_bridge) incident.bridge = given.conference_bridge;
    if (given.urgency) rules.setUrgency(world, incident, given.urgency, actor, now);
    if (priority !== undefined) rules.setPriority(world, incident, priority, actor, now);
    if (assignees) rules.reassign(world, incident, assignees, actor, now);
    if (level !== undefined) rules.escalate(world, incident, level, actor, now);
    if (given.status === 'acknowledged') rules.acknowledge(world, incident, actor, now);
    if (given.status === 'triggered' && incident.status !== 'triggered')
      rules.retrigger(world, incident, actor, now);
    if (given.status === 'resolved')
      rules.resolve(world, incident, actor, now, { note: given.resolution });
    incident.updatedAt = now;
  };
}

/** @type {import('../http/router.mjs').RestRoute[]} */
export const kIncidentRoutes = [
  { method: 'GET', path: '/incidents', scopes: ['incidents.read'], handle: listIncidents },
  {
    method: 'PUT',
    path: '/incidents',
    scopes: ['incidents.write'],
    from: true,
    handle: updateIncidents,
  },
  {
    method: 'POST',
    path: '/incidents',
    scopes: ['incidents.write'],
    from: true,
    handle: createIncident,
  },
  {
    method: 'GET',
    path: '/incidents/:id',
    scopes: ['incidents.read'],
    handle: (context) =>
      ok({
        incident: present.incident(context.world, incidentOf(context), context.query.includes()),
      }),
  },
  {
    method: 'PUT',
    path: '/incidents/:id',
    scopes: ['incidents.write'],
    from: true,
    handle: updateIncident,
  },
];
