// The main job again in Firefox, and what an administrator does; the ways to sign in are in firefox-sign-in.test.mjs.
import assert from 'node:assert/strict';
import { after, before, test } from 'node:test';
import { startDemo } from '../../web/site/serve.mjs';
import { openFirefox, seenIn, textIn } from './firefox.mjs';
import { axeFindings } from './axe.mjs';

let demo;
let firefox;
before(async () => {
  demo = await startDemo({ port: 0 });
  firefox = await openFirefox();
});
after(async () => {
  await firefox?.close();
  await demo?.close();
});

const open = (path = '') => firefox.page(new URL(path, demo.url));

test('Firefox draws the cards and creates an incident', { timeout: 120_000 }, async () => {
  const page = await open();
  await textIn(page, 'Checkout answers 502 for one order in five');
  const inked = await page.$eval('pagerduty-card', (card) => {
    const canvas = card.shadowRoot.querySelector('canvas');
    const { data } = canvas.getContext('2d').getImageData(0, 0, canvas.width, 60);
    return data.filter((channel, index) => index % 4 === 0 && channel < 100).length;
  });
  assert.ok(inked > 500, `${inked} dark pixels in the header`);
  await (await seenIn(page, '[id="action:create"]')).click();
  await (await seenIn(page, '[id="field:title"]')).fill('Basket empties itself');
  await (await seenIn(page, '[id="dialog:next"]')).click();
  await (await seenIn(page, '[id="dialog:confirm"]')).click();
  await textIn(page, 'Basket empties itself');
  assert.equal(demo.simulator.requests.filter(({ method, path }) => method === 'POST' && path === '/v2/enqueue').length, 1);
});

test('Firefox connects the cards on the settings page, and remembers the token', { timeout: 120_000 }, async () => {
  const kSettings = 'pagerduty-settings';
  const page = await open('settings.html');
  const press = async (id) => (await seenIn(page, `[id="${id}"]`, kSettings)).click();
  await (await seenIn(page, '[id="secret:PAGERDUTY_TOKEN"]', kSettings)).fill(demo.simulator.tokens.user);
  await press('toggle:remember');
  await press('action:save');
  await textIn(page, 'Set, remembered', kSettings);
  await press('action:test');
  await textIn(page, 'May create, acknowledge and resolve incidents', kSettings);
  await press('action:apply');
  await textIn(page, 'Checkout answers 502 for one order in five');
  await page.reload();
  await textIn(page, 'Checkout answers 502 for one order in five');
  await textIn(page, 'Set, remembered', kSettings);
});

for (const [path, element] of [['', 'pagerduty-card'], ['settings.html', 'pagerduty-settings'], ['gallery.html?theme=dark&width=320&lang=de', 'pagerduty-card']]) {
  test(`Firefox's accessibility tree has nothing that axe-core objects to: /${path}`, { timeout: 120_000 }, async () => {
    const page = await open(path);
    await page.waitForFunction((name) => {
      const all = [...document.querySelectorAll(name)];
      return all.length > 0 && all.every((one) => Boolean(one.shadowRoot?.querySelector('.twin [id]')) || one.getBoundingClientRect().top > innerHeight);
    }, {}, element);
    assert.deepEqual(await axeFindings(page, { without: ['color-contrast'] }), []);
  });
}
