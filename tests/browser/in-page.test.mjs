// A card among whatever else is on a page: other copies of itself, shadow roots, frames, grids, fonts that come late, screens of
// another density, and hosts that add and remove it all day.
import assert from 'node:assert/strict';
import { readdirSync, readFileSync } from 'node:fs';
import { homedir } from 'node:os';
import { join } from 'node:path';
import { after, before, test } from 'node:test';
import { fileURLToPath } from 'node:url';
import { cardOf, openStage, pageText, requestsOf, settled, show } from './harness.mjs';

const dist = (name) => readFileSync(fileURLToPath(new URL(`../../web/dist/${name}`, import.meta.url)));
/** A second copy of what ships, as a page has it that two teams add to. */
const kCopied = ['pagerduty-card.js', 'pagerduty-card.wasm', 'pagerduty-card.more.wasm'];
const kPages = {
  '/two.html': pageText({ script: '/two.js' }),
  '/two.js': `import config from '/demo-config.json' with { type: 'json' };
const first = await import('/dist/pagerduty-card.js');
const second = await import('/copy/pagerduty-card.js');
globalThis.copies = [first, second];
const { apiBase, eventsBase, token } = config;
second.configure({ apiBase, eventsBase, credentials: { type: 'token', token } });
second.define('second-card');`,
  '/unregistered.html': '<!doctype html><html lang="en"><head><title>late</title><link rel="icon" href="/icon.svg"></head><body><main></main></body></html>',
  '/framed.html': pageText({ script: '/connect.js', head: '<link rel="stylesheet" href="/blank.css">', cards: cardOf('PCHKOUT') }),
};

let stage;
/** Its policy allows frames and fonts of its own. */
let roomy;
const kRoomy = "default-src 'self'; script-src 'self' 'wasm-unsafe-eval'; connect-src *";
before(async () => {
  stage = await openStage({ pages: kPages });
  roomy = await openStage({ pages: kPages, headers: { 'Content-Security-Policy': kRoomy } });
});
after(async () => {
  await stage.close();
  await roomy.close();
});

/** A font that no system calls by the name used here: one of the golden tests'. */
function lateFont() {
  const fonts = join(process.env.XDG_CACHE_HOME ?? join(homedir(), '.cache'), 'pagerduty-card/fonts');
  const folder = readdirSync(fonts).find((name) => name.startsWith('dejavu-mono-'));
  return join(fonts, folder, 'DejaVuSansMono-Bold.ttf');
}

/** Shows what the module's memory holds: the page keeps the memory of each that is made. */
const keepMemories = (page) => page.addInitScript(() => {
  globalThis.memories = [];
  const { instantiate } = WebAssembly;
  WebAssembly.instantiate = async (...args) => {
    const made = await instantiate(...args);
    const memory = (made.instance ?? made).exports?.memory;
    if (memory !== undefined) globalThis.memories.push(memory);
    return made;
  };
  const { instantiateStreaming } = WebAssembly;
  WebAssembly.instantiateStreaming = async (...args) => {
    const made = await instantiateStreaming(...args);
    if (made.instance.exports.memory !== undefined) globalThis.memories.push(made.instance.exports.memory);
    return made;
  };
});
const memoryBytes = (page) => page.evaluate(() => globalThis.memories.reduce((sum, { buffer }) => sum + buffer.byteLength, 0));

/** What lives on the page's heap after all garbage is gone. */
async function heap(page) {
  const client = await page.context().newCDPSession(page);
  await client.send('HeapProfiler.enable');
  for (let i = 0; i < 3; ++i) await client.send('HeapProfiler.collectGarbage');
  const { usedSize } = await client.send('Runtime.getHeapUsage');
  const { nodes, jsEventListeners } = await client.send('Memory.getDOMCounters');
  await client.detach();
  return { usedSize, nodes, jsEventListeners };
}

const dprTo = async (page, deviceScaleFactor, width = 640) => {
  const client = await page.context().newCDPSession(page);
  await client.send('Emulation.setDeviceMetricsOverride', { width, height: 900, deviceScaleFactor, mobile: false });
};
const canvasOf = (card) => card.evaluate((element) => {
  const { width, height } = element.shadowRoot.querySelector('canvas');
  return { width, height, cssPx: element.shadowRoot.querySelector('.card').clientWidth, dpr: devicePixelRatio };
});
/** Until the canvas has the device pixels of its place. */
const isSharp = (page, dpr) => page.waitForFunction((wanted) => {
  const root = document.querySelector('pagerduty-card').shadowRoot;
  const canvas = root.querySelector('canvas');
  return devicePixelRatio === wanted && canvas.width > 0 && Math.abs(canvas.width - root.querySelector('.card').clientWidth * wanted) <= 1;
}, dpr);

