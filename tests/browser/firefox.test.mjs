// The main job again in Firefox, driven over WebDriver BiDi.
import assert from 'node:assert/strict';
import { after, before, test } from 'node:test';
import { startDemo } from '../../web/demo/serve.mjs';
import { launchFirefox } from './browsers.mjs';

let demo;
let browser;
before(async () => {
  demo = await startDemo({ port: 0 });
  browser = await launchFirefox();
});
after(async () => {
  await browser?.close();
  await demo?.close();
});

/** A page and what it printed as an error. */
async function open() {
  const page = await browser.newPage();
  const errors = [];
  page.on('console', (message) => { if (message.type() === 'error') errors.push(message.text()); });
  page.on('pageerror', (error) => errors.push(error.message));
  await page.setViewport({ width: 1280, height: 2400 });
  await page.goto(demo.url);
  return { page, errors };
}

const kFirstCard = 'pagerduty-card[entity-ref="checkout-api"]';
const inFirst = (selector) => `${kFirstCard} >>> ${selector}`;
/**
 * A locator of what is in the first card, once it is seen. A locator by itself waits for mutations of the document, and those
 * inside a shadow root are none: it would miss what appears a frame later.
 */
async function seenIn(page, selector) {
  await page.waitForSelector(inFirst(selector), { visible: true });
  return page.locator(inFirst(selector));
}
/** Until an element of the first card has this text. */
const textIn = (page, text) => page.waitForFunction((card, wanted) => [...(document.querySelector(card)?.shadowRoot?.querySelectorAll('.twin *') ?? [])].some((node) => node.textContent.replace(/\s+/g, ' ') === wanted), {}, kFirstCard, text);

test('Firefox draws the cards and creates an incident', { timeout: 120_000 }, async () => {
  const { page, errors } = await open();
  await textIn(page, 'Checkout answers 502 for one order in five');
  const inked = await page.$eval(kFirstCard, (card) => {
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
  assert.deepEqual(errors, []);
});
