// The public contract: attributes, properties, events, life on the page, and what goes wrong before a card can start.
import assert from 'node:assert/strict';
import { after, before, beforeEach, test } from 'node:test';
import { cardOf, openStage, settled, show, twoFrames } from './harness.mjs';

let stage;
before(async () => { stage = await openStage(); });
after(() => stage.close());
beforeEach(() => stage.simulator.control({ op: 'reset' }));

const kYaml = `apiVersion: backstage.io/v1alpha1
kind: Component
metadata:
  name: search-index
  annotations:
    pagerduty.com/service-id: PSEARCH
`;

test('Attributes and properties reflect each other', async () => {
  const page = await stage.page();
  const seen = await page.evaluate(() => {
    const card = document.createElement('pagerduty-card');
    card.serviceId = 'PCHKOUT';
    card.readOnly = true;
    card.entityRef = 'component:default/a';
    card.refreshInterval = '0';
    const written = card.outerHTML;
    card.setAttribute('service-id', 'PSEARCH');
    card.removeAttribute('read-only');
    return { written, serviceId: card.serviceId, readOnly: card.readOnly, credentials: card.credentials };
  });
  assert.equal(seen.written, '<pagerduty-card service-id="PCHKOUT" read-only="" entity-ref="component:default/a" refresh="0"></pagerduty-card>');
  assert.deepEqual({ serviceId: seen.serviceId, readOnly: seen.readOnly }, { serviceId: 'PSEARCH', readOnly: false });
  assert.equal(seen.credentials, undefined);
});

test('Properties that were set before the element was defined count', async () => {
  const page = await stage.page({ path: '/unconnected.html', prepare: (p) => p.addInitScript(() => {
    addEventListener('DOMContentLoaded', () => {
      const early = document.createElement('pagerduty-card');
      early.serviceId = 'PCHKOUT';
      document.querySelector('main').append(early);
    });
  }) });
  assert.equal(await page.evaluate(() => document.querySelector('pagerduty-card').getAttribute('service-id')), 'PCHKOUT');
});

test('Data, credentials and a fetch that were set before the element was defined count, too', async () => {
  const { url, tokens } = stage.simulator;
  const page = await stage.page({ path: '/unconnected.html', prepare: (p) => p.addInitScript(([apiBase, token]) => {
    addEventListener('DOMContentLoaded', () => {
      globalThis.asked = 0;
      const early = Object.assign(document.createElement('pagerduty-card'), {
        apiBase,
        credentials: { type: 'token', token },
        entityData: { kind: 'Component', metadata: { name: 'early', annotations: { 'pagerduty.com/service-id': 'PCHKOUT' } } },
        fetch: (...request) => { globalThis.asked++; return fetch(...request); },
      });
      document.querySelector('main').append(early);
    });
  }, [url, tokens.user]) });
  const card = await settled(page);
  await card.getByRole('heading', { name: 'Checkout API' }).waitFor();
  assert.deepEqual(await card.evaluate((element) => [Object.keys(element), globalThis.asked > 0, element.credentials]), [[], true, undefined]);
});

test('Set as a property, as templates do, refresh is the attribute and stays a method, before the element is defined and after', async () => {
  const page = await stage.page({ path: '/unconnected.html', prepare: (p) => p.addInitScript(() => {
    addEventListener('DOMContentLoaded', () => {
      const early = document.createElement('pagerduty-card');
      early.refresh = '45';
      document.querySelector('main').append(early);
    });
  }) });
  const seen = await page.evaluate(() => {
    const early = document.querySelector('pagerduty-card');
    const late = document.createElement('pagerduty-card');
    late.refresh = 60;
    return [early, late].map((card) => [card.getAttribute('refresh'), typeof card.refresh, card.refresh === card.refresh, card.refresh()]);
  });
  assert.deepEqual(seen, [['45', 'function', true, undefined], ['60', 'function', true, undefined]]);
});

const kWays = [
  { name: 'an inline YAML script', cards: `<pagerduty-card><script type="application/yaml">${kYaml}</script></pagerduty-card>` },
  { name: 'an inline JSON script', cards: `<pagerduty-card><script type="application/json">{"kind":"Component","metadata":{"name":"a","annotations":{"pagerduty.com/service-id":"PSEARCH"}}}</script></pagerduty-card>` },
  { name: 'a descriptor by URL', cards: '<pagerduty-card entity="/catalog-info.yaml" entity-ref="Component:search-index"></pagerduty-card>' },
  { name: 'an explicit service id over the annotation', cards: `<pagerduty-card service-id="PSEARCH" entity="/catalog-info.yaml"></pagerduty-card>` },
];
for (const { name, cards } of kWays) {
  test(`The service is found by ${name}`, async () => {
    const page = await stage.page({ cards });
    await page.getByRole('heading', { name: 'Search index' }).waitFor();
  });
}

