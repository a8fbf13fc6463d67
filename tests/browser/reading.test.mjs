// A card as people with other needs, habits and devices have it: system colours, more contrast, less motion, zoom, paper, the page's
// direction, a browser that translates, a finger, an input method; and what everybody does with text and links.
import assert from 'node:assert/strict';
import { after, before, test } from 'node:test';
import { cardOf, openStage, settled, show, twoFrames } from './harness.mjs';

let stage;
before(async () => { stage = await openStage(); });
after(() => stage.close());

const open = async (context = {}, cards = cardOf('PCHKOUT')) => {
  // The pictures are read again and again here.
  const page = await stage.page({ cards, context, expects: [/willReadFrequently/] });
  return { page, card: await settled(page) };
};
/** Runs `callback` in the page with the card's shadow root. */
const inShadow = async (card, callback) => (await card.evaluateHandle((element) => element.shadowRoot)).evaluate(callback);
const colorOf = (card, selector, property = 'color') => card.evaluate((element, [sought, name]) => getComputedStyle(element.shadowRoot.querySelector(sought))[name], [selector, property]);
/** Shares of the picture's colours, most first, as `r,g,b`. */
const drawnColors = (card) => card.evaluate((element) => {
  const canvas = element.shadowRoot.querySelector('canvas');
  const { data } = canvas.getContext('2d').getImageData(0, 0, canvas.width, canvas.height);
  const counts = {};
  for (let at = 0; at < data.length; at += 4) {
    const key = `${data[at]},${data[at + 1]},${data[at + 2]}`;
    counts[key] = (counts[key] ?? 0) + 1;
  }
  return Object.entries(counts).sort((a, b) => b[1] - a[1]).map(([color]) => color);
});

// ---- System colours, contrast, motion ----

for (const colorScheme of ['light', 'dark']) {
  test(`In forced colours everything that the picture says is there to be seen: ${colorScheme}`, async () => {
    const { page, card } = await open({ forcedColors: 'active', colorScheme });
    await card.getByRole('button', { name: /^Details/ }).first().waitFor();
    // What has no text of its own has a sign, and the number behind a tab's name is in its text.
    const bare = await card.evaluate((element) => [...element.shadowRoot.querySelectorAll('.twin :is(a, button)')]
      .filter((node) => node.textContent.trim() === '' && /none|normal/.test(getComputedStyle(node, '::before').content)).map(({ id }) => id));
    assert.deepEqual(bare, []);
    assert.equal((await card.getByRole('tab').first().textContent()).trim(), 'Incidents 3');
    const cut = await card.evaluate((element) => [...element.shadowRoot.querySelectorAll('.twin :is(a, button, span, p)')]
      .filter((node) => node.title === '' && node.scrollWidth > node.clientWidth + 2 && getComputedStyle(node).visibility === 'visible').map(({ id, textContent }) => `${id} ${textContent}`));
    assert.deepEqual(cut, []);
    await card.getByRole('button', { name: 'Create incident' }).click();
    await card.getByRole('textbox', { name: 'Title' }).waitFor();
    await card.getByRole('textbox', { name: 'Title' }).focus();
    assert.equal(await colorOf(card, 'input', 'outlineStyle'), 'solid');
    await page.context().close();
  });
}

test('Who prefers more contrast has black on white, lines included; it changes with the preference', async () => {
  for (const [colorScheme, strong] of [['light', '0,0,0'], ['dark', '255,255,255']]) {
    const { page, card } = await open({ colorScheme });
    assert.ok(!(await drawnColors(card)).slice(0, 12).includes(strong));
    await page.emulateMedia({ contrast: 'more' });
    await page.waitForFunction(([element, wanted]) => {
      const canvas = element.shadowRoot.querySelector('canvas');
      const { data } = canvas.getContext('2d').getImageData(0, 0, canvas.width, canvas.height);
      let count = 0;
      for (let at = 0; at < data.length; at += 4) count += `${data[at]},${data[at + 1]},${data[at + 2]}` === wanted ? 1 : 0;
      return count > 2000;
    }, [await card.elementHandle(), strong]);
    await page.context().close();
  }
});

