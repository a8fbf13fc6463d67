// @ts-check
// On-calls, schedules, overrides, escalation policies.
import { badRequest, notFound } from '../http/errors.mjs';
import { pageOf } from '../http/query.mjs';
import { created, ok } from '../http/router.mjs';
import { finalShifts } from '../model/rotation.mjs';
import { kDay } from '../model/time-zone.mjs';
import * as present from '../present/index.mjs';

/** @typedef {import('../http/router.mjs').RestContext} RestContext */
/** @typedef {ReturnType<import('../model/world.mjs').World['onCalls']>[number]} Entry */

const kLongestRange = 3 * 31 * kDay;
const kMostOverrides = 50;

/** @param {number} since @param {number} until */
function checkRange(since, until) {
  if (until < since) throw badRequest('until must be after since');
  if (until - since > kLongestRange)
    throw badRequest('The time range must be shorter than 3 months');
}

/** @param {RestContext} context */
function listOnCalls({ world, query, now }) {
  const since = query.time('since') ?? now;
  const until = query.time('until') ?? since + 1;
  checkRange(since, until);
  const [users, policies, schedules, zone, includes] = [
    query.list('user_ids'),
    query.list('escalation_policy_ids'),
    query.list('schedule_ids'),
    query.zone(),
    query.includes(),
  ];
  let entries = world
    .onCalls(since, Math.max(until, since + 1))
    .filter((entry) => !users || users.includes(entry.user))
    .filter((entry) => !policies || policies.includes(entry.policy))
    .filter(
      (entry) => !schedules || (entry.schedule !== null && schedules.includes(entry.schedule)),
    );
  if (query.flag('earliest')) entries = earliest(entries);
  entries.sort(
    (a, b) =>
      a.policy.localeCompare(b.policy) || a.level - b.level || (a.start ?? 0) - (b.start ?? 0),
  );
  return ok(
    pageOf('oncalls', entries, query, (entry) => present.onCall(world, entry, includes, zone)),
  );
}

/** The first entry of each user at each level of each policy. @param {Entry[]} entries */
function earliest(entries) {
  /** @type {Map<string, Entry>} */
  const first = new Map();
  for (const entry of entries) {
    const key = `${entry.policy} ${entry.level} ${entry.user}`;
    const known = first.get(key);
    if (!known || (entry.start ?? 0) < (known.start ?? 0)) first.set(key, entry);
  }
  return [...first.values()];
}

/** @param {RestContext} context */
function scheduleOf({ world, params }) {
  const schedule = world.schedules.get(params.id ?? '');
  if (!schedule) throw notFound();
  return schedule;
}

/** @param {RestContext} context @param {string} zone */
function rangeOf({ query }, zone) {
  const [since, until] = [query.time('since'), query.time('until')];
  if (since === undefined || until === undefined) return undefined;
  checkRange(since, until);
  return { since, until, zone, overflow: query.flag('overflow') };
}

/** @param {RestContext} context */
function getSchedule(context) {
  const schedule = scheduleOf(context);
  return ok({
    schedule: present.schedule(
      context.world,
      schedule,
      rangeOf(context, context.query.zone(schedule.timeZone)),
    ),
  });
}

/** @param {RestContext} context */
function listSchedules({ world, query }) {
  const text = query.text('query')?.toLowerCase();
  const schedules = [...world.schedules.values()].filter(
    (item) => !text || item.name.toLowerCase().includes(text),
  );
  return ok(pageOf('schedules', schedules, query, (item) => present.scheduleSummary(world, item)));
}

/** @param {RestContext} context */
function listScheduleUsers(context) {
  const schedule = scheduleOf(context);
  const range = rangeOf(context, schedule.timeZone);
  const ids = range
    ? finalShifts(schedule, range.since, range.until).map((shift) => shift.user)
    : schedule.layers.flatMap((layer) => layer.users);
  return ok({ users: [...new Set(ids)].map((id) => present.user(context.world, id)) });
}

