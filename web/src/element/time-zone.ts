/** A time zone as data: C++ has no tz database, the browser's Intl has. */

import { BROWSERS_ZONE, type TimeMs } from '../runtime/messages.js';

const HOUR_MS = 3_600_000;
const STEP_MS = 14 * 24 * HOUR_MS;
/** Shifts and ages reach this far around now. */
const REACH_MS = 400 * 24 * HOUR_MS;

/** All cards of a page mostly share one zone, and asking Intl some sixty times costs a millisecond. */
const known = new Map<string, [TimeMs, number][]>();

/** `[from in ms, offset in minutes]`, ascending. Errors: RangeError for a name that Intl does not know. */
export function timeZoneRules(timeZone: string, now: TimeMs): [TimeMs, number][] {
  const found = known.get(timeZone);
  if (found !== undefined) return found;
  const rules = computeRules(timeZone, now);
  known.set(timeZone, rules);
  return rules;
}

function computeRules(timeZone: string, now: TimeMs): [TimeMs, number][] {
  const offsetAt = makeOffsetOf(timeZone);
  let at = now - REACH_MS;
  let offset = offsetAt(at);
  const rules: [TimeMs, number][] = [[at, offset]];
  for (; at < now + REACH_MS; at += STEP_MS) {
    const next = offsetAt(at + STEP_MS);
    if (next === offset) continue;
    rules.push([changeBetween(at, at + STEP_MS, offset, offsetAt), next]);
    offset = next;
  }
  return rules;
}

/** The instant, to the minute, from which the offset is no longer `before`. */
function changeBetween(from: TimeMs, to: TimeMs, before: number, offsetAt: (at: TimeMs) => number): TimeMs {
  let [low, high] = [Math.floor(from / 60_000), Math.ceil(to / 60_000)];
  while (high - low > 1) {
    const middle = Math.floor((low + high) / 2);
    if (offsetAt(middle * 60_000) === before) low = middle;
    else high = middle;
  }
  return high * 60_000;
}

function makeOffsetOf(timeZone: string): (at: TimeMs) => number {
  if (timeZone === BROWSERS_ZONE) return (at) => -new Date(at).getTimezoneOffset();
  const format = new Intl.DateTimeFormat('en-US', {
    timeZone,
    hourCycle: 'h23',
    year: 'numeric',
    month: 'numeric',
    day: 'numeric',
    hour: 'numeric',
    minute: 'numeric',
  });
  return (at) => {
    const parts: Partial<Record<Intl.DateTimeFormatPartTypes, number>> = {};
    for (const { type, value } of format.formatToParts(at)) parts[type] = Number(value);
    const civil = Date.UTC(parts.year ?? 0, (parts.month ?? 1) - 1, parts.day, parts.hour, parts.minute);
    return Math.round((civil - Math.floor(at / 60_000) * 60_000) / 60_000);
  };
}
