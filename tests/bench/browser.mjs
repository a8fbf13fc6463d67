// The element's speed in Chromium against the simulator, beside cards of plain DOM (plain-card.js): what a viewer waits
// for, how many requests it takes, and what an idle page costs.
//
//   node tests/bench/browser.mjs [NAME...]      needs web/dist; NAME: only cases with this in their name
//
// Each sample is a new browser context, so nothing is cached; the cases take turns. `x first` is the median as a
// multiple of the first case's.
import { readFileSync } from 'node:fs';
import { startDemo } from '../../web/site/serve.mjs';
import { launchChromium } from '../browser/browsers.mjs';

const samples = 9;
const idleMs = 10_000;

/** All cards of a page stand in the window: one that is out of sight asks for nothing. */
const layouts = { 1: { width: 1280, height: 900, dpr: 2 }, 10: { width: 1600, height: 2400, dpr: 1 }, 100: { width: 2400, height: 14_000, dpr: 1 } };
const css = 'main { display: grid; grid-template-columns: repeat(auto-fill, minmax(440px, 1fr)); gap: 16px; align-items: start; }';

const cases = [1, 100].flatMap((cards) => ['plain-card', 'pagerduty-card'].map((tag) => (
  { name: `${cards} ${tag}, navigation to data painted`, tag, cards, path: `/bench/${tag}-${cards}.html` })));
const idleCase = { tag: 'pagerduty-card', cards: 10, path: '/bench/idle.html' };

const serviceId = (index) => `PBENCH${String(index).padStart(3, '0')}`;

/** A service with two open incidents for each card, and a full allowance of requests. */
async function prepare({ control }, count) {
  await control({ op: 'reset' });
  for (let index = 0; index < count; ++index) {
    const service = serviceId(index);
    await control({ op: 'data', kind: 'service', value: { id: service, name: `Service ${index}`, policy: 'PEPCHKT' } });
    await control({ op: 'data', kind: 'incident', value: { service, title: 'Latency above 2 s', count: 2, agoMinutes: 5 } });
  }
}

function htmlOf({ tag, cards }) {
  const script = tag === 'plain-card' ? '/bench/plain-card.js' : '/bench/card.js';
  const all = Array.from({ length: cards }, (_, index) => `<${tag} service-id="${serviceId(index)}"></${tag}>`);
  return `<!doctype html><html lang="en"><title>bench</title><link rel="stylesheet" href="/bench/bench.css"><script type="module" src="${script}"></script><main>${all.join('')}</main></html>`;
}

const cardScript = `import config from '/demo-config.json' with { type: 'json' };
import { configure } from '/dist/pagerduty-card.js';
const { apiBase, eventsBase, token } = config;
configure({ apiBase, eventsBase, credentials: { type: 'token', token } });`;

function pagesOf(all) {
  return {
    '/bench/plain-card.js': readFileSync(new URL('plain-card.js', import.meta.url), 'utf8'),
    '/bench/card.js': cardScript,
    '/bench/bench.css': css,
    ...Object.fromEntries(all.map((what) => [what.path, htmlOf(what)])),
  };
}

/** Sets `painted`: the time when all cards have shown their data, and two frames have gone by. */
const waitForCards = (count) => `globalThis.painted = new Promise((done) => {
  let left = ${count};
  addEventListener('pd-ready', () => {
    if (--left === 0) requestAnimationFrame(() => requestAnimationFrame(() => done(performance.now())));
  });
});`;

async function newPage(browser, what) {
  const { width, height, dpr } = layouts[what.cards];
  const context = await browser.newContext({ viewport: { width, height }, deviceScaleFactor: dpr });
  const page = await context.newPage();
  await page.addInitScript(waitForCards(what.cards));
  return { context, page };
}

async function sample(browser, demo, what) {
  await prepare(demo.simulator, what.cards);
  const { context, page } = await newPage(browser, what);
  await page.goto(new URL(what.path, demo.url).href, { waitUntil: 'commit' });
  const ms = await page.evaluate('painted');
  await context.close();
  return { ms, requests: demo.simulator.requests.filter(({ method }) => method !== 'OPTIONS').length };
}

const median = (values) => values.toSorted((a, b) => a - b)[Math.floor(values.length / 2)];

function printTable(rows) {
  const heads = ['median ms', 'least', 'greatest', 'x first', 'requests'];
  console.log('case'.padEnd(48) + heads.map((head) => head.padStart(11)).join(''));
  const first = median(rows[0].samples.map(({ ms }) => ms));
  for (const { name, samples: taken } of rows) {
    const ms = taken.map((one) => one.ms);
    const cells = [median(ms), Math.min(...ms), Math.max(...ms)].map((value) => value.toFixed(1));
    cells.push((median(ms) / first).toFixed(2), String(median(taken.map(({ requests }) => requests))));
    console.log(name.padEnd(48) + cells.map((cell) => cell.padStart(11)).join(''));
  }
}

async function measureTimes(browser, demo, wanted) {
  const rows = wanted.map((what) => ({ ...what, samples: [] }));
  // The first round warms the browser and the machine's file cache.
  for (let round = 0; round <= samples; ++round) {
    for (const row of rows) {
      const taken = await sample(browser, demo, row);
      if (round > 0) row.samples.push(taken);
    }
  }
  printTable(rows);
}

/** Frames that cards drew, and animation frames that they asked for, in a while without an event. */
async function measureIdle(browser, demo) {
  await prepare(demo.simulator, idleCase.cards);
  const { context, page } = await newPage(browser, idleCase);
  await page.addInitScript(`
    globalThis.asked = 0; globalThis.drawn = 0;
    const { requestAnimationFrame: original } = globalThis;
    globalThis.requestAnimationFrame = (call) => { globalThis.asked += 1; return original(call); };
    const put = CanvasRenderingContext2D.prototype.putImageData;
    CanvasRenderingContext2D.prototype.putImageData = function (...rest) { globalThis.drawn += 1; return put.apply(this, rest); };`);
  await page.goto(new URL(idleCase.path, demo.url).href);
  await page.evaluate('painted');
  // Ages in words change at whole minutes, rightly: not within what is measured.
  await page.waitForFunction(`Date.now() % 60_000 > 1000 && Date.now() % 60_000 < ${59_000 - idleMs - 2000}`, undefined, { polling: 500 });
  // What follows the first data (other sections) comes to rest.
  await page.waitForFunction('new Promise((done) => { const before = drawn; setTimeout(() => done(drawn === before), 1000); })');
  const before = await page.evaluate('({ asked, drawn })');
  await page.waitForTimeout(idleMs);
  const after = await page.evaluate('({ asked, drawn })');
  console.log(`${idleCase.cards} idle cards, ${idleMs / 1000} s: ${after.drawn - before.drawn} frames drawn, ${after.asked - before.asked} animation frames asked for`);
  await context.close();
}

const only = process.argv.slice(2);
const isWanted = (name) => only.length === 0 || only.some((part) => name.includes(part));
const wanted = cases.filter(({ name }) => isWanted(name));
const demo = await startDemo({ port: 0, pages: pagesOf([...cases, idleCase]) });
const browser = await launchChromium();
try {
  if (wanted.length > 0) await measureTimes(browser, demo, wanted);
  if (isWanted('idle')) await measureIdle(browser, demo);
} finally {
  await browser.close();
  await demo.close();
}
