// @ts-check
// Everything that the simulated company owns, and what follows from it: who is on call, how a
// service stands.
import { finalShifts } from './rotation.mjs';
import { settleIncident } from './incident-rules.mjs';

/** @typedef {import('./types.mjs').Incident} Incident */

export const kSubdomain = 'acme-shop';

/** @template {{id: string}} T @param {T[]} items @returns {Map<string, T>} */
export const byId = (items) => new Map(items.map((item) => [item.id, item]));

export class World {
  /**
   * Accepted events that nothing shows yet, in order.
   * @type {{at: number, apply: (now: number) => void}[]}
   */
  accepted = [];
  /** Features that an account may have bought. @type {Record<string, boolean>} */
  plan = { analytics: true, standards: true, priorities: true };

  /**
   * @param {import('./clock.mjs').Clock} clock @param {import('./random.mjs').Random} random
   * @param {ReturnType<import('../data/company.mjs').makeCompany>} company
   */
  constructor(clock, random, company) {
    this.clock = clock;
    this.random = random;
    this.users = byId(company.users);
    this.teams = byId(company.teams);
    this.priorities = byId(company.priorities);
    this.schedules = byId(company.schedules);
    this.policies = byId(company.policies);
    this.services = byId(company.services);
    this.incidents = byId(company.incidents);
    this.changes = byId(company.changes);
    this.windows = byId(company.windows);
    this.dependencies = company.dependencies;
    this.abilities = company.abilities;
    this.nextNumber = company.nextNumber;
  }

  now() {
    return this.clock.now();
  }

  /** Applies what has become due: accepted events, then time-outs. Called before each answer. */
  settle() {
    const now = this.now();
    while (this.accepted[0] && this.accepted[0].at <= now) {
      const event = this.accepted.shift();
      event?.apply(event.at);
    }
    for (const incident of this.incidents.values()) settleIncident(this, incident, now);
  }

  /** @param {(now: number) => void} apply @param {number} delayMs */
  accept(apply, delayMs) {
    this.accepted.push({ at: this.now() + delayMs, apply });
  }

  /** @param {string} serviceId */
  openIncidents(serviceId) {
    return [...this.incidents.values()].filter(
      (incident) => incident.service === serviceId && incident.status !== 'resolved',
    );
  }

  /** @param {string} serviceId @param {number} [at] */
  inMaintenance(serviceId, at = this.now()) {
    return [...this.windows.values()].some(
      (window) => window.services.includes(serviceId) && window.start <= at && at < window.end,
    );
  }

  /** @param {import('./types.mjs').Service} service */
  serviceStatus(service) {
    if (service.disabled) return 'disabled';
    if (this.inMaintenance(service.id)) return 'maintenance';
    const open = this.openIncidents(service.id);
    if (open.some((incident) => incident.status === 'triggered')) return 'critical';
    return open.length ? 'warning' : 'active';
  }

  /** @param {string} serviceId */
  lastIncidentAt(serviceId) {
    const times = [...this.incidents.values()]
      .filter((incident) => incident.service === serviceId)
      .map((incident) => incident.createdAt);
    return times.length ? Math.max(...times) : null;
  }

  /** @param {string} key */
  serviceOfKey(key) {
    for (const service of this.services.values()) {
      const integration = service.integrations.find((item) => item.key === key);
      if (integration) return { service, integration };
    }
    return undefined;
  }

  /**
   * The users whom a level of a policy would page.
   * @param {string} policyId @param {number} level @param {number} at
   */
  usersAtLevel(policyId, level, at) {
    const targets = this.policies.get(policyId)?.rules[level - 1]?.targets ?? [];
    const users = targets.flatMap((target) => {
      if (target.kind === 'user') return [target.id];
      const schedule = this.schedules.get(target.id);
      return schedule ? finalShifts(schedule, at, at + 1).map((shift) => shift.user) : [];
    });
    return [...new Set(users)];
  }

  /**
   * On-call entries that touch [since, until), level by level.
   * @param {number} since @param {number} until
   */
  onCalls(since, until) {
    /**
     * @type {{policy: string, level: number, schedule: string | null, user: string,
     *   start: number | null, end: number | null}[]}
     */
    const entries = [];
    for (const policy of this.policies.values()) {
      policy.rules.forEach((rule, index) => {
        const place = { policy: policy.id, level: index + 1 };
        for (const target of rule.targets) {
          if (target.kind === 'user') {
            entries.push({ ...place, schedule: null, user: target.id, start: null, end: null });
            continue;
          }
          const schedule = this.schedules.get(target.id);
          for (const { user, start, end } of schedule ? finalShifts(schedule, since, until) : []) {
            entries.push({ ...place, schedule: target.id, user, start, end });
          }
        }
      });
    }
    return entries;
  }
}
