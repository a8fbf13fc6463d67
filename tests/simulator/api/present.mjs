// @ts-check
// Records as the JSON that the API answers with: references by default, whole objects where `include[]` asks for them.
import { clipped, coverage, finalShifts, layerShifts } from '../model/rotation.mjs';
import { formatTime, instantOnDay, kDay, kHour, kSecond, timeOfDay } from '../model/time-zone.mjs';
import { kSubdomain } from '../model/world.mjs';

/** @typedef {import('../model/world.mjs').World} World */
/** @typedef {import('../model/types.mjs').Incident} Incident */
/** @typedef {Set<string>} Includes */

const kSelf = 'https://api.pagerduty.com';
const kPages = `https://${kSubdomain}.pagerduty.com`;
/** @type {Includes} */
export const kNone = new Set();

/** @param {string} id @param {string} type @param {string} summary @param {string | null} self @param {string | null} page */
function head(id, type, summary, self, page) {
  return { id, type, summary, self: self && `${kSelf}/${self}`, html_url: page && `${kPages}/${page}` };
}

/** @template {{type: string}} T @param {T} object */
const asReference = (object) => ({ ...object, type: `${object.type}_reference` });
/** @param {number | null} ms */
const timeOrNull = (ms) => (ms === null ? null : formatTime(ms));

// ---- People ----

/** A user that no longer exists has a name and nothing to link to. @param {World} world @param {string} id */
export function userReference(world, id) {
  const user = world.users.get(id);
  return user ? asReference(userHead(user)) : { id, type: 'user_reference', summary: 'Deleted user', self: null, html_url: null };
}
/** @param {import('../model/types.mjs').User} user */
const userHead = (user) => head(user.id, 'user', user.name, `users/${user.id}`, `users/${user.id}`);

/** @param {World} world @param {string} id @param {Includes} [includes] */
export function user(world, id, includes = kNone) {
  const record = world.users.get(id);
  if (!record) return userReference(world, id);
  const contact = { id: `C${id.slice(1)}`, summary: 'Default', self: `${kSelf}/users/${id}/contact_methods/C${id.slice(1)}`, html_url: null };
  return {
    ...userHead(record), name: record.name, email: record.email, time_zone: record.timeZone, color: record.color, role: record.role,
    avatar_url: `https://secure.gravatar.com/avatar/${id.toLowerCase()}.png?d=mm&r=PG`, description: record.description, invitation_sent: false,
    job_title: record.jobTitle, teams: record.teams.map((team) => teamIn(world, team, includes)),
    contact_methods: includes.has('contact_methods')
      ? [{ ...contact, type: 'email_contact_method', label: 'Default', address: record.email, send_short_email: false, send_html_email: true }]
      : [{ ...contact, type: 'email_contact_method_reference' }],
    notification_rules: [], coordinated_incidents: [],
  };
}

/** @param {World} world @param {string} id */
export function team(world, id) {
  const record = world.teams.get(id);
  return { ...head(id, 'team', record?.name ?? id, `teams/${id}`, `teams/${id}`), name: record?.name ?? id, description: record?.description ?? null, default_role: 'manager', parent: null };
}
/** @param {World} world @param {string} id */
const teamReference = (world, id) => asReference(head(id, 'team', world.teams.get(id)?.name ?? id, `teams/${id}`, `teams/${id}`));
/** @param {World} world @param {string} id @param {Includes} includes */
const teamIn = (world, id, includes) => (includes.has('teams') ? team(world, id) : teamReference(world, id));

/** @param {World} world @param {import('../model/types.mjs').Actor} actor @param {boolean} [whole] */
function agent(world, actor, whole = false) {
  if (actor.kind === 'user') return whole ? user(world, actor.id) : userReference(world, actor.id);
  return whole ? service(world, actor.id) : serviceReference(world, actor.id);
}

// ---- Services ----

/** @param {World} world @param {string} id */
const serviceHead = (world, id) => head(id, 'service', world.services.get(id)?.name ?? id, `services/${id}`, `service-directory/${id}`);
/** @param {World} world @param {string} id */
export const serviceReference = (world, id) => asReference(serviceHead(world, id));

