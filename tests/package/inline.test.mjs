// The bundles that have everything in them: where a page may fetch nothing of its own, and where there is no server at all.
import assert from 'node:assert/strict';
import { after, before, test } from 'node:test';
import { cpSync, mkdirSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { pathToFileURL } from 'node:url';
import { openStage, settled } from '../browser/harness.mjs';
import { bundlers, documented, openWorkshop, pagesIn, shipped } from './workshop.mjs';

// The simulator by another name than the page's: `connect-src` allows the one and not the other.
const kPolicy = "default-src 'none'; script-src 'self' 'wasm-unsafe-eval'; connect-src http://localhost:*; img-src 'self'; require-trusted-types-for 'script'; trusted-types 'none'";
const kYaml = `apiVersion: backstage.io/v1alpha1
kind: Component
metadata: {name: checkout, annotations: {pagerduty.com/service-id: PCHKOUT}}
`;

const pageOf = (tag) => `<!doctype html><html lang="de"><head><meta charset="utf-8"><title>test</title><link rel="icon" href="icon.svg">${tag}</head><body><main></main></body></html>`;

let workshop;
let stage;
let folder;
before(async () => {
  workshop = openWorkshop();
  const portal = workshop.install();
  folder = join(portal, 'out');
  mkdirSync(folder);
  cpSync(shipped(portal, 'pagerduty-card.classic.js'), join(folder, 'card.js'));
  writeFileSync(join(folder, 'index.html'), pageOf('<script src="card.js"></script>'));
  writeFileSync(join(folder, 'icon.svg'), '<svg xmlns="http://www.w3.org/2000/svg"/>');
  cpSync(shipped(portal, 'pagerduty-card.classic.js'), join(folder, 'pagerduty-card.classic.js'));
  writeFileSync(join(folder, 'guide.html'), documented('whole').get('index.html').replace('PABC123', 'PCHKOUT'));
  const bundled = workshop.install();
  writeFileSync(join(bundled, 'main.js'), "import * as card from 'pagerduty-card/inline';\nglobalThis.pagerdutyCard = card;\n");
  await bundlers.esbuild(bundled, 'main.js', { isWhole: true });
  stage = await openStage({
    headers: { 'Content-Security-Policy': kPolicy },
    pages: {
      ...pagesIn(folder, '/script/'),
      ...pagesIn(join(bundled, 'out'), '/bundled/'),
      '/module/card.js': readFileSync(shipped(portal, 'pagerduty-card.inline.js')),
      '/module/main.js': "import * as card from './card.js';\nglobalThis.pagerdutyCard = card;\n",
      '/module/icon.svg': readFileSync(join(folder, 'icon.svg')),
      '/module/index.html': pageOf('<script type="module" src="main.js"></script>'),
      '/bundled/icon.svg': readFileSync(join(folder, 'icon.svg')),
    },
  });
});
after(async () => {
  await stage?.close();
  workshop?.close();
});

/** Opens a page that has everything from its scripts, connects it and uses all there is. Returns what was asked of where the page is. */
async function usesEverything(path, expects = []) {
  const asked = [];
  const page = await stage.page({
    path,
    expects,
    prepare: async (blank) => {
      blank.on('request', (request) => request.url().startsWith('http://localhost:') || asked.push(request.url().split('/').at(-1)));
    },
  });
  const { url, tokens, oauth } = stage.simulator;
  const apiBase = url.replace('127.0.0.1', 'localhost');
  await page.evaluate(({ base, token, application }) => globalThis.pagerdutyCard.configure({
    ...base, credentials: { type: 'token', token }, accounts: { app: { ...base, credentials: { type: 'client-credentials', ...application } } },
  }), {
    base: { apiBase, eventsBase: apiBase, identityBase: apiBase }, token: tokens.user,
    application: { clientId: oauth.appClientId, clientSecret: oauth.appClientSecret, subdomain: oauth.subdomain },
  });
  // Without text that becomes HTML: the policy forbids it.
  const put = (...tags) => page.evaluate((elements) => document.querySelector('main').replaceChildren(...elements.map(([tag, values]) => Object.assign(document.createElement(tag), values))), tags);
  await put(['pagerduty-card', { entityData: kYaml }], ['pagerduty-card', { serviceId: 'PCHKOUT', account: 'app', lang: 'en' }]);
  const german = await settled(page, 0);
  await german.getByRole('link', { name: /Checkout answers 502/ }).waitFor();
  await german.getByRole('button', { name: 'Incident melden' }).click();
  await german.getByRole('dialog').waitFor();
  await (await settled(page, 1)).getByRole('link', { name: /Checkout answers 502/ }).waitFor();
  await put(['pagerduty-settings', {}]);
  await page.locator('pagerduty-settings').getByText('Verbindung zu PagerDuty').first().waitFor();
  return { page, asked };
}

for (const [what, path, scripts] of [
  ['a classic script', '/script/index.html', ['card.js']],
  ['a module', '/module/index.html', ['main.js', 'card.js']],
  ['a bundle of esbuild', '/bundled/index.html', ['main.js']],
]) {
  test(`${what}: YAML, language, dialog, an application's sign-in and the settings page, where the page may fetch nothing of its own and make no HTML`, async () => {
    const { page, asked } = await usesEverything(path, [/icon\.svg.*(violates|refused)/i]);
    assert.deepEqual(asked.filter((file) => file !== 'icon.svg'), ['index.html', ...scripts]);
    assert.equal(await page.evaluate(() => fetch('icon.svg').then(() => 'fetched', () => 'refused')), 'refused');
  });
}

test('a file on a disk, opened by its address', async () => {
  const { page, asked } = await usesEverything(pathToFileURL(join(folder, 'index.html')).href);
  assert.deepEqual(asked.filter((file) => file !== 'icon.svg'), ['index.html', 'card.js']);
  assert.equal(await page.evaluate(() => location.protocol), 'file:');
});

test('the page of the guide, on a disk: connected by a key that is pasted, it shows its card', async () => {
  // PagerDuty's host is the simulator.
  const page = await stage.page({
    path: pathToFileURL(join(folder, 'guide.html')).href,
    prepare: (blank) => blank.route('https://api.pagerduty.com/**', async (route) => {
      const request = route.request();
      const { pathname, search } = new URL(request.url());
      const { origin: _origin, host: _host, ...headers } = await request.allHeaders();
      const response = await fetch(stage.simulator.url + pathname + search, { method: request.method(), headers, body: request.postData() ?? undefined });
      await route.fulfill({ status: response.status, headers: { 'Content-Type': 'application/json', 'Access-Control-Allow-Origin': '*' }, body: Buffer.from(await response.arrayBuffer()) });
    }),
  });
  const settings = page.locator('pagerduty-settings');
  await settings.getByLabel('PAGERDUTY_TOKEN', { exact: true }).fill(stage.simulator.tokens.user);
  await settings.getByRole('button', { name: 'Apply' }).click();
  await page.locator('pagerduty-card').getByRole('link', { name: /Checkout answers 502/ }).waitFor();
});

test('the page to come back to after signing in is looked for beside the page', async () => {
  const page = await stage.page({ path: '/script/index.html' });
  await page.evaluate(() => document.querySelector('main').append(Object.assign(document.createElement('pagerduty-settings'), { lang: 'en' })));
  const settings = page.locator('pagerduty-settings');
  await settings.getByRole('radio', { name: 'Sign-in' }).click();
  assert.equal(await settings.getByLabel('Redirect URL').inputValue(), new URL('/script/oauth-callback.html', stage.demo.url).href);
});

test('a classic script leaves one name on the page', async () => {
  const page = await stage.page({ path: '/script/index.html' });
  const names = await page.evaluate(() => {
    const frame = document.body.appendChild(document.createElement('iframe'));
    const usual = new Set(Object.getOwnPropertyNames(frame.contentWindow));
    return Object.getOwnPropertyNames(window).filter((name) => !usual.has(name) && !/^\d+$|^__/.test(name));
  });
  assert.deepEqual(names, ['pagerdutyCard']);
});
