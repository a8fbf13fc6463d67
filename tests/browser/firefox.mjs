// What every test in Firefox needs: a browser driven over WebDriver BiDi, pages that note what went wrong, what is seen in a card.
//
//   const firefox = await openFirefox();                   // before all tests of a file
//   const page = await firefox.page(demo.url);
//   await firefox.close();                                 // after all
import assert from 'node:assert/strict';
import { afterEach } from 'node:test';
import { launchFirefox } from './browsers.mjs';

// A page that a test opened ends with it, and so do the windows that it opened.
const opened = [];
const troubles = [];
afterEach(async () => {
  await Promise.all(opened.splice(0).map((context) => context.close()));
  assert.deepEqual(troubles.splice(0), []);
});

function noteTroubles(page) {
  page.on('console', (message) => { if (message.type() === 'error') troubles.push(`console: ${message.text()}`); });
  page.on('pageerror', (error) => troubles.push(`page error: ${error.message}`));
}

/** `preferences`: of Firefox, as in about:config. */
export async function openFirefox(preferences) {
  const browser = await launchFirefox(preferences);
  return {
    /**
     * A page of a new context, which shares no storage with others, or one more tab `within` a page's context. One that `closesItself`,
     * perhaps before the driver has heard that it is there, is gone when this is over: Firefox brings no other tab to the front while it
     * closes the one that is there.
     */
    async page(address, { within, closesItself = false } = {}) {
      const context = within?.browserContext() ?? await browser.createBrowserContext();
      if (within === undefined) opened.push(context);
      const page = await context.newPage();
      page.setDefaultTimeout(20_000);
      noteTroubles(page);
      await page.setViewport({ width: 1280, height: 2400 });
      const closed = closesItself ? new Promise((done) => page.once('close', done)) : undefined;
      await page.goto(String(address)).catch((error) => { if (!closesItself || !/detached/.test(error.message)) throw error; });
      await closed;
      return page;
    },
    close: () => browser.close(),
  };
}

const kCard = 'pagerduty-card';

/**
 * A locator of what is in the first card, or in another element, once it is seen. A locator by itself waits for mutations of the
 * document, and those inside a shadow root are none: it would miss what appears a frame later.
 */
export async function seenIn(page, selector, element = kCard) {
  await page.waitForSelector(`${element} >>> ${selector}`, { visible: true });
  return page.locator(`${element} >>> ${selector}`);
}

const isTextThere = (element, wanted, isThere) => isThere === [...(document.querySelector(element)?.shadowRoot?.querySelectorAll('.twin *') ?? [])]
  .some((node) => node.textContent.replace(/\s+/g, ' ') === wanted);
/** Until something in the first card, or in another element, has this text. */
export const textIn = (page, text, element = kCard) => page.waitForFunction(isTextThere, {}, element, text, true);
/** Until nothing in the first card has it. */
export const textGone = (page, text) => page.waitForFunction(isTextThere, {}, kCard, text, false);
