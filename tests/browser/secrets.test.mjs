// A secret in markup, in an address or in an entity is refused by name, and its value goes nowhere. The value is a canary that is looked for in
// the DOM, the events, the snapshot, the console, the requests and the module's memory.
import assert from 'node:assert/strict';
import { after, before, test } from 'node:test';
import { cardOf, openStage, settled, show } from './harness.mjs';

/** Of the form of an API key. */
const kCanary = 'y_CanaryCanaryCanary';
const kRefused = /secret/;
const kDescriptor = (annotation) => `kind: Component
metadata:
  name: search-index
  annotations:
    pagerduty.com/service-id: PSEARCH
    ${annotation}
`;

let stage;
before(async () => {
  stage = await openStage({ pages: { '/catalog.yaml': kDescriptor('acme.example/x: y') } });
});
after(() => stage.close());

/** A page that notes what is said on it, and the memory of the module. `asked`: addresses that it asks for. */
async function watchedPage() {
  const said = [];
  const asked = [];
  const page = await stage.page({
    expects: [kRefused, /no https address/],
    prepare: async (p) => {
      p.on('console', (message) => said.push(message.text()));
      p.on('pageerror', (error) => said.push(String(error)));
      p.on('request', (request) => asked.push(request.url()));
      await p.addInitScript(() => {
        globalThis.errors = [];
        globalThis.memories = [];
        document.addEventListener('pd-error', ({ detail }) => globalThis.errors.push(detail));
        const { instantiate } = WebAssembly;
        const note = (result) => {
          const exported = (result.instance ?? result).exports;
          for (const value of Object.values(exported)) if (value instanceof WebAssembly.Memory) globalThis.memories.push(value);
          return result;
        };
        WebAssembly.instantiate = async (...given) => note(await instantiate.apply(WebAssembly, given));
        WebAssembly.instantiateStreaming = async (response, ...given) => WebAssembly.instantiate(await (await response).arrayBuffer(), ...given);
      });
    },
  });
  return { page, said, asked };
}

const refusals = (page) => page.evaluate(() => globalThis.errors.filter(({ code }) => code === 'secret-in-markup').map(({ message }) => message));
const untilRefused = (page, count = 1) =>
  page.waitForFunction((least) => globalThis.errors.filter(({ code }) => code === 'secret-in-markup').length >= least, count);

/** Where the canary is, besides the markup that the test put it in. */
async function leaks({ page, said, asked }, { inMemory = true } = {}) {
  const places = await page.evaluate(() => {
    const card = document.querySelector('pagerduty-card');
    return {
      'shadow root': card.shadowRoot.innerHTML,
      snapshot: JSON.stringify(card.snapshot()),
      facts: JSON.stringify(card.facts()),
      events: JSON.stringify(globalThis.errors),
      diagnostics: JSON.stringify(globalThis.pd.diagnostics()),
      storage: JSON.stringify({ ...localStorage, ...sessionStorage }),
    };
  });
  const found = Object.entries({ ...places, console: said.join('\n'), requests: asked.join('\n') }).filter(([, text]) => text.includes(kCanary)).map(([place]) => place);
  if (inMemory) {
    const { count, holds } = await page.evaluate((canary) => ({
      count: globalThis.memories.length,
      holds: globalThis.memories.some(({ buffer }) => new TextDecoder('latin1').decode(new Uint8Array(buffer)).includes(canary)),
    }), kCanary);
    assert.ok(count > 0, 'no memory to look into');
    if (holds) found.push('memory');
  }
  return found;
}

const kMarkup = [
  { name: 'a token', attribute: 'token', says: /The attribute token holds a secret/ },
  { name: 'an API key', attribute: 'api-key', says: /api-key/ },
  { name: 'a client secret as React writes it', attribute: 'clientSecret', says: /clientsecret/ },
  { name: 'a client secret as OAuth writes it', attribute: 'client_secret', says: /client_secret/ },
  { name: 'a variable of the settings', attribute: 'PAGERDUTY_TOKEN', says: /pagerduty_token/ },
  { name: 'an Authorization header', attribute: 'authorization', value: `Token token=${kCanary}`, says: /authorization/ },
  { name: 'credentials', attribute: 'credentials', value: `{"type":"token","token":"${kCanary}"}`, says: /credentials/ },
  { name: 'a parameter of entity', attribute: 'entity', value: `/catalog.yaml?page=2&token=${kCanary}`, says: /entity \(\?token\)/ },
  { name: 'the fragment of entity', attribute: 'entity', value: `/catalog.yaml#access_token=${kCanary}`, says: /entity \(\?access_token\)/ },
  { name: 'the user of entity', attribute: 'entity', value: `https://${kCanary}:x@portal.example.com/c.yaml`, says: /entity \(user@\)/ },
  { name: 'an address that is none', attribute: 'entity', value: `https://me:${kCanary}@[`, says: /entity \(user@\)/ },
  { name: 'a parameter of api-base', attribute: 'api-base', value: `/pagerduty?API_KEY=${kCanary}`, says: /api-base \(\?API_KEY\)/ },
  { name: 'the user of events-base', attribute: 'events-base', value: `http://me:${kCanary}@127.0.0.1:9/v2`, says: /events-base \(user@\)/ },
  { name: 'an API key as the service id', attribute: 'service-id', says: /given service-id holds a secret/, inMemory: false },
  { name: 'an API key among service ids', attribute: 'service-id', value: `PCHKOUT ${kCanary}`, says: /given service-id holds a secret/, inMemory: false },
];
for (const { name, attribute, value = kCanary, says, inMemory = true } of kMarkup) {
  test(`In markup ${name} is refused by name, from the start and set later, and the card works on`, async () => {
    const watched = await watchedPage();
    const { page } = watched;
    await show(page, `<pagerduty-card service-id="PCHKOUT" ${attribute}='${value}'></pagerduty-card>`.replace(attribute === 'service-id' ? 'service-id="PCHKOUT" ' : '', ''));
    await untilRefused(page);
    const card = page.locator('pagerduty-card');
    await card.evaluate((element, name_) => {
      element.removeAttribute(name_);
      element.setAttribute('service-id', 'PCHKOUT');
    }, attribute);
    await card.getByRole('heading', { name: 'Checkout API' }).waitFor();
    await card.getByText('A secret can be read here').waitFor({ state: 'detached' });
    await card.evaluate((element, [name_, value_]) => element.setAttribute(name_, value_), [attribute, value]);
    await untilRefused(page, 2);
    await card.getByText('A secret can be read here').waitFor();
    if (attribute !== 'service-id') await card.getByRole('heading', { name: 'Checkout API' }).waitFor();
    for (const message of await refusals(page)) assert.match(message, says);
    assert.equal(watched.said.filter((text) => kRefused.test(text)).length, 2);
    assert.deepEqual(await leaks(watched, { inMemory }), []);
  });
}