test('Two copies of the module share the name, the accounts and the requests of the first', async () => {
  const page = await stage.page({ path: '/two.html', prepare: async (p) => {
    await p.route('**/copy/*', (route) => {
      const name = new URL(route.request().url()).pathname.slice('/copy/'.length);
      if (!kCopied.includes(name)) return route.abort();
      return route.fulfill({ body: dist(name), contentType: name.endsWith('.js') ? 'text/javascript' : 'application/wasm' });
    });
  } });
  await page.waitForFunction(() => customElements.get('second-card') !== undefined);
  const asked = requestsOf(stage).length;
  await show(page, `${cardOf('PCHKOUT')}<second-card service-id="PCHKOUT"></second-card>`);
  await settled(page);
  assert.equal(await page.evaluate(() => globalThis.copies[0].PagerDutyCard === customElements.get('pagerduty-card')), true);
  // The copy under its own name is a card of its own, with its own accounts, which nobody connected.
  await page.locator('second-card').getByText('Not signed in to PagerDuty').first().waitFor();
  assert.ok(requestsOf(stage).slice(asked).every((request) => !request.includes('second')));
});

test('A thousand times added, moved and removed, a card leaves nothing behind', async () => {
  const page = await stage.page({ prepare: keepMemories });
  await page.evaluate(() => {
    globalThis.cycle = async (times) => {
      const grid = document.querySelector('main');
      const places = [document.createElement('div'), document.createElement('div')];
      grid.replaceChildren(...places);
      const frame = () => new Promise((done) => { requestAnimationFrame(done); });
      for (let i = 0; i < times; ++i) {
        const card = document.createElement('pagerduty-card');
        card.setAttribute('service-id', i % 2 === 0 ? 'PCHKOUT' : 'PLOYALT');
        card.setAttribute('loading', 'eager');
        places[i % 2].append(card);
        if (i % 5 === 0) while (card.shadowRoot.querySelector('canvas').width === 0) await frame();
        places[(i + 1) % 2].append(card);
        if (i % 25 === 0) { await frame(); await frame(); }
        card.remove();
      }
      grid.replaceChildren();
      await frame();
    };
  });
  // By then all that is kept on purpose is there.
  await page.evaluate(() => globalThis.cycle(250));
  const before = await heap(page);
  const moduleBefore = await memoryBytes(page);
  await page.evaluate(() => globalThis.cycle(1000));
  const after = await heap(page);
  assert.equal(await memoryBytes(page), moduleBefore, 'the memory of the module');
  assert.ok(after.nodes <= before.nodes, `nodes: ${before.nodes}, then ${after.nodes}`);
  assert.ok(after.jsEventListeners <= before.jsEventListeners, `listeners: ${before.jsEventListeners}, then ${after.jsEventListeners}`);
  // 100 bytes a card would be a leak of anything; what the browser compiles and notes meanwhile is less.
  assert.ok(after.usedSize - before.usedSize < 100 * 1000, `heap: ${before.usedSize}, then ${after.usedSize}`);
  // And the next card works.
  await show(page, cardOf('PCHKOUT'));
  await (await settled(page)).getByRole('link', { name: /Checkout answers 502/ }).waitFor();
});

test('Inside another shadow root, whose styles end at its own', async () => {
  const page = await stage.page();
  await page.evaluate(() => {
    const host = document.createElement('div');
    const root = host.attachShadow({ mode: 'open' });
    const sheet = new CSSStyleSheet();
    sheet.replaceSync('* { letter-spacing: 3px; margin: 7px; box-sizing: content-box; } div, span { display: inline; } canvas { border: 5px solid red; }');
    root.adoptedStyleSheets = [sheet];
    const card = document.createElement('pagerduty-card');
    card.setAttribute('service-id', 'PCHKOUT');
    root.append(card);
    document.querySelector('main').append(host);
  });
  const card = page.locator('pagerduty-card');
  await card.getByRole('link', { name: /Checkout answers 502/ }).waitFor();
  await card.getByRole('button', { name: 'Create incident' }).click();
  const title = card.getByRole('dialog').getByRole('textbox', { name: 'Title' });
  await title.fill('typed in a shadow of a shadow');
  assert.equal(await title.inputValue(), 'typed in a shadow of a shadow');
  assert.ok(await title.evaluate((element) => element.getRootNode().activeElement === element));
  await page.keyboard.press('Escape');
  await card.getByRole('dialog').waitFor({ state: 'detached' });
});

