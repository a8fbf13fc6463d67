// The twin: what is drawn is there as native DOM, in its place, with nothing that axe-core objects to.
import assert from 'node:assert/strict';
import { after, before, test } from 'node:test';
import { axeFindings } from './axe.mjs';
import { cardOf, openStage, settled, show } from './harness.mjs';

let stage;
/** Its glyphs are as many whole pixels wide, as on a Linux desktop that hints them. */
let hinted;
before(async () => {
  stage = await openStage();
  hinted = await openStage({ chromium: { flags: ['--font-render-hinting=full'] } });
});
after(() => Promise.all([stage.close(), hinted.close()]));

const kStates = [
  { name: 'incidents', cards: cardOf('PCHKOUT') },
  { name: 'changes', cards: cardOf('PCHKOUT'), act: (card) => card.getByRole('tab', { name: /Changes/ }).click() },
  {
    name: 'all sections, with the rota',
    cards: cardOf('PCHKOUT', 'sections="status incidents changes oncall insights standards"'),
    act: (card) => card.getByRole('button', { name: 'Show the rota' }).click(),
  },
  { name: 'detail of an incident', cards: cardOf('PCHKOUT'), act: (card) => card.getByRole('button', { expanded: false }).first().click() },
  { name: 'calm', cards: cardOf('PLOYALT') },
  { name: 'nobody on call', cards: cardOf('PMOBAPP') },
  { name: 'a hundred and thirty incidents', cards: cardOf('PTELEMT') },
  { name: 'create dialog', cards: cardOf('PCHKOUT'), act: (card) => card.getByRole('button', { name: 'Create incident' }).click() },
  { name: 'confirm dialog', cards: cardOf('PCHKOUT'), act: (card) => card.getByRole('button', { name: /^Resolve/ }).first().click() },
  { name: 'not annotated', cards: '<pagerduty-card entity="/not-annotated.yaml"></pagerduty-card>' },
  { name: 'broken', cards: '<pagerduty-card entity="/broken.yaml"></pagerduty-card>' },
  { name: 'no such service', cards: cardOf('PNOSUCH'), expects: [/404/] },
];

for (const colorScheme of ['light', 'dark']) {
  for (const { name, cards, act, expects = [] } of kStates) {
    test(`axe-core finds nothing: ${name}, ${colorScheme}`, async () => {
      const page = await stage.page({ cards, expects, context: { colorScheme } });
      const card = await settled(page);
      if (act !== undefined) {
        await act(card);
        await settled(page);
      }
      assert.deepEqual(await axeFindings(page, { within: 'pagerduty-card', without: ['color-contrast', 'region'] }), []);
      await page.context().close();
    });
  }
}

/** Texts of the twin that the browser measures wider or narrower than the card drew them. */
async function textsBesideThePicture(page) {
  await settled(page);
  return page.evaluate(() => {
    const { shadowRoot } = document.querySelector('pagerduty-card');
    return [...shadowRoot.querySelectorAll('.twin [data-role="text"], .twin [data-role="link"]')].filter((node) => node.children.length === 0 && node.textContent !== '' && !node.classList.contains('wraps'))
      .map((node) => {
        const range = document.createRange();
        range.selectNodeContents(node);
        return { text: node.textContent, measured: range.getBoundingClientRect().width, drawn: node.getBoundingClientRect().width };
      })
      .filter(({ measured, drawn }) => Math.abs(measured - drawn) > 1.5);
  });
}

test('Every text lies over its picture: the browser measures it as wide as the card drew it', async () => {
  assert.deepEqual(await textsBesideThePicture(await stage.page({ cards: cardOf('PCHKOUT') })), []);
});

test('Also where glyphs are hinted', async () => {
  assert.deepEqual(await textsBesideThePicture(await hinted.page({ cards: cardOf('PCHKOUT') })), []);
});

