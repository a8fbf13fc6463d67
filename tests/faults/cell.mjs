// One cell of the matrix: a card is brought into a state, a fault strikes, lasts and ends. What was expected and did not come
// is thrown as one error.
import assert from 'node:assert/strict';
import { kUsualConsole } from './faults.mjs';

const kMinute = 60_000;
/** Of one card, in any minute of the page's clock, probes included. A browser's preflights are not the card's. */
export const kMostRequestsAMinute = 40;
/** By then six checks of an accepted event have found nothing. */
const kLooksAfterMs = 45_000;
const kLastsMs = 1.5 * kMinute;
const kLoadsWithinMs = 10_000;
/** A card asks again every five minutes at the latest. */
const kRecoversWithinMs = 6 * kMinute;

const kNotices = { card: 'notice:service', incidents: 'section:incidents', oncall: 'section:oncall' };
const isOfWrite = (id) => /^(notice:write|write:)/.test(id);
const isComplaint = (id) => /^(notice:(service|reading|offline|unauthorized|rate-limited|not-connected|write)|section:\w+:(stale|error)|write:)/.test(id);

/** The texts of notices with this prefix, as one. */
const textOf = (texts, prefix) => Object.entries(texts)
  .filter(([id]) => id.startsWith(prefix) && /:(title|body)$/.test(id)).map(([, text]) => text).join(' ');

/** Runs it. `stage` has a page. Returns {requests: the most in any minute}. */
export async function runCell(stage, fault, state) {
  const cell = await open(stage, state);
  const { write } = state;
  const isEmpty = state.before === undefined && write === undefined;
  const isUnderWay = write !== undefined && fault.strikes === 'under way';
  if (!isEmpty) {
    await stage.mount(cell.attributes);
    // A page that may have company first asks whether it has.
    await stage.advance(kLoadsWithinMs, async () => isComplete(state, await stage.look(), cell));
    assertLoaded(state, await stage.look(), cell);
    await (write ?? state).before(stage, cell.own);
  }
  const hold = isUnderWay ? await order(stage, [{ kind: 'hang', ...write.request }]) : undefined;
  if (isUnderWay) await stage.press('dialog:confirm');
  await strike(stage, fault, cell);
  if (isEmpty) await stage.mount(cell.attributes);
  else if (write === undefined) await (state.after ?? ((s) => s.refresh()))(stage);
  else if (!isUnderWay) await stage.press('dialog:confirm');

  const lasts = fault.lasts ?? kLastsMs;
  const looksAfter = Math.min(kLooksAfterMs, lasts - 1);
  await stage.advance(looksAfter);
  if (!fault.gone) expectSaid(fault, state, await stage.look(), await told(stage, cell));
  await stage.advance(lasts - looksAfter);
  await end(stage, fault, cell, hold);
  await recover(stage, fault, state, cell);
  if (write !== undefined) await expectOneDone(stage, write, cell);
  await stage.scan();
  return { requests: await busiestMinute(stage, cell) };
}

// ---- Steps ----

/** A service of the cell's own, with one open incident, and an account. */
async function open(stage, state) {
  const { id, integrationKey } = await stage.simulator.control({ op: 'data', kind: 'service', value: { name: 'Checkout', policy: 'PEPCHKT' } });
  const { ids } = await stage.simulator.control({ op: 'data', kind: 'incident', value: { service: id, title: 'Disk full', agoMinutes: 5 } });
  const account = stage.nextAccount();
  await stage.connect(account);
  const { asked, events } = await stage.page.evaluate(() => ({ asked: globalThis.virtual.asked.length, events: globalThis.virtual.told.length }));
  const attributes = {
    account, loading: 'eager', ...state.attributes,
    ...(state.needs !== 'key' && { 'service-id': id }),
    ...(state.needs !== 'id' && { 'integration-key': integrationKey }),
  };
  return { account, attributes, service: id, own: { id: ids[0] }, asked, events };
}

function assertLoaded(state, texts, cell) {
  const complaints = Object.keys(texts).filter(isComplaint);
  assert.deepEqual(complaints, [], 'before the fault nothing is wrong');
  assert.ok(isComplete(state, texts, cell), `before the fault the card is loaded: ${JSON.stringify(texts)}`);
}

