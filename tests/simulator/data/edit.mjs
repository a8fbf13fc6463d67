// @ts-check
// Changes to the company on order: what tests and the demo add, replace and remove while the
// simulator runs.
import * as rules from '../model/incident-rules.mjs';
import { kMinute } from '../model/time-zone.mjs';
import { completeService } from './services.mjs';

/** @typedef {import('../engine.mjs').Engine} Engine */
/** @typedef {any} Value */

/** @param {Engine} engine @param {string} kind @param {Value} value */
export function put({ world, credentials, identity }, kind, value) {
  const minutes = (/** @type {number | undefined} */ count, /** @type {number} */ fallback) =>
    world.now() + (count ?? fallback) * kMinute;
  switch (kind) {
    case 'service':
      return putService(world, value);
    case 'incident':
      return putIncidents(world, value);
    case 'user':
      return merge(world.users, {
        timeZone: 'Etc/UTC',
        color: 'purple',
        role: 'user',
        jobTitle: null,
        description: null,
        teams: [],
        ...value,
      });
    case 'policy':
      return merge(world.policies, value);
    case 'schedule':
      return merge(world.schedules, value);
    case 'priority':
      return merge(world.priorities, value);
    case 'changeEvent':
      return putChange(world, value);
    case 'maintenanceWindow':
      return merge(world.windows, {
        id: world.random.id(),
        number: world.windows.size + 40,
        description: 'Maintenance',
        teams: [],
        createdBy: [...world.users.keys()][0],
        start: minutes(value.startsInMinutes, 0),
        end: minutes(value.endsInMinutes, 60),
        services: value.services ?? [value.service],
        ...pick(value, ['id', 'description']),
      });
    case 'override': {
      const override = {
        id: world.random.id('Q', 14),
        user: value.user,
        start: minutes(value.startsInMinutes, 0),
        end: minutes(value.endsInMinutes, 60),
      };
      existing(world.schedules, value.schedule).overrides.push(override);
      return { id: override.id };
    }
    case 'onCallGap': {
      const rule = existing(world.policies, value.policy).rules[value.level - 1];
      if (!rule) throw new Error(`policy ${value.policy} has no level ${value.level}`);
      rule.targets = [{ kind: 'schedule', id: 'PSEMPTY' }];
      return {};
    }
    case 'plan':
      return Object.assign(world.plan, value);
    case 'token': {
      const { token, scopes, ...more } = value;
      const known = credentials.get(token) ?? {
        scheme: 'Token',
        user: null,
        scopes: new Set(['read', 'write']),
        expiresAt: Infinity,
        revoked: false,
      };
      credentials.set(token, { ...known, ...more, ...(scopes ? { scopes: new Set(scopes) } : {}) });
      return {};
    }
    case 'oauthClient': {
      identity.clients.set(value.id, {
        scopes: ['read', 'write'],
        refresh: true,
        ...identity.clients.get(value.id),
        ...value,
      });
      return {};
    }
    case 'consent': {
      if (value !== 'approve' && value !== 'deny')
        throw new Error('consent is "approve" or "deny"');
      identity.consent = value;
      return {};
    }
    default:
      throw new Error(`unknown kind of data: ${kind}`);
  }
}

/** @param {Engine} engine @param {string} kind @param {string} id */
export function remove({ world }, kind, id) {
  /** @type {Record<string, Map<string, unknown>>} */
  const records = {
    service: world.services,
    incident: world.incidents,
    user: world.users,
    policy: world.policies,
    schedule: world.schedules,
    priority: world.priorities,
    changeEvent: world.changes,
    maintenanceWindow: world.windows,
  };
  const map = records[kind];
  if (!map) throw new Error(`cannot remove a ${kind}; known: ${Object.keys(records).join(', ')}`);
  return { removed: map.delete(id) };
}

/** @param {Map<string, any>} records @param {Value} value */
function merge(records, value) {
  if (typeof value?.id !== 'string') throw new Error('value.id is needed');
  records.set(value.id, { ...value, ...records.get(value.id), ...value });
  return { id: value.id };
}

/** @template T @param {Map<string, T>} records @param {string} id @returns {T} */
function existing(records, id) {
  const record = records.get(id);
  if (!record) throw new Error(`there is no ${id}`);
  return record;
}

/** @param {Value} value @param {string[]} names @returns {Record<string, any>} */
const pick = (value, names) =>
  Object.fromEntries(
    names.flatMap((name) => (value[name] === undefined ? [] : [[name, value[name]]])),
  );

/** @param {Engine['world']} world @param {Value} value */
function putService(world, value) {
  const id = value.id ?? world.random.id();
  const known = world.services.get(id);
  const service = known
    ? { ...known, ...value }
    : completeService({ name: id, policy: 'PEPPLAT', teams: [], ...value, id }, world.now());
  world.services.set(id, service);
  return {
    id,
    integrationKey: service.integrations.find((/** @type {any} */ item) => item.key)?.key ?? null,
  };
}

/**
 * A known id is changed; otherwise `count` (1) incidents begin `agoMinutes` ago.
 * @param {Engine['world']} world @param {Value} value
 */
function putIncidents(world, value) {
  const by = /** @type {const} */ ({ kind: 'user', id: value.by ?? 'PUANAIS' });
  const known = value.id === undefined ? undefined : world.incidents.get(value.id);
  const incidents = known
    ? [known]
    : Array.from({ length: value.count ?? 1 }, (_, index) => {
        const title = value.count > 1 ? `${value.title} ${index + 1}` : value.title;
        const start = world.now() - (value.agoMinutes ?? 0) * kMinute;
        const incident = rules.openIncident(world, {
          ...pick(value, ['id', 'service', 'urgency', 'key', 'details', 'assignees']),
          service: value.service,
          title,
          at: start,
          by: { kind: 'service', id: value.service },
        });
        if (value.alert !== false) {
          rules.addAlert(world, incident, {
            key: incident.key,
            summary: title,
            severity: 'error',
            source: 'simulator',
            at: start,
            integration: world.services.get(value.service)?.integrations[0]?.id ?? '',
            details: {},
            links: [],
          });
        }
        return incident;
      });
  for (const incident of incidents) {
    if (known && typeof value.title === 'string') incident.title = value.title;
    if (known && value.urgency) rules.setUrgency(world, incident, value.urgency, by, world.now());
    if (value.priority !== undefined)
      rules.setPriority(world, incident, priorityId(world, value.priority), by, world.now());
    if (value.status === 'acknowledged') rules.acknowledge(world, incident, by, world.now());
    if (value.status === 'resolved' && incident.status !== 'resolved')
      rules.resolve(world, incident, by, world.now());
    if (value.status === 'triggered' && incident.status !== 'triggered')
      rules.retrigger(world, incident, by, world.now());
    if (value.note) rules.addNote(world, incident, value.note, by, world.now());
  }
  return { id: incidents[0]?.id ?? null, ids: incidents.map((incident) => incident.id) };
}

/** By id or by name. @param {Engine['world']} world @param {string | null} name */
function priorityId(world, name) {
  if (name === null) return null;
  return (
    [...world.priorities.values()].find((item) => item.id === name || item.name === name)?.id ??
    null
  );
}

/** @param {Engine['world']} world @param {Value} value */
function putChange(world, value) {
  return merge(world.changes, {
    id: world.random.id('01', 26),
    source: 'simulator',
    links: [],
    details: {},
    integration: existing(world.services, value.service).integrations[0]?.id ?? '',
    at: world.now() - (value.agoMinutes ?? 0) * kMinute,
    ...pick(value, ['id', 'summary', 'source', 'links', 'service']),
  });
}
