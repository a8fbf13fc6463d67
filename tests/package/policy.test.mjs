// The packed files under the strictest policy that a site may have: no inline code, and Trusted Types that nobody may make.
import assert from 'node:assert/strict';
import { after, before, test } from 'node:test';
import { join } from 'node:path';
import { openStage, settled } from '../browser/harness.mjs';
import { bundlers, openWorkshop, pagesIn } from './workshop.mjs';

const kTypes = `<meta http-equiv="Content-Security-Policy" content="require-trusted-types-for 'script'; trusted-types 'none'">`;

let workshop;
let stage;
before(async () => {
  workshop = openWorkshop();
  const portal = workshop.install({ apps: ['main.js'] });
  await bundlers['plain script tags'](portal);
  const pages = pagesIn(join(portal, 'out'), '/strict/');
  pages['/strict/index.html'] = pages['/strict/index.html'].toString().replace('<head>', `<head>${kTypes}`);
  stage = await openStage({ pages });
});
after(async () => {
  await stage?.close();
  workshop?.close();
});

test('under Trusted Types, card, dialog, sign-in of an application and settings page work, and nothing is refused', async () => {
  const listen = () => {
    globalThis.refused = [];
    document.addEventListener('securitypolicyviolation', ({ violatedDirective, sample }) => globalThis.refused.push(`${violatedDirective}: ${sample}`));
  };
  const page = await stage.page({ path: '/strict/index.html', prepare: (blank) => blank.addInitScript(listen), expects: [/TrustedHTML/] });
  await page.evaluate(() => {
    const make = (tag, attributes) => {
      const element = document.createElement(tag);
      for (const [name, value] of Object.entries(attributes)) element.setAttribute(name, value);
      return element;
    };
    document.querySelector('main').append(
      make('pagerduty-card', { 'service-id': 'PCHKOUT', lang: 'en' }), make('pagerduty-card', { 'service-id': 'PCHKOUT', account: 'app', lang: 'en' }),
      make('pagerduty-settings', { lang: 'en' }),
    );
  });
  for (const index of [0, 1]) await (await settled(page, index)).getByRole('link', { name: /Checkout answers 502/ }).waitFor();
  await page.locator('pagerduty-card').first().getByRole('button', { name: 'Create incident' }).click();
  await page.locator('pagerduty-card').first().getByRole('dialog').waitFor();
  await page.locator('pagerduty-settings').getByRole('heading').first().waitFor();
  // The policy holds: the test's own markup is the one thing that it refuses.
  await page.evaluate(() => { try { document.body.innerHTML = 'of the test'; } catch { /* told as a violation */ } });
  await page.waitForFunction(() => globalThis.refused.length > 0);
  assert.deepEqual(await page.evaluate(() => globalThis.refused), ['require-trusted-types-for: Element innerHTML|of the test']);
});
