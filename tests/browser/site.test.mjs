// The site as it is hosted: static files below any path, PagerDuty simulated in the page, no request to anywhere else.
import assert from 'node:assert/strict';
import { cpSync, mkdtempSync, readFileSync, readdirSync, rmSync, statSync } from 'node:fs';
import http from 'node:http';
import { tmpdir } from 'node:os';
import { extname, join } from 'node:path';
import { after, before, test } from 'node:test';
import { launchChromium } from './browsers.mjs';
import { axeFindings } from './axe.mjs';

const kRoot = join(import.meta.dirname, '../..');
const kSite = join(kRoot, 'build/site');
const kFiles = readdirSync(kSite).filter((file) => file.endsWith('.html'));
const kTypes = { '.html': 'text/html', '.js': 'text/javascript', '.css': 'text/css', '.json': 'application/json', '.wasm': 'application/wasm', '.svg': 'image/svg+xml', '.yaml': 'text/yaml', '.png': 'image/png' };
/** Some way below the root of its host, as a project's page on a shared host is. */
const kBelow = '/some/where/pagerduty-card/';

let host;
let browser;
let folder;
const asked = [];
before(async () => {
  folder = mkdtempSync(join(tmpdir(), 'pagerduty-card-site-'));
  cpSync(kSite, join(folder, kBelow), { recursive: true });
  const server = http.createServer((request, response) => {
    const { pathname } = new URL(request.url, 'http://host');
    asked.push(pathname);
    const file = join(folder, pathname.endsWith('/') ? `${pathname}index.html` : pathname);
    const found = statSync(file, { throwIfNoEntry: false })?.isFile() === true;
    response.writeHead(found ? 200 : 404, found ? { 'Content-Type': kTypes[extname(file)] ?? 'text/plain' } : {});
    response.end(found ? readFileSync(file) : '');
  });
  await new Promise((done) => { server.listen(0, '127.0.0.1', done); });
  host = { url: `http://127.0.0.1:${server.address().port}${kBelow}`, close: () => { server.close(); server.closeAllConnections(); } };
  browser = await launchChromium({ isWhole: true });
});
after(async () => {
  await browser.close();
  host.close();
  rmSync(folder, { recursive: true });
});

/** A page of the site. `trouble`: what it printed or asked that it should not. */
async function open(file, { expects = [], ...context } = {}) {
  const own = await browser.newContext({ viewport: { width: 1280, height: 1000 }, locale: 'en-GB', ...context });
  const page = await own.newPage();
  page.setDefaultTimeout(20_000);
  const trouble = [];
  const note = (text) => { if (!expects.some((pattern) => pattern.test(text))) trouble.push(text); };
  page.on('console', (message) => { if (['error', 'warning'].includes(message.type())) note(message.text()); });
  page.on('pageerror', (error) => note(error.message));
  page.on('request', (request) => { if (!request.url().startsWith(host.url)) note(`asks ${request.url()}`); });
  await page.goto(host.url + file);
  return { page, trouble, close: () => own.close() };
}
const card = (page, index = 0) => page.locator('pagerduty-card').nth(index);

for (const file of kFiles.filter((name) => name !== 'gallery.html')) {
  test(`${file} works below a path, asks nobody else, and axe-core finds nothing`, async () => {
    const { page, trouble, close } = await open(file);
    await page.waitForFunction(() => [...document.querySelectorAll('pagerduty-card')].every((element) => !('snapshot' in element) || element.getBoundingClientRect().top > innerHeight || element.snapshot() !== null));
    for (const theme of ['light', 'dark']) {
      await page.emulateMedia({ colorScheme: theme });
      assert.deepEqual(await axeFindings(page), [], theme);
    }
    assert.deepEqual(trouble, []);
    await close();
  });
}

test('Every link between pages leads somewhere', async () => {
  const { page, close } = await open('index.html');
  for (const file of kFiles) {
    await page.goto(host.url + file);
    const links = await page.evaluate(() => [...document.querySelectorAll('a[href]')].map(({ href }) => href));
    for (const href of links.filter((link) => link.startsWith(host.url))) {
      const { pathname } = new URL(href);
      assert.ok(statSync(join(folder, pathname), { throwIfNoEntry: false })?.isFile(), `${file}: ${href}`);
    }
  }
  await close();
});

test('No page scrolls sideways on a phone', async () => {
  const { page, close } = await open('index.html', { viewport: { width: 320, height: 700 } });
  for (const file of kFiles) {
    await page.goto(host.url + file);
    assert.ok(await page.evaluate(() => document.documentElement.scrollWidth <= innerWidth), file);
  }
  await close();
});

