// @ts-check
// Wall-clock time in a named zone: enough for schedules that hand over at nine in Berlin, in summer
// and in winter.

export const kSecond = 1000;
export const kMinute = 60 * kSecond;
export const kHour = 60 * kMinute;
export const kDay = 24 * kHour;

/** @type {Map<string, Intl.DateTimeFormat>} */
const formats = new Map();

/** @param {string} zone */
function formatOf(zone) {
  let format = formats.get(zone);
  if (!format) {
    format = new Intl.DateTimeFormat('en-US', {
      timeZone: zone,
      hourCycle: 'h23',
      year: 'numeric',
      month: 'numeric',
      day: 'numeric',
      hour: 'numeric',
      minute: 'numeric',
      second: 'numeric',
    });
    formats.set(zone, format);
  }
  return format;
}

/** @param {string} zone */
export function isTimeZone(zone) {
  try {
    return formatOf(zone) !== undefined;
  } catch {
    return false;
  }
}

/** Offsets that were asked for before, by zone and quarter of an hour. @type {Map<string, number>} */
const offsets = new Map();

/**
 * How far the zone's clock is ahead of UTC. It changes at whole quarters of an hour only, and `Intl`
 * is slow, so each quarter is asked for once.
 * @param {number} ms @param {string} zone
 */
function offsetOf(ms, zone) {
  const quarter = Math.floor(ms / (15 * kMinute));
  const key = `${quarter} ${zone}`;
  let offset = offsets.get(key);
  if (offset === undefined) {
    const start = quarter * 15 * kMinute;
    /** @type {Record<string, number>} */
    const part = {};
    for (const { type, value } of formatOf(zone).formatToParts(start)) part[type] = Number(value);
    const { year = 0, month = 1, day, hour, minute, second } = part;
    offset = Date.UTC(year, month - 1, day, hour, minute, second) - start;
    offsets.set(key, offset);
  }
  return offset;
}

/** What the zone's clock shows, as if it were UTC. @param {number} ms @param {string} zone */
function wallClock(ms, zone) {
  return ms + offsetOf(ms, zone);
}

/** The instant at which the zone's clock shows `wall`. @param {number} wall @param {string} zone */
function instantOf(wall, zone) {
  return wall - offsetOf(wall - offsetOf(wall, zone), zone);
}

/**
 * The instant of a wall-clock time on the day that is `days` after 1970-01-01.
 * @param {number} days @param {number} timeOfDayMs @param {string} zone
 */
export function instantOnDay(days, timeOfDayMs, zone) {
  return instantOf(days * kDay + timeOfDayMs, zone);
}

/** Days from 1970-01-01 to the zone's date at `ms`. @param {number} ms @param {string} zone */
export function dayNumber(ms, zone) {
  return Math.floor(wallClock(ms, zone) / kDay);
}

/** "09:30" or "09:30:00" as milliseconds since midnight. @param {string} text */
export function timeOfDay(text) {
  const [hours = 0, minutes = 0, seconds = 0] = text.split(':').map(Number);
  return hours * kHour + minutes * kMinute + seconds * kSecond;
}

/** RFC 3339 in whole seconds, as PagerDuty writes it. @param {number} ms @param {string} [zone] */
export function formatTime(ms, zone = 'Etc/UTC') {
  const whole = Math.floor(ms / kSecond) * kSecond;
  const wall = wallClock(whole, zone);
  const text = new Date(wall).toISOString().slice(0, 19);
  const offset = Math.round((wall - whole) / kMinute);
  if (offset === 0) return `${text}Z`;
  const size = Math.abs(offset);
  const two = (/** @type {number} */ n) => String(n).padStart(2, '0');
  return `${text}${offset < 0 ? '-' : '+'}${two(Math.floor(size / 60))}:${two(size % 60)}`;
}
