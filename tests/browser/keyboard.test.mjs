// Every row of docs/keyboard.md, key by key, and where the focus goes.
import assert from 'node:assert/strict';
import { after, before, test } from 'node:test';
import { cardOf, openStage, settled } from './harness.mjs';

let stage;
before(async () => { stage = await openStage(); });
after(() => stage.close());

const open = async (service = 'PCHKOUT', attributes = '', options = {}) => {
  const page = await stage.page({ cards: cardOf(service, attributes), ...options });
  return { page, card: await settled(page) };
};
/** Name of what has the focus inside the card. */
const focused = (page) => page.evaluate(() => {
  const element = document.querySelector('pagerduty-card').shadowRoot.activeElement;
  return element === null ? '' : (element.ariaLabel ?? element.textContent).trim();
});
const isFocused = (page, name) => page.waitForFunction((wanted) => {
  const element = document.querySelector('pagerduty-card').shadowRoot.activeElement;
  return element !== null && (element.ariaLabel ?? element.textContent).trim().startsWith(wanted);
}, name);
async function press(page, key, name) {
  await page.keyboard.press(key);
  await isFocused(page, name);
}

test('Tab reaches every control in the order in which it is read, and leaves the card at its end', async () => {
  const { page, card } = await open('PLOYALT');
  const order = await card.evaluate((element) => [...element.shadowRoot.querySelectorAll('.twin :is(a, button, input)')]
    .filter((node) => node.tabIndex >= 0).map((node) => (node.ariaLabel ?? node.textContent).trim()));
  assert.ok(order.length > 6);
  const met = [];
  await page.keyboard.press('Tab');
  for (let name = await focused(page); name !== ''; name = await focused(page)) {
    met.push(name);
    await page.keyboard.press('Tab');
  }
  assert.deepEqual(met, order);
  await page.keyboard.press('Shift+Tab');
  assert.equal(await focused(page), order.at(-1));
});

test('Arrows, Home and End move in tabs and choose; Tab stops at the chosen one only', async () => {
  const { page, card } = await open();
  await card.getByRole('tab', { name: /Incidents/ }).focus();
  for (const [key, name] of [['ArrowRight', 'Changes'], ['ArrowRight', 'Incidents'], ['ArrowLeft', 'Changes'], ['Home', 'Incidents'], ['End', 'Changes'], ['ArrowUp', 'Incidents'], ['ArrowDown', 'Changes']]) {
    await press(page, key, name);
    await card.getByRole('tab', { name: new RegExp(name), selected: true }).waitFor();
  }
  await page.keyboard.press('Tab');
  assert.doesNotMatch(await focused(page), /^Incidents/);
});

test('Up and down go through a list by the same control; at its ends and with a modifier the key is the page\'s', async () => {
  const { page, card } = await open();
  const resolve = card.getByRole('button', { name: /^Resolve/ });
  await resolve.first().focus();
  const names = await resolve.evaluateAll((buttons) => buttons.map((button) => button.ariaLabel));
  assert.equal(names.length, 3);
  await press(page, 'ArrowDown', names[1]);
  await press(page, 'ArrowDown', names[2]);
  await page.evaluate(() => {
    globalThis.prevented = [];
    addEventListener('keydown', (event) => prevented.push(`${event.key} ${event.defaultPrevented}`));
  });
  for (const key of ['ArrowDown', 'Control+ArrowUp']) await page.keyboard.press(key);
  await page.waitForFunction(() => prevented.length === 3);
  assert.deepEqual(await page.evaluate(() => prevented), ['ArrowDown false', 'Control false', 'ArrowUp false']);
  assert.equal(await focused(page), names[2]);
  await press(page, 'ArrowUp', names[1]);
  // Acknowledge is on the first row only: a row without it has its first control, a link.
  await card.getByRole('button', { name: /^Acknowledge/ }).focus();
  await press(page, 'ArrowDown', 'Payment latency');
  await press(page, 'ArrowUp', 'Checkout answers 502');
});

test('Up and down go on through a list whose rows come as it is scrolled', async () => {
  const { page, card } = await open('PTELEMT');
  await card.getByRole('link', { name: /Collector/ }).first().focus();
  const met = new Set();
  for (let row = 0; row < 40; ++row) {
    const before = await focused(page);
    met.add(before);
    await page.keyboard.press('ArrowDown');
    await page.waitForFunction((name) => document.querySelector('pagerduty-card').shadowRoot.activeElement.textContent.trim() !== name, before);
  }
  assert.equal(met.size, 40);
  // It is in sight.
  assert.ok(await card.evaluate((element) => {
    const node = element.shadowRoot.activeElement;
    const [own, list] = [node.getBoundingClientRect(), node.closest('.scrolls').getBoundingClientRect()];
    return own.top >= list.top - 1 && own.bottom <= list.bottom + 1;
  }));
});

for (const key of ['Enter', 'Space']) {
  test(`${key} presses a button`, async () => {
    const { page, card } = await open();
    await card.getByRole('button', { name: 'Insights' }).focus();
    await page.keyboard.press(key);
    await card.getByRole('button', { name: 'Insights', expanded: true }).waitFor();
    await isFocused(page, 'Insights');
  });
}

test('Enter opens a link in a tab of its own', async () => {
  const { page, card } = await open();
  await card.getByRole('link', { name: 'Checkout API' }).focus();
  const opened = page.context().waitForEvent('page');
  await page.keyboard.press('Enter');
  await (await opened).close();
});

