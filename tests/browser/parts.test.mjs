// Every part of a card as native DOM, from the golden states: what the simulator's services do not show at once.
// C++ makes the nodes (pdcard render --twin), the page's own twin the elements.
import assert from 'node:assert/strict';
import { execFileSync } from 'node:child_process';
import { createRequire } from 'node:module';
import { resolve } from 'node:path';
import { after, before, test } from 'node:test';
import { axeFindings } from './axe.mjs';
import { launchChromium } from './browsers.mjs';

const root = resolve(import.meta.dirname, '../..');
const require = createRequire(new URL('../../web/package.json', import.meta.url));
const kPdcard = resolve(root, 'build/native-asan/tools/pdcard/pdcard');

/** The twin of a golden state. */
const twinOf = (state, width = 480) =>
  JSON.parse(execFileSync(kPdcard, ['render', resolve(root, `tests/golden/states/${state}.json`), '--width', String(width), '--twin'], { maxBuffer: 1 << 26 }));

let browser, bundle;
before(async () => {
  const { outputFiles } = await require('esbuild').build({
    stdin: {
      contents: "export { Twin } from './src/twin/twin.ts'; export { styleSheet } from './src/element/styles.ts';",
      resolveDir: resolve(root, 'web'),
    },
    bundle: true,
    format: 'iife',
    loader: { '.css': 'text' },
    globalName: 'parts',
    target: 'es2022',
    write: false,
  });
  bundle = outputFiles[0].text;
  browser = await launchChromium();
});
after(() => browser.close());

/** A page with the twin of these nodes; what the viewer does is in `events`. */
async function pageOf(nodes, context = {}) {
  const page = await browser.newPage({ viewport: { width: 520, height: 1000 }, ...context });
  await page.setContent('<!doctype html><html lang="en"><title>parts</title><main><div id="host"></div></main>');
  await page.addScriptTag({ content: bundle });
  await page.evaluate((list) => {
    globalThis.events = [];
    const note = (kind) => (...details) => globalThis.events.push([kind, ...details].join(' '));
    const shadow = document.querySelector('#host').attachShadow({ mode: 'open' });
    shadow.adoptedStyleSheets = [globalThis.parts.styleSheet()];
    const card = shadow.appendChild(document.createElement('div'));
    card.className = 'card';
    card.style.height = `${list[0].rect[3]}px`;
    const twin = card.appendChild(document.createElement('div'));
    twin.className = 'twin';
    globalThis.twin = new globalThis.parts.Twin(twin, { activate: note('activate'), input: note('input'), focus: note('focus'), scroll: note('scroll') });
    globalThis.twin.update(list);
  }, nodes);
  return page;
}
const eventsOf = (page, kind) => page.evaluate((wanted) => globalThis.events.filter((event) => event.startsWith(wanted)), kind);

for (const state of ['incident-detail', 'triage', 'rota', 'timeline', 'overview', 'folded', 'wallboard', 'dialog-select']) {
  test(`axe-core finds nothing: ${state}`, async () => {
    const page = await pageOf(twinOf(state));
    assert.deepEqual(await axeFindings(page, { within: '#host', without: ['color-contrast', 'region', 'page-has-heading-one'] }), []);
    await page.close();
  });
}

test('A section opens by a button in its heading, hit anywhere in its row', async () => {
  const page = await pageOf(twinOf('folded'));
  const fold = page.getByRole('heading', { name: 'Insights' }).getByRole('button', { name: 'Insights', expanded: false });
  await fold.waitFor();
  const { x, y } = await page.getByText('30 days').boundingBox();
  await page.mouse.click(x + 4, y + 4);
  assert.deepEqual(await eventsOf(page, 'activate'), ['activate fold:insights']);
  await page.close();
});

