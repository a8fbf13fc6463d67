// ./run faults [--browser chromium|firefox] [--fault NAME] [--state NAME]: runs the matrix of faults and states, prints it as a
// table with a sign for each cell (`.` as expected, `F` not), then what went wrong, then counts for tools/test.
import { parseArgs } from 'node:util';
import { expectNoTrouble, kMostRequestsAMinute, runCell } from './cell.mjs';
import { kFaults } from './faults.mjs';
import { openBrowser, openStage } from './stage.mjs';
import { kStates } from './states.mjs';

/** Firefox has one visible page at a time; Chromium as many as there are processors for. */
const kWorkers = { chromium: 2, firefox: 1 };
const kFirefoxStates = new Set(['first load', 'fresh', 'dialog: edit', 'trigger', 'create', 'acknowledge', 'only button: first load', 'key only']);

const { values: given } = parseArgs({
  options: { browser: { type: 'string', multiple: true }, fault: { type: 'string' }, state: { type: 'string' }, verbose: { type: 'boolean' } },
});
const browsers = given.browser ?? ['chromium', 'firefox'];

/** The items of that name, or else with that in their names; all when none is asked for. */
function named(items, kind, wanted) {
  if (wanted === undefined) return items;
  const exact = items.filter(({ name }) => name === wanted);
  const found = exact.length > 0 ? exact : items.filter(({ name }) => name.includes(wanted));
  if (found.length === 0) throw new Error(`there is no ${kind} called "${wanted}"; known: ${items.map(({ name }) => name).join(', ')}`);
  return found;
}

/** The rows and columns. Firefox runs a part, unless one is asked for by name. */
function partOf(browser) {
  const isPart = browser === 'firefox' && given.fault === undefined && given.state === undefined;
  const faults = named(kFaults, 'fault', given.fault).filter((fault) => !(isPart && fault.firefox !== true) && !(browser === 'firefox' && fault.chromiumOnly));
  const states = named(kStates, 'state', given.state).filter((state) => !isPart || kFirefoxStates.has(state.name));
  return { faults, states };
}

/** A row: each state in turn on one page; a new page after a failure, which may have left things behind. */
async function runRow(stage, fault, states) {
  const cells = [];
  let isFresh = false;
  for (const state of states) {
    const cell = { fault: fault.name, state: state.name, requests: 0, error: undefined };
    try {
      if (!isFresh) await stage.load();
      isFresh = true;
      cell.requests = (await runCell(stage, fault, state)).requests;
      await expectNoTrouble(stage, fault);
    } catch (error) {
      isFresh = false;
      stage.takePrinted();
      stage.leaks.length = 0;
      cell.error = error;
    }
    cells.push(cell);
  }
  return cells;
}

/** `print` takes a line. */
async function runMatrix(name, print) {
  const started = performance.now();
  const { faults, states } = partOf(name);
  const browser = await openBrowser(name);
  const rows = new Map();
  const queue = [...faults];
  const width = Math.max(...faults.map((fault) => fault.name.length)) + 2;
  print(`${name}: ${faults.length} faults x ${states.length} states\n`);
  states.forEach((state, index) => print(`${' '.repeat(width)}${'| '.repeat(index)}${state.name}`));
  const problems = [];
  const work = async () => {
    const stage = await openStage(browser);
    for (let fault = queue.shift(); fault !== undefined; fault = queue.shift()) {
      const cells = await runRow(stage, fault, states);
      rows.set(fault.name, cells);
      print(fault.name.padEnd(width) + cells.map(({ error }) => (error ? 'F' : '.')).join(' '));
    }
    problems.push(...stage.simulator.problems);
    await stage.close();
  };
  await Promise.all(Array.from({ length: kWorkers[name] }, work));
  await browser.close();
  const cells = [...rows.values()].flat();
  for (const problem of problems) cells.push({ fault: 'the simulator', state: 'itself', requests: 0, error: problem });
  const wrong = cells.filter(({ error }) => error !== undefined);
  for (const { fault, state, error } of wrong) {
    print(`\nnot ok: ${name}, ${fault}, ${state}\n  ${error.message}${given.verbose ? `\n${error.stack}` : ''}`);
  }
  const busiest = Math.max(...cells.map(({ requests }) => requests));
  const seconds = Math.round((performance.now() - started) / 1000);
  print(`\n${name}: ${cells.length - wrong.length} of ${cells.length} cells as expected; at most ${busiest} requests a minute of one card ` +
    `(bound: ${kMostRequestsAMinute}); ${seconds} s`);
  return { passed: cells.length - wrong.length, failed: wrong.length };
}

// Side by side, for Firefox keeps only half a processor busy; what the later ones print comes after the first one's.
const later = browsers.map(() => []);
const counts = await Promise.all(browsers.map((name, index) => runMatrix(name, index === 0 ? console.log : (line) => later[index].push(line))));
later.flat().forEach((line) => console.log(line));
const sum = (key) => counts.reduce((all, one) => all + one[key], 0);
console.log(`# pass ${sum('passed')}\n# fail ${sum('failed')}`);
process.exitCode = sum('failed') === 0 ? 0 : 1;
