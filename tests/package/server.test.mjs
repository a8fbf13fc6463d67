// The packed package on a server, where there is no DOM, and what the tarball holds.
import assert from 'node:assert/strict';
import { spawnSync } from 'node:child_process';
import { after, before, test } from 'node:test';
import { existsSync, readFileSync, readdirSync } from 'node:fs';
import { join } from 'node:path';
import { openWorkshop, shipped, web } from './workshop.mjs';

let workshop;
let portal;
before(() => {
  workshop = openWorkshop();
  portal = workshop.install({ libraries: 'react-19' });
});
after(() => workshop?.close());

/** What a module of the portal prints. Anything on the error output fails. */
function run(code) {
  const { status, stdout, stderr } = spawnSync(process.execPath, ['--input-type=module', '-e', code], { cwd: portal, encoding: 'utf8' });
  assert.deepEqual([status, stderr], [0, '']);
  return stdout.trim();
}

for (const [entry, names] of Object.entries({
  'pagerduty-card': ['PagerDutyCard', 'SignInError', 'configure', 'define', 'diagnostics', 'signIn', 'signOut'],
  'pagerduty-card/element': ['PagerDutyCard', 'SignInError', 'configure', 'define', 'diagnostics', 'signIn', 'signOut'],
  'pagerduty-card/inline': [
    'PagerDutyCard', 'PagerDutySettings', 'SignInError', 'configure', 'connect', 'define', 'diagnostics', 'ready', 'signIn', 'signOut',
  ],
  'pagerduty-card/settings': ['PagerDutySettings', 'connect', 'ready'],
  'pagerduty-card/react': ['PagerDutyCard', 'SignInError', 'configure', 'define', 'diagnostics', 'signIn', 'signOut'],
})) {
  test(`${entry} can be imported without a DOM, and leaves nothing running`, () => {
    assert.equal(run(`const before = Object.keys(globalThis).join();
      const names = Object.keys(await import('${entry}'));
      if (Object.keys(globalThis).join() !== before) throw new Error('the module left globals');
      console.log(names.join());`), names.join());
  });
}

test('define() on a server gives the class, and registers nothing', () => {
  assert.equal(run("import { define, PagerDutyCard } from 'pagerduty-card/element'; console.log(define('acme-card') === PagerDutyCard);"), 'true');
});

test('configure() at the top of a module, which a server runs too, says nothing there and keeps nothing', () => {
  assert.equal(run(`import { configure, diagnostics, signOut } from 'pagerduty-card';
    configure({ apiBase: '/pagerduty', credentials: { type: 'proxy' }, wasmUrl: '/elsewhere.wasm' });
    await signOut();
    console.log(JSON.stringify(diagnostics()));`), '{}');
});

test('every path of the exports map is in the tarball', () => {
  const { exports } = JSON.parse(readFileSync(join(shipped(portal), '../package.json'), 'utf8'));
  const paths = Object.values(exports).flatMap((target) => (typeof target === 'string' ? [target] : Object.values(target)));
  const present = (path) => (path.includes('*')
    ? readdirSync(join(shipped(portal), '..', path, '..')).some((file) => file.endsWith(path.split('*')[1]))
    : existsSync(join(shipped(portal), '..', path)));
  assert.deepEqual(paths.filter((path) => !present(path)), []);
});

test('the tarball holds what ships, and no source or test', () => {
  const outside = workshop.files.filter((file) => !/^(dist\/|package\.json$|README\.md$)/.test(file));
  assert.deepEqual(outside, []);
  assert.ok(workshop.files.includes('README.md'));
  assert.ok(workshop.files.includes('dist/LICENSE'));
});

test('the package needs nothing at run time, and React only where somebody has it', () => {
  const { dependencies, peerDependencies, peerDependenciesMeta } = JSON.parse(readFileSync(join(web, 'package.json'), 'utf8'));
  assert.equal(dependencies, undefined);
  assert.deepEqual([peerDependencies, peerDependenciesMeta], [{ react: '>=18' }, { react: { optional: true } }]);
});
