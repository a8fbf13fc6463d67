// The pages of docs/connecting.md, as they stand there and under the policy that it names: each shows its card. PagerDuty's hosts and the site
// are played by routes to the simulator.
import assert from 'node:assert/strict';
import { readFile } from 'node:fs/promises';
import { after, before, test } from 'node:test';
import { openStage } from './harness.mjs';

const guide = await readFile(new URL('../../docs/connecting.md', import.meta.url), 'utf8');
const texts = await readFile(new URL('../../shared/base/texts.def', import.meta.url), 'utf8');
const engineTexts = await readFile(new URL('../../web/src/runtime/engine-texts.ts', import.meta.url), 'utf8');
const application = await readFile(new URL('../../web/src/oauth/application.ts', import.meta.url), 'utf8');

/** The blocks of HTML with a card in them, and the heading that each stands under. */
const pages = guide.split(/^## /m).flatMap((part) => [...part.matchAll(/```html\n(.*?)```/gs)].filter(([, html]) => html.includes('<pagerduty-card')).map(([, html], index) => ({ heading: part.split('\n', 1)[0], index, html })));
const script = (html) => /<script type="module">\n(.*?)<\/script>/s.exec(html)[1];
/** What the guide says of `connect-src` for PagerDuty itself, in the US, and for a way with OAuth. */
const kDirect = ['https://api.pagerduty.com', 'https://events.pagerduty.com'];
const kPolicies = {
  'An API token': kDirect.slice(0, 1),
  'An OAuth application': [...kDirect.slice(0, 1), 'https://identity.pagerduty.com'],
  'A proxy': [],
  'A function or a fetch of your own': kDirect.slice(0, 1),
  'Several accounts': [],
};

let stage;
before(async () => { stage = await openStage(); });
after(() => stage.close());

/** Answers as the simulator does, at another address. `authorization`: what a proxy adds, or a token that the guide stands for. */
async function play(page, pattern, path, authorization) {
  await page.route(pattern, async (route) => {
    const request = route.request();
    const { pathname, search } = new URL(request.url());
    const headers = await request.allHeaders();
    for (const own of ['host', 'origin', 'content-length']) delete headers[own];
    if (authorization !== undefined && headers.authorization !== undefined) headers.authorization = authorization;
    if (authorization !== undefined && path !== '') headers.authorization = authorization;
    const response = await fetch(stage.simulator.url + pathname.slice(path.length) + search, { method: request.method(), headers, body: request.postData() ?? undefined });
    const body = Buffer.from(await response.arrayBuffer());
    await route.fulfill({ status: response.status, headers: { 'Content-Type': response.headers.get('content-type') ?? '', 'Access-Control-Allow-Origin': '*' }, body });
  });
}

for (const { heading, index, html } of pages) {
  test(`The page under "${heading}" (${index + 1}) shows its card under the policy that the guide names`, async () => {
    const hosts = kPolicies[heading];
    assert.ok(hosts !== undefined, 'the test knows the policy of each way');
    const { tokens, oauth } = stage.simulator;
    const page = await stage.page({ path: '/unconnected.html' });
    const policy = `default-src 'none'; script-src 'self' 'wasm-unsafe-eval'; connect-src ${["'self'", ...hosts].join(' ')}`;
    const site = new URL('/', page.url()).href;
    await page.route(`${site}guide.html`, (route) => route.fulfill({
      contentType: 'text/html',
      headers: { 'Content-Security-Policy': policy },
      body: `<!doctype html><html lang="en"><title>guide</title><main>${html.replace(/<script.*<\/script>/s, '<script type="module" src="/guide.js"></script>').replaceAll('PABC123', 'PCHKOUT')}</main></html>`,
    }));
    await page.route(`${site}guide.js`, (route) => route.fulfill({
      contentType: 'text/javascript',
      body: script(html).replace("'/pagerduty-card.js'", "'/dist/pagerduty-card.js'").replace('PASTE-THE-CLIENT-ID-HERE', oauth.appClientId)
        .replace('PASTE-THE-CLIENT-SECRET-HERE', oauth.appClientSecret).replace("'acme'", `'${oauth.subdomain}'`),
    }));
    await page.route(`${site}portal/pagerduty-token`, (route) => route.fulfill({ json: { token: 'short-lived' } }));
    const key = `Token token=${tokens.user}`;
    const isApplication = heading === 'An OAuth application';
    for (const host of ['https://api.pagerduty.com', 'https://events.pagerduty.com']) await play(page, `${host}/**`, '', isApplication ? undefined : key);
    await play(page, 'https://identity.pagerduty.com/**', '');
    for (const path of ['/pagerduty', '/pagerduty-payments', '/gateway/pagerduty']) await play(page, `${new URL(path, site).href}/**`, path, key);
    await page.goto(`${site}guide.html`);
    const cards = page.locator('pagerduty-card');
    for (const card of await cards.all()) {
      await card.scrollIntoViewIfNeeded();
      await card.getByRole('heading', { name: 'Checkout API' }).waitFor();
      await card.getByRole('link', { name: /Checkout answers 502/ }).waitFor();
      await card.getByText('Level 1').first().waitFor();
    }
    assert.equal(await cards.count(), html.match(/<pagerduty-card/g).length);
  });
}

test('What the guide quotes of the card, the card says', () => {
  const said = texts.replaceAll(/"\n\s*"/g, '') + engineTexts;
  const quoted = [...guide.split('## When it does not work')[1].matchAll(/^\| (\*.*?\*) \|/gm)].flatMap(([, cell]) => [...cell.matchAll(/\*(.*?)\*/g)].map(([, text]) => text));
  assert.ok(quoted.length > 15);
  for (const text of quoted) {
    for (const part of text.split(/\.\.\.|: |(?<=start\.)/).map((piece) => piece.trim()).filter((piece) => piece !== '')) assert.ok(said.includes(part), `no text of the card has "${part}"`);
  }
});

test('The guide names the scopes that the card asks for', () => {
  const asked = [...application.split('DEFAULT_SCOPE = [')[1].split(']')[0].matchAll(/'([\w.]+)'/g)].map(([, scope]) => scope);
  const table = guide.split('## An OAuth application')[1].split('```')[0];
  assert.deepEqual([...new Set([...table.matchAll(/`(\w+\.(?:read|write))`/g)].map(([, scope]) => scope))].sort(), asked.sort());
});

test('Each link of the guide, and each to it, leads to a heading or a file', async () => {
  const root = new URL('../../', import.meta.url);
  const slugs = (markdown) => [...markdown.matchAll(/^#+ (.*)$/gm)].map(([, title]) => title.toLowerCase().replaceAll(/[^\w\- ]/g, '').replaceAll(' ', '-'));
  const broken = [];
  for (const from of ['docs/connecting.md', 'README.md', 'SECURITY.md']) {
    const base = new URL(from, root);
    for (const [, target] of (await readFile(base, 'utf8')).matchAll(/\]\((?!https?:)([^)]+)\)/g)) {
      const to = new URL(target, base);
      const text = await readFile(new URL(to.pathname.replace(/\/$/, '/README.md'), to), 'utf8').catch((error) => (error.code === 'EISDIR' ? '' : undefined));
      if (text === undefined || (to.hash !== '' && !slugs(text).includes(to.hash.slice(1)))) broken.push(`${from}: ${target}`);
    }
  }
  assert.deepEqual(broken, []);
});
