// @ts-check
// Incidents and what hangs on them.
import { formatTime } from '../model/time-zone.mjs';
import { asReference, head, kNone, timeOrNull } from './head.mjs';
import { policyIn } from './on-call.mjs';
import { agent, priority, teamIn, user, userReference } from './people.mjs';
import { integrationReference, service, serviceReference } from './services.mjs';

/** @typedef {import('../model/world.mjs').World} World */
/** @typedef {import('../model/types.mjs').Incident} Incident */
/** @typedef {import('./head.mjs').Includes} Includes */
/** @typedef {import('./head.mjs').Json} Json */

/** @param {Incident} item */
const incidentHead = (item) =>
  head(
    item.id,
    'incident',
    `[#${item.number}] ${item.title}`,
    `incidents/${item.id}`,
    `incidents/${item.id}`,
  );
/** @param {Incident} item */
const incidentReference = (item) => asReference(incidentHead(item));

/** @param {World} world @param {Incident} item @param {Includes} [includes] @returns {Json} */
export function incident(world, item, includes = kNone) {
  const resolved = item.alerts.filter((entry) => entry.resolvedAt !== null).length;
  const first = item.log[0];
  return {
    ...incidentHead(item),
    incident_number: item.number,
    title: item.title,
    description: item.title,
    created_at: formatTime(item.createdAt),
    updated_at: formatTime(item.updatedAt),
    status: item.status,
    incident_key: item.key,
    urgency: item.urgency,
    priority: priority(world, item.priority),
    resolved_at: timeOrNull(item.resolvedAt),
    service: includes.has('services')
      ? service(world, item.service)
      : serviceReference(world, item.service),
    escalation_policy: policyIn(world, item.policy, includes),
    assignments: item.assignments.map((entry) => ({
      at: formatTime(entry.at),
      assignee:
        includes.has('assignees') || includes.has('users')
          ? user(world, entry.user)
          : userReference(world, entry.user),
    })),
    assigned_via: item.direct ? 'direct_assignment' : 'escalation_policy',
    acknowledgements: item.acknowledgements.map((entry) => ({
      at: formatTime(entry.at),
      acknowledger: agent(world, entry.by, includes.has('acknowledgers') || includes.has('users')),
    })),
    last_status_change_at: formatTime(item.statusAt),
    last_status_change_by: agent(world, item.statusBy, includes.has('agents')),
    first_trigger_log_entry:
      first &&
      (includes.has('first_trigger_log_entries')
        ? logEntry(world, item, first)
        : asReference(logHead(item, first))),
    teams: (world.services.get(item.service)?.teams ?? []).map((id) => teamIn(world, id, includes)),
    alert_counts: { all: item.alerts.length, triggered: item.alerts.length - resolved, resolved },
    alert_grouping: null,
    basic_alert_grouping: null,
    is_mergeable: true,
    pending_actions: item.pending.map((action) => ({
      type: action.type,
      at: formatTime(action.at),
    })),
    incident_type: { name: 'incident_default' },
    resolve_reason: null,
    incidents_responders: item.responderRequests.flatMap((request) =>
      responders(world, item, request),
    ),
    responder_requests: item.responderRequests.map((request) =>
      responderRequest(world, item, request),
    ),
    subscriber_requests: [],
    ...(includes.has('conference_bridge') && item.bridge ? { conference_bridge: item.bridge } : {}),
    ...(includes.has('body') && item.details !== null
      ? { body: { type: 'incident_body', details: item.details } }
      : {}),
  };
}

/** @param {Incident} item @param {import('../model/types.mjs').LogEntry} entry */
const logHead = (item, entry) =>
  head(
    entry.id,
    entry.type,
    entry.summary,
    `log_entries/${entry.id}`,
    `incidents/${item.id}/log_entries/${entry.id}`,
  );

/**
 * @param {World} world @param {Incident} item @param {import('../model/types.mjs').LogEntry} entry
 * @param {Includes} [includes] @returns {Json}
 */
