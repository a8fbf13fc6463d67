// @ts-check
// What hangs on an incident: notes, alerts, log entries, snooze, responders, status updates,
// related changes.
import { badRequest } from '../http/errors.mjs';
import { pageOf } from '../http/query.mjs';
import { created, ok } from '../http/router.mjs';
import * as rules from '../model/incident-rules.mjs';
import { formatTime, kDay } from '../model/time-zone.mjs';
import { incidentOf } from './incidents.mjs';
import * as present from '../present/index.mjs';

/** @typedef {import('../http/router.mjs').RestContext} RestContext */

const kLongestSnoozeS = 604_800;

/** @param {RestContext} context */
function createNote(context) {
  const content = context.body.note?.content;
  if (typeof content !== 'string' || content.trim() === '')
    throw badRequest('Content cannot be empty');
  const note = rules.addNote(
    context.world,
    incidentOf(context),
    content,
    context.actor,
    context.now,
  );
  return ok({ note: present.note(context.world, note) });
}

/** @param {RestContext} context */
function listNotes(context) {
  const notes = incidentOf(context).notes.toSorted((a, b) => b.at - a.at);
  return ok({ notes: notes.map((note) => present.note(context.world, note)) });
}

/** @param {RestContext} context */
function listAlerts(context) {
  const { world, query } = context;
  const incident = incidentOf(context);
  const [statuses, key] = [
    query.choices('statuses', ['triggered', 'resolved']),
    query.text('alert_key'),
  ];
  const alerts = incident.alerts
    .filter(
      (alert) =>
        !statuses || statuses.includes(alert.resolvedAt === null ? 'triggered' : 'resolved'),
    )
    .filter((alert) => key === undefined || alert.key === key)
    .toSorted((a, b) => a.at - b.at);
  if (query.text('sort_by')?.endsWith(':desc')) alerts.reverse();
  return ok(
    pageOf('alerts', alerts, query, (alert) =>
      present.alert(world, incident, alert, query.includes()),
    ),
  );
}

/** @param {RestContext} context */
function listLogEntries(context) {
  const incident = incidentOf(context);
  return logPage(
    context,
    incident.log.map((entry) => ({ incident, entry })),
  );
}

/** @param {RestContext} context */
function listAllLogEntries(context) {
  return logPage(
    context,
    [...context.world.incidents.values()].flatMap((incident) =>
      incident.log.map((entry) => ({ incident, entry })),
    ),
  );
}

/**
 * The newest first; the overview leaves out who was notified how.
 * @param {RestContext} context
 * @param {{incident: import('../model/types.mjs').Incident,
 *   entry: import('../model/types.mjs').LogEntry}[]} entries
 */
function logPage({ world, query }, entries) {
  const [since, until, overview] = [
    query.time('since'),
    query.time('until'),
    query.flag('is_overview'),
  ];
  const chosen = entries
    .filter(
      ({ entry }) =>
        (!overview || entry.overview) &&
        (since === undefined || entry.at >= since) &&
        (until === undefined || entry.at < until),
    )
    .map((item, index) => ({ ...item, index }))
    .sort((a, b) => b.entry.at - a.entry.at || b.index - a.index);
  return ok(
    pageOf('log_entries', chosen, query, ({ incident, entry }) =>
      present.logEntry(world, incident, entry, query.includes()),
    ),
  );
}

/** @param {RestContext} context */
function createSnooze(context) {
  const { world, body, actor, now } = context;
  const incident = incidentOf(context);
  if (!Number.isInteger(body.duration) || body.duration < 1 || body.duration > kLongestSnoozeS)
    throw badRequest(`duration must be between 1 and ${kLongestSnoozeS} seconds`);
  if (incident.status === 'resolved') throw badRequest('Incident Already Resolved');
  rules.snooze(world, incident, body.duration, actor, now);
  return created({ incident: present.incident(world, incident) });
}

