// @ts-check
// Who is on a schedule, and when: layers from the lowest to the highest, overrides above them all.
import { dayNumber, instantOnDay, kDay, kHour, timeOfDay } from './time-zone.mjs';

/** @typedef {import('./types.mjs').Schedule} Schedule */
/** @typedef {import('./types.mjs').Layer} Layer */
/**
 * `turn` tells two shifts of one user apart.
 * @typedef {{start: number, end: number, user: string, turn: string}} Shift
 */

/**
 * A layer's shifts that touch [since, until), whole and in order.
 * @param {Layer} layer @param {string} zone @param {number} since @param {number} until
 * @returns {Shift[]}
 */
export function layerShifts(layer, zone, since, until) {
  if (layer.users.length === 0) return [];
  const startOf = (/** @type {number} */ turn) =>
    instantOnDay(layer.anchorDay + turn * layer.turnDays, timeOfDay(layer.handoff), zone);
  /** @type {Shift[]} */
  const shifts = [];
  // Two days of slack: a zone's date may differ from UTC's, and a turn begins at its hand-over, not
  // at midnight.
  let turn = Math.floor((dayNumber(since, zone) - layer.anchorDay - 2) / layer.turnDays);
  for (; startOf(turn) < until; ++turn) {
    const user =
      layer.users[((turn % layer.users.length) + layer.users.length) % layer.users.length] ?? '';
    for (const [start, end] of restricted(layer, zone, startOf(turn), startOf(turn + 1))) {
      const shift = {
        start: Math.max(start, layer.from),
        end: Math.min(end, layer.until ?? Infinity),
        user,
        turn: `${layer.id}/${turn}/${start}`,
      };
      if (shift.start < shift.end && shift.start < until && shift.end > since) shifts.push(shift);
    }
  }
  return shifts;
}

/**
 * The parts of a turn that its layer's hours allow.
 * @param {Layer} layer @param {string} zone @param {number} start @param {number} end
 * @returns {[number, number][]}
 */
function restricted(layer, zone, start, end) {
  if (!layer.daily) return [[start, end]];
  /** @type {[number, number][]} */
  const parts = [];
  for (let day = dayNumber(start, zone) - 1; day <= dayNumber(end, zone); ++day) {
    const from = instantOnDay(day, timeOfDay(layer.daily.start), zone);
    const part = /** @type {[number, number]} */ ([
      Math.max(from, start),
      Math.min(from + layer.daily.hours * kHour, end),
    ]);
    if (part[0] < part[1]) parts.push(part);
  }
  return parts;
}

/**
 * The final schedule's shifts that touch [since, until), whole and in order.
 * @param {Schedule} schedule @param {number} since @param {number} until @returns {Shift[]}
 */
export function finalShifts(schedule, since, until) {
  // Wide enough that a shift which only touches the range is still seen whole.
  const slack = Math.max(1, ...schedule.layers.map((layer) => layer.turnDays)) * kDay + kDay;
  const [from, to] = [since - slack, until + slack];
  const stack = schedule.layers.map((layer) => layerShifts(layer, schedule.timeZone, from, to));
  stack.push(
    schedule.overrides.map((override) => ({
      start: override.start,
      end: override.end,
      user: override.user,
      turn: override.id,
    })),
  );
  const edges = [...new Set(stack.flat().flatMap((shift) => [shift.start, shift.end]))].sort(
    (a, b) => a - b,
  );
  /** @type {Shift[]} */
  const shifts = [];
  edges.forEach((start, index) => {
    const end = edges[index + 1];
    const on = stack
      .findLast((layer) => layer.some((shift) => covers(shift, start)))
      ?.find((shift) => covers(shift, start));
    if (end === undefined || !on) return;
    const last = shifts.at(-1);
    if (last && last.end === start && last.turn === on.turn) last.end = end;
    else shifts.push({ ...on, start, end });
  });
  return shifts.filter((shift) => shift.start < until && shift.end > since);
}

/** @param {Shift} shift @param {number} at */
function covers(shift, at) {
  return shift.start <= at && at < shift.end;
}

/**
 * Entries cut to [since, until), as a schedule shows them.
 * @param {Shift[]} shifts @param {number} since @param {number} until
 */
export function clipped(shifts, since, until) {
  return shifts.map((shift) => ({
    ...shift,
    start: Math.max(shift.start, since),
    end: Math.min(shift.end, until),
  }));
}

/**
 * Per cent of [since, until) that the shifts cover.
 * @param {Shift[]} shifts @param {number} since @param {number} until
 */
export function coverage(shifts, since, until) {
  if (until <= since) return 0;
  const covered = clipped(shifts, since, until).reduce(
    (sum, shift) => sum + shift.end - shift.start,
    0,
  );
  return Math.round((covered / (until - since)) * 1000) / 10;
}

/** @param {Schedule} schedule @param {number} at */
export function onCallAt(schedule, at) {
  return finalShifts(schedule, at, at + 1)[0];
}
