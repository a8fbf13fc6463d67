// The README's pictures: the demo's first card as Chromium shows it, two device pixels each, light and dark.
//
//   ./run site && node tools/pictures.mjs
import { mkdirSync } from 'node:fs';
import { join } from 'node:path';
import { launchChromium } from '../tests/browser/browsers.mjs';
import { startDemo } from '../web/site/serve.mjs';

const folder = join(import.meta.dirname, '../docs/images');

const demo = await startDemo({ port: 0 });
const browser = await launchChromium({ isWhole: true });
mkdirSync(folder, { recursive: true });
try {
  for (const colorScheme of ['light', 'dark']) {
    const page = await browser.newPage({ viewport: { width: 1440, height: 1200 }, deviceScaleFactor: 2, colorScheme });
    await page.addInitScript("globalThis.ready = new Promise((done) => addEventListener('pd-ready', ({ target }) => { if (target.entityRef === 'checkout-api') done(); }));");
    await page.goto(demo.url);
    await page.evaluate('ready');
    // On-call and changes come after the service and its incidents.
    await page.waitForLoadState('networkidle');
    await page.evaluate('new Promise((done) => requestAnimationFrame(() => requestAnimationFrame(done)))');
    await page.locator('pagerduty-card').first().screenshot({ path: join(folder, `card-${colorScheme}.png`), omitBackground: true });
    await page.close();
  }
} finally {
  await browser.close();
  await demo.close();
}