test('In a frame, of the page itself and of a height that is too small, it scrolls as the frame does', async () => {
  const page = await roomy.page();
  await page.evaluate(() => {
    const frame = document.createElement('iframe');
    frame.src = '/framed.html';
    frame.width = '360';
    frame.height = '200';
    document.querySelector('main').append(frame);
  });
  const frame = page.frameLocator('iframe');
  const link = frame.locator('pagerduty-card').getByRole('link', { name: /Checkout answers 502/ });
  await link.waitFor();
  const box = await page.locator('iframe').boundingBox();
  await page.mouse.move(box.x + 100, box.y + 100);
  await page.mouse.wheel(0, 400);
  const inner = page.frames()[1];
  await inner.waitForFunction(() => scrollY > 0);
});

test('Started where it is not displayed, it has its picture as soon as it is', async () => {
  const page = await stage.page();
  await page.evaluate(() => { document.querySelector('main').style.display = 'none'; });
  await show(page, cardOf('PCHKOUT', 'loading="eager"'));
  const card = page.locator('pagerduty-card');
  await page.waitForFunction(() => document.querySelector('pagerduty-card').snapshot() !== null);
  assert.equal((await canvasOf(card)).width, 0);
  await page.evaluate(() => { document.querySelector('main').style.display = ''; });
  await settled(page);
  await isSharp(page, 1);
});

test('In a grid that is resized the card is drawn for each width, and its text is never cut off', async () => {
  const page = await stage.page({ context: { viewport: { width: 1400, height: 900 } }, cards: `${cardOf('PCHKOUT')}<p>beside</p>` });
  await page.evaluate(() => Object.assign(document.querySelector('main').style, { display: 'grid', gridTemplateColumns: '1fr 1fr' }));
  const card = await settled(page);
  for (const width of [1400, 900, 640, 1100]) {
    await page.setViewportSize({ width, height: 900 });
    await isSharp(page, 1);
    const { width: pixels, cssPx } = await canvasOf(card);
    assert.equal(pixels, cssPx);
    const outside = await card.evaluate((element) => {
      const box = element.shadowRoot.querySelector('.card').getBoundingClientRect();
      return [...element.shadowRoot.querySelectorAll('.twin [data-role]')].filter((node) => {
        const { left, right, width: wide } = node.getBoundingClientRect();
        return wide > 0 && (left < box.left - 1 || right > box.right + 1);
      }).map((node) => node.textContent);
    });
    assert.deepEqual(outside, []);
  }
});

test('Moved to a screen of another density, and back, it is as sharp', async () => {
  const page = await stage.page({ cards: cardOf('PCHKOUT') });
  const card = await settled(page);
  // Its size in CSS pixels stays: nothing tells of another density but the density itself.
  await page.evaluate(() => { document.querySelector('main').style.width = '500px'; });
  await isSharp(page, 1);
  for (const [index, dpr] of [2, 1.5, 3, 1].entries()) {
    // An emulated density is only noticed together with another size of the window.
    await dprTo(page, dpr, 641 + index);
    await isSharp(page, dpr);
    const { width, cssPx } = await canvasOf(card);
    assert.ok(Math.abs(width - cssPx * dpr) <= 1, `${width} px for ${cssPx} at ${dpr}`);
  }
});

test('Zoomed to 200 % and 400 % it is drawn for the width that is left, and nothing is cut off', async () => {
  const page = await stage.page({ context: { viewport: { width: 1280, height: 900 } }, cards: cardOf('PCHKOUT') });
  await settled(page);
  for (const zoom of [2, 4]) {
    await dprTo(page, zoom, 1280 / zoom);
    await isSharp(page, zoom);
    assert.ok(await page.evaluate(() => document.documentElement.scrollWidth <= innerWidth), `at ${zoom} the page scrolls sideways`);
  }
});

