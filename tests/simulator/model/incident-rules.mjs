// @ts-check
// How an incident changes: every transition, and the log entries that it leaves.
//
//   triggered --acknowledge--> acknowledged --time-out, snooze's end--> triggered
//   triggered --escalation delay--> triggered at the next level
//   triggered, acknowledged --resolve--> resolved --status set again--> triggered, acknowledged
import { kMinute, kSecond } from './time-zone.mjs';

/** @typedef {import('./types.mjs').Incident} Incident */
/** @typedef {import('./types.mjs').Actor} Actor */
/** @typedef {import('./world.mjs').World} World */

const kApiChannel = { type: 'api' };
const kAutoChannel = { type: 'auto' };
const kTimeoutChannel = { type: 'timeout' };

/**
 * @typedef {{title: string, service: string, at: number, by: Actor,
 *   channel?: Record<string, unknown>, urgency?: 'high' | 'low' | undefined,
 *   priority?: string | null | undefined, key?: string | undefined,
 *   details?: string | null | undefined, policy?: string | undefined,
 *   assignees?: string[] | undefined, id?: string | undefined,
 *   bridge?: Incident['bridge'] | undefined, number?: number | undefined}} NewIncident
 */

/** @param {World} world @param {NewIncident} given @returns {Incident} */
export function openIncident(world, given) {
  const service = world.services.get(given.service);
  if (!service) throw new Error(`no service ${given.service}`);
  const { at, by } = given;
  /** @type {Incident} */
  const incident = {
    id: given.id ?? world.random.id('Q', 14),
    number: given.number ?? world.nextNumber++,
    title: given.title,
    service: service.id,
    policy: given.policy ?? service.policy,
    level: 1,
    loop: 0,
    status: 'triggered',
    urgency: given.urgency ?? (service.urgency === 'low' ? 'low' : 'high'),
    priority: given.priority ?? null,
    key: given.key ?? world.random.id('', 32).toLowerCase(),
    createdAt: at,
    updatedAt: at,
    statusAt: at,
    statusBy: by,
    resolvedAt: null,
    assignments: [],
    acknowledgements: [],
    direct: Boolean(given.assignees?.length),
    details: given.details ?? null,
    alerts: [],
    notes: [],
    log: [],
    pending: [],
    statusUpdates: [],
    responderRequests: [],
    bridge: given.bridge ?? null,
  };
  world.incidents.set(incident.id, incident);
  log(world, incident, {
    type: 'trigger_log_entry',
    at,
    agent: by,
    channel: given.channel ?? kApiChannel,
    overview: true,
    summary: by.kind === 'user' ? 'Triggered through the website.' : 'Triggered through the API.',
    extra: { event_details: { description: incident.title } },
  });
  assign(
    world,
    incident,
    given.assignees ?? world.usersAtLevel(incident.policy, 1, at),
    at,
    kAutoChannel,
  );
  planTimeouts(world, incident, at);
  return incident;
}

/**
 * @param {World} world @param {Incident} incident
 * @param {Omit<import('./types.mjs').LogEntry, 'id'>} entry
 */
function log(world, incident, entry) {
  incident.log.push({ id: world.random.id('R', 26), ...entry });
  incident.updatedAt = Math.max(incident.updatedAt, entry.at);
}

/**
 * @param {World} world @param {Incident} incident @param {string[]} users @param {number} at
 * @param {Record<string, unknown>} channel
 */
function assign(world, incident, users, at, channel) {
  incident.assignments = users.map((user) => ({ at, user }));
  if (users.length === 0) return;
  const names = users.map((user) => world.users.get(user)?.name ?? user).join(', ');
  log(world, incident, {
    type: 'assign_log_entry',
    at,
    agent: incident.statusBy,
    channel,
    summary: `Assigned to ${names}.`,
    users,
    overview: true,
  });
  for (const user of users) {
    log(world, incident, {
      type: 'notify_log_entry',
      at: at + kSecond,
      agent: { kind: 'service', id: incident.service },
      users: [user],
      overview: false,
      channel: { type: 'auto', notification: { type: 'push_notification', status: 'success' } },
      summary: `Notified ${world.users.get(user)?.name ?? user}.`,
    });
  }
}

/**
 * What will happen by itself.
 * @param {World} world @param {Incident} incident @param {number} at
 */
