// The picture itself: what Chromium's canvas holds for the demo's entities at a fixed time, against tests/browser/golden.
// UPDATE_GOLDENS=1 rewrites. Fonts differ a little between versions, so a few pixels may; the actual picture of a failure is
// left in build/golden.
import assert from 'node:assert/strict';
import { mkdirSync, readFileSync, writeFileSync } from 'node:fs';
import { after, before, test } from 'node:test';
import { openStage, settled } from './harness.mjs';

const kNow = Date.UTC(2026, 2, 2, 9);
const kCards = [
  { entity: 'checkout-api', colorScheme: 'light', dpr: 1 },
  { entity: 'search-index', colorScheme: 'dark', dpr: 1 },
  { entity: 'loyalty', colorScheme: 'light', dpr: 2 },
];
/** A channel that is off by less is the same. */
const kTolerance = 40;
const kMostDifferent = 0.01;

const goldenOf = (name) => new URL(`golden/${name}.png`, import.meta.url);
const kActual = new URL('../../build/golden/', import.meta.url);

let stage;
before(async () => { stage = await openStage({ now: kNow }); });
after(() => stage.close());

/** The canvas as PNG, and the share of pixels that differ from `expected` (base64 PNG; '' = none). */
const compare = (card, expected) => card.evaluate(async (element, [golden, tolerance]) => {
  const canvas = element.shadowRoot.querySelector('canvas');
  const actual = canvas.toDataURL('image/png').split(',')[1];
  if (golden === '') return { actual, different: 1 };
  const bitmap = await createImageBitmap(new Blob([Uint8Array.from(atob(golden), (c) => c.charCodeAt(0))], { type: 'image/png' }));
  if (bitmap.width !== canvas.width || bitmap.height !== canvas.height) return { actual, different: 1 };
  const other = new OffscreenCanvas(bitmap.width, bitmap.height).getContext('2d');
  other.drawImage(bitmap, 0, 0);
  const [a, b] = [canvas.getContext('2d'), other].map((context) => context.getImageData(0, 0, bitmap.width, bitmap.height).data);
  let different = 0;
  for (let at = 0; at < a.length; at += 4) {
    if ([0, 1, 2].some((channel) => Math.abs(a[at + channel] - b[at + channel]) > tolerance)) ++different;
  }
  return { actual, different: different / (a.length / 4) };
}, [expected, kTolerance]);

function readGolden(name) {
  try {
    return readFileSync(goldenOf(name)).toString('base64');
  } catch (error) {
    if (error.code === 'ENOENT') return '';
    throw error;
  }
}

for (const { entity, colorScheme, dpr } of kCards) {
  test(`The picture of ${entity}, ${colorScheme}, ${dpr} device pixels for each CSS pixel`, async () => {
    const page = await stage.page({
      cards: `<pagerduty-card entity="/catalog-info.yaml" entity-ref="${entity}"></pagerduty-card>`,
      context: { colorScheme, deviceScaleFactor: dpr, viewport: { width: 520, height: 900 } },
    });
    const card = await settled(page);
    const { actual, different } = await compare(card, readGolden(entity));
    const bytes = Buffer.from(actual, 'base64');
    if (process.env.UPDATE_GOLDENS === '1') {
      mkdirSync(new URL('.', goldenOf(entity)), { recursive: true });
      return writeFileSync(goldenOf(entity), bytes);
    }
    if (different > kMostDifferent) {
      mkdirSync(kActual, { recursive: true });
      writeFileSync(new URL(`${entity}.actual.png`, kActual), bytes);
    }
    assert.ok(different <= kMostDifferent, `${(100 * different).toFixed(2)} % of the pixels differ: build/golden/${entity}.actual.png`);
  });
}