test('A font that comes late is drawn as soon as it is there', async () => {
  let release;
  const held = new Promise((done) => { release = done; });
  const page = await roomy.page({ prepare: (p) => p.route('**/late.ttf', async (route) => {
    await held;
    await route.fulfill({ contentType: 'font/ttf', body: readFileSync(lateFont()) });
  }) });
  await page.evaluate(() => {
    const face = new FontFace('Late', 'url(/late.ttf)');
    document.fonts.add(face);
    void face.load();
    document.body.style.fontFamily = 'Late, Inter, sans-serif';
  });
  await show(page, cardOf('PCHKOUT'));
  const card = await settled(page);
  const width = () => card.getByRole('link', { name: /Checkout answers 502/ }).evaluate((link) => link.getBoundingClientRect().width);
  const before = await width();
  release();
  await page.waitForFunction((narrow) => {
    const link = [...document.querySelector('pagerduty-card').shadowRoot.querySelectorAll('a')].find(({ textContent }) => textContent.includes('Checkout answers 502'));
    return link.getBoundingClientRect().width > narrow * 1.05;
  }, before);
});

test('When the page goes dark, the card does', async () => {
  const page = await stage.page({ cards: cardOf('PCHKOUT'), context: { colorScheme: 'light' }, expects: [/willReadFrequently/] });
  const card = await settled(page);
  const corner = () => card.evaluate((element) => {
    const canvas = element.shadowRoot.querySelector('canvas');
    return [...canvas.getContext('2d').getImageData(3, 3, 1, 1).data].slice(0, 3).reduce((sum, part) => sum + part, 0) / 3;
  });
  assert.ok(await corner() > 200);
  await page.emulateMedia({ colorScheme: 'dark' });
  await page.waitForFunction(() => {
    const canvas = document.querySelector('pagerduty-card').shadowRoot.querySelector('canvas');
    return canvas.width > 0 && canvas.getContext('2d').getImageData(3, 3, 1, 1).data[0] < 60;
  });
});

test('A custom property that is given, changed and taken back is drawn at once', async () => {
  const page = await stage.page({ cards: cardOf('PCHKOUT'), expects: [/willReadFrequently/] });
  await settled(page);
  const isGround = (red) => page.waitForFunction((wanted) => {
    const canvas = document.querySelector('pagerduty-card').shadowRoot.querySelector('canvas');
    return canvas.getContext('2d').getImageData(3, 3, 1, 1).data[0] === wanted;
  }, red);
  const give = (script) => page.evaluate(script);
  await give(() => { document.documentElement.style.setProperty('--pd-background', '#112233'); });
  await isGround(0x11);
  await give(() => { document.querySelector('pagerduty-card').style.setProperty('--pd-background', 'rgb(68 0 0)'); });
  await isGround(0x44);
  await give(() => {
    const { style } = document.querySelector('pagerduty-card');
    document.documentElement.style.setProperty('--brand', '#556677');
    style.setProperty('--pd-background', 'light-dark(var(--brand), #220000)');
  });
  await isGround(0x55);
  await give(() => document.querySelector('pagerduty-card').setAttribute('theme', 'dark'));
  await isGround(0x22);
  await give(() => document.querySelector('pagerduty-card').style.setProperty('--pd-background', 'no colour'));
  await isGround(0x17);
  await give(() => {
    document.querySelector('pagerduty-card').removeAttribute('theme');
    document.querySelector('pagerduty-card').removeAttribute('style');
    document.documentElement.removeAttribute('style');
  });
  await isGround(0xff);
  const lines = () => page.evaluate(() => document.querySelector('pagerduty-card').shadowRoot.querySelector('.card').clientHeight);
  const before = await lines();
  await give(() => { document.querySelector('pagerduty-card').style.setProperty('--pd-font-size', '20px'); });
  await page.waitForFunction((height) => document.querySelector('pagerduty-card').shadowRoot.querySelector('.card').clientHeight > height * 1.1, before);
});

test('Properties set on an element that nobody knows yet, of a script that comes late, count', async () => {
  const page = await stage.page({ path: '/unregistered.html', isRegistered: false });
  await page.evaluate(() => {
    const card = document.createElement('pagerduty-card');
    Object.assign(card, { serviceId: 'PCHKOUT', readOnly: true, layout: 'compact', timeZone: 'Asia/Tokyo', refreshInterval: 0 });
    document.querySelector('main').append(card);
  });
  await page.addScriptTag({ type: 'module', url: '/connect.js' });
  await page.waitForFunction(() => customElements.get('pagerduty-card') !== undefined);
  const card = await settled(page);
  assert.deepEqual(await card.evaluate((element) => [element.getAttribute('service-id'), element.hasAttribute('read-only'), element.getAttribute('refresh')]), ['PCHKOUT', true, '0']);
  assert.equal(await card.getByRole('button', { name: /^Acknowledge/ }).count(), 0);
});