for (const [preference, isStill] of [['reduce', true], ['no-preference', false]]) {
  test(`A spinner ${isStill ? 'stands still for who prefers less motion' : 'turns'}: ${preference}`, async () => {
    const page = await stage.page({ cards: cardOf('PCHKOUT'), context: { reducedMotion: preference } });
    const card = await settled(page);
    await page.route(/statuses[^&]*=resolved/, () => {});
    await card.getByRole('button', { name: 'Show recently resolved' }).press('Enter');
    const busy = card.locator('.twin [aria-busy="true"]:is(button)');
    await busy.waitFor();
    // Of the button alone: ages elsewhere grow meanwhile.
    const picture = () => busy.evaluate((button) => new Promise((done) => {
      const canvas = button.getRootNode().querySelector('canvas');
      const [{ left, top, width, height }, from] = [button.getBoundingClientRect(), canvas.getBoundingClientRect()];
      const copy = new OffscreenCanvas(width, height).getContext('2d', { willReadFrequently: true });
      const read = () => {
        copy.drawImage(canvas, from.left - left, from.top - top);
        return copy.getImageData(0, 0, width, height).data.join();
      };
      let frames = 0;
      const look = () => (++frames < 20 ? requestAnimationFrame(look) : done(read()));
      look();
    }));
    assert.equal(await picture() === await picture(), isStill);
  });
}

// ---- Zoom, direction, paper ----

for (const [zoom, width, dpr] of [[200, 640, 2], [400, 320, 4]]) {
  test(`At ${zoom} % of 1280 px nothing has to be scrolled sideways, and the answer and the button are there`, async () => {
    const { page, card } = await open({ viewport: { width, height: 256 }, deviceScaleFactor: dpr });
    const wide = await page.evaluate(() => document.documentElement.scrollWidth - innerWidth);
    assert.equal(wide, 0);
    const outside = await inShadow(card, (root) => {
      const { right } = root.querySelector('.card').getBoundingClientRect();
      return [...root.querySelectorAll('.twin [id]')].filter((node) => node.getBoundingClientRect().right > right + 1).map(({ id }) => id);
    });
    assert.deepEqual(outside, []);
    await card.getByRole('button', { name: 'Create incident' }).click();
    await card.getByRole('textbox', { name: 'Title' }).fill('Zoomed');
    await card.getByRole('button', { name: 'Continue' }).click();
    const send = card.getByRole('button', { name: 'Create and page' });
    await send.waitFor();
    assert.ok(await send.evaluate((button) => { button.scrollIntoView(); const { left, right } = button.getBoundingClientRect(); return left >= 0 && right <= innerWidth; }));
  });
}

test('Text alone at twice its size: the card grows with it', async () => {
  const { page, card } = await open();
  const size = async () => parseFloat(await colorOf(card, '.twin h2 a', 'fontSize'));
  const before = await size();
  await page.evaluate(() => { document.documentElement.style.fontSize = '32px'; });
  await show(page, cardOf('PCHKOUT'));
  await settled(page);
  assert.ok(Math.abs((await size()) - 2 * before) < 0.1);
});

test('On a page from right to left the card reads as its own languages do, and its texts lie on their picture', async () => {
  const { page, card } = await open({}, `<div dir="rtl" lang="ar">${cardOf('PCHKOUT')}</div>`);
  assert.equal(await colorOf(card, '.card', 'direction'), 'ltr');
  const off = await inShadow(card, (root) => {
    const frame = root.querySelector('.card').getBoundingClientRect();
    return [...root.querySelectorAll('.twin [id]')].filter((node) => { const { left, right } = node.getBoundingClientRect(); return left < frame.left || right > frame.right; }).map(({ id }) => id);
  });
  assert.deepEqual(off, []);
  assert.equal(await page.evaluate(() => document.documentElement.scrollWidth - innerWidth), 0);
});

