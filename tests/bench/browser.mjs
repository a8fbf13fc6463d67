// The element's speed in Chromium against the simulator, beside cards of plain DOM (plain-card.js) of the same content: what a
// viewer waits for, what a page pays for it, and what an idle page costs.
//
//   node tests/bench/browser.mjs [NAME...]      needs web/dist; NAME: only cases with this in their name
//
// Cold samples are new browser contexts, where nothing is cached; the cases take turns, so that a noisy moment of the machine meets
// all of them. All figures are medians, but where it says otherwise. `x plain` is a multiple of plain DOM's of the same run.
import { cpus, totalmem } from 'node:os';
import { kTags, openBench } from './stage.mjs';

const kSamples = 9;
const kSlowSamples = 7;   // of pages of many cards
const kIdleMs = 10_000;
const kMiB = 1 << 20;

const sorted = (values) => values.toSorted((a, b) => a - b);
const median = (values) => sorted(values)[Math.floor(values.length / 2)];
const only = process.argv.slice(2);
const isWanted = (name) => only.length === 0 || only.some((part) => name.includes(part));

function printRow(name, cells) {
  console.log(name.padEnd(52) + cells.map((cell) => String(cell ?? '').padStart(11)).join(''));
}
const ms = (value) => value.toFixed(1);
const mib = (bytes) => (bytes / kMiB).toFixed(1);

// ---- From the navigation to the data ----

const visits = [
  ...[1, 10, 50, 100].flatMap((cards) => kTags.map((tag) => ({ tag, cards, isWarm: false }))),
  ...kTags.map((tag) => ({ tag, cards: 100, in: 'tall', isWarm: false })),
  { tag: 'pagerduty-card', cards: 1, isWarm: false, isHinted: true },
  ...[true, false].flatMap((isWarm) => kTags.map((tag) => ({ tag, cards: 1, isWarm, isAway: true }))),
  { tag: 'pagerduty-card', cards: 1, isWarm: false, isHinted: true, isAway: true },
  ...kTags.map((tag) => ({ tag, cards: 1, isWarm: true })),
].map((what) => ({ ...what, name: `${what.cards} ${what.tag}, ${what.isWarm ? 'warm' : 'cold'}${what.isAway ? ', 40 ms away' : ''}${what.isHinted ? ', with hints in the head' : ''}${what.in === 'tall' ? ', all in the window' : ''}` }));

async function sampleVisit(bench, { tag, cards, isWarm, isHinted, isAway, in: window }) {
  await bench.prepare(cards);
  const visitor = await bench.page(tag, cards, { isHinted, isAway, in: window });
  if (isWarm) {
    await visitor.visit();
    await bench.prepare(cards);
  }
  const painted = await visitor.visit();
  const taken = { painted, mainThread: await visitor.mainThreadMs(), requests: bench.requests() };
  await visitor.close();
  return taken;
}

/** Memory does not differ from visit to visit. */
async function measureMemory(bench, { tag, cards, in: window }) {
  await bench.prepare(cards);
  const visitor = await bench.page(tag, cards, { in: window, notes: ['modules'] });
  await visitor.visit();
  const taken = {
    heap: await visitor.heapBytes(),
    module: await visitor.page.evaluate('wasm.memories.reduce((sum, { buffer }) => sum + buffer.byteLength, 0)'),
    canvas: await visitor.canvasBytes(),
  };
  await visitor.close();
  return taken;
}

