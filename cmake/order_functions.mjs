// Which order of a module's functions compresses best: alike ones stand beside each other, where brotli finds what they share at a
// small distance. It is 2 % of the module on the wire, for nothing at run time.
//
// A greedy walk: next is the function that has most in common with the last ones, by the runs of bytes that few other functions have.
import { number, readNumber, sectionsOf } from './wasm_bytes.mjs';

const CODE = 10;
const RUN_BYTES = 5;
const COMMON_FUNCTIONS = 400; // a run that more of them have says nothing
const RECENT_WEIGHTS = [1, 0.5, 0.25, 0.12];
const LENGTH_BIAS = 10;
const LENGTH_POWER = 0.6;

function readBodies(bytes) {
  const code = sectionsOf(bytes).find(({ id }) => id === CODE).content;
  let [count, at] = readNumber(code, 0);
  const bodies = [];
  for (; count > 0; --count) {
    const [size, start] = readNumber(code, at);
    at = start + size;
    bodies.push(code.subarray(start, at));
  }
  return bodies;
}

function countImportedFunctions(module) {
  return WebAssembly.Module.imports(new WebAssembly.Module(module)).filter(({ kind }) => kind === 'function').length;
}

function runsOf(body) {
  const runs = new Set();
  for (let from = 0; from + RUN_BYTES <= body.length; ++from) {
    runs.add(body.subarray(from, from + RUN_BYTES).reduce((hash, byte) => (Math.imul(hash, 31) + byte) | 0, 0));
  }
  return runs;
}

/** The functions' indices in the order to put them in. */
function orderOf(bodies) {
  const holders = new Map();
  const runs = bodies.map(runsOf);
  runs.forEach((own, index) => own.forEach((run) => (holders.get(run) ?? holders.set(run, []).get(run)).push(index)));
  const weights = new Map();
  for (const [run, { length }] of holders) if (length > 1 && length <= COMMON_FUNCTIONS) weights.set(run, 1 / Math.log2(1 + length));
  const shared = runs.map((own) => [...own].filter((run) => weights.has(run)));

  const left = new Set(bodies.map((_, index) => index).sort((a, b) => bodies[b].length - bodies[a].length || a - b));
  const order = [];
  while (left.size > 0) {
    const scores = new Map();
    order.slice(-RECENT_WEIGHTS.length).reverse().forEach((recent, distance) => {
      for (const run of shared[recent]) {
        const gain = weights.get(run) * RECENT_WEIGHTS[distance];
        for (const other of holders.get(run)) if (left.has(other)) scores.set(other, (scores.get(other) ?? 0) + gain);
      }
    });
    let [next] = left; // the longest one
    let best = 0;
    for (const [other, score] of scores) {
      const value = score / (bodies[other].length + LENGTH_BIAS) ** LENGTH_POWER;
      if (value > best) [next, best] = [other, value];
    }
    left.delete(next);
    order.push(next);
  }
  return order;
}

/** The module with names by which `wasm-opt --reorder-functions-by-name` puts its functions in order. */
export function nameByOrder(module) {
  const bodies = readBodies(module);
  const imported = countImportedFunctions(module);
  const width = String(bodies.length).length;
  const names = [];
  orderOf(bodies).forEach((index, place) => (names[index] = String(place).padStart(width, '0')));
  const map = [...number(bodies.length), ...names.flatMap((name, index) => [...number(imported + index), name.length, ...Buffer.from(name)])];
  const content = [4, ...Buffer.from('name'), 1, ...number(map.length), ...map];
  return Buffer.concat([module, Buffer.from([0, ...number(content.length), ...content])]);
}
