// What the browser benchmark measures on: pages of n cards, of plain DOM or ours, against the simulator, and what a page is asked
// for while it is measured.
import { readFileSync } from 'node:fs';
import { startDemo } from '../../web/site/serve.mjs';
import { launchChromium } from '../browser/browsers.mjs';

/** CSS px, and device pixels each. A card that is out of sight starts when it is near; in the tall window all are seen. */
const windows = { one: { width: 1280, height: 900, dpr: 2 }, usual: { width: 1600, height: 1200, dpr: 1 }, tall: { width: 2400, height: 20_000, dpr: 1 } };
const counts = [1, 10, 50, 100];
const css = 'main { display: grid; grid-template-columns: repeat(auto-fill, minmax(440px, 1fr)); gap: 16px; align-items: start; }';
export const kTags = ['plain-card', 'pagerduty-card'];
/** Portal and API as far away as in practice: 40 ms there and back, 20 Mbit/s. */
const kNetwork = { latency: 40, downloadThroughput: 2_500_000, uploadThroughput: 2_500_000 };
/** What the README offers for the head of a page that wants its first card sooner. */
const kHints = '<link rel="modulepreload" href="/dist/pagerduty-card.js"><link rel="preload" as="fetch" crossorigin href="/dist/pagerduty-card.wasm">';

const serviceId = (index) => `PBENCH${String(index).padStart(3, '0')}`;
const pathOf = (tag, cards, isHinted = false) => `/bench/${tag}-${cards}${isHinted ? '-hinted' : ''}.html`;

function htmlOf(tag, cards, hints = '') {
  const script = tag === 'plain-card' ? '/bench/plain-card.js' : '/bench/card.js';
  const all = Array.from({ length: cards }, (_, index) => `<${tag} service-id="${serviceId(index)}"></${tag}>`);
  return `<!doctype html><html lang="en"><title>bench</title>${hints}<link rel="stylesheet" href="/bench/bench.css"><script type="module" src="${script}"></script><main>${all.join('')}</main></html>`;
}

const cardScript = `import config from '/demo-config.json' with { type: 'json' };
import { configure } from '/dist/pagerduty-card.js';
const { apiBase, eventsBase, token } = config;
configure({ apiBase, eventsBase, credentials: { type: 'token', token } });`;

function pages() {
  return {
    '/bench/plain-card.js': readFileSync(new URL('plain-card.js', import.meta.url), 'utf8'),
    '/bench/card.js': cardScript,
    '/bench/bench.css': css,
    [pathOf('pagerduty-card', 1, true)]: htmlOf('pagerduty-card', 1, kHints),
    ...Object.fromEntries(kTags.flatMap((tag) => counts.map((cards) => [pathOf(tag, cards), htmlOf(tag, cards)]))),
  };
}

// In the page, before its scripts. `painted`: the time when all cards in the window have shown their data, and two frames have gone by.
const notePainted = `globalThis.painted = new Promise((done) => {
  let shown = new Set();
  const isShown = (card) => shown.has(card) || ((card.shadowRoot ?? card).textContent.includes('Latency above 2 s') && shown.add(card) !== undefined);
  const isSeen = (card) => card.getBoundingClientRect().top < innerHeight;
  const look = () => {
    const cards = [...document.querySelectorAll('main > *')];
    if (cards.length > 0 && cards.every((card) => isShown(card) || !isSeen(card))) requestAnimationFrame(() => requestAnimationFrame(() => done(performance.now())));
    else requestAnimationFrame(look);
  };
  addEventListener('pd-ready', look, { once: true });
});`;
// `wasm`: the modules' memories, and how long each frame of C++ and each look at a font's glyphs took (ms).
const noteModules = `globalThis.wasm = { memories: [], frames: [], glyphs: [] };
const { instantiate } = WebAssembly;
const timed = (call, times) => (...values) => {
  const from = performance.now();
  const result = call(...values);
  times.push(performance.now() - from);
  return result;
};
WebAssembly.instantiate = async (bytes, imports) => {
  const host = imports.host && { ...imports.host, glyphs: timed(imports.host.glyphs, wasm.glyphs), run: timed(imports.host.run, wasm.glyphs) };
  const { module, instance } = await instantiate(bytes, { ...imports, ...(host && { host }) });
  const exports = { ...instance.exports };
  if (exports.pdc_frame !== undefined) {
    wasm.memories.push(exports.memory);
    exports.pdc_frame = timed(exports.pdc_frame, wasm.frames);
  }
  return { module, instance: { exports } };
};`;
// `counted`: what an idle page still does.
const noteActivity = `globalThis.counted = { drawn: 0, frames: 0, timers: 0 };
for (const [name, key] of [['requestAnimationFrame', 'frames'], ['setTimeout', 'timers'], ['setInterval', 'timers']]) {
  const original = globalThis[name];
  globalThis[name] = (...rest) => { counted[key] += 1; return original(...rest); };
}
const put = CanvasRenderingContext2D.prototype.putImageData;
CanvasRenderingContext2D.prototype.putImageData = function (...rest) { counted.drawn += 1; return put.apply(this, rest); };`;

