// The main job again in Firefox, driven over WebDriver BiDi.
import assert from 'node:assert/strict';
import { after, before, test } from 'node:test';
import { startDemo } from '../../web/demo/serve.mjs';
import { launchFirefox } from './browsers.mjs';

/** The demo's cards, of a viewer who signs in. */
const kPages = {
  '/sign-in.html': '<!doctype html><html lang="en"><title>sign in</title><link rel="icon" href="/icon.svg"><script type="module" src="/sign-in.js"></script>' +
    '<button id="in">Sign in</button><pagerduty-card entity-ref="checkout-api" service-id="PCHKOUT"></pagerduty-card></html>',
  '/sign-in.js': `import config from '/demo-config.json' with { type: 'json' };
import { configure, signIn } from '/dist/pagerduty-card.js';
const { apiBase, eventsBase } = config;
const redirectUri = location.origin + '/dist/oauth-callback.html';
configure({ apiBase, eventsBase, identityBase: apiBase, credentials: { type: 'oauth', clientId: 'sim-oauth-client', redirectUri } });
document.querySelector('#in').addEventListener('click', () => {
  if (location.hash === '#no-window') globalThis.open = () => null;
  globalThis.result = signIn().then(() => 'signed in', String);
});`,
};

let demo;
let browser;
before(async () => {
  demo = await startDemo({ port: 0, pages: kPages });
  browser = await launchFirefox();
});
after(async () => {
  await browser?.close();
  await demo?.close();
});

/** A page and what it printed as an error. */
async function open(path = '') {
  const page = await browser.newPage();
  const errors = [];
  page.on('console', (message) => { if (message.type() === 'error') errors.push(message.text()); });
  page.on('pageerror', (error) => errors.push(error.message));
  await page.setViewport({ width: 1280, height: 2400 });
  await page.goto(new URL(path, demo.url).href);
  return { page, errors };
}

const kFirstCard = 'pagerduty-card[entity-ref="checkout-api"]';
/**
 * A locator of what is in the first card, once it is seen. A locator by itself waits for mutations of the document, and those
 * inside a shadow root are none: it would miss what appears a frame later.
 */
async function seenIn(page, selector, element = kFirstCard) {
  await page.waitForSelector(`${element} >>> ${selector}`, { visible: true });
  return page.locator(`${element} >>> ${selector}`);
}
/** Until an element of the first card, or of another element, has this text. */
const textIn = (page, text, element = kFirstCard) => page.waitForFunction((card, wanted) => [...(document.querySelector(card)?.shadowRoot?.querySelectorAll('.twin *') ?? [])].some((node) => node.textContent.replace(/\s+/g, ' ') === wanted), {}, element, text);

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

for (const [way, hash] of [['a window that is cut off from its page', ''], ['a redirect', '#no-window']]) {
  test(`Firefox signs a viewer in by ${way}`, { timeout: 60_000 }, async () => {
    const { page, errors } = await open(`sign-in.html${hash}`);
    await textIn(page, 'Not signed in to PagerDuty');
    await page.click('#in');
    await textIn(page, 'Checkout answers 502 for one order in five');
    assert.equal(new URL(page.url()).hash, hash);
    assert.deepEqual(errors, []);
  });
}

test('Firefox connects the cards on the settings page, and remembers the token', { timeout: 120_000 }, async () => {
  const kSettings = 'pagerduty-settings';
  const { page, errors } = await open('settings.html');
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
  assert.deepEqual(errors, []);
});
