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

const kFirst = /Checkout answers 502/;

/** The card of the checkout, with the detail of its first incident open. */
async function openDetail() {
  const page = await stage.page({ cards: cardOf('PCHKOUT') });
  const card = await settled(page);
  await card.getByRole('button', { name: /^Details.*502/ }).click();
  await card.getByRole('button', { name: /^Add note/ }).waitFor();
  return { page, card, dialog: card.getByRole('dialog') };
}

/** What was written, as {method, url, body}. */
const written = () => arrived.filter(({ method, url }) => method !== 'GET' && !url.startsWith('/analytics'))
  .map(({ method, url, body }) => ({ method, url, body: body === '' ? undefined : JSON.parse(body) }));

const closed = (dialog) => dialog.waitFor({ state: 'detached' });

test('A note is added, and stands in the detail', async () => {
  const { card, dialog } = await openDetail();
  await card.getByRole('button', { name: /^Add note/ }).click();
  await dialog.getByRole('button', { name: 'Add note' }).click();
  await dialog.getByText('Write something.').waitFor();
  await dialog.getByRole('textbox', { name: 'Note' }).fill('Rolled back to 1.4.1.');
  await dialog.getByRole('button', { name: 'Add note' }).click();
  await closed(dialog);
  await card.getByRole('listitem').getByText('Rolled back to 1.4.1.', { exact: true }).last().waitFor();
  assert.deepEqual(written().map(({ method, url }) => `${method} ${url.replace(/\/Q\w+/, '/ID')}`), ['POST /incidents/ID/notes']);
});

