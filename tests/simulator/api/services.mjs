// @ts-check
// Services, their integrations, changes, dependencies, maintenance windows.
import { badRequest, notFound } from '../http/errors.mjs';
import { pageOf } from '../http/query.mjs';
import { created, noContent, ok } from '../http/router.mjs';
import * as present from '../present/index.mjs';

/** @typedef {import('../http/router.mjs').RestContext} RestContext */

/** @param {RestContext} context */
export function serviceOf({ world, params }) {
  const service = world.services.get(params.id ?? '');
  if (!service) throw notFound();
  return service;
}

/**
 * `query` looks in names and, as the vendor's own software relies on, in integration keys.
 * @param {RestContext} context
 */
function listServices({ world, query }) {
  const [text, name, teams] = [
    query.text('query')?.toLowerCase(),
    query.text('name'),
    query.list('team_ids'),
  ];
  const services = [...world.services.values()]
    .filter(
      (item) =>
        !text ||
        item.name.toLowerCase().includes(text) ||
        item.integrations.some((entry) => entry.key === text),
    )
    .filter((item) => !name || item.name === name)
    .filter((item) => !teams || item.teams.some((team) => teams.includes(team)))
    .sort((a, b) => a.name.localeCompare(b.name, 'en'));
  if (query.text('sort_by') === 'name:desc') services.reverse();
  return ok(
    pageOf('services', services, query, (item) =>
      present.service(world, item.id, query.includes()),
    ),
  );
}

/** @param {RestContext} context */
function getIntegration(context) {
  const service = serviceOf(context);
  const integration = service.integrations.find((item) => item.id === context.params.integration);
  if (!integration) throw notFound();
  return ok({
    integration: present.integration(
      context.world,
      service.id,
      integration,
      context.query.includes(),
    ),
  });
}

/** @param {RestContext} context @param {string} [serviceId] */
function listChanges({ world, query }, serviceId) {
  const [since, until, integrations, teams] = [
    query.time('since'),
    query.time('until'),
    query.list('integration_ids'),
    query.list('team_ids'),
  ];
  const events = [...world.changes.values()]
    .filter((event) => serviceId === undefined || event.service === serviceId)
    .filter(
      (event) =>
        (since === undefined || event.at >= since) && (until === undefined || event.at < until),
    )
    .filter((event) => !integrations || integrations.includes(event.integration))
    .filter(
      (event) =>
        !teams || world.services.get(event.service)?.teams.some((team) => teams.includes(team)),
    )
    .sort((a, b) => b.at - a.at);
  return ok(pageOf('change_events', events, query, (event) => present.changeEvent(world, event)));
}

/** @param {RestContext} context */
function listDependencies(context) {
  const { id } = serviceOf(context);
  const reference = (/** @type {string} */ service) => ({
    id: service,
    type: 'technical_service_reference',
  });
  const relationships = context.world.dependencies.filter(
    (item) => item.supporting === id || item.dependent === id,
  );
  return ok({
    relationships: relationships.map((item) => ({
      id: item.id,
      type: 'service_dependency',
      supporting_service: reference(item.supporting),
      dependent_service: reference(item.dependent),
    })),
  });
}

const kWindowFilters = ['past', 'future', 'ongoing', 'open', 'all'];

/** @param {RestContext} context */
function listWindows({ world, query, now }) {
  const filter = query.text('filter') ?? 'all';
  if (!kWindowFilters.includes(filter))
    throw badRequest(`filter must be one of ${kWindowFilters.join(', ')}`);
  const [services, teams, text] = [
    query.list('service_ids'),
    query.list('team_ids'),
    query.text('query')?.toLowerCase(),
  ];
  /** @type {Record<string, (window: import('../model/types.mjs').MaintenanceWindow) => boolean>} */
  const inTime = {
    past: (item) => item.end <= now,
    future: (item) => item.start > now,
    ongoing: (item) => item.start <= now && now < item.end,
    open: (item) => now < item.end,
    all: () => true,
  };
  const windows = [...world.windows.values()]
    .filter(inTime[filter] ?? (() => true))
    .filter((item) => !services || item.services.some((id) => services.includes(id)))
    .filter((item) => !teams || item.teams.some((id) => teams.includes(id)))
    .filter((item) => !text || item.description.toLowerCase().includes(text));
  return ok(
    pageOf('maintenance_windows', windows, query, (item) =>
      present.maintenanceWindow(world, item, query.includes()),
    ),
  );
}

/** @param {RestContext} context */
function createWindow({ world, body, actor, now }) {
  const given = body.maintenance_window ?? {};
  const [start, end] = [Date.parse(given.start_time), Date.parse(given.end_time)];
  /** @type {string[]} */
  const services = (Array.isArray(given.services) ? given.services : []).map(
    (/** @type {any} */ item) => item?.id,
  );
  if (Number.isNaN(start) || Number.isNaN(end))
    throw badRequest('start_time and end_time must be dates');
  if (end <= now || end <= start)
    throw badRequest('end_time must be in the future and after start_time');
  if (services.length === 0 || services.some((id) => !world.services.has(id)))
    throw badRequest('services must name services that exist');
  const window = {
    id: world.random.id(),
    number: world.windows.size + 40,
    description: String(given.description ?? ''),
    start: Math.max(start, now),
    end,
    services,
    teams: [...new Set(services.flatMap((id) => world.services.get(id)?.teams ?? []))],
    createdBy: actor.id,
  };
  world.windows.set(window.id, window);
  return created({ maintenance_window: present.maintenanceWindow(world, window) });
}

/**
 * Ends an ongoing window, deletes a future one.
 * @param {RestContext} context
 */
function endWindow({ world, params, now }) {
  const window = world.windows.get(params.id ?? '');
  if (!window || window.end <= now) throw notFound();
  if (window.start > now) world.windows.delete(window.id);
  else window.end = now;
  return noContent();
}

/** @type {import('../http/router.mjs').RestRoute[]} */
export const kServiceRoutes = [
  { method: 'GET', path: '/services', scopes: ['services.read'], handle: listServices },
  {
    method: 'GET',
    path: '/services/:id',
    scopes: ['services.read'],
    handle: (context) =>
      ok({
        service: present.service(context.world, serviceOf(context).id, context.query.includes()),
      }),
  },
  {
    method: 'GET',
    path: '/services/:id/integrations/:integration',
    scopes: ['services.read'],
    handle: getIntegration,
  },
  {
    method: 'GET',
    path: '/services/:id/change_events',
    scopes: ['services.read', 'change_events.read'],
    handle: (context) => listChanges(context, serviceOf(context).id),
  },
  {
    method: 'GET',
    path: '/change_events',
    scopes: ['change_events.read'],
    handle: (context) => listChanges(context),
  },
  {
    method: 'GET',
    path: '/service_dependencies/technical_services/:id',
    scopes: ['services.read'],
    handle: listDependencies,
  },
  { method: 'GET', path: '/maintenance_windows', scopes: ['services.read'], handle: listWindows },
  {
    method: 'POST',
    path: '/maintenance_windows',
    scopes: ['services.write'],
    from: true,
    handle: createWindow,
  },
  {
    method: 'DELETE',
    path: '/maintenance_windows/:id',
    scopes: ['services.write'],
    handle: endWindow,
  },
];
