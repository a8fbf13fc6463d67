// The packed package in Svelte: built by Vite, run, and seen by Svelte's type checker.
import assert from 'node:assert/strict';
import { after, before, test } from 'node:test';
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { openStage } from '../browser/harness.mjs';
import { entityOf, livesInPortal } from './portal.mjs';
import { buildByVite, openWorkshop, pagesIn, renderByVite, runTool } from './workshop.mjs';

let workshop;
let stage;
let portal;
before(async () => {
  workshop = openWorkshop();
  portal = workshop.install({ fixture: 'svelte' });
  await buildByVite(portal);
  stage = await openStage({ pages: pagesIn(join(portal, 'out'), '/svelte/') });
});
after(async () => {
  await stage?.close();
  workshop?.close();
});

test('Svelte: a card lives in a component: properties, attributes, events, another entity, gone and there again', async () => {
  await livesInPortal(stage, '/svelte/index.html');
});

test('Svelte: a server renders the element, empty, with its attributes; what an object becomes there is read by nobody', async () => {
  const html = await renderByVite(portal, '/src/server.ts', entityOf('PCHKOUT'));
  assert.equal(/<pagerduty-card.*?<\/pagerduty-card>/.exec(html)?.[0], '<pagerduty-card entitydata="[object Object]" layout="compact" refresh="60" read-only=""></pagerduty-card>');
});

test('svelte-check accepts what the elements have, and refuses what they have not', () => {
  const { status, stdout } = runTool(portal, 'svelte-check/bin/svelte-check', ['--tsconfig', 'tsconfig.json', '--fail-on-warnings', '--output', 'machine']);
  const found = stdout.split('\n').flatMap((line) => / (?:ERROR|WARNING) "([^"]*)" (\d+):/.exec(line)?.slice(1).join(':') ?? []);
  const wrong = readFileSync(join(portal, 'src/Checked.svelte'), 'utf8').split('\n').findIndex((line) => line.startsWith('<!-- What is wrong')) + 1;
  assert.deepEqual([status, found], [1, [1, 2, 3].map((after) => `src/Checked.svelte:${wrong + after}`)]);
});
