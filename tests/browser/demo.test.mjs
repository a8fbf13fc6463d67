// The demo page as a new user meets it: the cards of a real catalog file, and an incident that is created once.
import assert from 'node:assert/strict';
import { after, before, test } from 'node:test';
import { axeFindings } from './axe.mjs';
import { openStage, requestsOf, settled } from './harness.mjs';

let stage;
before(async () => { stage = await openStage({ chromium: { isWhole: true } }); });
after(() => stage.close());

// Reading pixels back is the tests' own doing.
const open = (options = {}) => stage.page({ path: '/', context: { viewport: { width: 1280, height: 2600 } }, expects: [/willReadFrequently/], ...options });
const cardNamed = (page, ref) => page.locator(`pagerduty-card[entity-ref="${ref}"]`);

test('The three entities show who is on call and what is broken', async () => {
  const page = await open();
  const checkout = cardNamed(page, 'checkout-api');
  await checkout.getByRole('link', { name: 'Checkout answers 502 for one order in five' }).waitFor();
  await checkout.getByRole('link', { name: 'José Ángel Peñaranda', exact: true }).waitFor();
  await checkout.getByText('Critical').waitFor();
  const search = cardNamed(page, 'search-index');
  await search.getByRole('link', { name: '検索インデックスの更新が 40 分遅れています' }).waitFor();
  await search.getByRole('link', { name: '桐生 健太', exact: true }).waitFor();
  const loyalty = cardNamed(page, 'loyalty');
  await loyalty.getByText('No open incidents').waitFor();
  await loyalty.getByText('Active', { exact: true }).waitFor();
});

test('An entity without annotation shows the YAML to add, a broken file where it is broken', async () => {
  const page = await open();
  const notAnnotated = page.locator('pagerduty-card[entity="not-annotated.yaml"]');
  await notAnnotated.getByText('pagerduty.com/service-id').first().waitFor();
  const broken = page.locator('pagerduty-card[entity="broken.yaml"]');
  await broken.getByText(/broken\.yaml:\d+/).waitFor();
});

test('An incident that is created and confirmed is in the list, once, also after a double click', async () => {
  const page = await open();
  const card = cardNamed(page, 'checkout-api');
  await card.getByRole('button', { name: 'Create incident' }).click();
  const dialog = card.getByRole('dialog');
  await dialog.getByRole('textbox', { name: 'Title' }).fill('Basket empties itself');
  await dialog.getByRole('textbox', { name: 'Details' }).fill('Since the deploy at noon.');
  await dialog.getByRole('button', { name: 'Continue' }).click();
  await dialog.getByText('Checkout API').first().waitFor();
  await dialog.getByRole('button', { name: 'Create and page' }).dblclick();
  await card.getByRole('link', { name: 'Basket empties itself' }).waitFor();
  await dialog.waitFor({ state: 'detached' });
  assert.equal(await card.getByRole('link', { name: 'Basket empties itself' }).count(), 1);
  assert.equal(requestsOf(stage).filter((request) => request === 'POST /v2/enqueue').length, 1);
});

for (const colorScheme of ['light', 'dark']) {
  test(`axe-core finds nothing on the whole page: ${colorScheme}`, async () => {
    const page = await open({ context: { colorScheme, viewport: { width: 1280, height: 3000 } } });
    for (let index = 0; index < 5; ++index) await settled(page, index);
    assert.deepEqual(await axeFindings(page), []);
  });
}

test('The theme switch changes page and cards', async () => {
  const page = await open();
  const card = await settled(page);
  // Until the ground of the picture is darker, or brighter, than this.
  const ground = (isDark) => card.evaluate((element, dark) => new Promise((done) => {
    const look = () => {
      const { data } = element.shadowRoot.querySelector('canvas').getContext('2d').getImageData(4, 4, 1, 1);
      if (data[0] < 100 === dark) done();
      else requestAnimationFrame(look);
    };
    look();
  }), isDark);
  await page.getByRole('radio', { name: 'Dark' }).check();
  await ground(true);
  await page.getByRole('radio', { name: 'Light' }).check();
  await ground(false);
});

test('Ten idle seconds draw no frame', async () => {
  // Five seconds into a minute: ages ("5 min ago") change on whole minutes, and a changed word is a frame.
  const time = Math.floor(Date.now() / 60_000) * 60_000 + 5000;
  const page = await open({ prepare: (p) => p.clock.install({ time }) });
  for (let index = 0; index < 3; ++index) {
    await page.clock.runFor(1000);
    await page.waitForFunction((i) => document.querySelectorAll('pagerduty-card')[i].snapshot()?.busy === false, index);
  }
  await page.waitForFunction(() => [...document.querySelectorAll('pagerduty-card')].every((card) => card.snapshot()?.busy === false));
  await page.clock.runFor(2000);
  const counts = await page.evaluate(() => {
    const seen = { frames: 0, pixels: 0 };
    const request = globalThis.requestAnimationFrame;
    globalThis.requestAnimationFrame = (callback) => { ++seen.frames; return request.call(globalThis, callback); };
    const put = CanvasRenderingContext2D.prototype.putImageData;
    CanvasRenderingContext2D.prototype.putImageData = function (...args) { ++seen.pixels; return put.apply(this, args); };
    globalThis.seenFrames = seen;
    return { ...seen };
  });
  assert.deepEqual(counts, { frames: 0, pixels: 0 });
  await page.clock.runFor(10_000);
  assert.deepEqual(await page.evaluate(() => globalThis.seenFrames), { frames: 0, pixels: 0 });
  // The counter can count: a pointer over a button draws.
  await page.getByRole('button', { name: 'Create incident' }).first().hover();
  await page.clock.runFor(100);
  assert.ok((await page.evaluate(() => globalThis.seenFrames.pixels)) > 0);
});