test('entityData takes an object and text, and wins over inline data', async () => {
  const page = await stage.page({ cards: `<pagerduty-card><script type="application/yaml">${kYaml}</script></pagerduty-card>` });
  const card = await settled(page);
  await card.evaluate((element) => {
    element.entityData = { kind: 'Component', metadata: { name: 'c', annotations: { 'pagerduty.com/service-id': 'PCHKOUT' } } };
  });
  await card.getByRole('heading', { name: 'Checkout API' }).waitFor();
  await card.evaluate((element) => { element.entityData = 'kind: Component\nmetadata:\n  name: l\n  annotations:\n    pagerduty.com/service-id: PLOYALT\n'; });
  await card.getByRole('heading', { name: /Loyalty/ }).waitFor();
});

test('A bad descriptor keeps the last good state and says where it is wrong', async () => {
  const page = await stage.page({ cards: '<pagerduty-card></pagerduty-card>' });
  const card = page.locator('pagerduty-card');
  await card.evaluate((element, yaml) => { element.entityData = yaml; }, kYaml);
  await card.getByRole('heading', { name: 'Search index' }).waitFor();
  await card.evaluate((element) => { element.entityData = 'kind: [Component\nmetadata:\n  name: x\n'; });
  await card.getByText(/The descriptor could not be read/).waitFor();
  await card.getByRole('heading', { name: 'Search index' }).waitFor();
});

test('Another entity-ref shows another entity of the same descriptor', async () => {
  const page = await stage.page({ cards: '<pagerduty-card entity="/catalog-info.yaml" entity-ref="search-index"></pagerduty-card>' });
  const card = page.locator('pagerduty-card');
  await card.getByRole('heading', { name: 'Search index' }).waitFor();
  await card.evaluate((element) => { element.entityRef = 'checkout-api'; });
  await card.getByRole('heading', { name: 'Checkout API' }).waitFor();
});

test('facts() asks for the figures that only they need', async () => {
  const page = await stage.page({ cards: cardOf('PCHKOUT') });
  const card = await settled(page);
  await card.evaluate((element) => new Promise((done) => {
    const look = () => (element.facts().meanSecondsToResolve === undefined ? requestAnimationFrame(look) : done());
    look();
  }));
});

test('Events tell what happens, bubbling and composed', async () => {
  const page = await stage.page();
  await page.evaluate(() => {
    globalThis.seen = [];
    for (const type of ['pd-ready', 'pd-update', 'pd-error', 'pd-auth-required']) {
      document.addEventListener(type, (event) => globalThis.seen.push({ type, ...event.detail, composed: event.composed }));
    }
  });
  await show(page, cardOf('PCHKOUT'));
  await settled(page);
  const seen = await page.evaluate(() => globalThis.seen);
  assert.equal(seen.filter(({ type }) => type === 'pd-ready').length, 1);
  assert.ok(['status', 'incidents', 'changes', 'oncall'].every((section) => seen.some((event) => event.type === 'pd-update' && event.section === section)), JSON.stringify(seen));
  assert.ok(seen.every(({ composed }) => composed));
});

test('snapshot() and facts() are plain objects', async () => {
  const page = await stage.page({ cards: cardOf('PCHKOUT') });
  const card = await settled(page);
  const { snapshot, facts } = await card.evaluate((element) => ({ snapshot: element.snapshot(), facts: element.facts() }));
  assert.equal(snapshot.header.title.text, 'Checkout API');
  assert.equal(facts.hasEscalationPolicy.value, true);
  assert.equal(facts.hasEscalationPolicy.unit, 'boolean');
});

test('A card that moves, goes and comes back works on', async () => {
  const page = await stage.page({ cards: `<div id="a">${cardOf('PLOYALT')}</div><div id="b"></div>` });
  const card = await settled(page);
  await card.evaluate((element) => {
    for (let round = 0; round < 20; ++round) {
      document.querySelector(round % 2 === 0 ? '#b' : '#a').append(element);
      element.remove();
    }
    document.querySelector('#b').append(element);
  });
  await settled(page);
  await card.getByRole('heading', { name: /Loyalty/ }).waitFor();
  assert.equal(await card.evaluate((element) => element.shadowRoot.querySelectorAll('canvas').length), 1);
});

