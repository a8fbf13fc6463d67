// @ts-check
// Users, teams, priorities, abilities.
import { ApiError, notFound, notInPlan } from '../http/errors.mjs';
import { pageOf } from '../http/query.mjs';
import { ok } from '../http/router.mjs';
import * as present from '../present/index.mjs';

/** @typedef {import('../http/router.mjs').RestContext} RestContext */

/**
 * An account-level key has no user; the real API says so with `error` as a text.
 * @param {RestContext} context
 */
function getCurrentUser({ world, credential, query }) {
  if (!credential.user) {
    throw new ApiError(400, {
      error: 'The user cannot be told from an account-level credential. Use a user-level token.',
    });
  }
  return ok({ user: present.user(world, credential.user, query.includes()) });
}

/** @param {RestContext} context */
function listUsers({ world, query }) {
  const [text, teams] = [query.text('query')?.toLowerCase(), query.list('team_ids')];
  const users = [...world.users.values()]
    .filter(
      (user) =>
        !text || user.name.toLowerCase().includes(text) || user.email.toLowerCase().includes(text),
    )
    .filter((user) => !teams || user.teams.some((team) => teams.includes(team)));
  return ok(
    pageOf('users', users, query, (user) => present.user(world, user.id, query.includes())),
  );
}

/** @param {RestContext} context */
function listTeams({ world, query }) {
  const text = query.text('query')?.toLowerCase();
  const teams = [...world.teams.values()].filter(
    (team) => !text || team.name.toLowerCase().includes(text),
  );
  return ok(pageOf('teams', teams, query, (team) => present.team(world, team.id)));
}

/** @param {RestContext} context */
function listPriorities({ world, query }) {
  if (!world.plan.priorities)
    throw notInPlan('Required abilities are unavailable: incident_priorities');
  return ok(
    pageOf('priorities', [...world.priorities.values()], query, (item) =>
      present.priority(world, item.id),
    ),
  );
}

/** @template T @param {Map<string, T>} records @param {string | undefined} id */
function existing(records, id = '') {
  if (!records.has(id)) throw notFound();
  return id;
}

/** @type {import('../http/router.mjs').RestRoute[]} */
export const kPeopleRoutes = [
  { method: 'GET', path: '/users', scopes: ['users.read'], handle: listUsers },
  { method: 'GET', path: '/users/me', handle: getCurrentUser },
  {
    method: 'GET',
    path: '/users/:id',
    scopes: ['users.read'],
    handle: ({ world, params, query }) =>
      ok({ user: present.user(world, existing(world.users, params.id), query.includes()) }),
  },
  { method: 'GET', path: '/teams', scopes: ['teams.read'], handle: listTeams },
  {
    method: 'GET',
    path: '/teams/:id',
    scopes: ['teams.read'],
    handle: ({ world, params }) =>
      ok({ team: present.team(world, existing(world.teams, params.id)) }),
  },
  { method: 'GET', path: '/priorities', scopes: ['priorities.read'], handle: listPriorities },
  {
    method: 'GET',
    path: '/abilities',
    scopes: ['abilities.read'],
    handle: ({ world }) => ok({ abilities: world.abilities }),
  },
];
