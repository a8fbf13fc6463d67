// What a viewer does: with the mouse, with the keyboard alone, and what the page may forbid.
import assert from 'node:assert/strict';
import { after, before, beforeEach, test } from 'node:test';
import { cardOf, createIncident, openStage, requestsOf, settled } from './harness.mjs';

let stage;
before(async () => { stage = await openStage(); });
after(() => stage.close());
beforeEach(() => stage.simulator.control({ op: 'reset' }));

const writes = () => requestsOf(stage).filter((request) => !request.startsWith('GET'));
const focusedName = (page) => page.evaluate(() => {
  const active = document.activeElement?.shadowRoot?.activeElement;
  return active?.ariaLabel ?? active?.textContent ?? '';
});

test('A triggered incident is acknowledged, then resolved', async () => {
  const page = await stage.page({ cards: cardOf('PCHKOUT') });
  const card = await settled(page);
  const name = /Checkout answers 502 for one order in five/;
  await card.getByRole('button', { name: /^Acknowledge/ }).click();
  const dialog = card.getByRole('dialog');
  await dialog.getByText('Checkout API').first().waitFor();
  await dialog.getByRole('button', { name: 'Acknowledge' }).click();
  await dialog.waitFor({ state: 'detached' });
  await card.getByRole('button', { name: /^Acknowledge/ }).waitFor({ state: 'detached' });
  await card.getByRole('button', { name: /^Resolve.*502/ }).click();
  await card.getByRole('dialog').getByRole('button', { name: 'Resolve' }).click();
  await card.getByRole('link', { name }).waitFor({ state: 'detached' });
  assert.equal(writes().length, 2);
});

test('The keyboard alone creates an incident', async () => {
  const page = await stage.page({ cards: cardOf('PLOYALT') });
  const card = await settled(page);
  await page.evaluate(() => document.body.focus());
  for (let presses = 0; presses < 6 && (await focusedName(page)) !== 'Create incident'; ++presses) await page.keyboard.press('Tab');
  assert.equal(await focusedName(page), 'Create incident');
  await page.keyboard.press('Enter');
  await card.getByRole('dialog').waitFor();
  await page.waitForFunction(() => document.activeElement?.shadowRoot?.activeElement?.tagName === 'INPUT');
  await page.keyboard.type('Points are not booked');
  await page.keyboard.press('Enter');
  await card.getByRole('button', { name: 'Create and page' }).waitFor();
  await page.waitForFunction(() => document.activeElement?.shadowRoot?.activeElement?.textContent === 'Create and page');
  await page.keyboard.press('Enter');
  await card.getByRole('link', { name: 'Points are not booked' }).waitFor();
});

test('A dialog keeps the focus inside, Escape closes it and gives the focus back', async () => {
  const page = await stage.page({ cards: `<a href="#before">before</a>${cardOf('PLOYALT')}<a href="#after">after</a>` });
  const card = await settled(page);
  await card.getByRole('button', { name: 'Create incident' }).press('Enter');
  const dialog = card.getByRole('dialog');
  await dialog.waitFor();
  await page.waitForFunction(() => document.activeElement?.shadowRoot?.activeElement?.tagName === 'INPUT');
  for (let presses = 0; presses < 12; ++presses) {
    await page.keyboard.press(presses < 6 ? 'Tab' : 'Shift+Tab');
    assert.ok(await dialog.evaluate((element) => element.contains(element.getRootNode().activeElement)), `press ${presses}`);
  }
  await page.keyboard.press('Escape');
  await dialog.waitFor({ state: 'detached' });
  await page.waitForFunction(() => document.activeElement?.shadowRoot?.activeElement?.textContent === 'Create incident');
});

test('Arrow keys move between tabs and between choices', async () => {
  const page = await stage.page({ cards: cardOf('PCHKOUT') });
  const card = await settled(page);
  await card.getByRole('tab', { name: /Incidents/ }).focus();
  await page.keyboard.press('ArrowRight');
  await card.getByRole('tab', { name: /Changes/, selected: true }).waitFor();
  await page.keyboard.press('Home');
  await card.getByRole('tab', { name: /Incidents/, selected: true }).waitFor();
  await card.getByRole('button', { name: 'Create incident' }).click();
  await card.getByRole('radio', { name: /High/ }).focus();
  await page.keyboard.press('ArrowDown');
  await card.getByRole('radio', { name: 'Low', checked: true }).waitFor();
});