const kHarmless = [
  '/catalog-info.yaml?pageToken=1&nextPageToken=2&token=', '/catalog-info.yaml?tokens=1&my-token=2&client_id=3&secretary=4', '/catalog-info.yaml?by=me@example.com', '/@me/../catalog-info.yaml',
];
for (const address of kHarmless) {
  test(`The address ${address} is read`, async () => {
    const { page } = await watchedPage();
    await show(page, `<pagerduty-card entity="${address}" entity-ref="search-index"></pagerduty-card>`);
    await page.getByRole('heading', { name: 'Search index' }).waitFor();
    assert.deepEqual(await refusals(page), []);
  });
}

test('A descriptor at an address with a secret is not asked for, and the last good state stays', async () => {
  const watched = await watchedPage();
  const { page, asked } = watched;
  await show(page, '<pagerduty-card entity="/catalog.yaml"></pagerduty-card>');
  const card = await settled(page);
  await card.evaluate((element, canary) => { element.entity = `/other.yaml?api_key=${canary}`; }, kCanary);
  await card.getByText('A secret can be read here').waitFor();
  await card.getByRole('heading', { name: 'Search index' }).waitFor();
  assert.ok(asked.every((address) => !address.includes('other.yaml')));
  assert.deepEqual(await leaks(watched), []);
});

const kAnnotations = [
  { name: 'a token', annotation: `pagerduty.com/token: ${kCanary}`, says: /pagerduty\.com\/token"\] of component:default\/search-index holds a secret/ },
  { name: 'a client secret', annotation: `pagerduty.com/client-secret: ${kCanary}`, says: /client-secret/ },
  { name: 'an API key in place of the integration key', annotation: `pagerduty.com/integration-key: ${kCanary}`, says: /integration-key of component:default\/search-index/ },
];
for (const { name, annotation, says } of kAnnotations) {
  test(`In an annotation ${name} is refused, and the card shows the service that is named beside it`, async () => {
    const watched = await watchedPage();
    const { page } = watched;
    await show(page, '<pagerduty-card></pagerduty-card>');
    const card = page.locator('pagerduty-card');
    await card.evaluate((element, yaml) => { element.entityData = yaml; }, kDescriptor(annotation));
    await card.getByRole('heading', { name: 'Search index' }).waitFor();
    await card.getByText('A secret can be read here').waitFor();
    const [message, ...others] = await refusals(page);
    assert.match(message, says);
    assert.deepEqual(others, []);
    // The descriptor's text passes through the module's memory, where it is read.
    assert.deepEqual(await leaks(watched, { inMemory: false }), []);
  });
}

test('The scan finds what a card does show', async () => {
  const watched = await watchedPage();
  await show(watched.page, `<pagerduty-card entity="/catalog-info.yaml" entity-ref="${kCanary}"></pagerduty-card>`);
  await watched.page.getByText('The entity was not found').waitFor();
  assert.deepEqual(await leaks(watched), ['shadow root', 'snapshot', 'events', 'memory']);
});

test('configure() refuses an address with a secret and does not quote it', async () => {
  const { page } = await watchedPage();
  const messages = await page.evaluate((canary) => [
    { apiBase: `https://me:${canary}@gateway.example.com` }, { eventsBase: `/events?access_token=${canary}` }, { identityBase: `https://me:${canary}@[` },
  ].map((options) => {
    try {
      globalThis.pd.configure(options);
      return 'accepted';
    } catch (error) {
      return `${error.name}: ${error.message}`;
    }
  }), kCanary);
  assert.match(messages[0], /^TypeError: apiBase holds a secret \(user@\)/);
  assert.match(messages[1], /^TypeError: eventsBase holds a secret \(\?access_token\)/);
  assert.match(messages[2], /^TypeError: identityBase holds a secret \(user@\)/);
  assert.ok(messages.every((message) => !message.includes(kCanary)));
});

test('A card of one service says nothing of secrets', async () => {
  const watched = await watchedPage();
  await show(watched.page, cardOf('PCHKOUT', 'data-token="x" class="token"'));
  await settled(watched.page);
  assert.deepEqual(await refusals(watched.page), []);
});
