// The presets of the package: each has every colour of both themes, each pair that stands on another can be read, and a card takes them up.
import assert from 'node:assert/strict';
import { after, before, test } from 'node:test';
import { readFileSync, readdirSync } from 'node:fs';
import { join } from 'node:path';
import { cardOf, openStage, settled, show } from '../browser/harness.mjs';
import { openWorkshop, shipped, web } from './workshop.mjs';

const kModes = ['light', 'dark'];
const text = (path) => readFileSync(join(web, '..', path), 'utf8');
/** The pairs that the built-in themes are tested by, as [what, over, ground]. */
const pairsOf = (name) => [...text('tests/unit/view/theme_test.cpp').split(`TEST(Theme, ${name})`)[1].split('\nTEST(')[0].matchAll(/\{"([^"]*)", &Theme::(\w+), &Theme::(\w+)\}/g)]
  .map(([, what, over, ground]) => [what, over.replaceAll('_', '-'), ground.replaceAll('_', '-')]);
const tokens = [...text('wasm/view/theme.cpp').matchAll(/\{"([a-z-]+)", &Theme::/g)].map(([, token]) => token).filter((token) => token !== 'overlay');

function luminance(color) {
  const [r, g, b] = [1, 3, 5].map((at) => parseInt(color.slice(at, at + 2), 16) / 255).map((x) => (x <= 0.04045 ? x / 12.92 : ((x + 0.055) / 1.055) ** 2.4));
  return 0.2126 * r + 0.7152 * g + 0.0722 * b;
}
function contrast(a, b) {
  const [high, low] = [luminance(a), luminance(b)].sort((x, y) => y - x);
  return (high + 0.05) / (low + 0.05);
}

let workshop;
let stage;
const presets = new Map();
before(async () => {
  workshop = openWorkshop();
  const folder = shipped(workshop.install(), 'presets');
  for (const file of readdirSync(folder)) presets.set(file.replace('.css', ''), readFileSync(join(folder, file), 'utf8'));
  const pages = Object.fromEntries([...presets].map(([name, css]) => [`/presets/${name}.css`, css]));
  pages['/presets/page.css'] = ':root.dark { background: #101010; color: #f0f0f0; } body { font: 16px/1.5 Inter, sans-serif; } pagerduty-card.mine { --pd-danger: #6f42c1; }';
  stage = await openStage({ pages });
});
after(async () => {
  await stage?.close();
  workshop?.close();
});

const colorsOf = (css, mode) => Object.fromEntries([...css.matchAll(/--pd-([a-z-]+): light-dark\((#[0-9a-f]{6}), (#[0-9a-f]{6})\);/g)].map(([, token, ...colors]) => [token, colors[kModes.indexOf(mode)]]));

test('there are the four that the guide names', () => {
  assert.deepEqual([...presets.keys()].sort(), [...text('docs/embedding.md').matchAll(/^\| `pagerduty-card\/presets\/(\w+)\.css`/gm)].map(([, name]) => name).sort());
  assert.equal(presets.size, 4);
});

for (const name of ['backstage', 'mui', 'bootstrap', 'primer']) {
  for (const mode of kModes) {
    test(`${name}, ${mode}: every colour is there, and what stands on another can be read`, () => {
      const colors = colorsOf(presets.get(name), mode);
      assert.deepEqual(Object.keys(colors).sort(), [...tokens].sort());
      const weak = (kind, least) => pairsOf(kind).filter(([, over, ground]) => contrast(colors[over], colors[ground]) < least).map(([what]) => what);
      assert.ok(pairsOf('HasReadableTextOnEveryGroundThatItStandsOn').length > 30);
      assert.deepEqual([weak('HasReadableTextOnEveryGroundThatItStandsOn', 4.5), weak('HasControlsThatCanBeSeen', 3)], [[], []]);
    });

    test(`${name}, ${mode}: a card, but for what a rule of the page says, has its ground, its main button's colour and its corners`, async () => {
      const page = await stage.page();
      await page.evaluate(([preset, isDark]) => Promise.all([preset, 'page'].map((file) => new Promise((done) => {
        document.documentElement.classList.toggle('dark', isDark);
        const link = Object.assign(document.createElement('link'), { rel: 'stylesheet', href: `/presets/${file}.css`, onload: done });
        document.head.append(link);
      }))), [name, mode === 'dark']);
      await show(page, cardOf('PCHKOUT', 'class="mine"'));
      const card = await settled(page);
      const seen = await card.evaluate((element) => {
        const canvas = element.shadowRoot.querySelector('canvas');
        const button = [...element.shadowRoot.querySelectorAll('button')].find((one) => one.textContent === 'Create incident').getBoundingClientRect();
        const box = canvas.getBoundingClientRect();
        const { data } = canvas.getContext('2d').getImageData(0, 0, canvas.width, canvas.height);
        const at = (x, y) => `#${[0, 1, 2].map((channel) => data[4 * (Math.round(y) * canvas.width + Math.round(x)) + channel].toString(16).padStart(2, '0')).join('')}`;
        return {
          ground: at(4, box.height / 2), button: at(button.left - box.left + 6, button.top - box.top + button.height / 2),
          radius: getComputedStyle(element.shadowRoot.querySelector('[part~=card]')).borderRadius,
        };
      });
      const colors = colorsOf(presets.get(name), mode);
      assert.equal(await card.evaluate((element) => getComputedStyle(element).getPropertyValue('--pd-danger')), '#6f42c1');
      assert.deepEqual(seen, { ground: colors.background, button: colors.accent, radius: /--pd-radius: (\w+);/.exec(presets.get(name))[1] });
    });
  }
}
