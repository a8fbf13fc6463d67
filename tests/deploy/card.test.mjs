// The card itself, in a browser, in a portal whose nginx keeps the secret.
import assert from 'node:assert/strict';
import { cpSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import http from 'node:http';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { test } from 'node:test';
import { launchChromium } from '../browser/browsers.mjs';
import { askUntil, freePort, kHost, kRoot, kToken, kViewer, startNginx, startUpstream } from './portal.mjs';

const pageOf = (attributes) => `<!doctype html><html lang="en"><head><title>portal</title><script type="module">
import { configure } from './dist/pagerduty-card.js';
configure({ apiBase: '/pagerduty', eventsBase: '/pagerduty-events', credentials: { type: 'proxy' } });
</script></head><body><pagerduty-card service-id="PCHKOUT" ${attributes}></pagerduty-card></body></html>`;
const kTypes = 'types { text/html html; text/javascript js; application/json json; application/wasm wasm; }';

/** A portal whose page shows a card. `visit()`: a viewer's card, their page, and all answers that it got. */
async function openPortal({ attributes = '', changes = {}, ...how } = {}) {
  const root = mkdtempSync(join(tmpdir(), 'pagerduty-card-site-'));
  cpSync(join(kRoot, 'web/dist'), join(root, 'dist'), { recursive: true });
  writeFileSync(join(root, 'index.html'), pageOf(attributes));
  const port = await freePort();
  const address = `127.0.0.1:${port}`;
  const portal = await startNginx({
    ...how,
    port,
    site: `${kTypes} location / { root ${root}; }`,
    changes: { ...changes, 'settings.conf': [[`https://${kHost}`, `http://${address}`], [`"${kHost}"`, `"${address}"`]] },
  });
  const browser = await launchChromium();
  return {
    ...portal,
    address,
    async visit() {
      // The browser stands for itself and for the sign-in proxy in front of nginx.
      const context = await browser.newContext({ locale: 'en-GB', extraHTTPHeaders: { 'X-Forwarded-Email': kViewer } });
      const page = await context.newPage();
      page.setDefaultTimeout(20_000);
      const answers = [];
      page.on('response', (response) => answers.push(response));
      await page.goto(`http://${address}/`);
      return { page, card: page.locator('pagerduty-card'), answers };
    },
    async close() {
      await browser.close();
      await portal.close();
      rmSync(root, { recursive: true });
    },
  };
}

/** PagerDuty as it was `agoMs` ago, by its own Date. */
async function startEarlier(upstream, agoMs) {
  const server = http.createServer((request, response) => {
    const onward = http.request(upstream.url + request.url, { method: request.method, headers: request.headers }, (answer) => {
      response.writeHead(answer.statusCode, { ...answer.headers, date: new Date(Date.now() - agoMs).toUTCString() });
      answer.pipe(response);
    });
    onward.once('error', () => response.destroy());
    request.pipe(onward);
  });
  await new Promise((done) => server.listen(0, '127.0.0.1', done));
  return { url: `http://127.0.0.1:${server.address().port}`, close: () => new Promise((done) => { server.close(done); server.closeAllConnections(); }) };
}

test('nginx: a viewer at a card acknowledges an incident in the own name, and sees the new list at once', async () => {
  const portal = await openPortal();
  try {
    const { page, card } = await portal.visit();
    await card.getByRole('button', { name: /^Acknowledge/ }).click();
    const dialog = card.getByRole('dialog');
    await dialog.getByText('Checkout API').first().waitFor();
    const written = page.waitForResponse((response) => response.request().method() === 'PUT');
    // The list that the card reads after its own write is a new one, though the last is not 40 s old.
    const listed = written.then(() => page.waitForResponse((response) => response.url().includes('/pagerduty/incidents?')));
    await dialog.getByRole('button', { name: 'Acknowledge' }).click();
    assert.equal((await written).status(), 200);
    const list = await listed;
    assert.equal(list.headers()['x-cache-status'], 'BYPASS');
    await card.getByRole('button', { name: /^Acknowledge/ }).waitFor({ state: 'detached' });
    const [write] = portal.seen.filter(({ method }) => method === 'PUT');
    assert.equal(write.headers.from, kViewer);
    assert.equal(write.headers.authorization, `Token token=${kToken}`);
  } finally {
    await portal.close();
  }
});

/** Ages are of the last whole minute: all on a page change together. */
const kFiveMinutes = /^Updated [45] min/;

test('nginx: while PagerDuty is down, a card says how old what it shows is', async () => {
  const upstream = await startUpstream();
  const earlier = await startEarlier(upstream, 330_000);
  const portal = await openPortal({
    attributes: 'sections="incidents"',
    upstream,
    restHost: earlier.url,
    // Incidents get old in a second, and no answer because of the time of day.
    changes: { 'locations.conf': [['proxy_cache_valid 200 40s;', 'proxy_cache_valid 200 1s;']], 'rules.conf': [['(?<pd_period>.{15})', '(?<pd_period>.{2})']] },
  });
  try {
    const first = await portal.visit();
    await first.card.getByText(kFiveMinutes).waitFor();
    await first.page.close();
    const { url } = portal.seen.find((request) => request.url.startsWith('/incidents?'));
    await portal.simulator.control({ op: 'fault', kind: 'drop' });
    await askUntil(portal, `/pagerduty${url}`, ({ headers }) => headers['x-cache-status'] === 'STALE', { headers: { Host: portal.address } });
    const { card, answers } = await portal.visit();
    await card.getByRole('link', { name: /Checkout answers 502/ }).waitFor();
    await card.getByText(kFiveMinutes).waitFor();
    const listed = answers.find((answer) => answer.url().includes('/pagerduty/incidents?'));
    assert.equal(listed.headers()['x-cache-status'], 'STALE');
  } finally {
    await portal.close();
    await earlier.close();
  }
});