for (const colorScheme of ['light', 'dark']) {
  test(`A printed page shows the card, dark on white: ${colorScheme}`, async () => {
    const { page, card } = await open({ colorScheme });
    await page.emulateMedia({ media: 'print', colorScheme });
    assert.equal(await colorOf(card, 'canvas', 'visibility'), 'hidden');
    assert.equal(await colorOf(card, '.twin [data-role="text"]'), 'rgb(0, 0, 0)');
    assert.equal(await colorOf(card, '.twin [data-role="link"]'), 'rgb(0, 0, 0)');
    await page.emulateMedia({ media: 'screen', colorScheme });
    await card.getByRole('button', { name: 'Create incident' }).click();
    await card.getByRole('textbox', { name: 'Title' }).fill('On paper');
    await page.emulateMedia({ media: 'print', colorScheme });
    assert.equal(await colorOf(card, 'input'), 'rgb(0, 0, 0)');
    // Behind the dialog nothing shines through.
    assert.equal(await colorOf(card, '.twin > [inert]', 'visibility'), 'hidden');
    await page.context().close();
  });
}

// ---- Text ----

/** What is on the clipboard after Copy. */
const copy = (page) => page.evaluate(() => {
  let copied = '';
  addEventListener('copy', ({ clipboardData }) => { copied = clipboardData.getData('text/plain'); }, { once: true });
  document.execCommand('copy');
  return copied;
});

test('A selection goes across rows, and what is copied has them line by line', async () => {
  const { page, card } = await open();
  const [first, second] = await card.evaluate((element) => ['Triggered', 'Acknowledged'].map((text) => {
    const node = [...element.shadowRoot.querySelectorAll('[data-role="text"]')].find((one) => one.textContent.trim() === text);
    const { left, right, top, height } = node.getBoundingClientRect();
    return { left, right, y: top + height / 2 };
  }));
  await page.mouse.move(first.left + 1, first.y);
  await page.mouse.down();
  await page.mouse.move(second.right - 1, second.y, { steps: 8 });
  await page.mouse.up();
  const copied = await copy(page);
  const lines = copied.split('\n');
  assert.equal(lines[0], 'Triggered');
  assert.ok(lines.includes('High urgency') && lines.includes('Payment latency p99 above 4 s in eu-central'), copied);
});

