// Several services in one card: from the wall to one of them and back, by mouse and by keyboard.
import assert from 'node:assert/strict';
import { after, before, test } from 'node:test';
import { axeFindings } from './axe.mjs';
import { cardOf, openStage, requestsOf, settled } from './harness.mjs';

const kSystem = `<pagerduty-card entity-ref="system:storefront"><script type="application/yaml">
apiVersion: backstage.io/v1alpha1
kind: System
metadata: {name: storefront, title: Storefront}
---
apiVersion: backstage.io/v1alpha1
kind: Component
metadata: {name: checkout, annotations: {pagerduty.com/service-id: PCHKOUT}}
spec: {system: storefront}
---
apiVersion: backstage.io/v1alpha1
kind: Component
metadata: {name: loyalty, annotations: {pagerduty.com/service-id: PLOYALT}}
spec: {system: storefront}
</script></pagerduty-card>`;

let stage;
before(async () => { stage = await openStage(); });
after(() => stage.close());

const rowOf = (card, name) => card.getByRole('listitem').filter({ has: card.page().getByRole('link', { name, exact: true }) });

test('Services stand in a list, the most urgent first, each with its incident and who is on call', async () => {
  const page = await stage.page({ cards: cardOf('PLOYALT, PCHKOUT PSEARCH') });
  const card = await settled(page);
  await card.getByRole('heading', { level: 2, name: '3 services' }).waitFor();
  const names = await card.getByRole('listitem').evaluateAll((rows) => rows.map((row) => row.querySelector('a').textContent));
  assert.deepEqual(names, ['Checkout API', 'Search index', 'Loyalty & rewards ✨']);
  const checkout = rowOf(card, 'Checkout API');
  await checkout.getByText('Critical').waitFor();
  await checkout.getByRole('link', { name: /Checkout answers 502/ }).waitFor();
  await rowOf(card, 'Loyalty & rewards ✨').getByText('No open incidents').waitFor();
});

test('The incidents of all are asked for at once', async () => {
  const before = requestsOf(stage).length;
  const page = await stage.page({ cards: cardOf('PLOYALT PCHKOUT PSEARCH') });
  await settled(page);
  const asked = requestsOf(stage).slice(before);
  assert.equal(asked.filter((request) => request.startsWith('GET /incidents')).length, 1);
});

test('A System shows its components; one opens, by keyboard, and the focus comes back to its row', async () => {
  const page = await stage.page({ cards: kSystem });
  const card = await settled(page);
  await card.getByRole('heading', { level: 2, name: 'Storefront' }).waitFor();
  const details = rowOf(card, 'Checkout API').getByRole('button', { name: 'Details Checkout API' });
  await details.press('Enter');
  const back = card.getByRole('button', { name: 'All services' });
  await back.waitFor();
  await card.getByRole('heading', { level: 2, name: 'Checkout API' }).waitFor();
  await card.getByRole('button', { name: 'Acknowledge' }).first().waitFor();
  await page.waitForFunction(() => document.querySelector('pagerduty-card').shadowRoot.activeElement?.textContent === 'All services');
  await page.keyboard.press('Enter');
  await card.getByRole('heading', { level: 2, name: 'Storefront' }).waitFor();
  await page.waitForFunction(() => document.querySelector('pagerduty-card').shadowRoot.activeElement?.getAttribute('aria-label') === 'Details Checkout API');
});

test('An incident is created from a row, on the service of that row', async () => {
  const page = await stage.page({ cards: cardOf('PLOYALT PGIFTCD') });
  const card = await settled(page);
  const asked = requestsOf(stage).length;
  await rowOf(card, 'Gift cards 🎁').getByRole('button', { name: 'Create incident Gift cards 🎁' }).click();
  await card.getByRole('dialog').getByText('On Gift cards 🎁.').waitFor();
  await card.getByRole('textbox', { name: 'Title' }).fill('Codes are sold twice');
  await card.getByRole('button', { name: 'Continue' }).click();
  await card.getByRole('button', { name: 'Create and page' }).click();
  await card.getByRole('link', { name: 'Codes are sold twice' }).waitFor();
  assert.equal(requestsOf(stage).slice(asked).filter((request) => request === 'POST /incidents').length, 1);
  await card.getByRole('button', { name: 'All services' }).click();
  await rowOf(card, 'Gift cards 🎁').getByText('1 triggered').waitFor();
});

test('Read-only rows open, and create nothing', async () => {
  const page = await stage.page({ cards: cardOf('PLOYALT PCHKOUT', 'read-only') });
  const card = await settled(page);
  await card.getByRole('button', { name: 'Details Checkout API' }).waitFor();
  assert.equal(await card.getByRole('button', { name: /^Create incident/ }).count(), 0);
});

for (const colorScheme of ['light', 'dark']) {
  test(`axe-core finds nothing: ${colorScheme}`, async () => {
    const page = await stage.page({ cards: cardOf('PLOYALT PCHKOUT PSEARCH PLEGACY PEMAILS'), context: { colorScheme } });
    await settled(page);
    assert.deepEqual(await axeFindings(page, { within: 'pagerduty-card' }), []);
  });
}
