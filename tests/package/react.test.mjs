// pagerduty-card/react under React 18 and 19, in a browser, on a server, and for TypeScript: the same component in both.
import assert from 'node:assert/strict';
import { spawnSync } from 'node:child_process';
import { after, before, test } from 'node:test';
import { createRequire } from 'node:module';
import { join } from 'node:path';
import { openStage, settled } from '../browser/harness.mjs';
import { bundlers, openWorkshop, pagesIn, web } from './workshop.mjs';

const kVersions = [18, 19];

let workshop;
let stage;
const portals = new Map();
before(async () => {
  workshop = openWorkshop();
  const pages = {};
  for (const version of kVersions) {
    const portal = workshop.install({ apps: ['react.js', 'types.ts'], libraries: `react-${version}` });
    portals.set(version, portal);
    await bundlers.esbuild(portal, 'react.js');
    Object.assign(pages, pagesIn(join(portal, 'out'), `/react-${version}/`));
  }
  stage = await openStage({ pages });
});
after(async () => {
  await stage?.close();
  workshop?.close();
});

/** What code prints in a portal. */
function run(portal, code) {
  const { status, stdout, stderr } = spawnSync(process.execPath, ['--input-type=module', '-e', code], { cwd: portal, encoding: 'utf8' });
  assert.deepEqual([status, stderr], [0, '']);
  return stdout.trim();
}
const attributesOf = (page) => page.locator('pagerduty-card').evaluate((card) => Object.fromEntries([...card.attributes].map(({ name, value }) => [name, value])));

for (const version of kVersions) {
  const open = () => stage.page({ path: `/react-${version}/index.html` });

  test(`React ${version}: the package meets this version`, () => {
    assert.match(run(portals.get(version), "import { version } from 'react'; console.log(version);"), new RegExp(`^${version}\\.`));
  });

  test(`React ${version}: a card with data, its events, its ref`, async () => {
    const page = await open();
    const card = await settled(page);
    await card.getByRole('link', { name: /Checkout answers 502/ }).waitFor();
    await page.waitForFunction(() => globalThis.app.events.includes('first: ready'));
    assert.equal(await page.evaluate(() => globalThis.app.ref === document.querySelector('pagerduty-card')), true);
    // StrictMode mounts twice: each event is heard once.
    assert.equal(await page.evaluate(() => globalThis.app.events.filter((event) => event === 'first: ready').length), 1);
    assert.deepEqual(await attributesOf(page), { class: 'wide', 'data-of': 'portal' });
  });

  test(`React ${version}: props come, change and go`, async () => {
    const page = await open();
    await settled(page);
    await page.evaluate(() => globalThis.app.setProps({
      serviceId: 'PCHKOUT', readOnly: true, layout: 'compact', refreshInterval: 0, sections: 'incidents oncall', style: { width: '30em' }, id: 'own',
    }));
    await page.waitForSelector('#own');
    assert.deepEqual(await attributesOf(page), {
      id: 'own', style: 'width: 30em;', 'service-id': 'PCHKOUT', 'read-only': '', layout: 'compact', refresh: '0', sections: 'incidents oncall',
    });
    assert.equal(await page.evaluate(() => globalThis.app.ref.entityData), undefined);
    const card = await settled(page);
    await card.getByRole('link', { name: /Checkout answers 502/ }).waitFor();
    assert.equal(await card.getByRole('button', { name: 'Acknowledge' }).count(), 0);
    await page.evaluate(() => globalThis.app.setProps({ id: 'own', serviceId: 'PCHKOUT', readOnly: false }));
    await page.waitForFunction(() => !document.querySelector('pagerduty-card').hasAttribute('layout'));
    // React leaves an empty style behind.
    assert.deepEqual(await attributesOf(page), { id: 'own', 'service-id': 'PCHKOUT', style: '' });
    assert.equal(await page.evaluate(() => typeof globalThis.app.ref.refresh), 'function');
  });

  test(`React ${version}: the newest listener is called, and none after the component has gone`, async () => {
    const page = await open();
    await settled(page);
    await page.evaluate(() => {
      globalThis.card = document.querySelector('pagerduty-card');
      globalThis.app.setListener('second');
    });
    const say = (section) => page.evaluate((name) => globalThis.card.dispatchEvent(new CustomEvent('pd-update', { detail: { section: name } })), section);
    await page.waitForFunction(() => {
      globalThis.card.dispatchEvent(new CustomEvent('pd-update', { detail: { section: 'test' } }));
      return globalThis.app.events.at(-1) === 'second: test';
    });
    await page.evaluate(() => globalThis.app.setShown(false));
    await page.waitForFunction(() => document.querySelector('pagerduty-card') === null && globalThis.app.ref === null);
    await say('late');
    assert.notEqual(await page.evaluate(() => globalThis.app.events.at(-1)), 'second: late');
  });

  test(`React ${version}: a server renders the element and its attributes, and says nothing`, () => {
    const html = run(portals.get(version), `import { createElement } from 'react';
      import { renderToString } from 'react-dom/server';
      import { PagerDutyCard } from 'pagerduty-card/react';
      console.log(renderToString(createElement(PagerDutyCard, {
        serviceId: 'PABC123', readOnly: true, entityData: {}, credentials: { type: 'token', token: 'secret' }, onPdReady() {}, className: 'wide',
      })));`);
    assert.equal(html, '<pagerduty-card service-id="PABC123" read-only="" class="wide"></pagerduty-card>');
  });

  test(`React ${version}: the declarations compile with its types, and refuse what is wrong`, () => {
    const portal = portals.get(version);
    const tsc = createRequire(join(web, 'package.json')).resolve('typescript/bin/tsc');
    const options = ['--noEmit', '--strict', '--target', 'es2022', '--module', 'esnext', '--moduleResolution', 'bundler', '--lib', 'es2023,dom,dom.iterable', '--types', 'react'];
    const { status, stdout } = spawnSync(process.execPath, [tsc, ...options, 'types.ts'], { cwd: portal, encoding: 'utf8' });
    assert.deepEqual([status, stdout], [0, '']);
  });
}

test('without React, everything but its component can be used', () => {
  const portal = workshop.install();
  assert.equal(run(portal, "await import('pagerduty-card'); console.log(await import('pagerduty-card/react').catch((error) => error.code));"), 'ERR_MODULE_NOT_FOUND');
});