function planTimeouts(world, incident, at) {
  incident.pending = [];
  if (incident.status === 'resolved') return;
  const service = world.services.get(incident.service);
  const rules = world.policies.get(incident.policy)?.rules ?? [];
  const rule = rules[incident.level - 1];
  if (incident.status === 'triggered' && rule && !incident.direct) {
    const last =
      incident.level >= rules.length &&
      incident.loop >= (world.policies.get(incident.policy)?.loops ?? 0);
    if (!last) incident.pending.push({ type: 'escalate', at: at + rule.delayMinutes * kMinute });
  }
  if (incident.status === 'acknowledged' && service?.acknowledgementTimeoutS) {
    incident.pending.push({
      type: 'unacknowledge',
      at: at + service.acknowledgementTimeoutS * kSecond,
    });
  }
  if (service?.autoResolveTimeoutS)
    incident.pending.push({
      type: 'resolve',
      at: incident.createdAt + service.autoResolveTimeoutS * kSecond,
    });
}

/**
 * @param {Incident} incident @param {'triggered' | 'acknowledged' | 'resolved'} status
 * @param {Actor} by @param {number} at
 */
function setStatus(incident, status, by, at) {
  Object.assign(incident, {
    status,
    statusBy: by,
    statusAt: at,
    updatedAt: at,
    resolvedAt: status === 'resolved' ? at : null,
  });
  if (status !== 'acknowledged') incident.acknowledgements = [];
  if (status === 'resolved') incident.assignments = [];
}

/**
 * @param {World} world @param {Incident} incident @param {Actor} by @param {number} at
 * @param {Record<string, unknown>} [channel]
 */
export function acknowledge(world, incident, by, at, channel = kApiChannel) {
  setStatus(incident, 'acknowledged', by, at);
  incident.acknowledgements = incident.acknowledgements.filter((item) => item.by.id !== by.id);
  incident.acknowledgements.push({ at, by });
  if (by.kind === 'user' && !incident.assignments.some((item) => item.user === by.id))
    incident.assignments.push({ at, user: by.id });
  const timeout = world.services.get(incident.service)?.acknowledgementTimeoutS ?? null;
  log(world, incident, {
    type: 'acknowledge_log_entry',
    at,
    agent: by,
    channel,
    summary: `Acknowledged by ${nameOf(world, by)}.`,
    extra: { acknowledgement_timeout: timeout },
    overview: true,
  });
  planTimeouts(world, incident, at);
}

/**
 * @param {World} world @param {Incident} incident @param {Actor} by @param {number} at
 * @param {{channel?: Record<string, unknown>, note?: string | undefined}} [how]
 */
export function resolve(world, incident, by, at, { channel = kApiChannel, note } = {}) {
  setStatus(incident, 'resolved', by, at);
  for (const alert of incident.alerts) alert.resolvedAt ??= at;
  log(world, incident, {
    type: 'resolve_log_entry',
    at,
    agent: by,
    channel,
    summary: `Resolved by ${nameOf(world, by)}.`,
    note,
    overview: true,
  });
  planTimeouts(world, incident, at);
}

/**
 * Back to triggered, from acknowledged or resolved.
 * @param {World} world @param {Incident} incident @param {Actor} by @param {number} at
 */
export function retrigger(world, incident, by, at) {
  const reopened = incident.status === 'resolved';
  setStatus(incident, 'triggered', by, at);
  log(world, incident, {
    type: reopened ? 'trigger_log_entry' : 'unacknowledge_log_entry',
    at,
    agent: by,
    channel: reopened ? kApiChannel : kTimeoutChannel,
    overview: true,
    summary: reopened ? `Reopened by ${nameOf(world, by)}.` : 'Unacknowledged: the time is over.',
  });
  if (reopened)
    assign(
      world,
      incident,
      world.usersAtLevel(incident.policy, incident.level, at),
      at,
      kAutoChannel,
    );
  planTimeouts(world, incident, at);
}

/**
 * @param {World} world @param {Incident} incident @param {number} level @param {Actor} by
 * @param {number} at @param {Record<string, unknown>} [channel]
 */
export function escalate(world, incident, level, by, at, channel = kApiChannel) {
  Object.assign(incident, { level, direct: false });
  if (incident.status !== 'triggered') setStatus(incident, 'triggered', by, at);
  const users = world.usersAtLevel(incident.policy, level, at);
  log(world, incident, {
    type: 'escalate_log_entry',
    at,
    agent: by,
    channel,
    summary: `Escalated to level ${level}.`,
    users,
    overview: true,
  });
  assign(world, incident, users, at, channel);
  planTimeouts(world, incident, at);
}