test('A dialog takes the focus, keeps Tab inside, and gives the focus back when Escape closes it', async () => {
  const { page, card } = await open();
  await card.getByRole('button', { name: 'Create incident' }).focus();
  await press(page, 'Enter', 'Title');
  // Comes with PagerDuty's answer, and is a stop more.
  await card.getByRole('combobox', { name: 'Priority' }).waitFor();
  const met = [];
  for (let stop = 0; stop < 12; ++stop) {
    met.push(await focused(page));
    await page.keyboard.press('Tab');
  }
  assert.equal(met.filter((name) => name === 'Title').length, 2, met.join(', '));
  assert.ok(!met.includes('Refresh') && !met.includes(''), met.join(', '));
  await press(page, 'Escape', 'Create incident');
  await card.getByRole('dialog').waitFor({ state: 'detached' });
});

test('Enter in a field, and Ctrl+Enter in a text of several lines, go on; Enter alone there is a line', async () => {
  const { page, card } = await open();
  await card.getByRole('button', { name: 'Create incident' }).click();
  await card.getByRole('textbox', { name: 'Title' }).fill('By keyboard');
  await card.getByRole('textbox', { name: 'Details' }).focus();
  await page.keyboard.type('one');
  await page.keyboard.press('Enter');
  await page.keyboard.type('two');
  assert.equal(await card.getByRole('textbox', { name: 'Details' }).inputValue(), 'one\ntwo');
  await page.keyboard.press('Control+Enter');
  await card.getByRole('button', { name: 'Create and page' }).waitFor();
  await press(page, 'Shift+Tab', 'Back');
  await press(page, 'Enter', 'Title');
  await page.keyboard.press('Enter');
  await isFocused(page, 'Create and page');
  await press(page, 'Escape', 'Create incident');
});

test('Arrows choose among radios', async () => {
  const { page, card } = await open();
  await card.getByRole('button', { name: 'Create incident' }).click();
  await card.getByRole('radio', { checked: true }).focus();
  await press(page, 'ArrowRight', 'Low');
  await card.getByRole('radio', { name: 'Low', checked: true }).waitFor();
  await press(page, 'Home', 'High');
});

for (const [lang, title, close] of [['en', 'Keys', 'Close'], ['de', 'Tasten', 'Schließen'], ['ja', 'キー操作', '閉じる'], ['pt-BR', 'Teclas', 'Fechar']]) {
  test(`? shows the keys, and Escape leads back: ${lang}`, async () => {
    const { page, card } = await open('PCHKOUT', `lang="${lang}"`);
    await card.getByRole('tab').first().focus();
    const tab = await focused(page);
    await page.keyboard.press('?');
    await isFocused(page, close);
    const keys = await card.getByRole('dialog', { name: title }).locator('dt').allTextContents();
    assert.deepEqual(keys.map((key) => key.trim()), ['Tab', '↑ ↓', '← →', 'Enter', 'Esc', '?']);
    await page.keyboard.press('Escape');
    await isFocused(page, tab);
    assert.equal(await card.getByRole('dialog').count(), 0);
  });
}

test('? is a character in a field, and nobody\'s key outside of the card', async () => {
  const { page, card } = await open();
  await page.keyboard.press('?');
  await card.getByRole('button', { name: 'Create incident' }).click();
  await card.getByRole('textbox', { name: 'Title' }).focus();
  await page.keyboard.type('Why?');
  assert.equal(await card.getByRole('textbox', { name: 'Title' }).inputValue(), 'Why?');
  assert.equal(await card.getByRole('dialog', { name: 'Keys' }).count(), 0);
});

test('A refresh leaves the focus where it is; when its row is gone, it goes to the chosen tab', async () => {
  await stage.simulator.control({ op: 'data', kind: 'incident', value: { service: 'PGIFTCD', title: 'Gone soon', agoMinutes: 2 } });
  const { page, card } = await open('PGIFTCD', 'refresh="0"');
  const row = card.getByRole('link', { name: 'Gone soon' });
  await row.focus();
  await card.evaluate((element) => element.refresh());
  await page.waitForFunction(() => document.querySelector('pagerduty-card').snapshot().busy === false);
  await isFocused(page, 'Gone soon');
  await card.getByRole('button', { name: /^Resolve .*Gone soon/ }).focus();
  await page.keyboard.press('Enter');
  await card.getByRole('dialog').waitFor();
  await isFocused(page, 'Resolve');
  await page.keyboard.press('Enter');
  await row.waitFor({ state: 'detached' });
  await isFocused(page, 'Incidents');
});

test('The ring of what has the focus can be seen', async () => {
  for (const colorScheme of ['light', 'dark']) {
    const { page, card } = await open('PCHKOUT', '', { context: { colorScheme } });
    for (const control of [card.getByRole('button', { name: 'Refresh' }), card.getByRole('link', { name: 'Checkout API' }), card.getByRole('tab').first()]) {
      await control.focus();
      await page.keyboard.press('Shift+Tab');
      await page.keyboard.press('Tab');
      const ring = await card.evaluate((element) => {
        const { outlineStyle, outlineWidth, outlineColor } = getComputedStyle(element.shadowRoot.activeElement);
        return `${outlineStyle} ${outlineWidth} ${outlineColor}`;
      });
      assert.equal(ring, `solid 2px ${colorScheme === 'light' ? 'rgb(11, 92, 173)' : 'rgb(132, 189, 255)'}`);
    }
    await page.context().close();
  }
});
