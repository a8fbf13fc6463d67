// What a viewer does to incidents, shifts and the service beyond acknowledging and resolving: each against the simulator.
import assert from 'node:assert/strict';
import { after, before, beforeEach, test } from 'node:test';
import { cardOf, openStage, settled } from './harness.mjs';

let stage;
/** All that arrived at the simulator since the test began, but preflights: {method, url, body}. */
const arrived = [];
before(async () => {
  stage = await openStage({ simulator: { observe: (request) => { if (request.method !== 'OPTIONS') arrived.push(request); } } });
});
after(() => stage.close());
beforeEach(async () => {
  await stage.simulator.control({ op: 'reset' });
  arrived.length = 0;
});

/** What a viewer acts with. */
const kHands = {
  mouse: {
    press: (button) => button.click(),
    choose: (radio) => radio.click(),
  },
  keyboard: {
    async press(button) {
      await button.focus();
      await button.press(await button.getAttribute('role') === 'checkbox' || await button.getAttribute('type') === 'checkbox' ? 'Space' : 'Enter');
    },
    /** From the chosen one on with the arrows, as in any group of radios. */
    async choose(radio) {
      const page = radio.page();
      await page.waitForFunction(() => document.activeElement?.shadowRoot?.activeElement?.role === 'radio');
      for (let step = 0; step < 8 && (await radio.getAttribute('aria-checked')) !== 'true'; ++step) {
        const from = await page.evaluate(() => document.activeElement.shadowRoot.activeElement.id);
        await page.keyboard.press('ArrowDown');
        await page.waitForFunction((id) => {
          const now = document.activeElement.shadowRoot.activeElement;
          return now.id !== id && now.ariaChecked === 'true';
        }, from);
      }
    },
  },
};
/** The test once with each of them. */
function each(name, run) {
  for (const [tool, hand] of Object.entries(kHands)) test(`${name} (${tool})`, () => run(hand));
}

const kFirst = /Checkout answers 502/;

/** The card of the checkout, with the detail of its first incident open. */
async function openDetail(hand) {
  const page = await stage.page({ cards: cardOf('PCHKOUT') });
  const card = await settled(page);
  await hand.press(card.getByRole('button', { name: /^Details.*502/ }));
  await card.getByRole('button', { name: /^Add note/ }).waitFor();
  return { page, card, dialog: card.getByRole('dialog') };
}

/** What was written, as {method, url, body}. */
const written = () => arrived.filter(({ method, url }) => method !== 'GET' && !url.startsWith('/analytics'))
  .map(({ method, url, body }) => ({ method, url, body: body === '' ? undefined : JSON.parse(body) }));

const closed = (dialog) => dialog.waitFor({ state: 'detached' });

each('A note is added, and stands in the detail', async (hand) => {
  const { card, dialog } = await openDetail(hand);
  await hand.press(card.getByRole('button', { name: /^Add note/ }));
  await hand.press(dialog.getByRole('button', { name: 'Add note' }));
  await dialog.getByText('Write something.').waitFor();
  await dialog.getByRole('textbox', { name: 'Note' }).fill('Rolled back to 1.4.1.');
  await hand.press(dialog.getByRole('button', { name: 'Add note' }));
  await closed(dialog);
  await card.getByRole('listitem').getByText('Rolled back to 1.4.1.', { exact: true }).last().waitFor();
  assert.deepEqual(written().map(({ method, url }) => `${method} ${url.replace(/\/Q\w+/, '/ID')}`), ['POST /incidents/ID/notes']);
});

test('The keyboard alone snoozes: the focus is on the length that is chosen', async () => {
  const hand = kHands.keyboard;
  const { page, card, dialog } = await openDetail(hand);
  await card.getByRole('button', { name: /^Snooze/ }).focus();
  await page.keyboard.press('Enter');
  await dialog.waitFor();
  await page.waitForFunction(() => document.activeElement?.shadowRoot?.activeElement?.role === 'radio');
  await page.keyboard.press('ArrowDown');
  await dialog.getByRole('radio', { name: /^4/, checked: true }).waitFor();
  await dialog.getByRole('button', { name: 'Snooze' }).focus();
  await page.keyboard.press('Enter');
  await closed(dialog);
  assert.equal(written().at(-1).body.duration, 4 * 3600);
});

each('An incident is given to a person, who is asked for by name', async (hand) => {
  const { card, dialog } = await openDetail(hand);
  await hand.press(card.getByRole('button', { name: /^Reassign/ }));
  const person = dialog.getByRole('combobox', { name: 'Person' });
  const name = await person.getByRole('option').nth(2).textContent();
  await person.selectOption({ label: name });
  await hand.press(dialog.getByRole('button', { name: 'Reassign' }));
  await closed(dialog);
  await card.getByText(new RegExp(`(assigned to|acknowledged by) ${name}`)).first().waitFor();
});

each('An incident is escalated, and given a priority that can be taken back', async (hand) => {
  const { card, dialog } = await openDetail(hand);
  await hand.press(card.getByRole('button', { name: /^Escalate/ }));
  await hand.choose(dialog.getByRole('radio', { name: /^Level 3/ }));
  await hand.press(dialog.getByRole('button', { name: 'Escalate' }));
  await closed(dialog);
  assert.equal(written().at(-1).body.incidents[0].escalation_level, 3);
  await hand.press(card.getByRole('button', { name: /^Set priority/ }));
  await dialog.getByRole('combobox', { name: 'Priority' }).selectOption({ index: 2 });
  await hand.press(dialog.getByRole('button', { name: 'Set priority' }));
  await closed(dialog);
  const before = written().at(-1).body.incidents[0].priority.id;
  await hand.press(card.getByRole('button', { name: 'Undo' }));
  await hand.press(dialog.getByRole('button', { name: 'Set priority' }));
  await closed(dialog);
  assert.notEqual(written().at(-1).body.incidents[0].priority.id, before);
});