/** Everything that the state shows is there. */
function isComplete(state, texts, cell) {
  const has = (pattern) => Object.keys(texts).some((id) => pattern.test(id));
  return (!state.shown.includes('incidents') || has(new RegExp(`^(incident:${cell.own.id}|section:incidents:empty|incident:)`))) &&
    (!state.shown.includes('oncall') || has(/^level:1:/)) && (state.shown.length === 1 || has(/^header:title/)) && !has(/^action:create:disabled/);
}

async function order(stage, orders) {
  const ids = [];
  for (const one of orders) ids.push((await stage.simulator.control({ op: 'fault', ...one })).id);
  return ids;
}

async function strike(stage, fault, cell) {
  if (fault.net !== undefined) cell.faults = await order(stage, typeof fault.net === 'function' ? fault.net(stage) : fault.net);
  await fault.page?.strike(stage, cell);
  await stage.idle();
}

async function end(stage, fault, cell, hold = []) {
  for (const id of [...(cell.faults ?? []), ...hold]) await stage.simulator.control({ op: 'clearFaults', id });
  await fault.page?.end(stage, cell);
  await stage.idle();
}

/** What the page was told since the cell began. */
async function told(stage, cell) {
  return stage.page.evaluate((from) => globalThis.virtual.told.slice(from), cell.events);
}

// ---- Expectations ----

function expectSaid(fault, state, texts, events) {
  const said = JSON.stringify(texts);
  if (state.write !== undefined) {
    const expected = typeof fault.write === 'object' ? fault.write[state.write.api] : (fault.write ?? 'seen');
    const outcome = outcomeOf(texts, events);
    assert.equal(outcome.state, expected, `the write is ${outcome.state}: ${said}`);
    if (!['seen', 'sending', 'accepted'].includes(expected)) assert.match(outcome.text, fault.told ?? fault.says, `what is told of the write: ${outcome.text}`);
    return;
  }
  if (state.dialog !== undefined) assert.ok(state.dialog in texts, `the dialog stays: ${said}`);
  if (fault.says === undefined) {
    assert.deepEqual(Object.keys(texts).filter(isComplaint), [], 'there is nothing to complain of');
    return;
  }
  if (fault.code !== undefined) {
    assert.ok(events.some((text) => text.startsWith('pd-error') && text.includes(`"code":"${fault.code}"`)), `pd-error tells ${fault.code}: ${events}`);
  }
  const isEmpty = state.before === undefined;
  // What is the same for all that was read is said once, above.
  const common = textOf(texts, 'notice:reading');
  for (const place of placesOf(fault, state, isEmpty)) {
    const text = ['data', 'card'].includes(fault.at ?? 'data') && common !== '' ? common : textOf(texts, kNotices[place] ?? place);
    assert.match(text, (isEmpty ? fault.empty : undefined) ?? fault.says, `${place} says so; the card: ${said}`);
  }
}

/** Where it is to be read: a card that knows nothing says it once, above all. */
function placesOf(fault, state, isEmpty) {
  const at = fault.at ?? 'data';
  if (at.startsWith('notice:')) return [at];
  if (at === 'data') return isEmpty ? ['card'] : state.shown;
  return state.shown.includes(at) ? [at] : [];
}

/** What the viewer is told of the write. */
function outcomeOf(texts, events) {
  const states = {
    'It did not work': 'failed', Unconfirmed: 'unconfirmed', 'PagerDuty limits requests': 'waiting', 'The incident is open': 'seen',
    'Accepted by PagerDuty; waiting for it to show': 'accepted', 'On its way to PagerDuty': 'sending',
  };
  for (const place of ['dialog:notice', 'notice:write']) {
    const title = Object.entries(texts).find(([id]) => id.startsWith(place) && id.endsWith(':title'))?.[1];
    if (title in states) return { state: states[title], text: textOf(texts, place) };
  }
  if ('dialog:close' in texts) return { state: 'sending', text: '' };
  const row = Object.entries(texts).find(([id]) => /^write:.*:badge/.test(id))?.[1];
  if (row !== undefined) return { state: row.toLowerCase(), text: row };
  const done = events.find((text) => text.startsWith('pd-action-done'));
  return done?.includes('"ok":true') ? { state: 'seen', text: done } : { state: 'nothing', text: '' };
}

