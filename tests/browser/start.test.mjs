// How a card starts: what is done while the module is on its way, and what stands there until the first answer.
import assert from 'node:assert/strict';
import { after, before, test } from 'node:test';
import { cardOf, connectingScript, openStage, pageText, requestsOf, settled, show, twoFrames } from './harness.mjs';

const kPages = {
  '/hinted.html': pageText({
    head: '<link rel="modulepreload" href="/dist/pagerduty-card.js"><link rel="preload" as="fetch" crossorigin href="/dist/pagerduty-card.wasm">',
    script: '/hinted.js', cards: cardOf('PCHKOUT'),
  }),
  '/hinted.js': connectingScript(),
  '/keeping.html': pageText({ script: '/keeping.js' }),
  '/keeping.js': connectingScript('keepSnapshot: true'),
  ...Object.fromEntries(Object.entries({
    statically: "import { configure } from '/dist/pagerduty-card.js'; connect(configure);",
    awaited: "const { configure } = await import('/dist/pagerduty-card.js'); connect(configure);",
    chained: "import('/dist/pagerduty-card.js').then(({ configure }) => configure).then((configure) => connect(configure));",
  }).flatMap(([how, script]) => [
    [`/${how}.html`, pageText({ script: `/${how}.js`, cards: cardOf('PCHKOUT') })],
    [`/${how}.js`, `import config from '/demo-config.json' with { type: 'json' };
      const connect = (configure) => configure({ apiBase: config.apiBase, credentials: { type: 'token', token: config.token }, wasmUrl: '/elsewhere/card.wasm' });
      ${script}`],
  ])),
  '/refused.html': pageText({ script: '/refused.js' }),
  '/refused.js': connectingScript("credentials: { type: 'token', token: 'none-of-these' }"),
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

for (const how of ['statically', 'awaited', 'chained']) {
  test(`A script may say where the module is, and no other is fetched: imported ${how}`, async () => {
    const fetched = [];
    const page = await stage.page({ path: `/${how}.html`, prepare: (made) => made.route('**/*.wasm', async (route) => {
      fetched.push(new URL(route.request().url()).pathname);
      const response = await route.fetch({ url: new URL('/dist/pagerduty-card.wasm', route.request().url()).href });
      await route.fulfill({ response });
    }) });
    await settled(page);
    assert.deepEqual(fetched, ['/elsewhere/card.wasm']);
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
    await page.clock.runFor(70);
    assert.equal(await pictures() > 0, !isHeld, service);
    await page.clock.runFor(50);
    assert.ok(await pictures() > 0);
    assert.equal(await incidentShown(), !isHeld);
    assert.equal(await page.evaluate(() => document.querySelector('pagerduty-card').shadowRoot.querySelector('.twin').textContent.includes('Create incident')), true);
    answers.open();
    await page.waitForFunction(() => document.querySelector('pagerduty-card').snapshot()?.sections?.every(({ state }) => state !== 'loading'));
  }
});

test('What is asked together is drawn together, and what comes is not kept waiting for what does not', async () => {
  const page = await stage.page({ prepare: countWork, cards: cardOf('PCHKOUT') });
  await settled(page);
  await page.clock.install();
  await page.clock.pauseAt(Date.now() + 3_600_000);
  await page.evaluate(() => {
    globalThis.updates = 0;
    document.addEventListener('pd-update', () => { globalThis.updates += 1; });
  });
  for (const [title, isWaitedFor] of [['Together', true], ['Without the others', false]]) {
    await stage.simulator.control({ op: 'data', kind: 'incident', value: { service: 'PCHKOUT', title } });
    const others = gate();
    await page.route((url) => url.href.startsWith(stage.simulator.url) && url.pathname !== '/incidents', others.hold);
    await page.evaluate(() => {
      Object.assign(globalThis, { updates: 0, pictures: 0 });
      document.querySelector('pagerduty-card').refresh();
    });
    await page.waitForFunction(() => globalThis.updates === 1);
    const pictures = () => page.evaluate(() => globalThis.pictures);
    await page.clock.runFor(17);   // a frame
    assert.equal(await pictures(), 0, `${title}: the first answer is drawn at once`);
    if (isWaitedFor) others.open();
    await (isWaitedFor ? page.waitForFunction(() => globalThis.updates > 1) : page.clock.runFor(20));
    await page.clock.runFor(17);
    assert.ok(await pictures() > 0, `${title}: nothing is drawn`);
    await page.getByText(title).first().waitFor();
    others.open();
    await page.unrouteAll({ behavior: 'wait' });
    await page.waitForFunction(() => !document.querySelector('pagerduty-card').snapshot().busy);
    await page.clock.runFor(100);
  }
});

// ---- What the only card is going to ask is asked while the module is on its way ----

const kKey = '0123456789abcdef0123456789abcdef';
const jsonOf = (annotations, attributes = '') => `<pagerduty-card ${attributes}><script type="application/json">` +
  `${JSON.stringify({ kind: 'Component', metadata: { name: 'checkout', annotations } })}</script></pagerduty-card>`;
/** A page whose module is on its way until `arrive()`; `asked()`: what it has asked. */
async function waitingPage({ cards, ages = false, ...options }) {
  const module = gate();
  const from = requestsOf(stage).length;
  const page = await stage.page({ ...options, prepare: async (made) => {
    await countWork(made);
    if (ages) await made.clock.install();
    await made.route('**/pagerduty-card.wasm', module.hold);
  } });
  await show(page, cards);
  return { page, asked: () => requestsOf(stage).slice(from), arrive: module.open };
}
/** Until PagerDuty was asked for so much. */
async function untilAsked(page, asked, count) {
  for (const from = performance.now(); asked().length < count;) {
    assert.ok(performance.now() - from < 20_000, `asked ${asked().length} times, not ${count}`);
    await page.evaluate(() => new Promise(requestAnimationFrame));
  }
}
const withoutTimes = (requests) => requests.map((request) => request.replace(/&(since|until)=[^&]*/g, '')).toSorted();

for (const [how, cards, count] of [
  ['by id', cardOf('PCHKOUT'), 3],
  ['by id and key', cardOf('PCHKOUT', `integration-key="${kKey}"`), 3],
  ['by an entity in JSON', jsonOf({ 'pagerduty.com/service-id': 'PCHKOUT', 'pagerduty.com/integration-key': kKey }), 3],
  ['by id, compact', cardOf('PCHKOUT', 'layout="compact"'), 2],
  ['by id, on call', cardOf('PCHKOUT', 'layout="oncall"'), 2],
  ['by id, for its button', cardOf('PCHKOUT', 'layout="trigger"'), 1],
]) {
  test(`The only card has asked before its module is there, and asks nothing twice: ${how}`, async () => {
    const { page, asked, arrive } = await waitingPage({ cards });
    await untilAsked(page, asked, count);
    const ahead = asked();
    arrive();
    await settled(page);
    const all = asked();
    assert.deepEqual(all.slice(0, count), ahead);
    assert.equal(new Set(all).size, all.length, all.join('\n'));
    // What a card asks whose module was there before.
    await show(page, '');
    await show(page, cards.replaceAll('PCHKOUT', 'PLOYALT'));
    await settled(page);
    const later = asked().slice(all.length);
    assert.deepEqual(withoutTimes(all.slice(0, count)), withoutTimes(later.slice(0, count).map((request) => request.replaceAll('PLOYALT', 'PCHKOUT'))));
  });
}

for (const [why, cards, options] of [
  ['there are two', cardOf('PCHKOUT') + cardOf('PLOYALT')],
  ['it has sections of its own', cardOf('PCHKOUT', 'sections="oncall"')],
  ['it needs a word', jsonOf({ 'pagerduty.com/service-id': '<service-id>' })],
  ['it names no service by id', jsonOf({ 'pagerduty.com/integration-key': kKey })],
  ['its account is not connected', cardOf('PCHKOUT', 'account="other"')],
  ['answers are kept', cardOf('PCHKOUT'), { path: '/keeping.html' }],
]) {
  test(`A card asks nothing ahead when ${why}`, async () => {
    const { page, asked } = await waitingPage({ cards, ...options });
    await page.waitForFunction(() => Object.keys(globalThis.measured).length === 6);
    assert.deepEqual(asked(), []);
  });
}

test('A tab beside one that leads asks nothing ahead', async () => {
  const first = await stage.page({ cards: cardOf('PCHKOUT') });
  await settled(first);
  const { page, asked, arrive } = await waitingPage({ cards: cardOf('PCHKOUT'), within: first.context() });
  await page.waitForFunction(() => Object.keys(globalThis.measured).length === 6);
  arrive();
  await settled(page);
  assert.deepEqual(asked(), []);
});

test('What was asked ahead in vain is told once the module is there, and nobody asks again', async () => {
  const { page, asked, arrive } = await waitingPage({ cards: cardOf('PCHKOUT'), path: '/refused.html', expects: [/401/] });
  await untilAsked(page, asked, 3);
  arrive();
  await page.locator('pagerduty-card').getByText('did not accept').first().waitFor();
  assert.equal(asked().length, 3);
});

test('Another token that comes meanwhile is asked with, and only its answers are shown', async () => {
  const { page, asked, arrive } = await waitingPage({ cards: cardOf('PCHKOUT'), path: '/refused.html', expects: [/401/] });
  await untilAsked(page, asked, 3);
  await page.evaluate((token) => globalThis.pd.configure({ credentials: { type: 'token', token } }), stage.simulator.tokens.user);
  arrive();
  await settled(page);
  assert.ok(asked().length > 6);
});

test('An answer that waited long for the module is asked for anew', async () => {
  const { page, asked, arrive } = await waitingPage({ cards: cardOf('PCHKOUT'), ages: true });
  await untilAsked(page, asked, 3);
  await page.clock.runFor(6_000);
  arrive();
  await untilAsked(page, asked, 6);
});

test('A page that is hidden meanwhile asks again when it is seen', async () => {
  const { page, asked, arrive } = await waitingPage({ cards: cardOf('PCHKOUT') });
  await untilAsked(page, asked, 3);
  const see = (state) => page.evaluate((wanted) => {
    Object.defineProperty(document, 'visibilityState', { value: wanted, configurable: true });
    document.dispatchEvent(new Event('visibilitychange'));
  }, state);
  await see('hidden');
  arrive();
  await page.waitForFunction(() => document.querySelector('pagerduty-card').snapshot() !== null);
  await see('visible');
  await settled(page);
  assert.ok(asked().length >= 6);
});

test('A card that turns to another service meanwhile takes no answer of the first', async () => {
  const { page, asked, arrive } = await waitingPage({ cards: cardOf('PCHKOUT') });
  await untilAsked(page, asked, 3);
  await page.evaluate(() => { document.querySelector('pagerduty-card').serviceId = 'PLOYALT'; });
  arrive();
  const card = await settled(page);
  await card.getByRole('heading', { level: 2, name: 'Loyalty' }).waitFor();
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

/** In the page: what the browser says about its locks waits for `answer()`; the order in which things happen. */
const holdLocks = (page) => page.addInitScript(() => {
  globalThis.order = [];
  const note = (what) => globalThis.order.includes(what) || globalThis.order.push(what);
  const { query } = LockManager.prototype;
  LockManager.prototype.query = function () {
    return new Promise((done) => { globalThis.answer = () => { note('told'); done(query.call(this)); }; });
  };
  const { instantiate } = WebAssembly;
  WebAssembly.instantiate = async (...given) => {
    const { module, instance } = await instantiate(...given);
    const draw = instance.exports.pdc_frame;
    return { module, instance: { exports: { ...instance.exports, pdc_frame: (...rest) => { note('drawn'); return draw(...rest); } } } };
  };
  const ask = globalThis.fetch;
  globalThis.fetch = (...given) => { if (String(given[0].url ?? given[0]).includes('/incidents?')) note('asked'); return ask(...given); };
});

test('A module at hand does not keep PagerDuty from being asked: it draws after that', async () => {
  let arrived;
  const page = await stage.page({ path: '/hinted.html', prepare: async (made) => {
    arrived = made.waitForResponse('**/pagerduty-card.wasm').then((response) => response.finished());
    await holdLocks(made);
    // The time that it would wait at most does not pass.
    await made.addInitScript((most) => {
      const later = globalThis.setTimeout;
      globalThis.setTimeout = (run, ms, ...rest) => (ms === most ? 0 : later(run, ms, ...rest));
    }, 100);
  } });
  await arrived;
  await page.waitForFunction(() => globalThis.answer !== undefined);
  for (let i = 0; i < 5; ++i) await twoFrames(page);
  await page.evaluate(() => globalThis.answer());
  await settled(page);
  assert.deepEqual(await page.evaluate(() => globalThis.order), ['told', 'asked', 'drawn']);
});

test('A browser that says nothing about its locks keeps nobody waiting', async () => {
  const page = await stage.page({ path: '/hinted.html', prepare: holdLocks });
  await settled(page);
  assert.deepEqual(await page.evaluate(() => globalThis.order), ['drawn', 'asked']);
});
