// How a card starts: what is done while the module is on its way, and what stands there until the first answer.
import assert from 'node:assert/strict';
import { after, before, test } from 'node:test';
import { cardOf, connectingScript, openStage, pageText, settled, show } from './harness.mjs';

const kPages = {
  '/hinted.html': pageText({
    head: '<link rel="modulepreload" href="/dist/pagerduty-card.js"><link rel="preload" as="fetch" crossorigin href="/dist/pagerduty-card.wasm">',
    script: '/hinted.js', cards: cardOf('PCHKOUT'),
  }),
  '/hinted.js': connectingScript(),
};

let stage;
before(async () => { stage = await openStage({ pages: kPages }); });
after(() => stage.close());

/** A promise that routes wait for, and what ends the wait. */
function gate() {
  let open;
  const opened = new Promise((done) => { open = done; });
  return { open, hold: async (route) => { await opened; await route.continue().catch(() => undefined); } };
}

/** Counts in the page how often each font measured an "A", and how many pictures were put on a canvas of the page. */
const countWork = (page) => page.addInitScript(() => {
  globalThis.measured = {};
  globalThis.pictures = 0;
  const { measureText, putImageData } = CanvasRenderingContext2D.prototype;
  CanvasRenderingContext2D.prototype.measureText = function (text) {
    if (text === 'A') globalThis.measured[this.font] = (globalThis.measured[this.font] ?? 0) + 1;
    return measureText.call(this, text);
  };
  CanvasRenderingContext2D.prototype.putImageData = function (...rest) {
    globalThis.pictures += 1;
    return putImageData.apply(this, rest);
  };
});

/** Until the card was told that it is in view: observers are called in the order in which they were made. */
const seen = (page) => page.evaluate(() => new Promise((done) => {
  new IntersectionObserver((entries, observer) => { observer.disconnect(); done(); }).observe(document.querySelector('pagerduty-card'));
}));

for (const [dpr, size] of [[1, '14px'], [2, '14px'], [1.5, '17px']]) {
  test(`While the module is on its way the usual fonts are drawn, and each only once: ${dpr} device pixels each, ${size}`, async () => {
    const module = gate();
    const page = await stage.page({ context: { deviceScaleFactor: dpr }, prepare: async (made) => {
      await countWork(made);
      await made.route('**/pagerduty-card.wasm', module.hold);
    } });
    await page.evaluate((wanted) => document.documentElement.style.setProperty('--pd-font-size', wanted), size);
    await show(page, cardOf('PCHKOUT'));
    await page.waitForFunction(() => Object.keys(globalThis.measured).length === 6);
    module.open();
    await settled(page);
    const counts = await page.evaluate(() => globalThis.measured);
    for (const [font, times] of Object.entries(counts)) assert.equal(times, 1, font);
  });
}

test('A font that comes while the module is on its way is the one that is drawn', async () => {
  const module = gate();
  const page = await stage.page({ prepare: async (made) => {
    await countWork(made);
    await made.route('**/pagerduty-card.wasm', module.hold);
  } });
  await show(page, cardOf('PCHKOUT'));
  await page.waitForFunction(() => Object.keys(globalThis.measured).length === 6);
  await page.evaluate(() => document.fonts.dispatchEvent(new Event('loadingdone')));
  module.open();
  await settled(page);
  assert.ok(Object.values(await page.evaluate(() => globalThis.measured)).every((times) => times === 2));
});

test('What takes its time has a skeleton in its place, and what is there at once has not', async () => {
  const answers = gate();
  const page = await stage.page({ prepare: countWork, cards: cardOf('PLOYALT') });
  await settled(page);
  await page.clock.install();
  await page.clock.pauseAt(Date.now() + 3_600_000);
  const pictures = () => page.evaluate(() => globalThis.pictures);
  const incidentShown = () => page.evaluate(() => document.querySelector('pagerduty-card').shadowRoot.querySelector('a[href*="incidents/"]') !== null);
  for (const [service, isHeld] of [['PCHKOUT', true], ['PTELEMT', false]]) {
    // All of them: one section's answer is enough to draw the card.
    if (isHeld) await page.route(`${stage.simulator.url}/**`, answers.hold);
    await page.evaluate(() => { globalThis.pictures = 0; });
    await show(page, cardOf(service));
    await page.waitForFunction((wanted) => {
      const sections = document.querySelector('pagerduty-card').snapshot()?.sections;
      return sections !== undefined && sections.some(({ state }) => state === 'loading') === wanted;
    }, isHeld);
    await seen(page);
    await page.clock.runFor(40);
    assert.equal(await pictures() > 0, !isHeld, service);
    await page.clock.runFor(100);
    assert.ok(await pictures() > 0);
    assert.equal(await incidentShown(), !isHeld);
    answers.open();
    await page.waitForFunction(() => document.querySelector('pagerduty-card').snapshot()?.sections?.every(({ state }) => state !== 'loading'));
  }
});

test('The hints of the README fetch each file once, before the script runs', async () => {
  const fetched = [];
  const page = await stage.page({ path: '/hinted.html', prepare: (made) => made.on('request', (request) => fetched.push(new URL(request.url()).pathname)) });
  await settled(page);
  const files = fetched.filter((path) => /pagerduty-card\.(js|wasm)$/.test(path));
  assert.deepEqual(files.toSorted(), ['/dist/pagerduty-card.js', '/dist/pagerduty-card.wasm']);
  const initiators = await page.evaluate(() => performance.getEntriesByType('resource').filter(({ name }) => name.endsWith('.wasm')).map(({ initiatorType }) => initiatorType));
  assert.deepEqual(initiators, ['link']);
});