async function measureVisits(bench) {
  const rows = visits.filter(({ name }) => isWanted(name)).map((what) => ({ ...what, samples: [] }));
  if (rows.length === 0) return;
  // The first round warms the browser and the machine's file cache.
  for (let round = 0; round <= kSamples; ++round) {
    for (const row of rows) {
      if (row.cards > 1 && round > kSlowSamples) continue;
      const taken = await sampleVisit(bench, row);
      if (round > 0) row.samples.push(taken);
    }
  }
  printRow('navigation to data painted in the window', ['median ms', 'least', 'greatest', 'x plain', 'thread ms', 'requests', 'heap MiB', 'wasm MiB', 'canvas MiB']);
  const of = (row, key) => row.samples.map((taken) => taken[key]);
  for (const row of rows) {
    const plain = rows.find((other) => other.tag === 'plain-card' && other.cards === row.cards && other.isWarm === row.isWarm && other.in === row.in && other.isAway === row.isAway);
    const times = of(row, 'painted');
    const memory = row.isWarm || row.isAway ? undefined : await measureMemory(bench, row);
    printRow(row.name, [
      ms(median(times)), ms(Math.min(...times)), ms(Math.max(...times)), plain === undefined ? '' : (median(times) / median(of(plain, 'painted'))).toFixed(2),
      ms(median(of(row, 'mainThread'))), median(of(row, 'requests')),
      ...(memory === undefined ? [] : [mib(memory.heap), mib(memory.module), mib(memory.canvas)]),
    ]);
  }
}

// ---- What a viewer does ----

/** Until two frames after `isThere`, a function of the page, is true of the first card. Looks when something in it is another: a look at each frame would cost frames. */
const seen = (page, isThere, value) => page.evaluate(([source, given]) => new Promise((done) => {
  const isTrue = new Function(`return ${source}`)();
  const card = document.querySelector('main > *');
  const look = () => {
    if (!isTrue(given)) return;
    observer.disconnect();
    requestAnimationFrame(() => requestAnimationFrame(() => done(performance.now())));
  };
  const observer = new MutationObserver(look);
  observer.observe(card.shadowRoot ?? card, { subtree: true, childList: true, characterData: true });
  look();
}), [String(isThere), value]);

const hasText = (text) => {
  const card = document.querySelector('main > *');
  return (card.shadowRoot?.querySelector('.twin') ?? card).textContent.includes(text);
};
const hasDialog = (isOpen) => (document.querySelector('main > *').shadowRoot.querySelector('[role="dialog"]') !== null) === isOpen;

/** Main-thread time of a refresh after which one card of the page shows another incident. */
async function measureRefresh(bench, cards, tag) {
  await bench.prepare(cards);
  const visitor = await bench.page(tag, cards, { notes: ['modules'] });
  await visitor.visit();
  await visitor.page.waitForTimeout(2000);   // what follows the first data comes to rest
  const taken = [];
  for (let round = 0; round <= kSlowSamples; ++round) {
    await bench.control({ op: 'data', kind: 'incident', value: { service: 'PBENCH000', title: `Errors, ${round} times`, agoMinutes: 1 } });
    const [from, framesBefore] = [await visitor.mainThreadMs(), await visitor.page.evaluate('wasm.frames.length')];
    await visitor.page.evaluate('document.querySelector("main > *").refresh(), undefined');
    await seen(visitor.page, hasText, `Errors, ${round} times`);
    const frames = await visitor.page.evaluate((before) => globalThis.wasm.frames.slice(before), framesBefore);
    if (round > 0) taken.push({ thread: await visitor.mainThreadMs() - from, frames: frames.reduce((sum, one) => sum + one, 0), count: frames.length });
  }
  await visitor.close();
  const of = (key) => median(taken.map((one) => one[key]));
  printRow(`refresh that changes one ${tag} of ${cards}`, [ms(of('thread')), 'thread ms', ms(of('frames')), 'C++ ms', of('count'), 'frames']);
}

async function measureDialog(bench) {
  const first = [];
  const again = [];
  for (let round = 0; round <= kSlowSamples; ++round) {
    await bench.prepare(1);
    const visitor = await bench.page('pagerduty-card', 1);
    await visitor.visit();
    const { page } = visitor;
    const button = page.getByRole('button', { name: 'Create incident' });
    const open = async () => {
      const pressed = page.evaluate(() => new Promise((done) => addEventListener('click', () => done(performance.now()), { once: true, capture: true })));
      await button.click();
      return await seen(page, hasDialog, true) - await pressed;
    };
    const times = [await open()];
    await page.keyboard.press('Escape');
    await seen(page, hasDialog, false);
    times.push(await open());
    if (round > 0) { first.push(times[0]); again.push(times[1]); }
    await visitor.close();
  }
  printRow('click to dialog painted, its part to be loaded', [ms(median(first)), 'ms']);
  printRow('click to dialog painted, again', [ms(median(again)), 'ms']);
}