/** @param {World} world @param {string} id @param {Includes} [includes] */
export function service(world, id, includes = kNone) {
  const record = world.services.get(id);
  if (!record) return serviceReference(world, id);
  const hours = record.supportHours;
  return {
    ...serviceHead(world, id), name: record.name, description: record.description, created_at: formatTime(record.createdAt, 'America/New_York'),
    updated_at: formatTime(record.createdAt), status: world.serviceStatus(record), last_incident_timestamp: timeOrNull(world.lastIncidentAt(id)),
    auto_resolve_timeout: record.autoResolveTimeoutS, acknowledgement_timeout: record.acknowledgementTimeoutS,
    teams: record.teams.map((item) => teamIn(world, item, includes)), alert_creation: 'create_alerts_and_incidents', addons: [],
    scheduled_actions: [], support_hours: hours && {
      type: 'fixed_time_per_day', time_zone: hours.timeZone, start_time: hours.start, end_time: hours.end, days_of_week: hours.days,
    },
    incident_urgency_rule: record.urgency === 'support_hours'
      ? { type: 'use_support_hours', during_support_hours: { type: 'constant', urgency: 'high' }, outside_support_hours: { type: 'constant', urgency: 'low' } }
      : { type: 'constant', urgency: record.urgency },
    escalation_policy: policyIn(world, record.policy, includes),
    integrations: record.integrations.map((item) => (includes.has('integrations') ? integration(world, id, item) : asReference(integrationHead(id, item)))),
  };
}

/** @param {string} serviceId @param {import('../model/types.mjs').Integration} item */
const integrationHead = (serviceId, item) =>
  head(item.id, item.type, item.name, `services/${serviceId}/integrations/${item.id}`, `services/${serviceId}/integrations/${item.id}`);

/** @param {World} world @param {string} serviceId @param {import('../model/types.mjs').Integration} item @param {Includes} [includes] */
export function integration(world, serviceId, item, includes = kNone) {
  return {
    ...integrationHead(serviceId, item), name: item.name, created_at: formatTime(item.createdAt),
    service: includes.has('services') ? service(world, serviceId) : serviceReference(world, serviceId),
    ...(item.key ? { integration_key: item.key } : { integration_email: `${serviceId.toLowerCase()}@${kSubdomain}.pagerduty.com` }),
    ...(item.vendor ? { vendor: head(item.vendor.id, 'vendor_reference', item.vendor.name, `vendors/${item.vendor.id}`, null) } : {}),
  };
}

/** @param {World} world @param {string} integrationId @param {string} serviceId */
function integrationReference(world, serviceId, integrationId) {
  const item = world.services.get(serviceId)?.integrations.find((candidate) => candidate.id === integrationId);
  return item ? asReference(integrationHead(serviceId, item)) : { id: integrationId, type: 'inbound_integration_reference', summary: null, self: null, html_url: null };
}

// ---- Escalation policies and schedules ----

/** @param {World} world @param {string} id */
const policyHead = (world, id) => head(id, 'escalation_policy', world.policies.get(id)?.name ?? id, `escalation_policies/${id}`, `escalation_policies/${id}`);
/** @param {World} world @param {string} id @param {Includes} includes */
const policyIn = (world, id, includes) => (includes.has('escalation_policies') ? policy(world, id) : asReference(policyHead(world, id)));

/** @param {World} world @param {string} id @param {Includes} [includes] */
export function policy(world, id, includes = kNone) {
  const record = world.policies.get(id);
  if (!record) return asReference(policyHead(world, id));
  const targetOf = (/** @type {import('../model/types.mjs').Target} */ target) => {
    if (target.kind === 'user') return includes.has('targets') ? user(world, target.id) : userReference(world, target.id);
    return asReference(scheduleHead(world, target.id));
  };
  return {
    ...policyHead(world, id), name: record.name, description: record.description, num_loops: record.loops, on_call_handoff_notifications: 'if_has_services',
    escalation_rules: record.rules.map((rule) => ({ id: rule.id, escalation_delay_in_minutes: rule.delayMinutes, targets: rule.targets.map(targetOf) })),
    services: [...world.services.values()].filter((item) => item.policy === id).map((item) => (includes.has('services') ? service(world, item.id) : serviceReference(world, item.id))),
    teams: record.teams.map((item) => teamIn(world, item, includes)),
  };
}