/** Without a reload: by itself; a write that failed or may have been lost, by the viewer's Try again. */
async function recover(stage, fault, state, cell) {
  const isWell = async () => {
    const texts = await stage.look();
    return isComplete(state, texts, cell) && !Object.keys(texts).some((id) => isComplaint(id) && !isOfWrite(id));
  };
  if (fault.action === 'try again' && !(state.write !== undefined || state.dialog !== undefined)) {
    const texts = await stage.look();
    if ('retry:sign-in' in texts) await stage.press('retry:sign-in');
  } else if (fault.action === 'try again') {
    await stage.refresh();
  }
  // What is put back on the page shows its last picture until it has a new one.
  await stage.advance(kLoadsWithinMs);
  const well = await stage.advance(kRecoversWithinMs, isWell);
  assert.ok(well, `it recovers by itself; the card: ${JSON.stringify(await stage.look())}`);
  const texts = await stage.look();
  if (state.dialog !== undefined && !fault.gone) assert.ok(state.dialog in texts, 'the dialog outlives the fault');
  if (state.write === undefined) return;
  const isDone = async () => {
    const now = await stage.look();
    return !Object.entries(now).some(([id, text]) => (isOfWrite(id) && !/The incident is open|Dismiss|Basket/.test(text)) || id.startsWith('dialog:'));
  };
  if (await stage.advance(2 * kMinute, isDone)) return;
  const retry = Object.keys(await stage.look()).find((id) => id === 'dialog:retry' || id.startsWith('retry-write:'));
  assert.ok(retry, `a write that did not work can be tried again; the card: ${JSON.stringify(await stage.look())}`);
  await stage.press(retry);
  assert.ok(!(await isDone()) || (await told(stage, cell)).some((text) => /^pd-action-done.*"ok":true/.test(text)), 'a write that is tried again is not silent');
  assert.ok(await stage.advance(2 * kMinute, isDone), `the write comes to an end; the card: ${JSON.stringify(await stage.look())}`);
}

/** One intent, one effect: what PagerDuty has. */
async function expectOneDone(stage, write, cell) {
  const { url, tokens } = stage.simulator;
  const answer = await fetch(`${url}/incidents?service_ids[]=${cell.service}&date_range=all&limit=100`, { headers: { Authorization: `Token token=${tokens.user}` } });
  const { incidents } = await answer.json();
  const own = incidents.find(({ id }) => id === cell.own.id);
  assert.equal(write.made({ incidents, own }).length, 1, `the write was done once, as the card says (${JSON.stringify(await stage.look())}): ${incidents.map(({ title, status }) => `${title} (${status})`)}`);
}

/** The most requests in any minute; throws above the bound. */
async function busiestMinute(stage, cell) {
  const asked = await stage.page.evaluate((from) => globalThis.virtual.asked.slice(from), cell.asked);
  const calls = asked.filter(({ url }) => !url.startsWith(stage.site.url));
  const most = Math.max(0, ...calls.map(({ at }) => calls.filter((other) => other.at >= at && other.at < at + kMinute).length));
  assert.ok(most <= kMostRequestsAMinute, `${most} requests in a minute; at most ${kMostRequestsAMinute}`);
  const probes = calls.filter(({ method }) => method === 'HEAD');
  for (const { at } of probes) {
    const together = probes.filter((other) => other.at >= at && other.at < at + kMinute).length;
    assert.ok(together <= 1, `${together} probes in a minute`);
  }
  return most;
}

/** Throws when the page printed or threw what does not belong to the fault, or the canary was seen. */
export async function expectNoTrouble(stage, fault) {
  const expected = [...kUsualConsole, ...(fault.console ?? [])];
  const unexpected = stage.takePrinted().filter((text) => !expected.some((pattern) => pattern.test(text)));
  const thrown = await stage.page.evaluate(() => globalThis.virtual.told.filter((text) => /^(error|unhandled rejection):/.test(text)));
  const leaks = stage.leaks.splice(0);
  assert.deepEqual([...new Set([...unexpected, ...thrown])], [], 'nothing unexpected is printed or thrown');
  assert.deepEqual([...new Set(leaks)], [], 'the token is nowhere but in the Authorization header');
}