async function measureGlyphs(bench) {
  const glyphs = [];
  const frames = [];
  for (let round = 0; round <= kSlowSamples; ++round) {
    await bench.prepare(1);
    const visitor = await bench.page('pagerduty-card', 1, { notes: ['modules'] });
    await visitor.visit();
    const taken = await visitor.page.evaluate('wasm');
    const sum = (values) => values.reduce((all, one) => all + one, 0);
    if (round > 0) { glyphs.push(sum(taken.glyphs)); frames.push(sum(taken.frames)); }
    await visitor.close();
  }
  printRow('first card, glyphs of the page\'s fonts', [ms(median(glyphs)), 'ms']);
  printRow('first card, all frames of C++ until it has data, with them', [ms(median(frames)), 'ms']);
}

async function measureLongList(bench) {
  await bench.prepare(1, 5000);
  const visitor = await bench.page('pagerduty-card', 1, { notes: ['modules'] });
  await visitor.visit();
  const { page } = visitor;
  await page.waitForFunction(() => document.querySelector('main > *').snapshot()?.sections?.find(({ kind }) => kind === 'incidents')?.count === '5,000');
  await page.evaluate('wasm.frames.length = 0');
  const from = await visitor.mainThreadMs();
  const frames = await page.evaluate(() => new Promise((done) => {
    const list = document.querySelector('main > *').shadowRoot.querySelector('.scrolls');
    let left = 120;
    const step = () => { list.scrollTop += 120; left -= 1; requestAnimationFrame(left > 0 ? step : () => done(globalThis.wasm.frames)); };
    step();
  }));
  const thread = (await visitor.mainThreadMs() - from) / frames.length;
  printRow('scroll of 5,000 incidents, dpr 2, a frame', [ms(median(frames)), 'C++ ms', ms(sorted(frames).at(-3)), 'third worst', ms(thread), 'thread ms']);
  await visitor.close();
}

async function measureIdle(bench, cards) {
  await bench.prepare(cards);
  const visitor = await bench.page('pagerduty-card', cards, { notes: ['activity'] });
  await visitor.visit();
  const { page } = visitor;
  // Ages in words change at whole minutes, rightly: not within what is measured.
  await page.waitForFunction((most) => Date.now() % 60_000 > 1000 && Date.now() % 60_000 < most, 59_000 - kIdleMs - 2000, { polling: 500 });
  // What follows the first data (other sections) comes to rest.
  while (await page.evaluate(() => new Promise((done) => { const before = globalThis.counted.drawn; setTimeout(() => done(globalThis.counted.drawn !== before), 1000); })));
  const before = await page.evaluate('({ ...counted })');
  const asked = bench.requests();
  await page.waitForTimeout(kIdleMs);
  const after = await page.evaluate('({ ...counted })');
  console.log(`${cards} idle cards, ${kIdleMs / 1000} s: ${after.drawn - before.drawn} frames drawn, ${after.frames - before.frames} animation frames asked for, `
    + `${after.timers - before.timers} timers set, ${bench.requests() - asked} requests`);
  await visitor.close();
}

console.log(`${cpus().length} x ${cpus()[0].model}, ${Math.round(totalmem() / (1 << 30))} GiB, Node ${process.version}`);
const bench = await openBench();
try {
  await measureVisits(bench);
  if (isWanted('refresh')) for (const tag of kTags) await measureRefresh(bench, 100, tag);
  if (isWanted('dialog')) await measureDialog(bench);
  if (isWanted('glyphs')) await measureGlyphs(bench);
  if (isWanted('scroll')) await measureLongList(bench);
  if (isWanted('idle')) await measureIdle(bench, 10);
} finally {
  await bench.close();
}
