// @ts-check
// Escalation policies, schedules and on-calls.
import { clipped, coverage, finalShifts, layerShifts } from '../model/rotation.mjs';
import { formatTime, instantOnDay, kDay, kHour, kSecond, timeOfDay } from '../model/time-zone.mjs';
import { asReference, head, kNone } from './head.mjs';
import { teamIn, teamReference, user, userReference } from './people.mjs';
import { service, serviceReference } from './services.mjs';

/** @typedef {import('../model/world.mjs').World} World */
/** @typedef {import('./head.mjs').Includes} Includes */
/** @typedef {import('./head.mjs').Json} Json */

/** @param {World} world @param {string} id */
const policyHead = (world, id) =>
  head(
    id,
    'escalation_policy',
    world.policies.get(id)?.name ?? id,
    `escalation_policies/${id}`,
    `escalation_policies/${id}`,
  );
/** @param {World} world @param {string} id @param {Includes} includes @returns {Json} */
export const policyIn = (world, id, includes) =>
  includes.has('escalation_policies') ? policy(world, id) : asReference(policyHead(world, id));

/** @param {World} world @param {string} id @param {Includes} [includes] @returns {Json} */
export function policy(world, id, includes = kNone) {
  const record = world.policies.get(id);
  if (!record) return asReference(policyHead(world, id));
  const targetOf = (/** @type {import('../model/types.mjs').Target} */ target) => {
    if (target.kind === 'user')
      return includes.has('targets') ? user(world, target.id) : userReference(world, target.id);
    return asReference(scheduleHead(world, target.id));
  };
  return {
    ...policyHead(world, id),
    name: record.name,
    description: record.description,
    num_loops: record.loops,
    on_call_handoff_notifications: 'if_has_services',
    escalation_rules: record.rules.map((rule) => ({
      id: rule.id,
      escalation_delay_in_minutes: rule.delayMinutes,
      targets: rule.targets.map(targetOf),
    })),
    services: [...world.services.values()]
      .filter((item) => item.policy === id)
      .map((item) =>
        includes.has('services') ? service(world, item.id) : serviceReference(world, item.id),
      ),
    teams: record.teams.map((item) => teamIn(world, item, includes)),
  };
}

/** @param {World} world @param {string} id */
const scheduleHead = (world, id) =>
  head(id, 'schedule', world.schedules.get(id)?.name ?? id, `schedules/${id}`, `schedules/${id}`);

/** @param {World} world @param {import('../model/types.mjs').Schedule} record */
export function scheduleSummary(world, record) {
  const users = [...new Set(record.layers.flatMap((layer) => layer.users))];
  const policies = [...world.policies.values()].filter((item) =>
    item.rules.some((rule) => rule.targets.some((target) => target.id === record.id)),
  );
  return {
    ...scheduleHead(world, record.id),
    name: record.name,
    time_zone: record.timeZone,
    description: record.description,
    escalation_policies: policies.map((item) => asReference(policyHead(world, item.id))),
    users: users.map((item) => userReference(world, item)),
    teams: record.teams.map((item) => teamReference(world, item)),
  };
}

/**
 * With the shifts of [since, until) when both are given.
 * @param {World} world @param {import('../model/types.mjs').Schedule} record
 * @param {{since: number, until: number, zone: string, overflow: boolean} | undefined} range
 * @returns {Json}
 */
export function schedule(world, record, range) {
  const render = (/** @type {import('../model/rotation.mjs').Shift[]} */ shifts) => ({
    rendered_schedule_entries: !range
      ? []
      : (range.overflow ? shifts : clipped(shifts, range.since, range.until)).map((shift) => ({
          start: formatTime(shift.start, range.zone),
          end: formatTime(shift.end, range.zone),
          user: userReference(world, shift.user),
        })),
    rendered_coverage_percentage: range ? coverage(shifts, range.since, range.until) : null,
  });
  const overrides = record.overrides
    .filter((item) => range && item.start < range.until && item.end > range.since)
    .map((item) => ({ ...item, turn: item.id }));
  const zone = range?.zone ?? record.timeZone;
  return {
    ...scheduleSummary(world, record),
    // The highest layer comes first.
    schedule_layers: record.layers.toReversed().map((layer) => {
      const firstTurn = instantOnDay(layer.anchorDay, timeOfDay(layer.handoff), record.timeZone);
      return {
        id: layer.id,
        name: layer.name,
        start: formatTime(Math.max(layer.from, firstTurn), zone),
        end: layer.until ? formatTime(layer.until, zone) : null,
        rotation_virtual_start: formatTime(firstTurn, zone),
        rotation_turn_length_seconds: (layer.turnDays * kDay) / kSecond,
        users: layer.users.map((item) => ({ user: userReference(world, item) })),
        restrictions: layer.daily
          ? [
              {
                type: 'daily_restriction',
                start_time_of_day: `${layer.daily.start}:00`,
                duration_seconds: (layer.daily.hours * kHour) / kSecond,
              },
            ]
          : [],
        ...render(range ? layerShifts(layer, record.timeZone, range.since, range.until) : []),
      };
    }),
    overrides_subschedule: { name: 'Overrides', ...render(overrides) },
    final_schedule: {
      name: 'Final Schedule',
      ...render(range ? finalShifts(record, range.since, range.until) : []),
    },
  };
}

/** @param {World} world @param {import('../model/types.mjs').Override} item @param {string} zone */
export const override = (world, item, zone) => ({
  id: item.id,
  start: formatTime(item.start, zone),
  end: formatTime(item.end, zone),
  user: userReference(world, item.user),
});

/**
 * @param {World} world @param {ReturnType<World['onCalls']>[number]} entry
 * @param {Includes} includes @param {string} zone @returns {Json}
 */
export function onCall(world, entry, includes, zone) {
  return {
    escalation_policy: policyIn(world, entry.policy, includes),
    escalation_level: entry.level,
    schedule:
      entry.schedule === null
        ? null
        : includes.has('schedules')
          ? scheduleSummary(
              world,
              /** @type {import('../model/types.mjs').Schedule} */ (
                world.schedules.get(entry.schedule)
              ),
            )
          : asReference(scheduleHead(world, entry.schedule)),
    user: includes.has('users') ? user(world, entry.user) : userReference(world, entry.user),
    start: entry.start === null ? null : formatTime(entry.start, zone),
    end: entry.end === null ? null : formatTime(entry.end, zone),
  };
}