test('A card far below the window asks for nothing until it is near', async () => {
  const page = await stage.page();
  await page.evaluate(() => {
    const space = document.createElement('div');
    space.style.height = '5000px';
    const card = document.createElement('pagerduty-card');
    card.serviceId = 'PWAREHS';
    document.querySelector('main').append(space, card);
  });
  const seenBefore = stage.simulator.requests.length;
  await twoFrames(page);
  assert.equal(stage.simulator.requests.length, seenBefore);
  await page.locator('pagerduty-card').evaluate((element) => element.scrollIntoView());
  await settled(page);
  assert.ok(stage.simulator.requests.length > seenBefore);
});

test('A hidden card gives its pixels back and shows them again', async () => {
  const page = await stage.page({ cards: `${cardOf('PLOYALT')}` });
  const card = await settled(page);
  await card.evaluate((element) => { element.style.display = 'none'; });
  await page.waitForFunction(() => document.querySelector('pagerduty-card').shadowRoot.querySelector('canvas').width === 0);
  await card.evaluate((element) => { element.style.display = ''; });
  await page.waitForFunction(() => document.querySelector('pagerduty-card').shadowRoot.querySelector('canvas').width > 0);
});

test('A secret is nowhere but in the Authorization header', async () => {
  const page = await stage.page({ cards: cardOf('PCHKOUT') });
  const card = await settled(page);
  const { token } = await page.evaluate(() => globalThis.pdConfig);
  const places = await card.evaluate((element) => [
    document.documentElement.outerHTML, element.shadowRoot.innerHTML, JSON.stringify(element.snapshot()), JSON.stringify(element.facts()),
    JSON.stringify({ ...localStorage }), JSON.stringify({ ...sessionStorage }), JSON.stringify(element.credentials ?? null),
  ]);
  for (const place of places) assert.ok(!place.includes(token));
});

test('An address of another host is refused as an attribute, and said', async () => {
  const page = await stage.page({ expects: [/api-base/] });
  await page.evaluate(() => {
    globalThis.errors = [];
    document.addEventListener('pd-error', ({ detail }) => globalThis.errors.push(detail.message));
  });
  await show(page, cardOf('PLOYALT', 'api-base="https://evil.example.com"'));
  await page.waitForFunction(() => globalThis.errors.some((message) => message.includes('api-base')));
});

test('configure() refuses what cannot be used, and says what', async () => {
  const page = await stage.page();
  const messages = await page.evaluate(() => [
    { apiBase: 'http://api.example.com' }, { credentials: { type: 'token', token: ' ' } }, { credentials: { type: 'magic' } },
    { credentials: { type: 'client-credentials', clientId: 'a', clientSecret: '', subdomain: 'acme' } },
  ].map((options) => {
    try {
      globalThis.pd.configure(options);
      return 'accepted';
    } catch (error) {
      return `${error.name}: ${error.message}`;
    }
  }));
  assert.match(messages[0], /TypeError: apiBase/);
  assert.match(messages[1], /credentials\.token is empty/);
  assert.match(messages[2], /credentials\.type/);
  assert.match(messages[3], /credentials\.clientSecret is empty/);
});

test('Without credentials the card says so and asks the page once', async () => {
  const page = await stage.page({ path: '/unconnected.html' });
  await page.evaluate(() => {
    globalThis.asked = 0;
    document.addEventListener('pd-auth-required', () => ++globalThis.asked);
  });
  await show(page, cardOf('PCHKOUT'));
  await page.getByText('Not signed in to PagerDuty').waitFor();
  assert.equal(await page.evaluate(() => globalThis.asked), 1);
});

test('A refused token is told, and a better one is taken up', async () => {
  const page = await stage.page({ path: '/unconnected.html', expects: [/401/] });
  const { url, tokens } = stage.simulator;
  const configure = (token) => page.evaluate(([base, value]) => globalThis.pd.configure({ apiBase: base, eventsBase: base, credentials: { type: 'token', token: value } }), [url, token]);
  await configure(tokens.revoked);
  await show(page, cardOf('PLOYALT'));
  await page.getByText('PagerDuty did not accept the credential').waitFor();
  await configure(tokens.user);
  await page.getByRole('heading', { name: /Loyalty/ }).waitFor();
});

test('Credentials by a function and by an OAuth application work', async () => {
  const page = await stage.page({ path: '/unconnected.html' });
  const { url, tokens, oauth } = stage.simulator;
  await page.evaluate(([base, token, app, secret]) => globalThis.pd.configure({ accounts: {
    '': { apiBase: base, eventsBase: base, credentials: async () => `Token token=${token}` },
    app: { apiBase: base, eventsBase: base, identityBase: base, credentials: { type: 'client-credentials', clientId: app, clientSecret: secret, subdomain: 'acme-shop' } },
  } }), [url, tokens.user, oauth.appClientId, oauth.appClientSecret]);
  await show(page, cardOf('PLOYALT') + cardOf('PSEARCH', 'account="app"'));
  await page.getByRole('heading', { name: /Loyalty/ }).waitFor();
  await page.getByRole('heading', { name: 'Search index' }).waitFor();
});

