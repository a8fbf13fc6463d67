// @ts-check
// Events v2: an event is accepted at once and seen a little later.
import { ApiError } from '../http/errors.mjs';
import { kEventsLimit } from '../http/rate-limit.mjs';
import * as rules from '../model/incident-rules.mjs';

/** @typedef {import('../model/world.mjs').World} World */
/** @typedef {import('../engine.mjs').Engine} Engine */

const kActions = ['trigger', 'acknowledge', 'resolve'];
const kSeverities = ['critical', 'error', 'warning', 'info'];
const kLongestSummary = 1024;
const kLongestKey = 255;
const kLargestEvent = 512 * 1024;
const kChannel = { type: 'api' };

/** @param {string[]} errors */
const invalid = (...errors) =>
  new ApiError(400, { status: 'invalid event', message: 'Event object is invalid', errors });

/** @param {string} text */
function parseEvent(text) {
  if (new TextEncoder().encode(text).length > kLargestEvent)
    throw new ApiError(413, {
      status: 'invalid event',
      message: 'Event is larger than 512 KB',
      errors: ['Event is too large'],
    });
  try {
    const event = JSON.parse(text);
    if (event !== null && typeof event === 'object' && !Array.isArray(event)) return event;
  } catch {
    // Answered below, like any other body that is no object.
  }
  throw new ApiError(400, {
    status: 'Unrecognized object',
    message: 'Event object format is unrecognized',
    errors: ['JSON parse error'],
  });
}

/** @param {World} world @param {any} event */
function integrationOf(world, event) {
  const key = event.routing_key;
  if (typeof key !== 'string' || key === '') throw invalid("'routing_key' is missing or blank");
  if (key.length !== 32)
    throw invalid("Length of 'routing_key' is incorrect (should be 32 characters)");
  const found = world.serviceOfKey(key);
  if (!found)
    throw new ApiError(400, {
      status: 'invalid key',
      message: 'Invalid routing key',
      errors: ["'routing_key' names no integration"],
    });
  return found;
}

/** @param {any} payload @param {boolean} change */
function payloadErrors(payload, change) {
  const blank = (/** @type {string} */ name) =>
    typeof payload?.[name] === 'string' && payload[name].trim() !== ''
      ? []
      : [`'payload.${name}' is missing or blank`];
  const errors = blank('summary');
  if (typeof payload?.summary === 'string' && payload.summary.length > kLongestSummary)
    errors.push(`'payload.summary' is longer than ${kLongestSummary} characters`);
  if (change) return errors;
  errors.push(...blank('source'));
  if (!kSeverities.includes(payload?.severity))
    errors.push(
      "'payload.severity' is invalid (must be one of the following: 'critical', 'warning', 'error' or 'info')",
    );
  return errors;
}

/** @param {Engine} engine @param {string} name */
function spend(engine, name) {
  if (engine.limits.count(`events ${name}`, kEventsLimit, engine.world.now()).exceeded) {
    throw new ApiError(429, {
      status: 'throttle exceeded',
      message: 'Requests for this service are arriving too quickly. Please retry later.',
    });
  }
}

/** POST /v2/enqueue. @param {Engine} engine @param {string} text */
export function enqueue(engine, text) {
  const { world } = engine;
  const event = parseEvent(text);
  const { service, integration } = integrationOf(world, event);
  if (!kActions.includes(event.event_action))
    throw invalid(
      "'event_action' is missing or invalid (must be one of the following: 'trigger', 'acknowledge' or 'resolve')",
    );
  const given =
    typeof event.dedup_key === 'string' && event.dedup_key !== '' ? event.dedup_key : undefined;
  const errors =
    event.event_action === 'trigger'
      ? payloadErrors(event.payload, false)
      : given
        ? []
        : ["'dedup_key' is missing or blank"];
  if (given && given.length > kLongestKey)
    errors.push(`'dedup_key' is longer than ${kLongestKey} characters`);
  if (errors.length) throw invalid(...errors);
  spend(engine, integration.key ?? '');
  const key = given ?? world.random.id('', 32).toLowerCase();
  world.accept(
    (now) => applyEvent(world, service.id, integration.id, { ...event, dedup_key: key }, now),
    engine.visibleAfterMs,
  );
  return { status: 202, body: { status: 'success', message: 'Event processed', dedup_key: key } };
}

/**
 * @param {World} world @param {string} serviceId @param {string} integrationId @param {any} event
 * @param {number} now
 */
function applyEvent(world, serviceId, integrationId, event, now) {
  const open = world
    .openIncidents(serviceId)
    .find((item) =>
      item.alerts.some((alert) => alert.key === event.dedup_key && alert.resolvedAt === null),
    );
  const by = /** @type {const} */ ({ kind: 'service', id: serviceId });
  if (event.event_action === 'trigger') {
    if (!open) trigger(world, serviceId, integrationId, event, now);
  } else if (open && event.event_action === 'acknowledge') {
    rules.acknowledge(world, open, by, now, kChannel);
  } else if (open) {
    for (const alert of open.alerts) if (alert.key === event.dedup_key) alert.resolvedAt ??= now;
    if (open.alerts.every((alert) => alert.resolvedAt !== null))
      rules.resolve(world, open, by, now, { channel: kChannel });
  }
}

/**
 * A disabled service, or one in maintenance, accepts events and opens nothing.
 * @param {World} world @param {string} serviceId @param {string} integrationId @param {any} event
 * @param {number} now
 */
function trigger(world, serviceId, integrationId, event, now) {
  const service = world.services.get(serviceId);
  if (!service || service.disabled || world.inMaintenance(serviceId, now)) return;
  const { payload } = event;
  const incident = rules.openIncident(world, {
    title: payload.summary,
    service: serviceId,
    at: now,
    by: { kind: 'service', id: serviceId },
    channel: kChannel,
    key: event.dedup_key,
  });
  rules.addAlert(world, incident, {
    key: event.dedup_key,
    summary: payload.summary,
    severity: payload.severity,
    source: payload.source,
    at: now,
    integration: integrationId,
    details: payload.custom_details ?? {},
    links: Array.isArray(event.links)
      ? event.links.filter((/** @type {any} */ link) => typeof link?.href === 'string')
      : [],
    client: event.client,
    clientUrl: event.client_url,
  });
}

/** POST /v2/change/enqueue. @param {Engine} engine @param {string} text */
export function enqueueChange(engine, text) {
  const { world } = engine;
  const event = parseEvent(text);
  const { service, integration } = integrationOf(world, event);
  const errors = payloadErrors(event.payload, true);
  if (errors.length) throw invalid(...errors);
  spend(engine, integration.key ?? '');
  const { summary, source, timestamp, custom_details: details } = event.payload;
  const sent = Date.parse(timestamp);
  world.accept((now) => {
    const change = {
      id: world.random.id('01', 26),
      summary,
      source: source ?? '',
      at: Number.isNaN(sent) ? now : sent,
      service: service.id,
      integration: integration.id,
      links: Array.isArray(event.links) ? event.links : [],
      details: details ?? {},
    };
    world.changes.set(change.id, change);
  }, engine.visibleAfterMs);
  return { status: 202, body: { status: 'success', message: 'Change event processed' } };
}
