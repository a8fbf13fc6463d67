// The package's metadata, by the tools that others judge it by: what each entry resolves to, for Node and for bundlers, and that its types are of that.
import assert from 'node:assert/strict';
import { after, before, test } from 'node:test';
import { openWorkshop, runCheck } from './workshop.mjs';

/** Files that pages have by their address; nobody imports them. */
const kFiles = ['oauth-callback.html', 'oauth-callback.js', 'pagerduty-card.classic.js', 'pagerduty-card.oauth.js'];

let workshop;
before(() => { workshop = openWorkshop(); });
after(() => workshop?.close());

test('publint finds nothing', () => {
  const { status, text } = runCheck('checks', 'publint/src/cli.js', ['run', workshop.tarball, '--strict']);
  assert.deepEqual([status, /All good/.test(text)], [0, true], text);
});

test('are the types wrong? Not of any entry, for ES modules and bundlers', () => {
  const { status, text } = runCheck('checks', '@arethetypeswrong/cli/dist/index.js', [workshop.tarball, '--profile', 'esm-only', '--exclude-entrypoints', ...kFiles, '--format', 'ascii']);
  assert.deepEqual([status, text.includes('"pagerduty-card/svelte"')], [0, true], text);
});
