// Splits the linked module: what every page loads stays in one file, and each part of wasm/abi/parts.json gets one of its own.
//
//   node split_module.mjs LINKED.wasm PARTS.json BINARYEN_BIN OUT.wasm      -> OUT.wasm, OUT.<part>.wasm
//
// A part is entered through its entries only: it gets what can be reached in no other way. Functions that stand in tables
// (virtual ones, rows of constants) can be called from anywhere; `inTables` says which of them are never called while the part
// is not there. `needs`: parts that are always there before it. `wasm-split` does the cutting: parts share the memory and fill their places in the table of functions.
import { execFileSync } from 'node:child_process';
import { createHash } from 'node:crypto';
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { nameByOrder } from './order_functions.mjs';
import { takePartData, withData } from './part_data.mjs';

const [linked, partsFile, binaryen, out] = process.argv.slice(2);
if (out === undefined) {
  console.error('usage: node split_module.mjs LINKED.wasm PARTS.json BINARYEN_BIN OUT.wasm');
  process.exit(2);
}
const FEATURES = ['bulk-memory', 'bulk-memory-opt', 'call-indirect-overlong', 'exception-handling', 'multivalue', 'mutable-globals',
  'nontrapping-float-to-int', 'reference-types', 'sign-ext', 'simd'].map((feature) => `--enable-${feature}`);
// Below it, another function of the same bytes may have been merged into one.
const SMALLEST_LINES = 8;
/** Whose texts (shared/base/texts.h) have which numbers, by all but their last 16 bits. */
const TEXTS_OF = new Map([[0x51, 'more'], [0x52, 'entity'], [0x53, 'yaml']]);

const folder = mkdtempSync(join(tmpdir(), 'pdc-split-'));
const run = (tool, ...args) => execFileSync(join(binaryen, tool), [...FEATURES, ...args], { stdio: ['ignore', 'inherit', 'inherit'] });
const parts = Object.entries(JSON.parse(readFileSync(partsFile, 'utf8')));

function fail(problem, fix) {
  rmSync(folder, { recursive: true, force: true });
  console.error(`error: ${problem}\n       ${fix}`);
  process.exit(1);
}

/** "pd::view::(anonymous namespace)::f(int)" as parts.json has it: "pd::view::f(int)" */
const plain = (name) => name.replaceAll('(anonymous namespace)::', '');
const isEntry = (name, entry) => plain(name).startsWith(`${entry}(`) || plain(name).includes(` ${entry}(`);

