// Sites without a bundler, as docs/embedding.md has them: made by Eleventy below a path, laid out as MkDocs does, and under the strict policy of the guide.
import assert from 'node:assert/strict';
import { after, before, test } from 'node:test';
import { cpSync } from 'node:fs';
import { join } from 'node:path';
import { openStage, settled } from '../browser/harness.mjs';
import { behindProxy } from './portal.mjs';
import { documented, openWorkshop, pagesIn, runTool, shipped } from './workshop.mjs';

const kPolicy = /^Content-Security-Policy: (.*)$/m.exec(documented('policy').get('headers.txt'))[1];

/** What MkDocs makes of a page two folders down: the files that mkdocs.yml names, relative to the page, and the Markdown's HTML as it stands. */
function mkdocsPage() {
  const files = documented('mkdocs');
  const [config, markdown] = ['mkdocs.yml', 'docs/services/checkout.md'].map((file) => files.get(file));
  const [, css] = /extra_css: \[(\S+)\]/.exec(config);
  const scripts = [...config.matchAll(/- path: (\S+)\n {4}type: (\w+)/g)].map(([, path, type]) => `<script type="${type}" src="../../${path}"></script>`);
  const body = markdown.replace(/^# (.*)$/m, '<h1>$1</h1>').replace('PABC123', 'PCHKOUT');
  return `<!doctype html><html lang="en"><head><meta charset="utf-8"><title>Handbook</title><link rel="stylesheet" href="../../${css}"><link rel="icon" href="/icon.svg"></head>` +
    `<body>${body}${scripts.join('')}</body></html>`;
}

let workshop;
let stage;
before(async () => {
  workshop = openWorkshop();
  const portal = workshop.install({ fixture: 'eleventy' });
  const { status, stdout, stderr } = runTool(portal, '@11ty/eleventy/cmd.cjs', ['--quiet']);
  assert.equal(status, 0, stdout + stderr);
  const site = join(portal, '_site');
  const wiki = workshop.install();
  cpSync(shipped(wiki), join(wiki, 'site/pagerduty-card'), { recursive: true });
  cpSync(join(portal, 'card.js'), join(wiki, 'site/card.js'));
  stage = await openStage({
    headers: { 'Content-Security-Policy': `${kPolicy}; style-src 'self'; img-src 'self'` },
    pages: {
      ...pagesIn(site, '/handbook/'), ...pagesIn(join(wiki, 'site'), '/teams/payments/wiki/'), '/teams/payments/wiki/services/checkout/index.html': mkdocsPage(),
    },
  });
});
after(async () => {
  await stage?.close();
  workshop?.close();
});

/** Every address that the page asked of its own origin, but the proxy's and the icon. */
async function open(path, expects = []) {
  const asked = [];
  const page = await stage.page({
    path,
    // Eleventy's layout names no icon.
    expects: [/favicon/, ...expects],
    prepare: async (blank) => {
      blank.on('request', (request) => asked.push(new URL(request.url()).pathname));
      await behindProxy(stage)(blank);
    },
  });
  const card = await settled(page);
  await card.getByRole('heading', { name: 'Checkout API' }).waitFor();
  return { page, card, asked: asked.filter((address) => !/^\/pagerduty\/|icon/.test(address)) };
}

test('Eleventy: a page below a path shows its card, and asks for nothing outside of that path', async () => {
  const { card, asked } = await open('/handbook/services/checkout/index.html');
  await card.getByRole('link', { name: /Checkout answers 502/ }).waitFor();
  assert.deepEqual(asked.filter((address) => !address.startsWith('/handbook/')), []);
  assert.ok(asked.includes('/handbook/pagerduty-card/pagerduty-card.yaml.wasm'));
  assert.equal(await card.evaluate((element) => getComputedStyle(element).getPropertyValue('--pd-radius')), '6px');
});

test('MkDocs: a page in a folder of its own finds all files by relative addresses', async () => {
  const { page, card, asked } = await open('/teams/payments/wiki/services/checkout/index.html');
  assert.deepEqual(asked.filter((address) => !address.startsWith('/teams/payments/wiki/')), []);
  assert.equal(await card.evaluate((element) => getComputedStyle(element).getPropertyValue('--pd-radius')), '4px');
  // As with instant navigation, the page is exchanged and its scripts stay.
  await page.evaluate(() => { const other = document.createElement('pagerduty-card'); other.serviceId = 'PLOYALT'; document.querySelector('pagerduty-card').replaceWith(other); });
  await page.getByRole('heading', { name: /Loyalty/ }).waitFor();
});

test('the policy of the guide holds: what a page would need more is refused', async () => {
  const { page } = await open('/handbook/services/checkout/index.html', [/TrustedHTML/, /TrustedTypePolicy/]);
  const refused = await page.evaluate(() => [
    () => { document.body.innerHTML = ''; }, () => globalThis.trustedTypes.createPolicy('any', {}),
  ].map((attempt) => { try { attempt(); return 'done'; } catch (error) { return error.name; } }));
  assert.deepEqual(refused, ['TypeError', 'TypeError']);
});