/** @param {RestContext} context */
function listOverrides(context) {
  const schedule = scheduleOf(context);
  const zone = context.query.zone(schedule.timeZone);
  const range = rangeOf(context, zone);
  if (!range) throw badRequest('since and until are required');
  const overrides = schedule.overrides.filter(
    (item) => item.start < range.until && item.end > range.since,
  );
  return ok({ overrides: overrides.map((item) => present.override(context.world, item, zone)) });
}

/**
 * Each override has its own status: a bad one does not spoil the others.
 * @param {RestContext} context
 */
function createOverrides(context) {
  const { world, body } = context;
  const schedule = scheduleOf(context);
  if (!Array.isArray(body.overrides) || body.overrides.length === 0)
    throw badRequest('overrides must be a list with at least one override');
  if (body.overrides.length > kMostOverrides)
    throw badRequest(`overrides must hold at most ${kMostOverrides}`);
  return created(
    body.overrides.map((/** @type {any} */ given) => {
      const item = {
        id: world.random.id('Q', 14),
        start: Date.parse(given?.start),
        end: Date.parse(given?.end),
        user: String(given?.user?.id),
      };
      const errors = [
        ...(Number.isNaN(item.start) || Number.isNaN(item.end)
          ? ['Override must have a start and an end']
          : item.end <= item.start
            ? ['Override must end after its start']
            : []),
        ...(world.users.has(item.user) ? [] : ['User Not Found']),
      ];
      if (errors.length) return { status: 400, errors, override: given };
      schedule.overrides.push(item);
      return { status: 201, override: present.override(world, item, schedule.timeZone) };
    }),
  );
}

/** @param {RestContext} context */
function listPolicies({ world, query }) {
  const [text, teams, users] = [
    query.text('query')?.toLowerCase(),
    query.list('team_ids'),
    query.list('user_ids'),
  ];
  const policies = [...world.policies.values()]
    .filter((item) => !text || item.name.toLowerCase().includes(text))
    .filter((item) => !teams || item.teams.some((id) => teams.includes(id)))
    .filter(
      (item) =>
        !users ||
        item.rules.some((rule) => rule.targets.some((target) => users.includes(target.id))),
    )
    .sort((a, b) => a.name.localeCompare(b.name, 'en'));
  if (query.text('sort_by') === 'name:desc') policies.reverse();
  return ok(
    pageOf('escalation_policies', policies, query, (item) =>
      present.policy(world, item.id, query.includes()),
    ),
  );
}

/** @param {RestContext} context */
function getPolicy({ world, params, query }) {
  if (!world.policies.has(params.id ?? '')) throw notFound();
  return ok({ escalation_policy: present.policy(world, params.id ?? '', query.includes()) });
}

/** @type {import('../http/router.mjs').RestRoute[]} */
export const kOnCallRoutes = [
  { method: 'GET', path: '/oncalls', scopes: ['oncalls.read'], handle: listOnCalls },
  { method: 'GET', path: '/schedules', scopes: ['schedules.read'], handle: listSchedules },
  { method: 'GET', path: '/schedules/:id', scopes: ['schedules.read'], handle: getSchedule },
  {
    method: 'GET',
    path: '/schedules/:id/users',
    scopes: ['users.read'],
    handle: listScheduleUsers,
  },
  {
    method: 'GET',
    path: '/schedules/:id/overrides',
    scopes: ['schedules.read'],
    handle: listOverrides,
  },
  {
    method: 'POST',
    path: '/schedules/:id/overrides',
    scopes: ['schedules.write'],
    handle: createOverrides,
  },
  {
    method: 'GET',
    path: '/escalation_policies',
    scopes: ['escalation_policies.read'],
    handle: listPolicies,
  },
  {
    method: 'GET',
    path: '/escalation_policies/:id',
    scopes: ['escalation_policies.read'],
    handle: getPolicy,
  },
];
