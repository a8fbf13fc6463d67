// @ts-check
// POST /_simulator: what a test or a person at the demo orders. The README beside lists the
// commands.
import { kOAuth } from '../api/oauth.mjs';
import { put, remove } from '../data/edit.mjs';
import { serviceHandles } from '../data/services.mjs';
import { kTokens } from './auth.mjs';

/** @typedef {import('../engine.mjs').Engine} Engine */

/** @type {Record<string, (engine: Engine, command: any) => Record<string, unknown>>} */
const kCommands = {
  reset: (engine) => {
    engine.reset();
    return {};
  },
  fault: (engine, { op: _op, ...order }) => ({ id: engine.faults.add(order).id }),
  clearFaults: (engine, { id }) => {
    engine.faults.clear(id);
    return {};
  },
  clock: (engine, { set, advanceMs, run }) => {
    const { clock } = engine;
    if (set !== undefined) clock.set(asTime(set));
    if (advanceMs !== undefined) clock.set(clock.now() + asDuration(advanceMs));
    if (run !== undefined) clock.run(Boolean(run));
    engine.world.settle();
    return { now: clock.now(), iso: new Date(clock.now()).toISOString(), running: clock.running };
  },
  data: (engine, { kind, value, remove: id }) => {
    engine.world.settle();
    return id === undefined ? put(engine, kind, value) : remove(engine, kind, id);
  },
  requests: (engine, { clear }) => {
    const requests = [...engine.requests];
    if (clear) engine.requests.length = 0;
    return { requests };
  },
  state: (engine) => ({
    now: engine.clock.now(),
    iso: new Date(engine.clock.now()).toISOString(),
    running: engine.clock.running,
    services: serviceHandles(),
    tokens: kTokens,
    oauth: kOAuth,
    faults: engine.faults.list(),
  }),
};

/** @param {number | string} value */
function asTime(value) {
  const ms = typeof value === 'number' ? value : Date.parse(value);
  if (!Number.isFinite(ms)) throw new Error(`not a time: ${value}`);
  return ms;
}

/** @param {unknown} value */
function asDuration(value) {
  if (typeof value !== 'number' || !Number.isFinite(value))
    throw new Error(`not a number of milliseconds: ${value}`);
  return value;
}

/** @param {Engine} engine @param {any} command */
export function obey(engine, command) {
  const perform = kCommands[command?.op];
  if (!perform)
    throw new Error(`unknown op: ${command?.op}; known: ${Object.keys(kCommands).join(', ')}`);
  return perform(engine, command);
}