/**
 * @param {World} world @param {Incident} incident @param {string[]} users @param {Actor} by
 * @param {number} at
 */
export function reassign(world, incident, users, by, at) {
  incident.direct = true;
  if (incident.status !== 'triggered') setStatus(incident, 'triggered', by, at);
  assign(world, incident, users, at, kApiChannel);
  planTimeouts(world, incident, at);
}

/**
 * @param {World} world @param {Incident} incident @param {number} durationS @param {Actor} by
 * @param {number} at
 */
export function snooze(world, incident, durationS, by, at) {
  if (incident.status !== 'acknowledged') acknowledge(world, incident, by, at);
  const until = at + durationS * kSecond;
  incident.pending = [{ type: 'unacknowledge', at: until }];
  log(world, incident, {
    type: 'snooze_log_entry',
    at,
    agent: by,
    channel: kApiChannel,
    summary: `Snoozed by ${nameOf(world, by)}.`,
    overview: true,
    extra: { changed_actions: [{ type: 'unacknowledge', at: new Date(until).toISOString() }] },
  });
}

/**
 * @param {World} world @param {Incident} incident @param {string} content @param {Actor} by
 * @param {number} at
 */
export function addNote(world, incident, content, by, at) {
  const note = {
    id: world.random.id('P', 7),
    user: by.kind === 'user' ? by.id : null,
    content,
    at,
  };
  incident.notes.push(note);
  log(world, incident, {
    type: 'annotate_log_entry',
    at,
    agent: by,
    channel: { type: 'note', summary: content },
    summary: `Note by ${nameOf(world, by)}.`,
    note: content,
    overview: true,
  });
  return note;
}

/**
 * @param {World} world @param {Incident} incident @param {'high' | 'low'} urgency @param {Actor} by
 * @param {number} at
 */
export function setUrgency(world, incident, urgency, by, at) {
  if (incident.urgency === urgency) return;
  incident.urgency = urgency;
  log(world, incident, {
    type: 'urgency_change_log_entry',
    at,
    agent: by,
    channel: kApiChannel,
    summary: `Urgency changed to ${urgency}.`,
    overview: true,
  });
}

/**
 * @param {World} world @param {Incident} incident @param {string | null} priority @param {Actor} by
 * @param {number} at
 */
export function setPriority(world, incident, priority, by, at) {
  if (incident.priority === priority) return;
  const name = priority ? (world.priorities.get(priority)?.name ?? priority) : 'none';
  incident.priority = priority;
  log(world, incident, {
    type: 'field_value_change_log_entry',
    at,
    agent: by,
    channel: kApiChannel,
    summary: `Priority changed to ${name}.`,
    extra: { changeset: [`Updated priority to ${name}`] },
    overview: true,
  });
}

/**
 * @param {World} world @param {Incident} incident
 * @param {Omit<import('./types.mjs').Alert, 'id' | 'resolvedAt'>} alert
 */
export function addAlert(world, incident, alert) {
  incident.alerts.push({ id: world.random.id('Q', 14), resolvedAt: null, ...alert });
}

/**
 * Performs the time-outs that are due, in order.
 * @param {World} world @param {Incident} incident @param {number} now
 */
export function settleIncident(world, incident, now) {
  for (;;) {
    const due = incident.pending
      .filter((action) => action.at <= now)
      .sort((a, b) => a.at - b.at)[0];
    if (!due) return;
    incident.pending = incident.pending.filter((action) => action !== due);
    /** @type {Actor} */
    const service = { kind: 'service', id: incident.service };
    if (due.type === 'unacknowledge') retrigger(world, incident, service, due.at);
    else if (due.type === 'resolve')
      resolve(world, incident, service, due.at, { channel: kTimeoutChannel });
    else escalateOnce(world, incident, service, due.at);
  }
}

/** @param {World} world @param {Incident} incident @param {Actor} by @param {number} at */
function escalateOnce(world, incident, by, at) {
  const levels = world.policies.get(incident.policy)?.rules.length ?? 1;
  const next = incident.level < levels ? incident.level + 1 : 1;
  if (next === 1) incident.loop += 1;
  escalate(world, incident, next, by, at, kTimeoutChannel);
}

/** @param {World} world @param {Actor} actor */
export function nameOf(world, actor) {
  if (actor.kind === 'user') return world.users.get(actor.id)?.name ?? actor.id;
  if (actor.kind === 'service') return world.services.get(actor.id)?.name ?? actor.id;
  return 'the integration';
}
