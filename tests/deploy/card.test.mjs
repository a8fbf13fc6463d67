// The card itself, in a browser, in a portal whose nginx keeps the secret.
import assert from 'node:assert/strict';
import { cpSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { test } from 'node:test';
import { launchChromium } from '../browser/browsers.mjs';
import { freePort, kHost, kRoot, kToken, kViewer, startNginx } from './portal.mjs';

const kPage = `<!doctype html><html lang="en"><head><title>portal</title><script type="module">
import { configure } from './dist/pagerduty-card.js';
configure({ apiBase: '/pagerduty', eventsBase: '/pagerduty-events', credentials: { type: 'proxy' } });
</script></head><body><pagerduty-card service-id="PCHKOUT"></pagerduty-card></body></html>`;
const kTypes = 'types { text/html html; text/javascript js; application/json json; application/wasm wasm; }';

test('nginx: a viewer at a card acknowledges an incident in the own name, and sees the new list at once', async () => {
  const root = mkdtempSync(join(tmpdir(), 'pagerduty-card-site-'));
  cpSync(join(kRoot, 'web/dist'), join(root, 'dist'), { recursive: true });
  writeFileSync(join(root, 'index.html'), kPage);
  const port = await freePort();
  const address = `127.0.0.1:${port}`;
  const portal = await startNginx({
    port,
    site: `${kTypes} location / { root ${root}; }`,
    changes: { 'settings.conf': [[`https://${kHost}`, `http://${address}`], [`"${kHost}"`, `"${address}"`]] },
  });
  const browser = await launchChromium();
  try {
    // The browser stands for itself and for the sign-in proxy in front of nginx.
    const context = await browser.newContext({ locale: 'en-GB', extraHTTPHeaders: { 'X-Forwarded-Email': kViewer } });
    const page = await context.newPage();
    page.setDefaultTimeout(20_000);
    await page.goto(`http://${address}/`);
    const card = page.locator('pagerduty-card');
    await card.getByRole('button', { name: /^Acknowledge/ }).click();
    const dialog = card.getByRole('dialog');
    await dialog.getByText('Checkout API').first().waitFor();
    const written = page.waitForResponse((response) => response.request().method() === 'PUT');
    // The list that the card reads after its own write is a new one, though the last is not 15 s old.
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
    await browser.close();
    await portal.close();
    rmSync(root, { recursive: true });
  }
});
