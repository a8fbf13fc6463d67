// The packed package in Vue 3: built by Vite, run, and seen by Vue's type checker.
import assert from 'node:assert/strict';
import { after, before, test } from 'node:test';
import { join } from 'node:path';
import { openStage } from '../browser/harness.mjs';
import { entityOf, livesInPortal } from './portal.mjs';
import { buildByVite, openWorkshop, pagesIn, renderByVite, runTool } from './workshop.mjs';

let workshop;
let stage;
let portal;
before(async () => {
  workshop = openWorkshop();
  portal = workshop.install({ fixture: 'vue' });
  await buildByVite(portal);
  stage = await openStage({ pages: pagesIn(join(portal, 'out'), '/vue/') });
});
after(async () => {
  await stage?.close();
  workshop?.close();
});

test('Vue: a card lives in a component: properties, attributes, events, another entity, gone and there again', async () => {
  await livesInPortal(stage, '/vue/index.html');
});

test('Vue: a server renders the element, empty, with its attributes', async () => {
  const html = await renderByVite(portal, '/src/server.ts', entityOf('PCHKOUT'));
  assert.equal(/<pagerduty-card.*?<\/pagerduty-card>/.exec(html)?.[0], '<pagerduty-card layout="compact" refresh="60" read-only></pagerduty-card>');
});

test('vue-tsc accepts what the elements have, and refuses what they have not', () => {
  assert.deepEqual(runTool(portal, 'vue-tsc/bin/vue-tsc.js', ['--noEmit']), { status: 0, stdout: '', stderr: '' });
});
