// @ts-check
// Users, teams, priorities and who did something.
import { asReference, head, kNone } from './head.mjs';
import { service, serviceReference } from './services.mjs';

/** @typedef {import('../model/world.mjs').World} World */
/** @typedef {import('./head.mjs').Includes} Includes */
/** @typedef {import('./head.mjs').Json} Json */

/**
 * A user that no longer exists has a name and nothing to link to.
 * @param {World} world @param {string} id
 */
export function userReference(world, id) {
  const user = world.users.get(id);
  return user
    ? asReference(userHead(user))
    : { id, type: 'user_reference', summary: 'Deleted user', self: null, html_url: null };
}
/** @param {import('../model/types.mjs').User} user */
const userHead = (user) => head(user.id, 'user', user.name, `users/${user.id}`, `users/${user.id}`);

/** @param {World} world @param {string} id @param {Includes} [includes] @returns {Json} */
export function user(world, id, includes = kNone) {
  const record = world.users.get(id);
  if (!record) return userReference(world, id);
  const contactId = `C${id.slice(1)}`;
  const contact = head(
    contactId,
    'email_contact_method',
    'Default',
    `users/${id}/contact_methods/${contactId}`,
    null,
  );
  return {
    ...userHead(record),
    name: record.name,
    email: record.email,
    time_zone: record.timeZone,
    color: record.color,
    role: record.role,
    avatar_url: `https://secure.gravatar.com/avatar/${id.toLowerCase()}.png?d=mm&r=PG`,
    description: record.description,
    invitation_sent: false,
    job_title: record.jobTitle,
    teams: record.teams.map((team) => teamIn(world, team, includes)),
    contact_methods: includes.has('contact_methods')
      ? [
          {
            ...contact,
            label: 'Default',
            address: record.email,
            send_short_email: false,
            send_html_email: true,
          },
        ]
      : [asReference(contact)],
    notification_rules: [],
    coordinated_incidents: [],
  };
}

/** @param {World} world @param {string} id @returns {Json} */
export function team(world, id) {
  const record = world.teams.get(id);
  return {
    ...head(id, 'team', record?.name ?? id, `teams/${id}`, `teams/${id}`),
    name: record?.name ?? id,
    description: record?.description ?? null,
    default_role: 'manager',
    parent: null,
  };
}
/** @param {World} world @param {string} id */
export const teamReference = (world, id) =>
  asReference(head(id, 'team', world.teams.get(id)?.name ?? id, `teams/${id}`, `teams/${id}`));
/** @param {World} world @param {string} id @param {Includes} includes @returns {Json} */
export const teamIn = (world, id, includes) =>
  includes.has('teams') ? team(world, id) : teamReference(world, id);

/**
 * @param {World} world @param {import('../model/types.mjs').Actor} actor @param {boolean} [whole]
 * @returns {Json}
 */
export function agent(world, actor, whole = false) {
  if (actor.kind === 'user') return whole ? user(world, actor.id) : userReference(world, actor.id);
  return whole ? service(world, actor.id) : serviceReference(world, actor.id);
}

/** @param {World} world @param {string | null} id */
export function priority(world, id) {
  const record = id === null ? undefined : world.priorities.get(id);
  if (!record) return null;
  return {
    ...head(record.id, 'priority', record.name, `priorities/${record.id}`, null),
    name: record.name,
    description: record.description,
    color: record.color,
    order: Number(record.name.slice(1)),
  };
}