test('All of the card copied: each text of it is a line, and a sentence of two lines is one', async () => {
  const { page } = await open({ viewport: { width: 380, height: 900 } });
  await page.evaluate(() => getSelection().selectAllChildren(document.querySelector('pagerduty-card').shadowRoot.querySelector('.twin')));
  const copied = await copy(page);
  const lines = copied.split('\n');
  for (const line of ['Checkout API', 'Critical', 'Checkout answers 502 for one order in five', 'Level 1']) assert.ok(lines.includes(line), copied);
  assert.ok(lines.some((line) => /^#4402 · .*assigned to José Ángel Peñaranda · 3 alerts$/.test(line)), copied);
});

test('Find in page finds what is drawn, across the end of a line, too', async () => {
  const { page } = await open({ viewport: { width: 380, height: 900 } });
  for (const text of ['Payment latency', 'José Ángel Peñaranda · 3 alerts', 'Critical']) {
    assert.equal(await page.evaluate((sought) => { getSelection().removeAllRanges(); return find(sought, true, false, true); }, text), true, text);
  }
});

test('A browser that translates the page is read: its text is seen in place of the picture, until the original is asked for', async () => {
  const { page, card } = await open();
  const seen = () => card.evaluate((element) => ['.twin', 'canvas'].map((selector) => {
    const { color, visibility } = getComputedStyle(element.shadowRoot.querySelector(selector));
    return color === 'rgba(0, 0, 0, 0)' ? 'transparent' : visibility;
  }));
  assert.deepEqual(await seen(), ['transparent', 'visible']);
  await card.evaluate((element) => {
    const [text] = element.shadowRoot.querySelector('a[href*="incidents/"]').childNodes;
    globalThis.original = text.data;
    text.data = 'Une commande sur cinq échoue';
  });
  await page.waitForFunction((element) => element.shadowRoot.querySelector('.plain') !== null, await card.elementHandle());
  assert.deepEqual(await seen(), ['visible', 'hidden']);
  await card.evaluate((element) => { element.shadowRoot.querySelector('a[href*="incidents/"]').firstChild.data = globalThis.original; });
  await page.waitForFunction((element) => element.shadowRoot.querySelector('.plain') === null, await card.elementHandle());
  assert.deepEqual(await seen(), ['transparent', 'visible']);
});

test('A browser that translates the page breaks nothing: its text stays, controls work, and the next word is the card\'s', async () => {
  const { page, card } = await open();
  await card.evaluate((element) => {
    const walker = document.createTreeWalker(element.shadowRoot.querySelector('.twin'), NodeFilter.SHOW_TEXT);
    const texts = [];
    while (walker.nextNode()) texts.push(walker.currentNode);
    for (const text of texts) {
      const outer = document.createElement('font');
      const inner = document.createElement('font');
      inner.textContent = `traduit ${text.textContent}`;
      outer.append(inner);
      text.replaceWith(outer);
    }
    element.refresh();
  });
  await card.getByRole('button', { name: 'Insights' }).click();
  await card.getByText('Mean time to acknowledge').first().waitFor();
  await card.getByRole('button', { name: 'Create incident' }).click();
  await card.getByRole('textbox', { name: 'Title' }).fill('Traduit');
  await card.getByRole('button', { name: 'Continue' }).click();
  await card.getByText(/^“?Traduit/).or(card.getByText('Traduit')).first().waitFor();
  await page.keyboard.press('Escape');
  await card.getByRole('dialog').waitFor({ state: 'detached' });
});

test('What happens together is one announcement, and what changes nothing is none', async () => {
  const { page, card } = await open({}, cardOf('PIDENTY', 'refresh="0"'));
  await card.evaluate((element) => {
    const status = element.shadowRoot.querySelector('[role="status"]');
    globalThis.said = [];
    new MutationObserver(() => said.push(status.textContent)).observe(status, { childList: true, characterData: true, subtree: true });
  });
  const refresh = () => card.evaluate((element) => new Promise((done) => { element.addEventListener('pd-update', done, { once: true }); element.refresh(); }));
  await refresh();
  for (const title of ['Sign-in is slow', 'Tokens expire early']) {
    await stage.simulator.control({ op: 'data', kind: 'incident', value: { service: 'PIDENTY', title, agoMinutes: 1 } });
  }
  await card.evaluate((element) => element.refresh());
  await card.getByRole('link', { name: 'Tokens expire early' }).waitFor();
  await page.waitForFunction(() => said.length > 0);
  const said = await page.evaluate(() => globalThis.said);
  assert.equal(said.length, 1, said.join(' | '));
  assert.match(said[0], /Sign-in is slow|2/);
});

// ---- Links and hands ----

test('Links are the browser\'s: the middle button opens a tab, the menu and dragging have the address', async () => {
  const { page, card } = await open();
  const link = card.getByRole('link', { name: 'Checkout answers 502 for one order in five' });
  const href = await link.getAttribute('href');
  const opened = page.context().waitForEvent('page');
  await link.click({ button: 'middle' });
  await (await opened).close();
  const menu = page.evaluate(() => new Promise((done) => addEventListener('contextmenu', (event) => {
    const [target] = event.composedPath();
    done({ href: target.closest('a')?.href, prevented: event.defaultPrevented });
  }, { once: true })));
  await link.click({ button: 'right' });
  assert.deepEqual(await menu, { href, prevented: false });
  const dragged = page.evaluate(() => new Promise((done) => addEventListener('dragstart', ({ dataTransfer }) => done(dataTransfer.getData('text/uri-list')), { once: true })));
  const box = await link.boundingBox();
  await page.mouse.move(box.x + 10, box.y + 10);
  await page.mouse.down();
  await page.mouse.move(box.x + 60, box.y + 60, { steps: 6 });
  assert.equal(await dragged, href);
  await page.mouse.up();
});

const touch = { hasTouch: true, isMobile: true, viewport: { width: 390, height: 700 } };

/** Fingers that move together: `steps` of all their places; lifted at the end, unless they `stay`. */
async function moveFingers(page, steps, stay = false) {
  const cdp = await page.context().newCDPSession(page);
  const send = (type, points) => cdp.send('Input.dispatchTouchEvent', { type, touchPoints: points.map(([x, y], id) => ({ x, y, id })) });
  for (const [index, points] of steps.entries()) await send(index === 0 ? 'touchStart' : 'touchMove', points);
  if (!stay) await send('touchEnd', []);
}
const swipeUp = (page) => moveFingers(page, Array.from({ length: 16 }, (_, step) => [[195, 600 - 20 * step]]));

test('A finger scrolls a list, and at its end the page; the browser does it, so its momentum and its limits are there', async () => {
  const { page, card } = await open(touch, cardOf('PTELEMT') + cardOf('PCHKOUT') + cardOf('PLOYALT'));
  const at = () => card.evaluate((element) => [element.shadowRoot.querySelector('.scrolls').scrollTop, scrollY]);
  await swipeUp(page);
  const [scrolled, stays] = await at();
  assert.ok(scrolled > 200, `${scrolled}`);
  assert.equal(stays, 0);
  // The list may grow meanwhile, and then is not at its end any more.
  for (let swipes = 0; (await at())[1] <= 100; ++swipes) {
    assert.ok(swipes < 10, 'the page does not scroll');
    await inShadow(card, (root) => { const element = root.querySelector('.scrolls'); element.scrollTop = element.scrollHeight; });
    // What scrolls beside the page's script knows of it a frame later.
    await twoFrames(page);
    await swipeUp(page);
    await twoFrames(page);
  }
});

test('Two fingers zoom the page, on the card as elsewhere', async () => {
  const { page } = await open(touch);
  await moveFingers(page, Array.from({ length: 12 }, (_, step) => [[195, 290 - 10 * step], [195, 310 + 10 * step]]));
  await page.waitForFunction(() => visualViewport.scale > 1.5);
});

test('Nothing on the way keeps the browser from scrolling, selecting or its menus', async () => {
  const { page, card } = await open(touch);
  const cdp = await page.context().newCDPSession(page);
  const blocking = [];
  for (const expression of ['document.querySelector("pagerduty-card")',
    ...['.card', '.twin', 'canvas', '.twin .scrolls, .twin ul', '.twin a', '.twin button'].map((selector) => `document.querySelector("pagerduty-card").shadowRoot.querySelector("${selector}")`)]) {
    const { result } = await cdp.send('Runtime.evaluate', { expression });
    const { listeners } = await cdp.send('DOMDebugger.getEventListeners', { objectId: result.objectId });
    for (const { type, passive } of listeners) {
      if (/^(touch|wheel|mousewheel|pointer|scroll)/.test(type) && !passive) blocking.push(`${type} on ${expression}`);
      if (/^(contextmenu|selectstart|dragstart)$/.test(type)) blocking.push(`${type} on ${expression}`);
    }
  }
  assert.deepEqual(blocking, []);
  const styles = await inShadow(card, (root) => [...root.querySelectorAll('*')].filter((node) => {
    const { touchAction, userSelect, overscrollBehaviorY } = getComputedStyle(node);
    return touchAction !== 'auto' || userSelect === 'none' || overscrollBehaviorY !== 'auto';
  }).map(({ id, tagName }) => `${tagName} ${id}`));
  assert.deepEqual(styles, []);
});

test('A long press is the browser\'s: a link\'s menu has its address, a word is selected, and a button under it is not pressed', async () => {
  const { page, card } = await open(touch);
  const cdp = await page.context().newCDPSession(page);
  // A touch from the protocol makes no gesture; a mouse in the place of a finger does.
  await cdp.send('Emulation.setEmitTouchEventsForMouse', { enabled: true, configuration: 'mobile' });
  await page.evaluate(() => {
    globalThis.clicks = [];
    addEventListener('click', ({ detail }) => { globalThis.clicks.push(detail); }, true);
  });
  /** Rests on what `locator` finds until the browser would open its menu; what that menu is about. */
  const press = async (locator) => {
    await locator.scrollIntoViewIfNeeded();
    const { x, y, height } = await locator.boundingBox();
    // Never answered: the event has become another one.
    const finger = (type, buttons) => { cdp.send('Input.dispatchMouseEvent', { type, x: x + 20, y: y + height / 2, button: 'left', buttons, clickCount: 1 }).catch(() => {}); };
    const menu = page.evaluate(() => new Promise((done) => addEventListener('contextmenu', (event) => {
      const [target] = event.composedPath();
      done({ href: target.closest('a')?.href ?? '', button: target.closest('button')?.textContent ?? '', prevented: event.defaultPrevented });
    }, { once: true })));
    const lifted = page.evaluate(() => new Promise((done) => addEventListener('touchend', () => done(), { once: true })));
    finger('mousePressed', 1);
    const taken = await menu;
    finger('mouseReleased', 0);
    await lifted;
    await twoFrames(page);
    return taken;
  };
  const link = card.getByRole('link', { name: 'Checkout answers 502 for one order in five' });
  assert.deepEqual(await press(link), { href: await link.getAttribute('href'), button: '', prevented: false });
  const button = card.getByRole('button', { name: /^Resolve/ }).first();
  assert.deepEqual(await press(button), { href: '', button: 'Resolve', prevented: false });
  assert.equal(await card.getByRole('dialog').count(), 0);
  assert.deepEqual(await press(card.getByText('Updated just now')), { href: '', button: '', prevented: false });
  assert.equal(await page.evaluate('getSelection().toString()'), 'Updated');
  assert.deepEqual(await page.evaluate('clicks'), []);
});

test('A finger that rests on a button and slides off presses nothing and leaves no hover behind', async () => {
  const { page, card } = await open(touch);
  const picture = () => card.evaluate((element) => element.shadowRoot.querySelector('canvas').toDataURL());
  const before = await picture();
  const { x, y } = await card.getByRole('button', { name: /^Resolve/ }).first().boundingBox();
  await moveFingers(page, [[[x + 20, y + 10]], [[x + 20, y - 200]]]);
  await twoFrames(page);
  assert.equal(await picture(), before);
  assert.equal(await card.getByRole('dialog').count(), 0);
});

test('An input method composes in a field undisturbed: nothing that comes meanwhile takes it away, and Enter is its own', async () => {
  const { page, card } = await open();
  await card.getByRole('button', { name: 'Create incident' }).click();
  const title = card.getByRole('textbox', { name: 'Title' });
  await title.focus();
  const cdp = await page.context().newCDPSession(page);
  await cdp.send('Input.imeSetComposition', { text: 'けっさい', selectionStart: 4, selectionEnd: 4 });
  await card.evaluate((element) => element.refresh());
  await twoFrames(page);
  assert.equal(await title.inputValue(), 'けっさい');
  await page.keyboard.press('Enter');
  assert.equal(await card.getByRole('textbox', { name: 'Title' }).count(), 1, 'the dialog has not gone on');
  await cdp.send('Input.insertText', { text: '決済' });
  assert.equal(await title.inputValue(), '決済');
  await card.getByText('2 / 1024').waitFor();
});