/** @param {RestContext} context */
function createResponderRequest(context) {
  const { world, body, now } = context;
  const incident = incidentOf(context);
  if (!world.users.has(body.requester_id)) throw badRequest('requester_id must name a user');
  if (typeof body.message !== 'string' || !Array.isArray(body.responder_request_targets))
    throw badRequest('message and responder_request_targets are required');
  const targets = body.responder_request_targets.map((/** @type {any} */ item) => {
    const given = item?.responder_request_target;
    const kind = String(given?.type).replace(/_reference$/, '');
    if (kind === 'user' && world.users.has(given.id))
      return { kind: /** @type {const} */ ('user'), id: given.id, users: [given.id] };
    if (kind === 'escalation_policy' && world.policies.has(given.id))
      return {
        kind: /** @type {const} */ ('escalation_policy'),
        id: given.id,
        users: world.usersAtLevel(given.id, 1, now),
      };
    throw badRequest(`Responder Not Found: ${given?.id}`);
  });
  const request = {
    id: world.random.id(),
    requester: body.requester_id,
    message: body.message,
    at: now,
    targets,
  };
  incident.responderRequests.push(request);
  return ok({ responder_request: present.responderRequest(world, incident, request) });
}

/** @param {RestContext} context */
function createStatusUpdate(context) {
  const { world, body, actor, now } = context;
  const incident = incidentOf(context);
  if (typeof body.message !== 'string' || body.message.trim() === '')
    throw badRequest('message cannot be empty');
  const update = { id: world.random.id(), message: body.message, at: now, sender: actor.id };
  incident.statusUpdates.push(update);
  const { subject, html_message } = body;
  return ok({
    status_update: {
      id: update.id,
      message: update.message,
      created_at: formatTime(now),
      sender: present.userReference(world, actor.id),
      ...(subject ? { subject } : {}),
      ...(html_message ? { html_message } : {}),
    },
  });
}

/** Changes of the service in the day before the incident. @param {RestContext} context */
function listRelatedChanges(context) {
  const incident = incidentOf(context);
  const events = [...context.world.changes.values()].filter(
    (event) =>
      event.service === incident.service &&
      event.at <= incident.createdAt &&
      event.at > incident.createdAt - kDay,
  );
  return ok({
    change_events: events
      .sort((a, b) => b.at - a.at)
      .slice(0, context.query.page().limit)
      .map((event) => ({
        ...present.changeEvent(context.world, event),
        correlation_reason: { reason: 'most_recent' },
      })),
  });
}

/** @type {import('../http/router.mjs').RestRoute[]} */
export const kIncidentPartRoutes = [
  { method: 'GET', path: '/incidents/:id/notes', scopes: ['incidents.read'], handle: listNotes },
  {
    method: 'POST',
    path: '/incidents/:id/notes',
    scopes: ['incidents.write'],
    from: true,
    handle: createNote,
  },
  { method: 'GET', path: '/incidents/:id/alerts', scopes: ['incidents.read'], handle: listAlerts },
  {
    method: 'GET',
    path: '/incidents/:id/log_entries',
    scopes: ['incidents.read'],
    handle: listLogEntries,
  },
  { method: 'GET', path: '/log_entries', scopes: ['incidents.read'], handle: listAllLogEntries },
  {
    method: 'POST',
    path: '/incidents/:id/snooze',
    scopes: ['incidents.write'],
    from: true,
    handle: createSnooze,
  },
  {
    method: 'POST',
    path: '/incidents/:id/responder_requests',
    scopes: ['incidents.write'],
    handle: createResponderRequest,
  },
  {
    method: 'POST',
    path: '/incidents/:id/status_updates',
    scopes: ['incidents.write'],
    from: true,
    handle: createStatusUpdate,
  },
  {
    method: 'GET',
    path: '/incidents/:id/related_change_events',
    scopes: ['incidents.read'],
    handle: listRelatedChanges,
  },
];