export function logEntry(world, item, entry, includes = kNone) {
  const people = (entry.users ?? []).map((id) => userReference(world, id));
  return {
    ...logHead(item, entry),
    created_at: formatTime(entry.at),
    agent: entry.agent && agent(world, entry.agent),
    channel: entry.channel,
    service: includes.has('services')
      ? service(world, item.service)
      : serviceReference(world, item.service),
    incident: includes.has('incidents') ? incident(world, item) : incidentReference(item),
    teams: (world.services.get(item.service)?.teams ?? []).map((id) => teamIn(world, id, includes)),
    contexts: [],
    ...(entry.note === undefined ? {} : { note: entry.note }),
    ...entry.extra,
    ...(['assign_log_entry', 'escalate_log_entry'].includes(entry.type)
      ? { assignees: people }
      : {}),
    ...(entry.type === 'notify_log_entry' && people[0] ? { user: people[0] } : {}),
  };
}

/**
 * @param {World} world @param {Incident} item @param {import('../model/types.mjs').Alert} alert
 * @param {Includes} [includes] @returns {Json}
 */
export function alert(world, item, alert, includes = kNone) {
  return {
    ...head(
      alert.id,
      'alert',
      alert.summary,
      `incidents/${item.id}/alerts/${alert.id}`,
      `alerts/${alert.id}`,
    ),
    created_at: formatTime(alert.at),
    resolved_at: timeOrNull(alert.resolvedAt),
    status: alert.resolvedAt === null ? 'triggered' : 'resolved',
    alert_key: alert.key,
    severity: alert.severity,
    suppressed: false,
    service: includes.has('services')
      ? service(world, item.service)
      : serviceReference(world, item.service),
    incident: includes.has('incidents') ? incident(world, item) : incidentReference(item),
    integration: integrationReference(world, item.service, alert.integration),
    body: {
      type: 'alert_body',
      contexts: alert.links.map((link) => ({
        type: 'link',
        href: link.href,
        text: link.text ?? link.href,
      })),
      details: {
        source: alert.source,
        ...(alert.client ? { client: alert.client, client_url: alert.clientUrl } : {}),
        custom_details: alert.details,
      },
    },
  };
}

/** @param {World} world @param {import('../model/types.mjs').Note} note */
export function note(world, note) {
  return {
    id: note.id,
    user: note.user
      ? userReference(world, note.user)
      : { id: null, type: 'bot_user_reference', summary: 'Automation', self: null, html_url: null },
    channel: { summary: 'The PagerDuty website or APIs' },
    content: note.content,
    created_at: formatTime(note.at, 'America/New_York'),
  };
}

/**
 * @param {World} world @param {Incident} item
 * @param {import('../model/types.mjs').ResponderRequest} request
 */
function responders(world, item, request) {
  return request.targets.flatMap((target) => {
    const name = target.kind === 'escalation_policy' && world.policies.get(target.id)?.name;
    return target.users.map((id) => ({
      state: 'pending',
      user: userReference(world, id),
      incident: incidentReference(item),
      updated_at: formatTime(request.at),
      message: request.message,
      requester: userReference(world, request.requester),
      requested_at: formatTime(request.at),
      escalation_policy_requests: name ? [name] : [],
    }));
  });
}

/**
 * @param {World} world @param {Incident} item
 * @param {import('../model/types.mjs').ResponderRequest} request
 */
export function responderRequest(world, item, request) {
  return {
    id: request.id,
    incident: incidentReference(item),
    requester: userReference(world, request.requester),
    requested_at: formatTime(request.at),
    message: request.message,
    responder_request_targets: request.targets.map((target) => ({
      responder_request_target: {
        type: target.kind,
        id: target.id,
        summary:
          target.kind === 'user'
            ? world.users.get(target.id)?.name
            : world.policies.get(target.id)?.name,
        incidents_responders: responders(world, item, { ...request, targets: [target] }),
      },
    })),
  };
}
