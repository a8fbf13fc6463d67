// Parts of the module: who loads which, and what becomes of a card that cannot have one.
import assert from 'node:assert/strict';
import { readFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import { resolve } from 'node:path';
import { after, before, test } from 'node:test';
import { cardOf, openStage, requestsOf, settled, show } from './harness.mjs';

const root = resolve(import.meta.dirname, '../..');
const require = createRequire(new URL('../../web/package.json', import.meta.url));
const kMore = '**/pagerduty-card.more.wasm';
const kEntities = '**/pagerduty-card.entity.wasm';
const kYaml = '**/pagerduty-card.yaml.wasm';
const kTabs = '**/pagerduty-card.tabs.wasm';
const kInYaml = `<pagerduty-card><script type="application/yaml">
apiVersion: backstage.io/v1alpha1
kind: Component
metadata: {name: checkout, annotations: {pagerduty.com/service-id: PCHKOUT}}
</script></pagerduty-card>`;
const kInJson = '<pagerduty-card><script type="application/json">{"apiVersion":"backstage.io/v1alpha1","kind":"Component",' +
  '"metadata":{"name":"checkout","annotations":{"pagerduty.com/service-id":"PCHKOUT"}}}</script></pagerduty-card>';
const kInNeedOfAWord = kInJson.replace('service-id":', 'service_id":"PLOYALT","pagerduty.com/service-id":');

let stage;
before(async () => { stage = await openStage(); });
after(() => stage.close());

/** A page that notes which modules it loads; `broken`: an address pattern that cannot be had until `mend()`; `standsStill`: its clock. */
async function pageWith(cards, { broken, expects = [], answer, within, standsStill = false } = {}) {
  const loaded = [];
  const page = await stage.page({ expects, within, prepare: async (p) => {
    p.on('request', (request) => {
      const file = new URL(request.url()).pathname.split('/').pop();
      if (file.endsWith('.wasm')) loaded.push(file);
    });
    if (standsStill) await p.clock.setFixedTime(Date.now());
    if (broken !== undefined) await p.route(broken, (route) => (answer === undefined ? route.abort() : route.fulfill(answer)));
  }, cards });
  await page.evaluate(() => {
    globalThis.errors = [];
    document.addEventListener('pd-error', ({ detail }) => globalThis.errors.push(detail.message));
  });
  return { page, loaded, mend: () => page.unroute(broken) };
}
const refused = { broken: kMore, expects: [/pagerduty-card/, /Failed to load/] };
const away = async (page) => page.mouse.move(0, 0);

test('A card that is looked at loads the module alone; pointing at it fetches the rest', async () => {
  const { page, loaded } = await pageWith(cardOf('PCHKOUT'));
  await away(page);
  const card = await settled(page);
  await card.getByRole('button', { name: 'Acknowledge' }).first().waitFor();
  assert.deepEqual(loaded, ['pagerduty-card.wasm']);
  await Promise.all([page.waitForRequest(kMore), card.hover()]);
  assert.deepEqual(loaded, ['pagerduty-card.wasm', 'pagerduty-card.more.wasm']);
});

test('Refresh needs no part; a click does, and is heard when it is there', async () => {
  const { page, loaded } = await pageWith(cardOf('PCHKOUT'));
  const card = await settled(page);
  let release;
  const released = new Promise((go) => { release = go; });
  await page.route(kMore, async (route) => { await released; await route.continue(); });
  await Promise.all([page.waitForResponse(/\/incidents\?/), card.getByRole('button', { name: 'Refresh' }).press('Enter')]);
  await settled(page);
  await card.getByRole('button', { name: 'Create incident' }).press('Enter');
  assert.equal(await card.getByRole('dialog').count(), 0);
  release();
  await card.getByRole('dialog').waitFor();
  assert.equal(loaded.at(-1), 'pagerduty-card.more.wasm');
});

/** What names a service, which parts that needs, and what the card says then. */
const kNamed = [
  ['by id', cardOf('PCHKOUT'), [], 'Checkout'],
  ['by id, with an account', cardOf('PCHKOUT', 'account=""'), [], 'Checkout'],
  ['by an entity in JSON', kInJson, [], 'Checkout'],
  ['by an entity in JSON, with an account', kInJson.replace('>', ' account="">'), [], 'Checkout'],
  ['by an id and an entity in JSON', kInJson.replace('>', ' service-id="PLOYALT">'), [], 'Loyalty'],
  ['by an entity in JSON about which there is something to say', kInNeedOfAWord, ['entity'], 'Checkout'],
  ['by an entity in JSON that names none', kInJson.replace('"pagerduty.com', '"elsewhere.example'), ['entity'], 'Not connected to a PagerDuty service'],
  ['by an entity in YAML', kInYaml, ['entity', 'yaml'], 'Checkout'],
  ['by several ids', cardOf('PCHKOUT PLOYALT'), ['entity'], '2 services'],
  ['by an id of an unusual form', cardOf('checkout'), ['entity'], 'The annotation needs a look'],
  ['by a key of an unusual form', '<pagerduty-card integration-key="short"></pagerduty-card>', ['entity'], 'The annotation needs a look'],
  ['by nothing', '<pagerduty-card></pagerduty-card>', ['entity'], 'Not connected to a PagerDuty service'],
  ['beside a secret', cardOf('PCHKOUT', 'token="secret"'), ['entity'], 'A secret can be read here'],
];
for (const [how, cards, parts, says] of kNamed) {
  test(`A service that is named ${how} needs ${parts.join(' and ') || 'no part'}`, async () => {
    // An unusual id is tried as it is.
    const { page, loaded } = await pageWith(cards, { expects: [/pagerduty-card/, /404/] });
    await page.locator('pagerduty-card').getByText(says).first().waitFor();
    assert.deepEqual(loaded.toSorted(), ['pagerduty-card.wasm', ...parts.map((part) => `pagerduty-card.${part}.wasm`)].toSorted());
  });
}

test('The page knows which values need no word, as C++ does', async () => {
  const { outputFiles: [{ text }] } = await require('esbuild').build({ entryPoints: [resolve(root, 'web/src/runtime/parts.ts')], bundle: true, format: 'esm', write: false });
  const { partsFor } = await import(`data:text/javascript,${encodeURIComponent(text)}`);
  const cases = JSON.parse(readFileSync(resolve(root, 'tests/cases/plain-values.json'), 'utf8'));
  for (const { plain, ...config } of cases) assert.deepEqual(partsFor({ type: 'card.open', card: 1, config }), plain ? [] : ['entity'], JSON.stringify(config));
  assert.deepEqual(partsFor({ type: 'card.open', card: 1, config: { ...cases[0], secrets: ['token'] } }), ['entity']);
  assert.deepEqual(partsFor({ type: 'card.open', card: 1, config: { account: 'acme', expectsEntity: true } }), []);
  // The entity that is there already may have been read without the part.
  assert.deepEqual(partsFor({ type: 'card.configure', card: 1, config: { account: 'your-account', expectsEntity: true } }), ['entity']);
});

test('What is given beside an entity in JSON may change, to what needs the part as well', async () => {
  const { page, loaded } = await pageWith(kInJson);
  const card = await settled(page);
  const give = (name, value) => card.evaluate((element, [attribute, text]) => element.setAttribute(attribute, text), [name, value]);
  await give('service-id', 'PLOYALT');
  await card.getByRole('heading', { level: 2, name: 'Loyalty' }).waitFor();
  assert.deepEqual(loaded, ['pagerduty-card.wasm']);
  await give('service-id', '');
  await card.getByRole('heading', { level: 2, name: 'Checkout' }).waitFor();
  await give('account', 'your-account');
  await card.getByText('still the template').waitFor();
  await card.evaluate((element, text) => { element.entityData = text; }, { kind: 'API', metadata: { name: 'loyalty', annotations: { 'pagerduty.com/service-id': 'PLOYALT' } } });
  await give('account', '');
  await card.getByRole('heading', { level: 2, name: 'Loyalty' }).waitFor();
  assert.deepEqual(loaded, ['pagerduty-card.wasm', 'pagerduty-card.entity.wasm']);
});

test('An id may be exchanged for one that needs the part, and back', async () => {
  const { page, loaded } = await pageWith(cardOf('PCHKOUT'), { expects: [/pagerduty-card/] });
  const card = await settled(page);
  const name = (id) => card.evaluate((element, value) => { element.serviceId = value; }, id);
  await name('PCHKOUT, PLOYALT');
  await card.getByText('2 services').waitFor();
  assert.deepEqual(loaded, ['pagerduty-card.wasm', 'pagerduty-card.entity.wasm']);
  await name('<service-id>');
  await card.getByText('still the template').waitFor();
  await name('PLOYALT');
  await card.getByRole('heading', { level: 2, name: 'Loyalty' }).waitFor();
});

test('A part that is known to be needed is fetched beside the module, not after it', async () => {
  let release;
  const released = new Promise((go) => { release = go; });
  const page = await stage.page({ prepare: (made) => made.route('**/pagerduty-card.wasm', async (route) => { await released; await route.continue(); }) });
  await Promise.all([page.waitForRequest(kYaml), page.waitForRequest(kEntities), show(page, kInYaml)]);
  release();
  const card = await settled(page);
  await card.getByRole('heading', { level: 2, name: 'Checkout' }).waitFor();
});

test('What tabs tell each other comes with the second one, to both', async () => {
  const first = await pageWith(cardOf('PCHKOUT'));
  await settled(first.page);
  assert.deepEqual(first.loaded, ['pagerduty-card.wasm']);
  const asked = requestsOf(stage).length;
  const heard = first.page.waitForResponse(kTabs);
  // After a second and a half it would ask for itself, if the first one had not answered.
  const second = await pageWith(cardOf('PCHKOUT'), { within: first.page.context(), standsStill: true });
  await heard;
  await settled(second.page);
  assert.deepEqual(second.loaded.toSorted(), ['pagerduty-card.tabs.wasm', 'pagerduty-card.wasm']);
  assert.deepEqual(requestsOf(stage).slice(asked), []);
});

test('A tab that cannot have it asks for itself', async () => {
  const first = await pageWith(cardOf('PCHKOUT'));
  await settled(first.page);
  const asked = requestsOf(stage).length;
  const second = await pageWith(cardOf('PCHKOUT'), { ...refused, broken: kTabs, within: first.page.context() });
  const card = await settled(second.page);
  await card.getByRole('button', { name: 'Acknowledge' }).first().waitFor();
  assert.ok(requestsOf(stage).length > asked);
});

test('Without the rest, the card stays as it is and says so; trying again does what can be done then', async () => {
  const { page, mend } = await pageWith(cardOf('PCHKOUT'), refused);
  const card = await settled(page);
  await card.getByRole('button', { name: 'Create incident' }).click();
  await card.getByText('The rest of the card could not be loaded').waitFor();
  assert.equal(await card.getByRole('dialog').count(), 0);
  assert.ok(await card.getByRole('button', { name: 'Acknowledge' }).count() > 0);
  const [message] = await page.evaluate(() => globalThis.errors);
  assert.match(message, /pagerduty-card\.more\.wasm/);
  await mend();
  await card.getByRole('button', { name: 'Try again' }).click();
  await card.getByText('The rest of the card could not be loaded').waitFor({ state: 'detached' });
  await card.getByRole('button', { name: 'Create incident' }).click();
  await card.getByRole('dialog').waitFor();
});

test('A section that needs the rest is left out without it, and comes when it can be had', async () => {
  const { page, mend } = await pageWith(cardOf('PCHKOUT', 'sections="incidents insights"'), refused);
  const card = await settled(page);
  await card.getByText('The rest of the card could not be loaded').waitFor();
  await card.getByRole('heading', { name: 'Incidents' }).waitFor();
  assert.equal(await card.getByText('Mean time to resolve').count(), 0);
  await mend();
  await card.getByRole('button', { name: 'Try again' }).click();
  await card.getByText('Mean time to resolve').waitFor();
});

test('Without the reader of YAML the card names the file that is missing', async () => {
  const { page } = await pageWith(kInYaml, { ...refused, broken: kYaml });
  const card = page.locator('pagerduty-card');
  await card.getByText('What reads descriptors could not be loaded from').waitFor();
  assert.match((await page.evaluate(() => globalThis.errors)).join(' '), /pagerduty-card\.yaml\.wasm/);
});

test('Without the reader of entities the card names the file, and by its id it works', async () => {
  const { page } = await pageWith(kInNeedOfAWord, { ...refused, broken: kEntities });
  const card = page.locator('pagerduty-card');
  await card.getByText('What reads descriptors could not be loaded from').waitFor();
  assert.match((await page.evaluate(() => globalThis.errors)).join(' '), /pagerduty-card\.entity\.wasm/);
  await card.evaluate((element) => { element.serviceId = 'PLOYALT'; });
  await card.getByRole('heading', { level: 2, name: 'Loyalty' }).waitFor();
});

test('Several services wait for the part that they need; trying again has them shown', async () => {
  const { page, mend } = await pageWith(cardOf('PCHKOUT PLOYALT'), { ...refused, broken: kEntities });
  const card = page.locator('pagerduty-card');
  await card.getByText('The rest of the card could not be loaded').waitFor();
  // What a click leads to is there then, and the card has asked in vain for the part once more.
  await away(page);
  await Promise.all([page.waitForResponse(kMore), page.waitForEvent('requestfailed', { predicate: (request) => request.url().endsWith('.entity.wasm') }), card.hover()]);
  await mend();
  await card.getByRole('button', { name: 'Try again' }).click();
  await card.getByText('2 services').waitFor();
  await card.getByText('The rest of the card could not be loaded').waitFor({ state: 'detached' });
});

test('A part of another build is refused, and says which files belong together', async () => {
  // Imports one function of a build that is none of this one's.
  const other = Buffer.from([0, 0x61, 0x73, 0x6d, 1, 0, 0, 0, 1, 4, 1, 0x60, 0, 0, 2, 0x0b, 1, 5, ...Buffer.from('other'), 1, 0x61, 0, 0]);
  const { page } = await pageWith(cardOf('PCHKOUT'), { ...refused, answer: { body: other, contentType: 'application/wasm' } });
  const card = await settled(page);
  await card.getByRole('button', { name: 'Create incident' }).click();
  await card.getByText('The rest of the card could not be loaded').waitFor();
  assert.match((await page.evaluate(() => globalThis.errors)).join(' '), /of one release/);
});