test('The keyboard alone snoozes: the focus is on the length that is chosen', async () => {
  const { page, card, dialog } = await openDetail();
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

test('An incident is given to a person, who is asked for by name', async () => {
  const { card, dialog } = await openDetail();
  await card.getByRole('button', { name: /^Reassign/ }).click();
  const person = dialog.getByRole('combobox', { name: 'Person' });
  const name = await person.getByRole('option').nth(2).textContent();
  await person.selectOption({ label: name });
  await dialog.getByRole('button', { name: 'Reassign' }).click();
  await closed(dialog);
  await card.getByText(new RegExp(`(assigned to|acknowledged by) ${name}`)).first().waitFor();
});

test('An incident is escalated, and given a priority that can be taken back', async () => {
  const { card, dialog } = await openDetail();
  await card.getByRole('button', { name: /^Escalate/ }).click();
  await dialog.getByRole('radio', { name: /^Level 3/ }).click();
  await dialog.getByRole('button', { name: 'Escalate' }).click();
  await closed(dialog);
  assert.equal(written().at(-1).body.incidents[0].escalation_level, 3);
  await card.getByRole('button', { name: /^Set priority/ }).click();
  await dialog.getByRole('combobox', { name: 'Priority' }).selectOption({ index: 2 });
  await dialog.getByRole('button', { name: 'Set priority' }).click();
  await closed(dialog);
  const before = written().at(-1).body.incidents[0].priority.id;
  await card.getByRole('button', { name: 'Undo' }).click();
  await dialog.getByRole('button', { name: 'Set priority' }).click();
  await closed(dialog);
  assert.notEqual(written().at(-1).body.incidents[0].priority.id, before);
});

test('Help is asked for in the name of whoever is signed in', async () => {
  const { card, dialog } = await openDetail();
  await card.getByRole('button', { name: /^Ask for help/ }).click();
  const whom = dialog.getByRole('combobox', { name: 'Person or escalation policy' });
  await whom.selectOption({ index: 1 });
  await dialog.getByRole('textbox', { name: 'Message' }).fill('Please look at the database.');
  await dialog.getByRole('button', { name: 'Ask for help' }).click();
  await closed(dialog);
  const { body } = written().at(-1);
  assert.ok(body.requester_id);
  assert.equal(body.message, 'Please look at the database.');
});

test('Help is asked of an escalation policy', async () => {
  const { card, dialog } = await openDetail();
  await card.getByRole('button', { name: /^Ask for help/ }).click();
  const whom = dialog.getByRole('combobox', { name: 'Person or escalation policy' });
  const policy = whom.getByRole('option', { name: /^Escalation policy: / }).first();
  await policy.waitFor({ state: 'attached' });
  await whom.selectOption(await policy.getAttribute('value'));
  await dialog.getByRole('textbox', { name: 'Message' }).fill('Please look at the database.');
  await dialog.getByRole('button', { name: 'Ask for help' }).click();
  await closed(dialog);
  const [{ responder_request_target: asked }] = written().at(-1).body.responder_request_targets;
  assert.equal(asked.type, 'escalation_policy_reference');
});

test('Several are resolved at once, and a resolved one is opened again', async () => {
  const page = await stage.page({ cards: cardOf('PCHKOUT') });
  const card = await settled(page);
  const dialog = card.getByRole('dialog');
  await card.getByRole('button', { name: 'Select several' }).click();
  const boxes = card.getByRole('checkbox');
  await boxes.nth(1).click();
  await boxes.nth(2).click();
  await card.getByText('2 selected').waitFor();
  await card.getByRole('button', { name: 'Resolve', exact: true }).click();
  await dialog.getByText('Resolve 2 incidents?').waitFor();
  await dialog.getByRole('button', { name: 'Resolve' }).click();
  await closed(dialog);
  await card.getByRole('button', { name: /^Details/ }).nth(1).waitFor({ state: 'detached' });
  assert.equal(written().length, 2);

  await card.getByRole('button', { name: /^Resolve.*502/ }).click();
  await dialog.getByRole('button', { name: 'Resolve' }).click();
  await card.getByRole('button', { name: 'Undo' }).click();
  await dialog.getByRole('button', { name: 'Reopen' }).click();
  await closed(dialog);
  await card.getByRole('link', { name: kFirst }).waitFor();
});

test('A shift is taken over, and the card says who is on call then', async () => {
  const page = await stage.page({ cards: cardOf('PCHKOUT') });
  const card = await settled(page);
  const dialog = card.getByRole('dialog');
  await card.getByRole('button', { name: 'Show the rota' }).click();
  await card.getByRole('button', { name: /^Take this shift/ }).first().click();
  await dialog.getByRole('button', { name: 'Take this shift' }).click();
  await closed(dialog);
  assert.match(written().at(-1).url, /^\/schedules\/\w+\/overrides$/);
});

test('Maintenance is started with its reason, and ended', async () => {
  const page = await stage.page({ cards: cardOf('PLOYALT') });
  const card = await settled(page);
  const dialog = card.getByRole('dialog');
  await card.getByRole('button', { name: 'About the service' }).click();
  await card.getByRole('button', { name: 'Start maintenance' }).click();
  await dialog.getByRole('radio', { name: /^2/ }).click();
  await dialog.getByRole('textbox', { name: 'Reason' }).fill('Moving the database');
  await dialog.getByRole('button', { name: 'Start maintenance' }).click();
  await closed(dialog);
  await card.getByRole('button', { name: 'End maintenance' }).click();
  await dialog.getByRole('button', { name: 'End maintenance' }).click();
  await closed(dialog);
  await card.getByRole('button', { name: 'Start maintenance' }).waitFor();
  assert.deepEqual(written().map(({ method }) => method), ['POST', 'DELETE']);
});

test('Of recently resolved ones nothing is asked until somebody wants them', async () => {
  const page = await stage.page({ cards: cardOf('PCHKOUT') });
  const card = await settled(page);
  const asked = () => arrived.filter(({ url }) => decodeURIComponent(url).includes('statuses[]=resolved')).length;
  assert.equal(asked(), 0);
  await card.getByRole('button', { name: 'Show recently resolved' }).click();
  await card.getByRole('button', { name: 'Hide recently resolved' }).waitFor();
  await card.getByRole('heading', { name: /^Resolved in the last 7 days/ }).waitFor();
  assert.equal(asked(), 1);
});
