// The twin as assistive technology finds it: nothing that axe-core objects to in any state, theme and width of the gallery; what a
// screen reader is told, as text to be reviewed; and the DOM where the module says that it is.
// UPDATE_GOLDENS=1 rewrites tests/browser/golden/*.aria.txt.
import assert from 'node:assert/strict';
import { readFileSync, writeFileSync } from 'node:fs';
import { after, before, test } from 'node:test';
import { axeFindings } from './axe.mjs';
import { cardOf, openStage, settled } from './harness.mjs';

const kNow = Date.UTC(2026, 2, 2, 9);
/** The gallery has a card that its page's policy forbids to ask. */
const kPolicy = [/127\.0\.0\.1:9\//, /Failed to load resource/];

let stage, live;
before(async () => {
  stage = await openStage({ now: kNow });
  live = await openStage();   // the gallery's states take time to come about
});
after(async () => {
  await stage.close();
  await live.close();
});

/** Every text is where its lines are drawn: as many lines as high as its box, none wider than it. */
const misplaced = (page) => page.evaluate(() => [...document.querySelectorAll('pagerduty-card')].flatMap((card) =>
  [...card.shadowRoot.querySelectorAll('.twin .wraps:not([title])')].flatMap((node) => {
    const range = document.createRange();
    range.selectNodeContents(node);
    const tops = new Set([...range.getClientRects()].filter(({ width }) => width > 0).map(({ top }) => Math.round(top)));
    const lines = Math.round(node.clientHeight / parseFloat(getComputedStyle(node).lineHeight));
    const isWide = node.scrollWidth > node.clientWidth + 1;
    return tops.size === lines && !isWide ? [] : [`${node.id}: ${tops.size} of ${lines} lines, ${node.scrollWidth} of ${node.clientWidth} px: ${node.textContent}`];
  })));

for (const [theme, width, lang] of [['light', 320, 'en'], ['dark', 480, 'ja'], ['light', 900, 'de'], ['dark', 320, 'pt-BR'], ['dark', 900, 'en']]) {
  test(`Every state of the gallery, ${theme}, ${width} px, ${lang}: axe-core finds nothing, and every line of text has its place`, async () => {
    const page = await live.page({ path: `/gallery.html?theme=${theme}&width=${width}&lang=${lang}`, expects: kPolicy, context: { viewport: { width: 1280, height: 1200 } } });
    await page.locator('figure').first().waitFor();
    // Cards start where they are seen.
    await page.evaluate(async () => {
      for (const card of document.querySelectorAll('figure pagerduty-card')) {
        card.scrollIntoView();
        while (card.shadowRoot.querySelector('.twin [id]') === null) await new Promise((done) => { requestAnimationFrame(done); });
      }
    });
    assert.deepEqual(await axeFindings(page, { without: ['color-contrast'] }), []);
    assert.deepEqual(await misplaced(page), []);
  });
}

test('What is wrong inside a card is found', async () => {
  const page = await stage.page({ cards: cardOf('PCHKOUT') });
  const card = await settled(page);
  await card.evaluate((element) => { element.shadowRoot.querySelector('.twin').append(document.createElement('button')); });
  assert.match((await axeFindings(page, { without: ['color-contrast', 'region'] })).join(), /^button-name at pagerduty-card /);
});

const kDialogs = { 'create dialog': 'Create incident', 'confirm dialog': /^Resolve #4402/ };
for (const layout of ['full', 'compact', 'oncall', 'trigger']) {
  for (const colorScheme of ['light', 'dark']) {
    test(`The layout ${layout}, ${colorScheme}: axe-core finds nothing`, async () => {
      const page = await stage.page({ cards: cardOf('PCHKOUT', `layout="${layout}"`), context: { colorScheme } });
      await settled(page);
      const found = await axeFindings(page, { without: ['color-contrast'] });
      assert.deepEqual(found.filter((text) => !text.startsWith('region') && !text.startsWith('landmark') && !text.startsWith('page-has')), []);
    });
  }
}

const kSnapshots = [
  { name: 'checkout-api', cards: cardOf('PCHKOUT') },
  { name: 'loyalty', cards: cardOf('PLOYALT') },
  { name: 'not-annotated', cards: '<pagerduty-card entity="/not-annotated.yaml"></pagerduty-card>' },
  { name: 'wallboard', cards: '<pagerduty-card service-id="PCHKOUT PLOYALT PMOBAPP"></pagerduty-card>' },
  { name: 'keys', cards: cardOf('PLOYALT'), act: async (card) => { await card.getByRole('tab').first().focus(); await card.page().keyboard.press('?'); } },
  ...Object.entries(kDialogs).map(([name, button]) => ({ name: name.replace(' ', '-'), cards: cardOf('PCHKOUT'), act: (card) => card.getByRole('button', { name: button }).click() })),
];
for (const { name, cards, act } of kSnapshots) {
  test(`What a screen reader is told: ${name}`, async () => {
    const page = await stage.page({ cards });
    const card = await settled(page);
    if (act !== undefined) {
      await act(card);
      await card.getByRole('dialog').waitFor();
    }
    // An incident's id is another one in each run.
    const told = `${(await card.ariaSnapshot()).replace(/(\/incidents\/)\w+/g, '$1ID')}\n`;
    const golden = new URL(`golden/${name}.aria.txt`, import.meta.url);
    if (process.env.UPDATE_GOLDENS === '1') return writeFileSync(golden, told);
    assert.equal(told, readFileSync(golden, 'utf8'));
  });
}

/** What the module hands over, as it was read from its memory. */
const keepTwins = (page) => page.addInitScript(() => {
  const { parse } = JSON;
  JSON.parse = function (...args) {
    const value = parse.apply(this, args);
    if (Array.isArray(value) && value[0]?.rect !== undefined) globalThis.lastTwin = value;
    return value;
  };
});

for (const [width, dpr] of [[320, 2], [640, 1], [932, 1.5]]) {
  test(`Each node of the module is one element, within a pixel of where the module says: ${width} px at ${dpr}`, async () => {
    const page = await stage.page({
      cards: cardOf('PCHKOUT', 'sections="status incidents changes oncall insights standards"'), prepare: keepTwins,
      context: { viewport: { width, height: 900 }, deviceScaleFactor: dpr },
    });
    const card = await settled(page);
    const off = await card.evaluate((element) => {
      const { shadowRoot } = element;
      const origin = shadowRoot.querySelector('.twin').getBoundingClientRect();
      const byId = new Map(globalThis.lastTwin.map((node) => [node.id, node]));
      const placed = (node) => {
        const [x, y, w, h] = node.rect;
        for (let parent = byId.get(node.parent); parent !== undefined; parent = byId.get(parent.parent)) {
          if (parent.scroller) return [x + parent.rect[0], y + parent.rect[1], w, h];
        }
        return [x, y, w, h];
      };
      const wrong = globalThis.lastTwin.flatMap((node) => {
        const elements = [...shadowRoot.querySelectorAll('.twin [id]')].filter(({ id }) => id === node.id);
        if (elements.length !== 1) return [`${node.id} is there ${elements.length} times`];
        const { left, top, width: wide, height } = elements[0].getBoundingClientRect();
        const box = [left - origin.left, top - origin.top, wide, height];
        const should = placed(node);
        return box.every((value, index) => Math.abs(value - should[index]) <= 1) ? [] : [`${node.id}: ${box.map(Math.round)}, not ${should.map(Math.round)}`];
      });
      const extra = [...shadowRoot.querySelectorAll('.twin [id]')].filter(({ id }) => !byId.has(id)).map(({ id }) => `${id} is none of the module's`);
      return { count: globalThis.lastTwin.length, wrong: [...wrong, ...extra] };
    });
    assert.ok(off.count > 60);
    assert.deepEqual(off.wrong, []);
  });
}