each('Help is asked for in the name of whoever is signed in', async (hand) => {
  const { card, dialog } = await openDetail(hand);
  await hand.press(card.getByRole('button', { name: /^Ask for help/ }));
  const whom = dialog.getByRole('combobox', { name: 'Person or escalation policy' });
  await whom.selectOption({ index: 1 });
  await dialog.getByRole('textbox', { name: 'Message' }).fill('Please look at the database.');
  await hand.press(dialog.getByRole('button', { name: 'Ask for help' }));
  await closed(dialog);
  const { body } = written().at(-1);
  assert.ok(body.requester_id);
  assert.equal(body.message, 'Please look at the database.');
});

each('Help is asked of an escalation policy', async (hand) => {
  const { card, dialog } = await openDetail(hand);
  await hand.press(card.getByRole('button', { name: /^Ask for help/ }));
  const whom = dialog.getByRole('combobox', { name: 'Person or escalation policy' });
  const policy = whom.getByRole('option', { name: /^Escalation policy: / }).first();
  await policy.waitFor({ state: 'attached' });
  await whom.selectOption(await policy.getAttribute('value'));
  await dialog.getByRole('textbox', { name: 'Message' }).fill('Please look at the database.');
  await hand.press(dialog.getByRole('button', { name: 'Ask for help' }));
  await closed(dialog);
  const [{ responder_request_target: asked }] = written().at(-1).body.responder_request_targets;
  assert.equal(asked.type, 'escalation_policy_reference');
});

each('Several are resolved at once, and a resolved one is opened again', async (hand) => {
  const page = await stage.page({ cards: cardOf('PCHKOUT') });
  const card = await settled(page);
  const dialog = card.getByRole('dialog');
  await hand.press(card.getByRole('button', { name: 'Select several' }));
  const boxes = card.getByRole('checkbox');
  await hand.press(boxes.nth(1));
  await hand.press(boxes.nth(2));
  await card.getByText('2 selected').waitFor();
  await hand.press(card.getByRole('button', { name: 'Resolve', exact: true }));
  await dialog.getByText('Resolve 2 incidents?').waitFor();
  await hand.press(dialog.getByRole('button', { name: 'Resolve' }));
  await closed(dialog);
  await card.getByRole('button', { name: /^Details/ }).nth(1).waitFor({ state: 'detached' });
  assert.equal(written().length, 2);

  await hand.press(card.getByRole('button', { name: /^Resolve.*502/ }));
  await hand.press(dialog.getByRole('button', { name: 'Resolve' }));
  await hand.press(card.getByRole('button', { name: 'Undo' }));
  await hand.press(dialog.getByRole('button', { name: 'Reopen' }));
  await closed(dialog);
  await card.getByRole('link', { name: kFirst }).waitFor();
});

each('A shift is taken over, and the card says who is on call then', async (hand) => {
  const page = await stage.page({ cards: cardOf('PCHKOUT') });
  const card = await settled(page);
  const dialog = card.getByRole('dialog');
  await hand.press(card.getByRole('button', { name: 'Show the rota' }));
  await hand.press(card.getByRole('button', { name: /^Take this shift/ }).first());
  await hand.press(dialog.getByRole('button', { name: 'Take this shift' }));
  await closed(dialog);
  assert.match(written().at(-1).url, /^\/schedules\/\w+\/overrides$/);
});

each('Maintenance is started with its reason, and ended', async (hand) => {
  const page = await stage.page({ cards: cardOf('PLOYALT') });
  const card = await settled(page);
  const dialog = card.getByRole('dialog');
  await hand.press(card.getByRole('button', { name: 'About the service' }));
  await hand.press(card.getByRole('button', { name: 'Start maintenance' }));
  await hand.choose(dialog.getByRole('radio', { name: /^2/ }));
  await dialog.getByRole('textbox', { name: 'Reason' }).fill('Moving the database');
  await hand.press(dialog.getByRole('button', { name: 'Start maintenance' }));
  await closed(dialog);
  await hand.press(card.getByRole('button', { name: 'End maintenance' }));
  await hand.press(dialog.getByRole('button', { name: 'End maintenance' }));
  await closed(dialog);
  await card.getByRole('button', { name: 'Start maintenance' }).waitFor();
  assert.deepEqual(written().map(({ method }) => method), ['POST', 'DELETE']);
});

each('Of recently resolved ones nothing is asked until somebody wants them', async (hand) => {
  const page = await stage.page({ cards: cardOf('PCHKOUT') });
  const card = await settled(page);
  const asked = () => arrived.filter(({ url }) => decodeURIComponent(url).includes('statuses[]=resolved')).length;
  assert.equal(asked(), 0);
  await hand.press(card.getByRole('button', { name: 'Show recently resolved' }));
  await card.getByRole('button', { name: 'Hide recently resolved' }).waitFor();
  await card.getByRole('heading', { name: /^Resolved in the last 7 days/ }).waitFor();
  assert.equal(asked(), 1);
});