test('A box is ticked when C++ says so, not by the click itself', async () => {
  const nodes = twinOf('triage');
  const page = await pageOf(nodes);
  const box = page.getByRole('checkbox', { name: 'Choose #1228' });
  await box.click();
  await box.focus();
  await page.keyboard.press('Space');
  assert.deepEqual(await eventsOf(page, 'activate'), ['activate select:1228', 'activate select:1228']);
  assert.deepEqual(await eventsOf(page, 'input'), []);
  assert.equal(await box.isChecked(), false);
  nodes.find(({ id }) => id === 'select:1228').selected = true;
  await page.evaluate((list) => globalThis.twin.update(list), nodes);
  assert.equal(await box.isChecked(), true);
  await page.close();
});

test('Filters are pressed or not, and a search field is one', async () => {
  const page = await pageOf(twinOf('triage'));
  await page.getByRole('button', { name: 'High urgency', pressed: true }).waitFor();
  await page.getByRole('button', { name: 'Assigned to me', pressed: false }).waitFor();
  await page.getByRole('searchbox', { name: 'Search incidents' }).fill('disk');
  assert.deepEqual(await eventsOf(page, 'input'), ['input field:search disk']);
  await page.close();
});

test('A select tells its choice as a field tells its text', async () => {
  const nodes = twinOf('dialog-select');
  const page = await pageOf(nodes);
  const policy = page.getByRole('combobox', { name: 'Escalation policy' });
  assert.equal(await policy.inputValue(), 'choice:E1');
  await policy.selectOption({ label: 'Payments, primary' });
  assert.deepEqual(await eventsOf(page, 'input'), ['input field:policy choice:E2']);
  // Other choices, the same one chosen.
  const field = nodes.find(({ id }) => id === 'field:policy');
  field.options = [['choice:E2', 'Payments, primary'], ['choice:E3', 'Search']];
  field.value = 'choice:E2';
  await page.evaluate((list) => globalThis.twin.update(list), nodes);
  assert.equal(await policy.inputValue(), 'choice:E2');
  await page.close();
});

test('Terms, marks and shifts are read with what they are', async () => {
  let page = await pageOf(twinOf('overview'));
  assert.equal(await page.getByRole('definition').filter({ hasText: 'Checkout, primary' }).count(), 1);
  await page.getByRole('img', { name: 'Incidents by day' }).waitFor();
  await page.close();
  page = await pageOf(twinOf('rota'));
  await page.getByRole('list', { name: 'Level 1' }).getByRole('img', { name: 'Boris Sample, day 2 to day 2.4, override' }).waitFor();
  await page.getByRole('radio', { name: '7 days', checked: true }).waitFor();
  await page.close();
});

test('Rows come and go around the one with the focus, which is not moved', async () => {
  const nodes = twinOf('on-fire');
  const list = nodes.find(({ id }) => id === 'section:incidents:list');
  const rowOf = ({ id }) => /^incident:\d+/.exec(id)?.[0];
  const rows = [...new Set(nodes.map(rowOf).filter((id) => id !== undefined))];
  const inRow = (row) => {
    const ids = new Set([row]);
    return nodes.filter(({ id, parent }) => (id === row || ids.has(parent)) && ids.add(id));
  };
  const without = (...gone) => {
    const out = new Set(gone.flatMap(inRow).map(({ id }) => id));
    return nodes.filter(({ id }) => !out.has(id)).map((node) => (node.parent === list.id ? { ...node, position: rows.indexOf(node.id) + 1, setSize: 5000 } : node));
  };
  const page = await pageOf(without(rows[3]));
  const resolve2 = page.locator(`[id="resolve:${rows[1].slice('incident:'.length)}"]`);
  await resolve2.focus();
  await page.evaluate(() => (globalThis.events.length = 0));
  await page.evaluate((next) => globalThis.twin.update(next), without(rows[0]));
  assert.deepEqual(await eventsOf(page, 'focus'), []);
  const items = await page.getByRole('list', { name: 'Incidents' }).getByRole('listitem').evaluateAll((elements) =>
    elements.map((element) => [element.id, element.ariaPosInSet, element.ariaSetSize]));
  assert.deepEqual(items, rows.slice(1).map((id, index) => [id, String(index + 2), '5000']));
  await page.close();
});