test('The policy of its pages lets the card work, and nothing else', async () => {
  const { page, trouble, close } = await open('quick-start.html');
  await card(page).getByRole('link', { name: /Checkout answers 502/ }).waitFor();
  const policy = await page.locator('meta[http-equiv="Content-Security-Policy"]').getAttribute('content');
  assert.doesNotMatch(policy, /unsafe-inline|unsafe-eval(?<!wasm-unsafe-eval)/);
  assert.deepEqual(trouble, []);
  await close();
});

test('An incident is created, acknowledged and resolved in the page alone', async () => {
  const { page, trouble, close } = await open('index.html');
  const before = asked.length;
  const own = page.locator('pagerduty-card[entity-ref="loyalty"]');
  await own.evaluate((element) => element.scrollIntoView());
  await own.getByText('No open incidents').waitFor();
  await own.getByRole('button', { name: 'Create incident' }).click();
  await own.getByRole('textbox', { name: 'Title' }).fill('Points are gone');
  await own.getByRole('button', { name: 'Continue' }).click();
  await own.getByRole('button', { name: 'Create and page' }).click();
  await own.getByRole('link', { name: 'Points are gone' }).waitFor();
  assert.deepEqual(asked.slice(before).filter((path) => /pagerduty\/|simulated/.test(path)), []);
  assert.deepEqual(trouble, []);
  await close();
});

test('The playground has a control for every attribute, and what is chosen is drawn, copied and linked to', async () => {
  const { page, trouble, close } = await open('playground.html', { expects: [/willReadFrequently/] });
  const manifest = JSON.parse(readFileSync(join(kSite, 'dist/custom-elements.json'), 'utf8'));
  const { attributes } = manifest.modules.flatMap(({ declarations }) => declarations).find(({ tagName }) => tagName === 'pagerduty-card');
  for (const { name } of attributes) assert.equal(await page.getByLabel(name, { exact: true }).count(), 1, name);
  await card(page).getByRole('link', { name: /Checkout answers 502/ }).waitFor();
  await page.getByLabel('service-id', { exact: true }).fill('PLOYALT');
  await card(page).getByText('No open incidents').waitFor();
  await page.getByLabel('layout', { exact: true }).selectOption('trigger');
  await page.getByLabel('read-only', { exact: true }).check();
  await page.getByLabel('--pd-background', { exact: true }).fill('#ffeecc');
  const snippet = await page.locator('#snippet').textContent();
  assert.match(snippet, /<pagerduty-card service-id="PLOYALT" read-only layout="trigger"><\/pagerduty-card>/);
  assert.match(snippet, /--pd-background: #ffeecc;/);
  await page.reload();
  await card(page).waitFor();
  assert.equal(await page.locator('#snippet').textContent(), snippet);
  assert.deepEqual(trouble, []);
  await close();
});

test('A theme that is chosen holds on the next page, but not for an example with its own', async () => {
  const { page, close } = await open('quick-start.html');
  await page.getByRole('radio', { name: 'Dark' }).check();
  await page.goto(`${host.url}theming.html`);
  assert.equal(await page.evaluate(() => document.documentElement.dataset.theme), 'dark');
  assert.ok(await page.getByRole('radio', { name: 'Dark' }).isChecked());
  assert.deepEqual(await page.evaluate(() => [...document.querySelectorAll('pagerduty-card')].map((element) => element.getAttribute('theme'))), ['light', 'dark', 'dark', 'dark']);
  await close();
});

test('What the page about troubles quotes is what the card says', () => {
  const said = ['shared/base/texts.def', 'web/src/runtime/engine-texts.ts'].map((path) => readFileSync(join(kRoot, path), 'utf8').replace(/"\s*\n\s*"/g, '').replaceAll('\\"', '"')).join('\n');
  const rows = readFileSync(join(kRoot, 'docs/troubleshooting.md'), 'utf8').split('\n').filter((line) => line.startsWith('| *'));
  const quotes = rows.flatMap((row) => [...row.split('|')[1].matchAll(/\*([^*]+)\*/g)].map(([, quote]) => quote));
  assert.ok(quotes.length > 15);
  for (const quote of quotes) assert.ok(said.includes(quote), quote);
});

test('The reference has every attribute, event, function and option', () => {
  const text = readFileSync(join(kSite, 'reference.html'), 'utf8');
  for (const name of ['service-id', 'pd-action-done', 'configure(options: PageOptions)', 'signOut(', 'requestsPerMinute', 'keepSnapshot', '--pd-accent', '::part(canvas)', 'client-credentials', 'pagerduty-settings']) {
    assert.ok(text.includes(name), name);
  }
});