test('A token of the card is asked for once, whatever else about the card changes', async () => {
  const page = await stage.page();
  const { url, oauth } = stage.simulator;
  await page.evaluate(([base, app, secret]) => {
    const card = document.createElement('pagerduty-card');
    Object.assign(card, { serviceId: 'PLOYALT', apiBase: base, identityBase: base });
    card.credentials = { type: 'client-credentials', clientId: app, clientSecret: secret, subdomain: 'acme-shop' };
    document.querySelector('main').append(card);
  }, [url, oauth.appClientId, oauth.appClientSecret]);
  const card = await settled(page);
  const asked = (path) => stage.simulator.requests.filter(({ method, path: other }) => method !== 'OPTIONS' && other.split('?')[0] === path).length;
  const incidentsBefore = asked('/incidents');
  const answered = page.waitForResponse((response) => response.request().method() === 'GET' && response.url().includes('/incidents'));
  await card.evaluate((element) => {
    Object.assign(element, { readOnly: true, theme: 'dark', refreshInterval: '60' });
    element.refresh();
  });
  await answered;
  assert.ok(asked('/incidents') > incidentsBefore);
  assert.equal(asked('/oauth/token'), 1);
});

// (import "a" "b" (func)): an import that no card provides.
const otherProgram = Buffer.from([0, 0x61, 0x73, 0x6d, 1, 0, 0, 0, 1, 4, 1, 0x60, 0, 0, 2, 7, 1, 1, 0x61, 1, 0x62, 0, 0]);
const kStartProblems = [
  { name: 'the module is missing', fulfill: { status: 404, body: 'no' }, text: /was not found/ },
  { name: 'an error page is in its place', fulfill: { status: 200, contentType: 'text/html', body: '<html></html>' }, text: /is not the card's program/ },
  { name: 'the module is of another release', fulfill: { status: 200, contentType: 'application/octet-stream', body: otherProgram }, text: /parts of different versions/ },
  { name: 'it cannot be reached', fulfill: undefined, text: /could not be loaded/ },
];
for (const { name, fulfill, text } of kStartProblems) {
  test(`A card says what is wrong when ${name}`, async () => {
    const page = await stage.page({ cards: undefined, expects: [/pagerduty-card/, /404|Failed to load/], prepare: (p) => p.route('**/pagerduty-card.wasm', (route) => (fulfill === undefined ? route.abort() : route.fulfill(fulfill))) });
    await show(page, cardOf('PCHKOUT'));
    await page.getByRole('alert').getByText(text).waitFor();
  });
}

test('Without wasm-unsafe-eval the card names the line to add', async () => {
  // A page that the test's driver answers for is of no address space, and may ask none.
  const page = await stage.page({ expects: [/pagerduty-card/, /Content Security Policy|WebAssembly/, /address space|Failed to load/], prepare: (p) => p.route('**/blank.html', async (route) => {
    const response = await route.fetch();
    const policy = response.headers()['content-security-policy'].replace(" 'wasm-unsafe-eval'", '');
    await route.fulfill({ response, headers: { ...response.headers(), 'content-security-policy': policy } });
  }) });
  await show(page, cardOf('PCHKOUT'));
  await page.getByRole('alert').getByText(/security policy does not allow WebAssembly/).waitFor();
});

for (const [name, breakCanvas] of [
  ['has no canvas', () => { HTMLCanvasElement.prototype.getContext = () => null; }],
  ['gives noise for what is on a canvas', () => {
    const { getImageData } = CanvasRenderingContext2D.prototype;
    CanvasRenderingContext2D.prototype.getImageData = function noisy(...box) {
      const image = getImageData.apply(this, box);
      image.data.forEach((_, index) => { image.data[index] = (index * 97) % 256; });
      return image;
    };
  }],
]) {
  test(`A browser that ${name} shows the card as text, which can be used`, async () => {
    const page = await stage.page({ prepare: (p) => p.addInitScript(breakCanvas) });
    await show(page, cardOf('PCHKOUT'));
    const card = page.locator('pagerduty-card');
    const title = card.getByRole('link', { name: 'Checkout API' });
    await title.waitFor();
    const color = await title.evaluate((element) => getComputedStyle(element).color);
    assert.doesNotMatch(color, /, 0\)$/, 'the text has a colour');
    assert.equal(await card.locator('canvas').evaluate((canvas) => getComputedStyle(canvas).visibility), 'hidden');
    await card.getByRole('button', { name: 'Create incident' }).click();
    await card.getByRole('dialog').getByRole('textbox', { name: 'Title' }).waitFor();
  });
}
