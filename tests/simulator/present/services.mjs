// @ts-check
// Services, integrations, changes and maintenance windows.
import { formatTime } from '../model/time-zone.mjs';
import { kSubdomain } from '../model/world.mjs';
import { asReference, head, kNone, timeOrNull } from './head.mjs';
import { policyIn } from './on-call.mjs';
import { teamIn, user, userReference } from './people.mjs';

/** @typedef {import('../model/world.mjs').World} World */
/** @typedef {import('./head.mjs').Includes} Includes */
/** @typedef {import('./head.mjs').Json} Json */

/** @param {World} world @param {string} id */
const serviceHead = (world, id) =>
  head(
    id,
    'service',
    world.services.get(id)?.name ?? id,
    `services/${id}`,
    `service-directory/${id}`,
  );
/** @param {World} world @param {string} id */
export const serviceReference = (world, id) => asReference(serviceHead(world, id));

/** @param {World} world @param {string} id @param {Includes} [includes] @returns {Json} */
export function service(world, id, includes = kNone) {
  const record = world.services.get(id);
  if (!record) return serviceReference(world, id);
  const hours = record.supportHours;
  return {
    ...serviceHead(world, id),
    name: record.name,
    description: record.description,
    created_at: formatTime(record.createdAt, 'America/New_York'),
    updated_at: formatTime(record.createdAt),
    status: world.serviceStatus(record),
    last_incident_timestamp: timeOrNull(world.lastIncidentAt(id)),
    auto_resolve_timeout: record.autoResolveTimeoutS,
    acknowledgement_timeout: record.acknowledgementTimeoutS,
    teams: record.teams.map((item) => teamIn(world, item, includes)),
    alert_creation: 'create_alerts_and_incidents',
    addons: [],
    scheduled_actions: [],
    support_hours: hours && {
      type: 'fixed_time_per_day',
      time_zone: hours.timeZone,
      start_time: hours.start,
      end_time: hours.end,
      days_of_week: hours.days,
    },
    incident_urgency_rule:
      record.urgency === 'support_hours'
        ? {
            type: 'use_support_hours',
            during_support_hours: { type: 'constant', urgency: 'high' },
            outside_support_hours: { type: 'constant', urgency: 'low' },
          }
        : { type: 'constant', urgency: record.urgency },
    escalation_policy: policyIn(world, record.policy, includes),
    integrations: record.integrations.map((item) =>
      includes.has('integrations')
        ? integration(world, id, item)
        : asReference(integrationHead(id, item)),
    ),
  };
}

/** @param {string} serviceId @param {import('../model/types.mjs').Integration} item */
const integrationHead = (serviceId, item) =>
  head(
    item.id,
    item.type,
    item.name,
    `services/${serviceId}/integrations/${item.id}`,
    `services/${serviceId}/integrations/${item.id}`,
  );

/**
 * @param {World} world @param {string} serviceId
 * @param {import('../model/types.mjs').Integration} item @param {Includes} [includes]
 * @returns {Json}
 */
export function integration(world, serviceId, item, includes = kNone) {
  return {
    ...integrationHead(serviceId, item),
    name: item.name,
    created_at: formatTime(item.createdAt),
    service: includes.has('services')
      ? service(world, serviceId)
      : serviceReference(world, serviceId),
    ...(item.key
      ? { integration_key: item.key }
      : { integration_email: `${serviceId.toLowerCase()}@${kSubdomain}.pagerduty.com` }),
    ...(item.vendor
      ? {
          vendor: head(
            item.vendor.id,
            'vendor_reference',
            item.vendor.name,
            `vendors/${item.vendor.id}`,
            null,
          ),
        }
      : {}),
  };
}

/** @param {World} world @param {string} integrationId @param {string} serviceId */
export function integrationReference(world, serviceId, integrationId) {
  const item = world.services
    .get(serviceId)
    ?.integrations.find((candidate) => candidate.id === integrationId);
  return item
    ? asReference(integrationHead(serviceId, item))
    : {
        id: integrationId,
        type: 'inbound_integration_reference',
        summary: null,
        self: null,
        html_url: null,
      };
}

/** @param {World} world @param {import('../model/types.mjs').ChangeEvent} event */
export function changeEvent(world, event) {
  return {
    ...head(
      event.id,
      'change_event',
      event.summary,
      `change_events/${event.id}`,
      `change_events/${event.id}`,
    ),
    timestamp: formatTime(event.at),
    source: event.source,
    services: [serviceReference(world, event.service)],
    integration: integrationReference(world, event.service, event.integration),
    links: event.links,
    images: [],
    custom_details: event.details,
  };
}

/**
 * @param {World} world @param {import('../model/types.mjs').MaintenanceWindow} window
 * @param {Includes} [includes] @returns {Json}
 */
export function maintenanceWindow(world, window, includes = kNone) {
  return {
    ...head(
      window.id,
      'maintenance_window',
      window.description,
      `maintenance_windows/${window.id}`,
      `service-directory/maintenance-windows/${window.id}`,
    ),
    sequence_number: window.number,
    start_time: formatTime(window.start, 'America/New_York'),
    end_time: formatTime(window.end, 'America/New_York'),
    description: window.description,
    services: window.services.map((id) =>
      includes.has('services') ? service(world, id) : serviceReference(world, id),
    ),
    teams: window.teams.map((id) => teamIn(world, id, includes)),
    created_by: includes.has('users')
      ? user(world, window.createdBy)
      : userReference(world, window.createdBy),
  };
}
