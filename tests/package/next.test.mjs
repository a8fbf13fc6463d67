// The packed package under Next.js (App Router): built by its own bundler, rendered by its server, taken over in a browser.
import assert from 'node:assert/strict';
import { spawn } from 'node:child_process';
import { createInterface } from 'node:readline';
import { after, before, test } from 'node:test';
import { join } from 'node:path';
import { openStage } from '../browser/harness.mjs';
import { livesInPortal } from './portal.mjs';
import { openWorkshop, runTool } from './workshop.mjs';

const kEnvironment = { NEXT_TELEMETRY_DISABLED: '1', NODE_ENV: 'production' };
const kNext = 'next/dist/bin/next';

let workshop;
let stage;
let server;
let address;
/** The address that the server says it listens at. */
function listening(child) {
  return new Promise((done, failed) => {
    child.once('exit', (code) => failed(new Error(`next start ended with ${code}`)));
    createInterface({ input: child.stdout }).on('line', (line) => {
      const found = /https?:\/\/127\.0\.0\.1:\d+/.exec(line)?.[0];
      if (found !== undefined) done(`${found}/`);
    });
  });
}
before(async () => {
  workshop = openWorkshop();
  const portal = workshop.install({ fixture: 'next' });
  const { status, stdout, stderr } = runTool(portal, kNext, ['build'], kEnvironment);
  assert.equal(status, 0, stdout + stderr);
  const command = [join(portal, '../node_modules', kNext), 'start', '--port', '0', '--hostname', '127.0.0.1'];
  server = spawn(process.execPath, command, { cwd: portal, env: { ...process.env, ...kEnvironment }, stdio: ['ignore', 'pipe', 'inherit'] });
  address = await listening(server);
  stage = await openStage();
});
after(async () => {
  if (server?.exitCode === null) {
    const ended = new Promise((done) => server.once('exit', done));
    server.kill();
    await ended;
  }
  await stage?.close();
  workshop?.close();
});

test('Next.js: the server renders the element, empty, with its attributes', async () => {
  const html = await (await fetch(address)).text();
  assert.equal(/<pagerduty-card.*?<\/pagerduty-card>/.exec(html)?.[0], '<pagerduty-card layout="compact" read-only=""></pagerduty-card>');
});

test('Next.js: a card lives in a component: properties, attributes, events, another entity, gone and there again', async () => {
  await livesInPortal(stage, address);
});