test('A finger opens the dialog, and it fits a phone', async () => {
  const page = await stage.page({ cards: cardOf('PLOYALT'), context: { hasTouch: true, isMobile: true, deviceScaleFactor: 2, viewport: { width: 360, height: 740 } } });
  const card = await settled(page);
  await card.getByRole('tab', { name: /Changes/ }).tap();
  await card.getByRole('tab', { name: /Changes/, selected: true }).waitFor();
  await card.getByRole('button', { name: 'Create incident' }).tap();
  const dialog = card.getByRole('dialog');
  await dialog.waitFor();
  const [outer, inner] = [await card.boundingBox(), await dialog.boundingBox()];
  assert.ok(inner.x >= outer.x && inner.x + inner.width <= outer.x + outer.width && inner.y + inner.height <= outer.y + outer.height);
  assert.ok(await page.evaluate(() => document.documentElement.scrollWidth <= innerWidth));
});

test('An empty title says what is missing and sends nothing', async () => {
  const page = await stage.page({ cards: cardOf('PLOYALT') });
  const card = await settled(page);
  await card.getByRole('button', { name: 'Create incident' }).click();
  await card.getByRole('button', { name: 'Continue' }).click();
  await card.getByText(/Say what is wrong/).waitFor();
  assert.equal(await card.getByRole('textbox', { name: 'Title' }).getAttribute('aria-invalid'), 'true');
  assert.deepEqual(writes(), []);
});

test('The page can forbid an action', async () => {
  const page = await stage.page({ cards: cardOf('PLOYALT') });
  const card = await settled(page);
  await page.evaluate(() => {
    globalThis.asked = [];
    document.addEventListener('pd-action', (event) => {
      globalThis.asked.push({ ...event.detail, cancelable: event.cancelable });
      event.preventDefault();
    });
  });
  await createIncident(card, 'Not on a Friday');
  await card.getByText('The page did not allow it.').waitFor();
  assert.deepEqual(await page.evaluate(() => globalThis.asked), [{ verb: 'trigger', serviceId: 'PLOYALT', incidentId: '', incidentIds: [], cancelable: true }]);
  assert.deepEqual(writes(), []);
});

test('A script of the page cannot press a button', async () => {
  const page = await stage.page({ cards: cardOf('PLOYALT') });
  const card = await settled(page);
  await card.evaluate((element) => {
    const button = element.shadowRoot.querySelector('[id="action:create"]');
    button.click();
    button.dispatchEvent(new MouseEvent('click', { bubbles: true }));
    button.dispatchEvent(new KeyboardEvent('keydown', { key: 'Enter', bubbles: true }));
  });
  // What a real click does shows that the earlier ones did nothing.
  await card.getByRole('tab', { name: /Changes/ }).click();
  await card.getByRole('tab', { name: /Changes/, selected: true }).waitFor();
  assert.equal(await card.getByRole('dialog').count(), 0);
});

test('A read-only card offers nothing that writes', async () => {
  const page = await stage.page({ cards: cardOf('PCHKOUT', 'read-only') });
  const card = await settled(page);
  assert.equal(await card.getByRole('button', { name: /Create|Acknowledge|Resolve/ }).count(), 0);
  await card.evaluate((element) => element.removeAttribute('read-only'));
  await card.getByRole('button', { name: 'Create incident' }).waitFor();
});

test('A lost answer neither loses nor doubles an incident', async () => {
  await stage.simulator.control({ op: 'fault', kind: 'lost-answer', method: 'POST', path: '/v2/enqueue', times: 1 });
  const page = await stage.page({ cards: '<pagerduty-card entity="/catalog-info.yaml" entity-ref="loyalty"></pagerduty-card>', expects: [/ERR_|Failed to load/] });
  const card = await settled(page);
  await createIncident(card, 'Vouchers vanish');
  await card.getByRole('link', { name: 'Vouchers vanish' }).waitFor({ timeout: 60_000 });
  assert.equal(await card.getByRole('link', { name: 'Vouchers vanish' }).count(), 1);
});