/** @param {World} world @param {string} id */
const scheduleHead = (world, id) => head(id, 'schedule', world.schedules.get(id)?.name ?? id, `schedules/${id}`, `schedules/${id}`);

/** @param {World} world @param {import('../model/types.mjs').Schedule} record */
export function scheduleSummary(world, record) {
  const users = [...new Set(record.layers.flatMap((layer) => layer.users))];
  const policies = [...world.policies.values()].filter((item) => item.rules.some((rule) => rule.targets.some((target) => target.id === record.id)));
  return {
    ...scheduleHead(world, record.id), name: record.name, time_zone: record.timeZone, description: record.description,
    escalation_policies: policies.map((item) => asReference(policyHead(world, item.id))), users: users.map((item) => userReference(world, item)),
    teams: record.teams.map((item) => teamReference(world, item)),
  };
}

/** With the shifts of [since, until) when both are given. @param {World} world @param {import('../model/types.mjs').Schedule} record @param {{since: number, until: number, zone: string, overflow: boolean} | undefined} range */
export function schedule(world, record, range) {
  const render = (/** @type {import('../model/rotation.mjs').Shift[]} */ shifts) => ({
    rendered_schedule_entries: !range ? [] : (range.overflow ? shifts : clipped(shifts, range.since, range.until)).map((shift) => ({
      start: formatTime(shift.start, range.zone), end: formatTime(shift.end, range.zone), user: userReference(world, shift.user),
    })),
    rendered_coverage_percentage: range ? coverage(shifts, range.since, range.until) : null,
  });
  const overrides = record.overrides.filter((item) => range && item.start < range.until && item.end > range.since).map((item) => ({ ...item, turn: item.id }));
  const zone = range?.zone ?? record.timeZone;
  return {
    ...scheduleSummary(world, record),
    // The highest layer comes first.
    schedule_layers: record.layers.toReversed().map((layer) => {
      const firstTurn = instantOnDay(layer.anchorDay, timeOfDay(layer.handoff), record.timeZone);
      return {
        id: layer.id, name: layer.name, start: formatTime(Math.max(layer.from, firstTurn), zone), end: layer.until ? formatTime(layer.until, zone) : null,
        rotation_virtual_start: formatTime(firstTurn, zone), rotation_turn_length_seconds: (layer.turnDays * kDay) / kSecond,
        users: layer.users.map((item) => ({ user: userReference(world, item) })),
        restrictions: layer.daily ? [{ type: 'daily_restriction', start_time_of_day: `${layer.daily.start}:00`, duration_seconds: (layer.daily.hours * kHour) / kSecond }] : [],
        ...render(range ? layerShifts(layer, record.timeZone, range.since, range.until) : []),
      };
    }),
    overrides_subschedule: { name: 'Overrides', ...render(overrides) },
    final_schedule: { name: 'Final Schedule', ...render(range ? finalShifts(record, range.since, range.until) : []) },
  };
}

/** @param {World} world @param {import('../model/types.mjs').Override} item @param {string} zone */
export const override = (world, item, zone) => ({ id: item.id, start: formatTime(item.start, zone), end: formatTime(item.end, zone), user: userReference(world, item.user) });

/** @param {World} world @param {ReturnType<World['onCalls']>[number]} entry @param {Includes} includes @param {string} zone */
export function onCall(world, entry, includes, zone) {
  return {
    escalation_policy: policyIn(world, entry.policy, includes), escalation_level: entry.level,
    schedule: entry.schedule === null ? null : includes.has('schedules') ? scheduleSummary(world, /** @type {import('../model/types.mjs').Schedule} */ (world.schedules.get(entry.schedule))) : asReference(scheduleHead(world, entry.schedule)),
    user: includes.has('users') ? user(world, entry.user) : userReference(world, entry.user),
    start: entry.start === null ? null : formatTime(entry.start, zone), end: entry.end === null ? null : formatTime(entry.end, zone),
  };
}

