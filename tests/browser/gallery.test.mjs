// The gallery of the demo: each of its cards is in the state that its figure names, and what is chosen holds for all of them.
import assert from 'node:assert/strict';
import { after, before, test } from 'node:test';
import { axeFindings } from './axe.mjs';
import { createIncident, openStage, requestsOf } from './harness.mjs';

/** Figure -> what is read on its card. */
const kSays = {
  full: ['Checkout answers 502 for one order in five', 'José Ángel Peñaranda', 'Insights'],
  compact: ['Tobias Ekström', 'Checkout answers 502 for one order in five'],
  oncall: ['José Ángel Peñaranda', 'Show the rota'],
  trigger: ['Create incident'],
  wallboard: ['8 services', 'Mobile app backend', 'Legacy catalogue import'],
  'read-only': ['Checkout answers 502 for one order in five', 'Show recently resolved'],
  unfolded: ['Mean time to resolve', 'Has an escalation policy', 'Depends on'],
  incidents: ['Payment latency p99 above 4 s in eu-central'],
  changes: ['Deploy checkout-api 2.41.0 to production', /11 min before #\d+ Checkout answers 502/],
  'on-call': ['Level 2', 'Greta Osterholt'],
  insights: ['Mean time to acknowledge'],
  standards: ['Escalates to a second level'],
  about: ['Takes a cart and a payment, and returns an order. Owner: Checkout.', 'Used by'],
  calm: ['Active', 'No open incidents'],
  warning: ['Warning', '検索インデックスの更新が 40 分遅れています'],
  many: [/Collector \d+ drops spans/, 'Select several'],
  maintenance: ['In maintenance', /Mail provider migration/],
  disabled: ['Disabled in PagerDuty'],
  gap: ['Nobody is on call at level 2'],
  nobody: ['Nobody is on call', /would page nobody/],
  new: ['All quiet on this service.', 'No incidents in 30 days'],
  loading: ['PCHKOUT', 'Incidents'],
  partly: ['Checkout API', 'Critical'],
  network: [/PagerDuty could not be reached/],
  timeout: ['PagerDuty did not answer in time.'],
  'server-error': ['PagerDuty has a problem of its own (500).'],
  'web-page': [/The answer is a web page, not PagerDuty's JSON/],
  'rate-limited': ['PagerDuty limits requests', /The card asks again in/],
  unauthorized: ['PagerDuty did not accept the credential'],
  'sign-in-failed': [/The page could not sign in to PagerDuty/],
  policy: [/Add http:\/\/127\.0\.0\.1:9 to connect-src/],
  stale: ['PagerDuty could not be read', 'PagerDuty has a problem of its own (500).', 'Checkout answers 502 for one order in five'],
  clock: ["This device's clock is wrong", /min behind PagerDuty's/],
  forbidden: [/It needs the scope incidents\.read/, 'José Ángel Peñaranda'],
  'on-call-forbidden': [/It needs the scope oncalls\.read/, 'Checkout answers 502 for one order in five'],
  plan: ['Figures could not be read', 'Standards could not be read'],
  'not-connected': ['Not signed in to PagerDuty', 'payments'],
  'not-annotated': ['Not connected to a PagerDuty service', /name: invoice-archive/],
  template: [/is still the template's "\$\{\{ values\.pagerdutyServiceId \}\}"/],
  'near-miss': [/pagerduty\.com\/serviceId.* is not read/],
  broken: [/broken\.yaml:6:1: this line is indented with a tab/],
  'no-entity': ['The entity was not found', /There is no "checkout-apl"/],
  'no-descriptor': [/is an HTML page, not a descriptor/],
  'not-found': ['No such service in PagerDuty'],
  'found-by-key': ['Found by its integration key', /PCHKOUR is not known/],
  'key-mismatch': ["The integration key is not this service's"],
  created: ['Identité & accès'],
  sending: ['Identité & accès'],
  accepted: [/Loyalty & rewards/],
  unconfirmed: ['Identité & accès'],
  waiting: ['Identité & accès'],
  refused: ['Identité & accès'],
  prevented: ['Identité & accès'],
};

/** Figure -> what is read in the dialog once an incident was created there (it closes by itself where there is none), and then on the card. */
const kCreated = {
  accepted: { card: 'Accepted by PagerDuty; waiting for it to show' },
  unconfirmed: { dialog: 'Nobody knows yet whether PagerDuty took it.', card: /Unconfirmed “Gallery: unconfirmed”/ },
  waiting: { dialog: /It is sent again by itself in/, card: 'The card asks again in' },
  refused: { dialog: /It needs the scope incidents\.write/, card: 'No open incidents' },
  prevented: { dialog: 'The page did not allow it.', card: 'No open incidents' },
};

/** The policy of the page forbids what one of the figures asks. */
const kPolicy = [/127\.0\.0\.1:9\//];

let stage, page;
before(async () => {
  stage = await openStage();
  page = await open();
});
after(() => stage.close());

async function open(path = '/gallery.html', prepare = undefined) {
  const opened = await stage.page({ path, context: { viewport: { width: 1280, height: 1400 } }, expects: kPolicy, prepare });
  await opened.locator('figure').first().waitFor();
  return opened;
}

const figureOf = (id, on = page) => on.locator(`figure[id="${id}"]`);
/** The card of a figure, once it has drawn: it is kept at the window's upper edge, as cards above it start, too, and grow. */
async function cardIn(id, on = page) {
  await figureOf(id, on).evaluate((figure) => new Promise((done) => {
    const look = () => {
      figure.scrollIntoView();
      const hasDrawn = (figure.querySelector('pagerduty-card').shadowRoot?.querySelector('.twin')?.childElementCount ?? 0) > 0;
      if (hasDrawn) done();
      else requestAnimationFrame(look);
    };
    look();
  }));
  return figureOf(id, on).locator('pagerduty-card');
}
const textOf = (card) => card.evaluate((element) => element.shadowRoot.querySelector('.twin').innerText.replace(/\s+/g, ' '));
const sourceOf = (text) => (text instanceof RegExp ? text.source : text.replace(/[.+?^${}()|[\]\\]/g, '\\$&'));
/** Until all `texts` are on the card; each may be broken into lines there. */
async function reads(card, ...texts) {
  await card.page().waitForFunction(([element, patterns]) => {
    const text = element.shadowRoot.querySelector('.twin').innerText.replace(/\s+/g, ' ');
    return patterns.every((pattern) => new RegExp(pattern).test(text));
  }, [await card.elementHandle(), texts.map(sourceOf)]).catch(async ({ message }) => assert.fail(`${message}\nThe card says: ${await textOf(card)}`));
}
const all = (callback) => page.locator('pagerduty-card').evaluateAll(callback);

test('There is a text to expect for each figure', async () => {
  assert.deepEqual(await page.locator('figure').evaluateAll((figures) => figures.map(({ id }) => id).sort()), Object.keys(kSays).sort());
});

for (const [id, texts] of Object.entries(kSays)) {
  test(`Its card shows it: ${id}`, async () => {
    await reads(await cardIn(id), ...texts);
  });
}

const withClock = (made) => made.clock.install();
const gaveUp = /did not answer in time/;

for (const id of ['loading', 'partly']) {
  test(`What waits for an answer waits on, though the card gives up after ten seconds: ${id}`, async () => {
    const other = await open('/gallery.html', withClock);
    await reads(await cardIn('timeout', other), 'Incidents');
    const card = await cardIn(id, other);
    await reads(card, ...kSays[id]);
    // Half of the time at a step: none leaps over both ends.
    for (let step = 0; step < 6; ++step) {
      await other.clock.fastForward(5_000);
      await reads(card, ...kSays[id]);
      assert.doesNotMatch(await textOf(card), gaveUp);
    }
    await reads(await cardIn('timeout', other), gaveUp);
  });
}

test('What is being sent is so until the card gives up', async () => {
  const other = await open('/gallery.html', withClock);
  const card = await cardIn('sending', other);
  await card.getByRole('button', { name: 'Create incident' }).click();
  await card.getByRole('textbox', { name: 'Title' }).fill('Gallery: sending');
  await card.getByRole('button', { name: 'Continue' }).click();
  const send = card.getByRole('button', { name: 'Create and page' });
  await send.waitFor();
  await other.clock.pauseAt(await other.evaluate(() => Date.now() + 1_000));
  const ticksUntil = async (part, most = 100) => {
    for (let tick = 0; tick < most && !(await part.isVisible()); ++tick) await other.clock.runFor(20);
    assert.ok(await part.isVisible(), await textOf(card));
  };
  await send.click();
  const close = card.getByRole('button', { name: /^(Cancel|Close)$/ });
  const underWay = card.getByText('On its way to PagerDuty');
  await ticksUntil(close);
  await close.click();
  await ticksUntil(underWay);
  await other.clock.runFor(10_000);
  await ticksUntil(card.getByText(/Unconfirmed/).first());
  assert.equal(await underWay.count(), 0);
});

test('A list of more than a page is counted to its end', async () => {
  await (await cardIn('many')).getByRole('tab', { name: 'Incidents 130' }).waitFor();
});

test('What is not offered, or not loaded, is not there', async () => {
  assert.equal(await (await cardIn('read-only')).getByRole('button', { name: /Create incident|Resolve/ }).count(), 0);
  assert.equal(await (await cardIn('trigger')).getByRole('heading', { name: 'Incidents' }).count(), 0);
  assert.equal(await (await cardIn('disabled')).getByRole('button', { name: 'Create incident' }).isDisabled(), true);
  // A card of which it was found late that it is near starts late.
  for (const id of ['loading', 'partly']) await reads(await cardIn(id), ...kSays[id]);
  assert.equal(await (await cardIn('loading')).evaluate((card) => card.snapshot().busy), true);
  const partly = await (await cardIn('partly')).evaluate((card) => card.snapshot().sections.map(({ kind, state }) => `${kind} ${state}`));
  assert.deepEqual(partly.filter((section) => section.endsWith('loading')), ['incidents loading', 'changes loading', 'oncall loading']);
});

for (const colorScheme of ['light', 'dark']) {
  test(`axe-core finds nothing on the whole page: ${colorScheme}`, async () => {
    await page.getByRole('radio', { name: colorScheme === 'dark' ? 'Dark' : 'Light' }).check();
    assert.deepEqual(await axeFindings(page), []);
  });
}

test('The theme is that of the page and of all cards', async () => {
  await page.getByRole('radio', { name: 'Dark' }).check();
  assert.deepEqual(new Set(await all((cards) => cards.map((card) => card.getAttribute('theme')))), new Set(['dark']));
  assert.equal(await page.evaluate(() => getComputedStyle(document.documentElement).colorScheme), 'dark');
  await page.getByRole('radio', { name: 'Auto' }).check();
  assert.deepEqual(new Set(await all((cards) => cards.map((card) => card.getAttribute('theme')))), new Set(['auto']));
});

test('The width is that of all cards, where the window has it', async () => {
  const widths = () => all((cards) => [...new Set(cards.map((card) => card.getBoundingClientRect().width))]);
  for (const width of [320, 900, 480]) {
    await page.getByRole('radio', { name: String(width) }).check();
    assert.deepEqual(await widths(), [width]);
  }
  await page.setViewportSize({ width: 390, height: 844 });
  for (const [width, fits] of [[320, 320], [900, 358], [480, 358]]) {
    await page.getByRole('radio', { name: String(width) }).check();
    assert.deepEqual(await widths(), [fits]);
    assert.equal(await page.evaluate(() => document.documentElement.scrollWidth - innerWidth), 0);
  }
  await page.setViewportSize({ width: 1280, height: 1400 });
});

test('The language is that of all cards', async () => {
  for (const [name, lang, text] of [['Deutsch', 'de', 'Keine offenen Incidents'], ['日本語', 'ja', '未解決のインシデントはありません'], ['Português', 'pt-BR', 'Nenhum incidente aberto'], ['English', 'en', 'No open incidents']]) {
    await page.getByRole('radio', { name }).check();
    assert.deepEqual(new Set(await all((cards) => cards.map((card) => card.lang))), new Set([lang]));
    await reads(await cardIn('calm'), text);
  }
});

test('What was chosen stands in the address, and a figure can be linked to', async () => {
  const other = await open('/gallery.html?theme=dark&width=320&lang=de#stale');
  const card = figureOf('stale', other).locator('pagerduty-card');
  await reads(card, /eine Störung \(500\)/);
  assert.deepEqual(await card.evaluate((element) => [element.theme, element.lang, element.clientWidth]), ['dark', 'de', 320]);
  assert.equal(await other.getByRole('radio', { name: '320' }).isChecked(), true);
  await other.getByRole('radio', { name: 'English' }).check();
  assert.equal(new URL(other.url()).search, '?theme=dark&width=320&lang=en');
});

test('Overview and gallery lead to each other', async () => {
  const other = await open();
  await other.getByRole('link', { name: 'Overview' }).click();
  await other.getByRole('heading', { name: 'Who is on call, wherever you look' }).waitFor();
  await other.getByRole('link', { name: 'Gallery' }).click();
  await other.getByRole('heading', { name: 'Every state, live' }).waitFor();
});

for (const [id, said] of Object.entries(kCreated)) {
  test(`An incident created there ends as its figure says: ${id}`, async () => {
    const card = await cardIn(id);
    await createIncident(card, `Gallery: ${id}`);
    if (said.dialog !== undefined) {
      await reads(card, said.dialog);
      await card.getByRole('button', { name: /^(Cancel|Close)$/ }).click();
    }
    await card.getByRole('dialog').waitFor({ state: 'detached' });
    await reads(card, said.card);
  });
}

test('Of all of these PagerDuty has got none but the one that it was to get', async () => {
  const isWrite = (request) => /^POST \/(incidents|v2\/enqueue)$/.test(request);
  assert.deepEqual(requestsOf(stage).filter(isWrite), []);
  const card = await cardIn('created');
  await createIncident(card, 'Gallery: created');
  await card.getByRole('link', { name: 'Gallery: created' }).waitFor();
  assert.deepEqual(requestsOf(stage).filter(isWrite), ['POST /incidents']);
});
