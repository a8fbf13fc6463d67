// The packed package in Angular: built by its command with strict templates, and run.
import assert from 'node:assert/strict';
import { after, before, test } from 'node:test';
import { readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { openStage } from '../browser/harness.mjs';
import { livesInPortal } from './portal.mjs';
import { openWorkshop, pagesIn, runTool } from './workshop.mjs';

let workshop;
let stage;
before(async () => {
  workshop = openWorkshop();
  const portal = workshop.install({ fixture: 'angular' });
  const [workspace, assets] = ['angular.json', 'assets.json'].map((file) => JSON.parse(readFileSync(join(portal, file), 'utf8')));
  workspace.projects.portal.architect.build.options.assets = assets;
  writeFileSync(join(portal, 'angular.json'), JSON.stringify(workspace));
  const { status, stdout, stderr } = runTool(portal, '@angular/cli/bin/ng.js', ['build'], { NG_CLI_ANALYTICS: 'false' });
  assert.equal(status, 0, stdout + stderr);
  stage = await openStage({ pages: pagesIn(join(portal, 'out'), '/angular/') });
});
after(async () => {
  await stage?.close();
  workshop?.close();
});

test('Angular: a card lives in a component: properties, attributes, events, another entity, gone and there again', async () => {
  await livesInPortal(stage, '/angular/index.html');
});
