// The packed package on an entity page of Backstage: its APIs, theme, layout and the entity's provider are Backstage's own, the page is as small as it can be.
import assert from 'node:assert/strict';
import { after, before, test } from 'node:test';
import { join } from 'node:path';
import { openStage, settled } from '../browser/harness.mjs';
import { livesInPortal } from './portal.mjs';
import { bundlers, openWorkshop, pagesIn } from './workshop.mjs';

// As Backstage's own: its components style by script.
const kPolicy = "default-src 'none'; script-src 'self' 'wasm-unsafe-eval'; connect-src 'self'; style-src 'self' 'unsafe-inline'; img-src 'self' data:; font-src 'self' data:";

let workshop;
let stage;
before(async () => {
  workshop = openWorkshop();
  const portal = workshop.install({ fixture: 'backstage' });
  await bundlers.esbuild(portal, 'main.tsx');
  stage = await openStage({ pages: pagesIn(join(portal, 'out'), '/backstage/'), headers: { 'Content-Security-Policy': kPolicy } });
});
after(async () => {
  await stage?.close();
  workshop?.close();
});

test('Backstage: a card of the entity of the page, connected by discovery and with the token of the portal, lives in a component', async () => {
  const { page, tokens } = await livesInPortal(stage, '/backstage/index.html', { proxy: '/api/proxy/pagerduty', attributes: {} });
  assert.deepEqual([...new Set(tokens)], ['of-backstage']);
  // With the theme of the page it changes its own.
  const ground = () => page.evaluate(() => getComputedStyle(document.querySelector('pagerduty-card').shadowRoot.querySelector('[part~=card]')).backgroundColor);
  assert.equal(await ground(), 'rgb(255, 255, 255)');
  await page.evaluate(() => globalThis.portal.setDark(true));
  await page.waitForFunction(() => getComputedStyle(document.querySelector('pagerduty-card').shadowRoot.querySelector('[part~=card]')).backgroundColor === 'rgb(66, 66, 66)');
  await settled(page);
});