test('Every button, link and field has a target of 24 px and lies inside the card', async () => {
  for (const width of [320, 640, 900]) {
    const page = await stage.page({ cards: cardOf('PCHKOUT'), context: { viewport: { width: width + 32, height: 900 } } });
    const card = await settled(page);
    const wrong = await card.evaluate((element) => {
      const frame = element.shadowRoot.querySelector('.card').getBoundingClientRect();
      return [...element.shadowRoot.querySelectorAll('.twin :is(button, a, input, textarea)')]
        .map((node) => ({ name: node.ariaLabel ?? node.textContent, box: node.getBoundingClientRect(), inText: node.closest('p') !== null }))
        .filter(({ box }) => box.height < 19.5 || box.width < 20 || box.left < frame.left - 1 || box.right > frame.right + 1 || box.bottom > frame.bottom + 1)
        .map(({ name, box }) => `${name} ${box.width}x${box.height} at ${box.left},${box.top}`);
    });
    assert.deepEqual(wrong, [], `${width} px wide`);
    await page.context().close();
  }
});

test('The canvas has exactly the device pixels of its place', async () => {
  for (const dpr of [1, 1.25, 1.5, 2, 3]) {
    const page = await stage.page({ cards: cardOf('PLOYALT'), context: { deviceScaleFactor: dpr, viewport: { width: 500, height: 700 } } });
    const card = await settled(page);
    const { pixels, box } = await card.evaluate((element) => {
      const canvas = element.shadowRoot.querySelector('canvas');
      const { width, height } = canvas.getBoundingClientRect();
      return { pixels: [canvas.width, canvas.height], box: [width, height] };
    });
    assert.ok(Math.abs(pixels[0] - box[0] * dpr) < 0.6, `width at ${dpr}: ${pixels[0]} for ${box[0]}`);
    assert.ok(Math.abs(pixels[1] - box[1] * dpr) < 0.6, `height at ${dpr}: ${pixels[1]} for ${box[1]}`);
    await page.context().close();
  }
});

test('Text can be selected and copied, and links are links', async () => {
  const page = await stage.page({ cards: cardOf('PCHKOUT') });
  const card = await settled(page);
  const link = card.getByRole('link', { name: 'Checkout API' });
  assert.match(await link.getAttribute('href'), /^https:\/\/acme-shop\.pagerduty\.com\//);
  assert.equal(await link.getAttribute('rel'), 'noopener noreferrer');
  const selected = await card.evaluate((element) => {
    const node = [...element.shadowRoot.querySelectorAll('[data-role="text"]')].find((one) => one.textContent === 'Critical');
    const range = document.createRange();
    range.selectNodeContents(node);
    getSelection().removeAllRanges();
    getSelection().addRange(range);
    return range.toString();
  });
  assert.equal(selected, 'Critical');
});

test('An unchanged node keeps its element from update to update', async () => {
  const page = await stage.page({ cards: cardOf('PCHKOUT') });
  const card = await settled(page);
  await card.evaluate((element) => { globalThis.kept = [...element.shadowRoot.querySelectorAll('.twin [id]')]; });
  await card.getByRole('button', { name: 'Create incident' }).click();
  await card.getByRole('dialog').waitFor();
  await page.keyboard.press('Escape');
  await card.getByRole('dialog').waitFor({ state: 'detached' });
  assert.ok(await card.evaluate((element) => {
    const now = [...element.shadowRoot.querySelectorAll('.twin [id]')];
    return now.length === globalThis.kept.length && now.every((node, index) => node === globalThis.kept[index]);
  }));
});

test('In forced colours the twin is seen and the canvas is not', async () => {
  const page = await stage.page({ cards: cardOf('PLOYALT'), context: { forcedColors: 'active' } });
  const card = await settled(page);
  const seen = await card.evaluate((element) => ({
    canvas: getComputedStyle(element.shadowRoot.querySelector('canvas')).visibility,
    text: getComputedStyle(element.shadowRoot.querySelector('.twin [data-role="text"]')).color,
  }));
  assert.equal(seen.canvas, 'hidden');
  assert.doesNotMatch(seen.text, /rgba\(.*, 0\)/);
});

test('Untrusted text stays text', async () => {
  await stage.simulator.control({ op: 'data', kind: 'incident', value: { service: 'PGIFTCD', title: '<img src=x onerror=alert(1)> \u202Eevil', agoMinutes: 1 } });
  const page = await stage.page({ cards: cardOf('PGIFTCD') });
  const card = await settled(page);
  await card.getByRole('link', { name: '<img src=x onerror=alert(1)> evil' }).waitFor();
  assert.equal(await card.evaluate((element) => element.shadowRoot.querySelectorAll('img').length), 0);
  await show(page, '');
});