/** What calls what: by name, in the module's order. `texts`: whose texts a function names. */
function readCalls(text) {
  const nameAt = (quoted) => (quoted.startsWith('"') ? quoted.slice(1, -1) : quoted);
  const names = /\$("[^"]*"|[^\s()]+)/g;
  const calls = new Map();
  const lines = new Map();
  const texts = new Map();
  const exported = [];
  const tabled = [];
  let current;
  for (const line of text.split('\n')) {
    if (line.startsWith(' (func ')) {
      current = nameAt(line.match(/\$("[^"]*"|[^\s()]+)/)[1]);
      calls.set(current, new Set());
      lines.set(current, 0);
      texts.set(current, new Set());
    } else if (line.startsWith(' (elem ')) {
      tabled.push(...[...line.matchAll(names)].map(([, name]) => nameAt(name)).slice(1));
    } else if (line.startsWith(' (export ')) {
      const found = line.match(/\(func \$("[^"]*"|[^\s()]+)\)/);
      if (found) exported.push(nameAt(found[1]));
    } else if (current !== undefined) {
      lines.set(current, lines.get(current) + 1);
      for (const [, name] of line.matchAll(/\((?:call|return_call|ref\.func) \$("[^"]*"|[^\s()]+)/g)) calls.get(current).add(nameAt(name));
      for (const [, value] of line.matchAll(/\(i(?:32|64)\.const (-?\d+)\)/g)) {
        for (const word of [BigInt(value), BigInt(value) >> 32n]) {
          const owner = TEXTS_OF.get(Number(BigInt.asUintN(32, word) >> 16n));
          if (owner !== undefined) texts.get(current).add(owner);
        }
      }
    }
  }
  return { calls, lines, texts, exported, tabled };
}

/** All that the functions `from` reach without entering `isBarred`. */
function reach(calls, from, isBarred) {
  const reached = new Set();
  const next = [...from];
  while (next.length > 0) {
    const name = next.pop();
    if (reached.has(name) || isBarred(name)) continue;
    reached.add(name);
    next.push(...(calls.get(name) ?? []));
  }
  return reached;
}

// Entries are kept from melting into their callers here, as PD_ENTERS_PART does while C++ is compiled.
const apart = parts.flatMap(([, { entries }]) => entries).map((entry) => `--no-inline=*${entry.split('::').slice(-2).join('::')}(*`);
const optimised = join(folder, 'optimised.wasm');
const named = join(folder, 'named.wasm');
// A function that is called once stays one, too: its bytes are no more than in its caller, and parts take functions.
const asOnce = ['--one-caller-inline-max-function-size=0', '--low-memory-unused'];
run('wasm-opt', ...apart, ...asOnce, '--strip-target-features', '--post-emscripten', '-Oz', '--zero-filled-memory',
  '--pass-arg=directize-initial-contents-immutable', '--no-stack-ir', linked, '-g', '-o', optimised);
run('wasm-opt', ...apart, ...asOnce, '-Oz', '--converge', optimised, '-g', '-o', named);

const listing = join(folder, 'named.wat');
run('wasm-dis', named, '-o', listing);
const { calls, lines, texts, exported, tabled } = readCalls(readFileSync(listing, 'utf8'));
const partOf = new Map();
const ofTables = new Set();
for (const [part, { entries, inTables }] of parts) {
  for (const entry of entries) {
    const found = [...calls.keys()].filter((name) => isEntry(name, entry));
    if (found.length === 0) {
      fail(`there is no function ${entry}, through which the part "${part}" is entered`,
        `Put PD_ENTERS_PART before its definition, or correct ${partsFile}.`);
    }
    for (const name of found) partOf.set(name, part);
  }
  const patterns = inTables.map((pattern) => new RegExp(pattern));
  for (const name of tabled) {
    if (partOf.has(name) || !patterns.some((pattern) => pattern.test(plain(name)))) continue;
    partOf.set(name, part);
    ofTables.add(name);
  }
}
const isEntered = (name) => partOf.has(name);
const isOnlyTabled = (name) => ofTables.has(name);
const coreWithout = () => reach(calls, [...exported, ...tabled.filter((name) => !isEntered(name))], (name) => isEntered(name) && !isOnlyTabled(name));
let core = coreWithout();
for (const name of ofTables) {
  // It may be called by its name, too; and one that is small and calls nothing of its part's may stand for another of the same bytes.
  const isAnybodys = lines.get(name) < SMALLEST_LINES && [...calls.get(name)].every((callee) => core.has(callee));
  if (core.has(name) || isAnybodys) partOf.delete(name);
}
core = coreWithout();
const reachOf = parts.map(([part]) => reach(calls, [...partOf.keys()].filter((name) => partOf.get(name) === part),
  (name) => core.has(name) || (isEntered(name) && !isOnlyTabled(name) && partOf.get(name) !== part)));
const order = [...calls.keys()];
// What several parts need is in the one that the others are never without, else in the file that all have.
function homeOf(name) {
  const users = parts.filter((_, index) => reachOf[index].has(name));
  return users.find(([part]) => users.every(([other, { needs = [] }]) => other === part || needs.includes(part)))?.[0];
}
const homes = order.map(homeOf);
for (const [index, name] of order.entries()) {
  for (const owner of texts.get(name)) {
    const home = parts.find(([part]) => part === homes[index]);
    if (home?.[0] === owner || home?.[1].needs?.includes(owner)) continue;
    fail(`${name} is in ${home === undefined ? 'the core' : `the part "${home[0]}"`} and names a text that the part "${owner}" brings along`,
      'Say in shared/base/texts.def that the text is the core\'s, or move what says it.');
  }
}
const membersOf = parts.map(([part]) => homes.flatMap((home, index) => (home === part ? [index] : [])));

const stripped = join(folder, 'stripped.wasm');
run('wasm-opt', '--strip-debug', '--strip-producers', named, '-o', stripped);
const build = createHash('sha256').update(readFileSync(stripped)).digest('hex').slice(0, 12);
const { without, ofPart } = takePartData(readFileSync(stripped));
writeFileSync(stripped, without);
const manifest = join(folder, 'manifest.txt');
writeFileSync(manifest, `${parts.map(([part], index) => [part, ...membersOf[index]].join('\n')).join('\n\n')}\n`);
run('wasm-split', '--multi-split', '--manifest', manifest, '--out-prefix', join(folder, 'part-'), '--no-placeholders',
  '--import-namespace', build, '--export-prefix', '%', stripped, '-o', join(folder, 'core.wasm'));

/** A custom section that says of which compilation the module is: its parts import from that name. */
function markOf() {
  const text = (value) => [value.length, ...Buffer.from(value)];
  const content = [...text('build'), ...Buffer.from(build)];
  return Buffer.from([0, content.length, ...content]);
}
for (const part of [undefined, ...parts.map(([name]) => name)]) {
  const file = join(folder, part === undefined ? 'core.wasm' : `part-${part}.wasm`);
  const target = part === undefined ? out : out.replace(/\.wasm$/, `.${part}.wasm`);
  run('wasm-opt', '-Oz', '--low-memory-unused', '--reorder-functions', '--strip-debug', '--strip-producers', file, '-o', target);
  writeFileSync(file, nameByOrder(readFileSync(target)));
  run('wasm-opt', '--reorder-functions-by-name', '--generate-stack-ir', '--optimize-stack-ir', '--strip-debug', file, '-o', target);
  if (part === undefined) writeFileSync(target, Buffer.concat([readFileSync(target), markOf()]));
  else if (ofPart.has(part)) writeFileSync(target, withData(readFileSync(target), ofPart.get(part)));
}
rmSync(folder, { recursive: true, force: true });
