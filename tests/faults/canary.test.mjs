// The scan of the fault matrix can fail: a secret that is planted anywhere is found there.
import assert from 'node:assert/strict';
import { after, before, test } from 'node:test';
import { randomBytes } from 'node:crypto';
import { openBrowser, openStage } from './stage.mjs';

let browser;
let stage;
before(async () => {
  browser = await openBrowser('chromium');
  stage = await openStage(browser);
  await stage.load();
});
after(async () => {
  await stage?.close();
  await browser?.close();
});

/** name, where it is found, how it is planted: `plant` runs in the page with the secret, or `act` outside with the stage. */
const kPlants = [
  { name: 'in an attribute', found: /^document$/, plant: (secret) => document.querySelector('main').setAttribute('data-x', secret) },
  { name: 'in a text of a shadow root', found: /shadow root of pagerduty-card/, plant: (secret) => globalThis.card.shadowRoot.querySelector('.status').append(secret) },
  {
    name: 'in the value of a field', found: /value of input/,
    plant: (secret) => { document.querySelector('main').append(Object.assign(document.createElement('input'), { value: secret })); },
  },
  {
    name: 'in a style sheet', found: /style/,
    plant: (secret) => { globalThis.card.shadowRoot.adoptedStyleSheets[0].insertRule(`.x { --x: "${secret}" }`); },
  },
  { name: 'in the address', found: /^address$/, plant: (secret) => history.replaceState({ secret }, '', `#${secret}`) },
  { name: 'in localStorage', found: /^localStorage$/, plant: (secret) => localStorage.setItem('x', secret) },
  { name: 'in sessionStorage', found: /^sessionStorage$/, plant: (secret) => sessionStorage.setItem('x', secret) },
  {
    name: 'in IndexedDB', found: /^IndexedDB x\/y$/,
    plant: (secret) => new Promise((done) => {
      const request = indexedDB.open('x', 1);
      request.onupgradeneeded = () => request.result.createObjectStore('y').put({ deep: new Map([['a', [secret]]]) }, 1);
      request.onsuccess = () => {
        request.result.close();
        done();
      };
    }),
  },
  { name: 'in a cache', found: /^cache x/, plant: async (secret) => (await caches.open('x')).put('/x', new Response(secret)) },
  { name: 'in an event', found: /^pd-error$/, plant: (secret) => void document.dispatchEvent(new CustomEvent('pd-error', { detail: { message: secret } })) },
  { name: 'in a BroadcastChannel', found: /^BroadcastChannel x$/, plant: (secret) => new BroadcastChannel('x').postMessage({ secret }) },
  { name: 'in an error', found: /^error$/, plant: (secret) => void dispatchEvent(new ErrorEvent('error', { message: secret })) },
  {
    name: 'in an unhandled rejection', found: /^unhandled rejection$/,
    plant: (secret) => new Promise((done) => {
      addEventListener('unhandledrejection', () => done(), { once: true });
      void Promise.reject(new Error(secret));
    }),
  },
  { name: 'in the address of a request', found: /^address of a request$/, plant: (secret) => fetch(`/x?${secret}`).then(() => undefined) },
  { name: 'in a global', found: /^global planted$/, plant: (secret) => { globalThis.planted = secret; } },
  { name: 'in a property of the card', found: /^the element$/, plant: (secret) => { globalThis.card.planted = { secret }; } },
  { name: 'in what the card shows', found: /^snapshot\(\)$/, plant: (secret) => { globalThis.card.snapshot = () => ({ title: secret }); } },
  { name: 'in memory', found: /^WebAssembly memory$/, plant: plantBytes, as: 'utf8' },
  { name: 'in memory, as UTF-16', found: /^WebAssembly memory, UTF-16$/, plant: plantBytes, as: 'utf16le' },
  { name: 'in memory, as base64', found: /^WebAssembly memory$/, plant: plantBytes, as: 'utf8', of: (secret) => Buffer.from(`Token token=${secret}`).toString('base64') },
  { name: 'in memory, as base64 at another offset', found: /^WebAssembly memory$/, plant: plantBytes, as: 'utf8', of: (secret) => Buffer.from(`x${secret}y`).toString('base64') },
  {
    name: 'on the console', found: /^console log/,
    act: async (secret) => {
      const printed = new Promise((done) => stage.page.once('console', done));
      await stage.page.evaluate((text) => void setTimeout(() => console.log(`token ${text}`)), secret);
      await stage.advance(1);
      await printed;
    },
  },
  { name: 'in a header of another name', found: /outside of the Authorization header/, act: (secret) => fetch(`${stage.simulator.url}/abilities`, { headers: { 'X-Token': secret } }) },
  { name: 'in the body of a request', found: /outside of the Authorization header/, act: (secret) => fetch(`${stage.simulator.url}/v2/enqueue`, { method: 'POST', body: secret }) },
];

/** Runs in the page. Far above what the module uses. */
function plantBytes(bytes) {
  const { buffer } = globalThis.virtual.memories.at(-1);
  new Uint8Array(buffer).set(bytes, buffer.byteLength - 4097);
}

for (const { name, found, plant, act, as, of } of kPlants) {
  test(`a secret ${name} is found`, async () => {
    const secret = `canary${randomBytes(12).toString('hex')}`;
    stage.canary = secret;
    stage.leaks.length = 0;
    if (act !== undefined) await act(secret);
    else await stage.page.evaluate(plant, as === undefined ? secret : [...Buffer.from(of?.(secret) ?? secret, as)]);
    await stage.scan();
    assert.ok(stage.leaks.some((where) => found.test(where)), `found in: ${stage.leaks.join(', ')}`);
  });
}

test('a secret in the Authorization header is where it belongs', async () => {
  stage.canary = `canary${randomBytes(12).toString('hex')}`;
  stage.leaks.length = 0;
  await fetch(`${stage.simulator.url}/abilities`, { headers: { Authorization: `Token token=${stage.canary}` } });
  await stage.scan();
  assert.deepEqual(stage.leaks, []);
});