/** Starts simulator and browser. */
export async function openBench() {
  const demo = await startDemo({ port: 0, pages: pages() });
  const browser = await launchChromium({ isWhole: true });
  const { control } = demo.simulator;
  const requests = () => demo.simulator.requests.filter(({ method }) => method !== 'OPTIONS').length;

  return {
    control,
    requests,
    /** A service with two open incidents, or `incidents`, for each card, and a full allowance of requests. */
    async prepare(cards, incidents = 2) {
      await control({ op: 'reset' });
      for (let index = 0; index < cards; ++index) {
        const service = serviceId(index);
        await control({ op: 'data', kind: 'service', value: { id: service, name: `Service ${index}`, policy: 'PEPCHKT' } });
        await control({ op: 'data', kind: 'incident', value: { service, title: 'Latency above 2 s', count: incidents, agoMinutes: 5 } });
      }
    },
    /**
     * A page of `cards` in a context of its own, where nothing is cached. `in`: the window; `notes`: 'modules', 'activity'; `isHinted`: with hints
     * for the browser; `isAway`: over a network (kNetwork).
     */
    async page(tag, cards, { in: name = cards === 1 ? 'one' : 'usual', notes = [], isHinted = false, isAway = false } = {}) {
      const { width, height, dpr } = windows[name];
      const context = await browser.newContext({ viewport: { width, height }, deviceScaleFactor: dpr });
      const page = await context.newPage();
      await page.addInitScript(notePainted);
      if (notes.includes('modules')) await page.addInitScript(noteModules);
      if (notes.includes('activity')) await page.addInitScript(noteActivity);
      const cdp = await context.newCDPSession(page);
      await cdp.send('Performance.enable');
      if (isAway) {
        await cdp.send('Network.enable');
        await cdp.send('Network.emulateNetworkConditions', { offline: false, ...kNetwork });
      }
      return {
        page,
        /** Goes there, again if it was there; the time when all cards were painted, in ms after the navigation began. */
        async visit() {
          await page.goto(new URL(pathOf(tag, cards, isHinted), demo.url).href, { waitUntil: 'commit' });
          return page.evaluate('painted');
        },
        /** How long tasks have run on the main thread since the page began, in ms. */
        async mainThreadMs() {
          const { metrics } = await cdp.send('Performance.getMetrics');
          return metrics.find(({ name }) => name === 'TaskDuration').value * 1000;
        },
        /** In bytes, after all garbage is gone. */
        async heapBytes() {
          for (let i = 0; i < 3; ++i) await cdp.send('HeapProfiler.collectGarbage');
          return (await cdp.send('Runtime.getHeapUsage')).usedSize;
        },
        canvasBytes: () => page.evaluate(() => [...document.querySelectorAll('main > *')]
          .reduce((sum, { shadowRoot }) => sum + [...shadowRoot?.querySelectorAll('canvas') ?? []].reduce((all, { width, height }) => all + width * height * 4, 0), 0)),
        close: () => context.close(),
      };
    },
    async close() {
      await browser.close();
      await demo.close();
    },
  };
}