// ---- Incidents ----

/** @param {World} world @param {string | null} id */
export function priority(world, id) {
  const record = id === null ? undefined : world.priorities.get(id);
  if (!record) return null;
  return { ...head(record.id, 'priority', record.name, `priorities/${record.id}`, null), name: record.name, description: record.description, color: record.color, order: Number(record.name.slice(1)) };
}

/** @param {Incident} item */
const incidentHead = (item) => head(item.id, 'incident', `[#${item.number}] ${item.title}`, `incidents/${item.id}`, `incidents/${item.id}`);
/** @param {Incident} item */
export const incidentReference = (item) => asReference(incidentHead(item));

/** @param {World} world @param {Incident} item @param {Includes} [includes] */
export function incident(world, item, includes = kNone) {
  const resolved = item.alerts.filter((entry) => entry.resolvedAt !== null).length;
  const first = item.log[0];
  return {
    ...incidentHead(item), incident_number: item.number, title: item.title, description: item.title, created_at: formatTime(item.createdAt), updated_at: formatTime(item.updatedAt),
    status: item.status, incident_key: item.key, urgency: item.urgency, priority: priority(world, item.priority), resolved_at: timeOrNull(item.resolvedAt),
    service: includes.has('services') ? service(world, item.service) : serviceReference(world, item.service), escalation_policy: policyIn(world, item.policy, includes),
    assignments: item.assignments.map((entry) => ({ at: formatTime(entry.at), assignee: includes.has('assignees') || includes.has('users') ? user(world, entry.user) : userReference(world, entry.user) })),
    assigned_via: item.direct ? 'direct_assignment' : 'escalation_policy',
    acknowledgements: item.acknowledgements.map((entry) => ({ at: formatTime(entry.at), acknowledger: agent(world, entry.by, includes.has('acknowledgers') || includes.has('users')) })),
    last_status_change_at: formatTime(item.statusAt), last_status_change_by: agent(world, item.statusBy, includes.has('agents')),
    first_trigger_log_entry: first && (includes.has('first_trigger_log_entries') ? logEntry(world, item, first) : asReference(logHead(item, first))),
    teams: (world.services.get(item.service)?.teams ?? []).map((id) => teamIn(world, id, includes)),
    alert_counts: { all: item.alerts.length, triggered: item.alerts.length - resolved, resolved }, alert_grouping: null, basic_alert_grouping: null, is_mergeable: true,
    pending_actions: item.pending.map((action) => ({ type: action.type, at: formatTime(action.at) })), incident_type: { name: 'incident_default' }, resolve_reason: null,
    incidents_responders: item.responderRequests.flatMap((request) => responders(world, item, request)), responder_requests: item.responderRequests.map((request) => responderRequest(world, item, request)),
    subscriber_requests: [],
    ...(includes.has('conference_bridge') && item.bridge ? { conference_bridge: item.bridge } : {}),
    ...(includes.has('body') && item.details !== null ? { body: { type: 'incident_body', details: item.details } } : {}),
  };
}

/** @param {Incident} item @param {import('../model/types.mjs').LogEntry} entry */
const logHead = (item, entry) => head(entry.id, entry.type, entry.summary, `log_entries/${entry.id}`, `incidents/${item.id}/log_entries/${entry.id}`);

/** @param {World} world @param {Incident} item @param {import('../model/types.mjs').LogEntry} entry @param {Includes} [includes] */
export function logEntry(world, item, entry, includes = kNone) {
  const people = (entry.users ?? []).map((id) => userReference(world, id));
  return {
    ...logHead(item, entry), created_at: formatTime(entry.at), agent: entry.agent && agent(world, entry.agent), channel: entry.channel,
    service: includes.has('services') ? service(world, item.service) : serviceReference(world, item.service),
    incident: includes.has('incidents') ? incident(world, item) : incidentReference(item),
    teams: (world.services.get(item.service)?.teams ?? []).map((id) => teamIn(world, id, includes)), contexts: [],
    ...(entry.note === undefined ? {} : { note: entry.note }), ...entry.extra,
    ...(['assign_log_entry', 'escalate_log_entry'].includes(entry.type) ? { assignees: people } : {}), ...(entry.type === 'notify_log_entry' && people[0] ? { user: people[0] } : {}),
  };
}

