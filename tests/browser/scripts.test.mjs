// Scripts that need shaping, and text of two directions: the canvas has its ink where the browser's own layout of the twin has it.
import assert from 'node:assert/strict';
import { after, before, test } from 'node:test';
import { openStage, settled, show } from './harness.mjs';

const kTitles = [
  { name: 'Hebrew', text: 'שלום עולם' },
  { name: 'Hebrew within English', text: 'Gateway שער תשלומים (EU) 502' },
  { name: 'English within Hebrew', text: 'שירות Checkout API, גרסה 2' },
  { name: 'Arabic within English', text: 'Billing خدمة الفوترة v3' },
  { name: 'Arabic with digits and brackets', text: 'خدمة (٤٢) الدفع [EU]' },
  { name: 'marks upon letters', text: 'Zürich Z\u0323\u0308u\u0308rich' },
  { name: 'emoji of several code points', text: 'On 👩‍💻 👨‍👩‍👧‍👦 👍🏽 ❤️ 1️⃣' },
  { name: 'flags', text: '🇩🇪 🇯🇵 🇧🇷 🏴󠁧󠁢󠁳󠁣󠁴󠁿' },
  { name: 'Japanese', text: '決済ゲートウェイ API' },
];
/** Columns of pixels whose ink may differ: antialiasing at the edges of glyphs. */
const kMostDifferent = 0.06;

let stage;
before(async () => { stage = await openStage(); });
after(() => stage.close());

/** For each column of the title's picture whether there is ink in it. */
async function inkOf(page, card) {
  const box = await card.getByRole('heading', { level: 2 }).boundingBox();
  const png = await page.screenshot({ clip: box, scale: 'device' });
  return page.evaluate(async (base64) => {
    const bitmap = await createImageBitmap(new Blob([Uint8Array.from(atob(base64), (c) => c.charCodeAt(0))], { type: 'image/png' }));
    const context = new OffscreenCanvas(bitmap.width, bitmap.height).getContext('2d');
    context.drawImage(bitmap, 0, 0);
    const { data } = context.getImageData(0, 0, bitmap.width, bitmap.height);
    const isInk = (x, y) => Math.min(...data.subarray(4 * (y * bitmap.width + x), 4 * (y * bitmap.width + x) + 3)) < 150;
    return Array.from({ length: bitmap.width }, (_, x) => Array.from({ length: bitmap.height }, (_row, y) => y).some((y) => isInk(x, y)));
  }, png.toString('base64'));
}

/** The share of columns whose ink has none within a pixel in the other. */
function difference(a, b) {
  const lacks = (from, to) => from.filter((ink, x) => ink && ![x - 1, x, x + 1].some((near) => to[near])).length;
  return (lacks(a, b) + lacks(b, a)) / Math.max(1, a.filter(Boolean).length + b.filter(Boolean).length);
}

const revealTwin = (card) => card.evaluate((element) => {
  const sheet = new CSSStyleSheet();
  sheet.replaceSync('canvas { visibility: hidden } .twin { color: #17201d !important }');
  element.shadowRoot.adoptedStyleSheets.push(sheet);
});

for (const dir of ['ltr', 'rtl']) {
  for (const { name, text } of kTitles) {
    test(`${name}: as the DOM has it, on a page that reads ${dir}`, async () => {
      const page = await stage.page({ path: '/unconnected.html', context: { deviceScaleFactor: 2, colorScheme: 'light' } });
      await show(page, '<pagerduty-card></pagerduty-card>');
      await page.evaluate(([title, direction]) => {
        document.documentElement.dir = direction;
        document.querySelector('pagerduty-card').entityData = { apiVersion: 'backstage.io/v1alpha1', kind: 'Component', metadata: { name: 'x', title } };
      }, [text, dir]);
      const card = await settled(page);
      await card.getByRole('heading', { level: 2, name: text }).waitFor();
      const drawn = await inkOf(page, card);
      await revealTwin(card);
      const laidOut = await inkOf(page, card);
      assert.ok(laidOut.filter(Boolean).length > 20, 'the twin shows its text');
      const different = difference(drawn, laidOut);
      assert.ok(different <= kMostDifferent, `${(100 * different).toFixed(1)} % of the columns differ`);
    });
  }
}