/** @param {World} world @param {Incident} item @param {import('../model/types.mjs').Alert} alert @param {Includes} [includes] */
export function alert(world, item, alert, includes = kNone) {
  return {
    ...head(alert.id, 'alert', alert.summary, `incidents/${item.id}/alerts/${alert.id}`, `alerts/${alert.id}`), created_at: formatTime(alert.at),
    resolved_at: timeOrNull(alert.resolvedAt), status: alert.resolvedAt === null ? 'triggered' : 'resolved', alert_key: alert.key, severity: alert.severity, suppressed: false,
    service: includes.has('services') ? service(world, item.service) : serviceReference(world, item.service), incident: includes.has('incidents') ? incident(world, item) : incidentReference(item),
    integration: integrationReference(world, item.service, alert.integration),
    body: {
      type: 'alert_body', contexts: alert.links.map((link) => ({ type: 'link', href: link.href, text: link.text ?? link.href })),
      details: { source: alert.source, ...(alert.client ? { client: alert.client, client_url: alert.clientUrl } : {}), custom_details: alert.details },
    },
  };
}

/** @param {World} world @param {import('../model/types.mjs').Note} note */
export function note(world, note) {
  return {
    id: note.id, user: note.user ? userReference(world, note.user) : { id: null, type: 'bot_user_reference', summary: 'Automation', self: null, html_url: null },
    channel: { summary: 'The PagerDuty website or APIs' }, content: note.content, created_at: formatTime(note.at, 'America/New_York'),
  };
}

/** @param {World} world @param {Incident} item @param {import('../model/types.mjs').ResponderRequest} request */
function responders(world, item, request) {
  return request.targets.flatMap((target) => target.users.map((id) => ({
    state: 'pending', user: userReference(world, id), incident: incidentReference(item), updated_at: formatTime(request.at), message: request.message,
    requester: userReference(world, request.requester), requested_at: formatTime(request.at),
  })));
}

/** @param {World} world @param {Incident} item @param {import('../model/types.mjs').ResponderRequest} request */
export function responderRequest(world, item, request) {
  return {
    id: request.id, incident: incidentReference(item), requester: userReference(world, request.requester), requested_at: formatTime(request.at), message: request.message,
    responder_request_targets: request.targets.map((target) => ({
      responder_request_target: {
        type: target.kind, id: target.id, summary: target.kind === 'user' ? world.users.get(target.id)?.name : world.policies.get(target.id)?.name,
        incidents_responders: responders(world, item, { ...request, targets: [target] }),
      },
    })),
  };
}

// ---- Changes and maintenance ----

/** @param {World} world @param {import('../model/types.mjs').ChangeEvent} event */
export function changeEvent(world, event) {
  return {
    ...head(event.id, 'change_event', event.summary, `change_events/${event.id}`, `change_events/${event.id}`), timestamp: formatTime(event.at), source: event.source,
    services: [serviceReference(world, event.service)], integration: integrationReference(world, event.service, event.integration), links: event.links, images: [], custom_details: event.details,
  };
}

/** @param {World} world @param {import('../model/types.mjs').MaintenanceWindow} window @param {Includes} [includes] */
export function maintenanceWindow(world, window, includes = kNone) {
  return {
    ...head(window.id, 'maintenance_window', window.description, `maintenance_windows/${window.id}`, `service-directory/maintenance-windows/${window.id}`), sequence_number: window.number,
    start_time: formatTime(window.start, 'America/New_York'), end_time: formatTime(window.end, 'America/New_York'), description: window.description,
    services: window.services.map((id) => (includes.has('services') ? service(world, id) : serviceReference(world, id))), teams: window.teams.map((id) => teamIn(world, id, includes)),
    created_by: includes.has('users') ? user(world, window.createdBy) : userReference(world, window.createdBy),
  };
}

