// The ways to sign in, in Firefox, as sign-in.test.mjs has them in Chromium: the page, the API and the identity server are of three
// origins, and two sites. What a page waits for is brought about; no clock runs for it.
import assert from 'node:assert/strict';
import { once } from 'node:events';
import { after, before, beforeEach, test } from 'node:test';
import { startDemo } from '../../web/site/serve.mjs';
import { openFirefox, seenIn, textGone, textIn } from './firefox.mjs';

const kScript = `import config from '/demo-config.json' with { type: 'json' };
import * as module from '/dist/pagerduty-card.js';
globalThis.pd = module;
const { apiBase, eventsBase } = config;
const identityBase = apiBase.replace('127.0.0.1', 'localhost');
globalThis.connect = (credentials) => module.configure({ apiBase, eventsBase, identityBase, credentials });
globalThis.viewer = { type: 'oauth', clientId: 'sim-oauth-client', redirectUri: location.origin + '/dist/oauth-callback.html' };
globalThis.errors = [];
document.addEventListener('pd-error', ({ detail }) => { if (detail.section === '') errors.push(detail.code); });
globalThis.asked = [];
document.addEventListener('pd-auth-required', ({ detail }) => asked.push(detail.account));
connect(viewer);
const begin = () => { globalThis.result = module.signIn().then(() => 'signed in', (error) => error.name + ' ' + error.code + ': ' + error.message); };
document.querySelector('#in').addEventListener('click', begin);
if (location.pathname === '/unclicked.html') {
  // Comes back to a page that waits for a click.
  history.replaceState(null, '', '/sign-in.html#here');
  const asked = new Promise((done) => document.addEventListener('pd-auth-required', done, { once: true }));
  const loaded = new Promise((done) => addEventListener('load', done));
  Promise.all([asked, loaded]).then(begin);
}
document.documentElement.dataset.ready = '';`;
const kPage = '<!doctype html><html lang="en"><title>sign in</title><link rel="icon" href="/icon.svg"><script type="module" src="/sign-in.js"></script>' +
  '<button id="in">Sign in</button><pagerduty-card service-id="PCHKOUT"></pagerduty-card></html>';
const kPages = {
  '/sign-in.html': kPage,
  '/unclicked.html': kPage,
  '/sign-in.js': kScript,
  '/frame.html': '<!doctype html><html lang="en"><title>frame</title><link rel="icon" href="/icon.svg"><iframe title="card" width="500" height="700"></iframe></html>',
};
/** The demo's policy, with one more host, and frames. */
const kPolicy = {
  'Content-Security-Policy': "default-src 'none'; script-src 'self' 'wasm-unsafe-eval'; connect-src 'self' http://127.0.0.1:* http://localhost:*; style-src 'self'; img-src 'self'; frame-src 'self'",
};
/** `plain`: pages and their windows know each other. `apart`: Cross-Origin-Opener-Policy cuts them off, as on the demo. `framed`: of no origin, too. */
const kWays = {
  plain: { 'Cross-Origin-Opener-Policy': 'unsafe-none' },
  apart: {},
  framed: { 'Cross-Origin-Resource-Policy': 'cross-origin', 'Access-Control-Allow-Origin': '*' },
};

/** All that arrived at the simulators since the test began. */
const arrived = [];
/** What is done while a request is kept waiting. */
let atHang;
const kSimulator = { observe: (request) => { if (request.method !== 'OPTIONS') arrived.push(request); }, onHang: () => atHang() };

const stages = {};
let firefox;
before(async () => {
  for (const [way, headers] of Object.entries(kWays)) stages[way] = await startDemo({ port: 0, pages: kPages, headers: { ...kPolicy, ...headers }, simulator: kSimulator });
  // Firefox's own pop-up blocker, which the driver turns off.
  firefox = await openFirefox({ 'dom.disable_open_during_load': true });
});
after(async () => {
  await firefox?.close();
  for (const { close } of Object.values(stages)) await close();
  for (const { simulator } of Object.values(stages)) assert.deepEqual(simulator.problems, []);
});
beforeEach(async () => {
  for (const { simulator } of Object.values(stages)) await simulator.control({ op: 'reset' });
  arrived.length = 0;
});

const inFirefox = (what, run) => test(`In Firefox ${what}`, { timeout: 60_000 }, run);

const isIn = (page) => textIn(page, 'Checkout answers 502 for one order in five');
const kSignedOut = 'Not signed in to PagerDuty';
const isOut = (page) => textIn(page, kSignedOut);
const resultOf = (page) => page.evaluate(() => globalThis.result);
const refresh = (page) => page.evaluate(() => document.querySelector('pagerduty-card').refresh());
const hasError = (page, code) => page.waitForFunction((wanted) => globalThis.errors?.includes(wanted) && document.querySelector('pagerduty-card').snapshot() !== null, {}, code);
const saysOfWrites = (page, text) => page.waitForFunction((wanted) => JSON.stringify(document.querySelector('pagerduty-card').snapshot()).includes(wanted), {}, text);
/** What the page said by now: accounts to sign in to, errors. */
const told = (page) => page.evaluate(() => [globalThis.asked, globalThis.errors]);
/** What the server was asked for: scopes of each visit, grants of each token request. */
const scopesAsked = () => arrived.filter(({ url }) => url.startsWith('/oauth/authorize')).map(({ url }) => new URLSearchParams(url.split('?')[1]).get('scope'));
const tokenRequests = () => arrived.filter(({ url }) => url === '/oauth/token');
const grantsAsked = () => tokenRequests().map(({ body }) => new URLSearchParams(body).get('grant_type'));
const acknowledgements = () => arrived.filter(({ method, url }) => method === 'PUT' && url === '/incidents').length;
const lastToken = () => arrived.findLast(({ headers }) => headers.authorization?.startsWith('Bearer '))?.headers.authorization.slice('Bearer '.length);

/** A page with a card that nobody is signed in to. */
async function open({ url }, { path = '/sign-in.html', ...options } = {}) {
  const page = await firefox.page(new URL(path, url), options);
  await page.waitForSelector('html[data-ready]');
  await isOut(page);
  return page;
}

async function signIn(page) {
  await page.click('#in');
  assert.equal(await resultOf(page), 'signed in');
  await isIn(page);
}

/** A page where somebody is signed in, with leave to read. */
async function signedIn(stage) {
  const page = await open(stage);
  await signIn(page);
  return page;
}

/** Asks for the one incident that is open and not acknowledged to be. */
async function acknowledge(page) {
  await (await seenIn(page, '[id^="ack:"]')).click();
  await (await seenIn(page, '[id="dialog:confirm"]')).click();
}
/** Until that was done, and is seen. */
const isAcknowledged = (page) => page.waitForFunction(() => {
  const { shadowRoot } = document.querySelector('pagerduty-card');
  return shadowRoot.querySelector('[id^="ack:"]') === null && shadowRoot.querySelector('[id^="dialog:"]') === null;
});

/** The next visit to the sign-in page meets this one: it runs `script`, which has `back(answer)`, `state` and `callback`. */
const instead = ({ simulator }, script) => simulator.control({
  op: 'fault', path: '/oauth/authorize', times: 1, kind: 'status', status: 200, headers: { 'Content-Type': 'text/html' },
  body: `<!doctype html><title>Sign in</title><script>
    const query = new URLSearchParams(location.search), state = query.get('state'), callback = query.get('redirect_uri');
    const back = (answer) => location.replace(callback + '?' + new URLSearchParams(answer));
    ${script}</script>`,
});

/** Done before the next token request is answered; `act` has it. */
async function beforeToken({ simulator }, act) {
  const { id } = await simulator.control({ op: 'fault', path: '/oauth/token', times: 1, kind: 'hang' });
  atHang = async () => {
    await act(tokenRequests().at(-1));
    await simulator.control({ op: 'clearFaults', id });
  };
}

/** The window of this page, once it is at the sign-in page. */
async function windowOf(page) {
  const target = await page.browserContext().waitForTarget((one) => one.url().includes('/oauth/authorize'));
  return target.page();
}

/** The next good answer to a request of this kind, to what is done. */
async function answerTo(page, part, act) {
  const answered = page.waitForResponse((response) => response.ok() && response.request().method() !== 'OPTIONS' && response.url().includes(part));
  await act();
  await answered;
}

const blockWindows = (page) => page.evaluate(() => {
  globalThis.realOpen = globalThis.open;
  globalThis.open = () => null;
});

/** The page's clock, and the simulator's. */
async function advance(page, { simulator }, ms) {
  await simulator.control({ op: 'clock', advanceMs: ms });
  await page.evaluate((by) => {
    const now = Date.now.bind(Date);
    Date.now = () => now() + by;
  }, ms);
}

for (const [name, way] of [['that knows its page', 'plain'], ['that is cut off from its page', 'apart']]) {
  inFirefox(`a window ${name} signs in to read, and the first action asks for write`, async () => {
    const page = await open(stages[way]);
    const popup = once(page, 'popup');
    await signIn(page);
    await popup;
    assert.deepEqual([scopesAsked(), grantsAsked()], [['read'], ['authorization_code']]);
    await acknowledge(page);
    await isAcknowledged(page);
    assert.deepEqual(scopesAsked(), ['read', 'read write']);
    assert.equal(acknowledgements(), 1);
    assert.deepEqual(await told(page), [[''], []]);
  });

  inFirefox(`its own blocker stops a window ${name} and nobody clicked for: the page goes to PagerDuty and comes back`, async () => {
    const page = await firefox.page(new URL('/icon.svg', stages[way].url));
    let popups = 0;
    page.on('popup', () => ++popups);
    // Meanwhile the page is asked nothing: what the driver runs counts as a click.
    await answerTo(page, '/oauth/token', () => page.goto(new URL('/unclicked.html', stages[way].url).href));
    await isIn(page);
    assert.equal(new URL(page.url()).pathname + new URL(page.url()).hash, '/sign-in.html#here');
    assert.equal(popups, 0);
    assert.deepEqual(await page.evaluate(() => [sessionStorage.length, globalThis.asked, globalThis.errors]), [0, [], []]);
  });
}

/** name, how it is brought about, the code, what is said. */
const kFailures = [
  { name: 'a declined request', code: 'access-denied', says: /declined/, arrange: ({ simulator }) => simulator.control({ op: 'data', kind: 'consent', value: 'deny' }) },
  { name: 'a wrong state', code: 'state-mismatch', says: /another sign-in/, arrange: (stage) => instead(stage, "back({ code: 'x', state: 'wrong' })") },
  {
    name: 'a code that was used before', code: 'code-refused', says: /used before/,
    arrange: (stage) => beforeToken(stage, async ({ url, body }) => {
      const { ok } = await fetch(stage.simulator.url + url, { method: 'POST', body: new URLSearchParams(body) });
      assert.ok(ok, 'it was used');
    }),
  },
  {
    name: 'a code that is too old', code: 'code-refused', says: /30 seconds/,
    arrange: (stage) => beforeToken(stage, () => stage.simulator.control({ op: 'clock', advanceMs: 31_000 })),
  },
  {
    name: 'no scope at all', code: 'scope-not-granted', says: /did not grant: read/,
    arrange: ({ simulator }) => simulator.control({ op: 'data', kind: 'oauthClient', value: { id: 'sim-oauth-client', scopes: [] } }),
  },
];

for (const { name, code, says, arrange } of kFailures) {
  for (const way of ['window', 'redirect']) {
    inFirefox(`by ${way}, ${name}: the page and its listeners are told, and the next sign-in works`, async () => {
      const stage = stages.plain;
      const page = await open(stage);
      await arrange(stage);
      if (way === 'redirect') await blockWindows(page);
      await page.click('#in');
      if (way === 'window') {
        const result = await resultOf(page);
        assert.ok(result.startsWith(`SignInError ${code}: `), result);
        assert.match(result, says);
      }
      await hasError(page, code);
      assert.deepEqual(await page.evaluate(() => [globalThis.errors, sessionStorage.length]), [[code], 0]);
      await isOut(page);
      await stage.simulator.control({ op: 'reset' });
      await signIn(page);
    });
  }
}

inFirefox('a window that is closed ends the sign-in; what it answers late still counts', async () => {
  const stage = stages.plain;
  const page = await open(stage);
  // The page looks at its window when it is told to.
  await page.evaluate(() => {
    const { setInterval: usual } = globalThis;
    globalThis.setInterval = (look) => {
      globalThis.setInterval = usual;
      globalThis.look = look;
      return usual(() => undefined, 1_000_000);
    };
  });
  await instead(stage, '');
  await page.click('#in');
  const popup = await windowOf(page);
  const address = popup.url();
  await page.evaluate(() => globalThis.look());
  await popup.close();
  await page.evaluate(() => {
    globalThis.look();
    globalThis.look();
  });
  assert.match(await resultOf(page), /^SignInError popup-closed: .*closed/);
  assert.deepEqual(await page.evaluate(() => globalThis.errors), ['popup-closed']);
  // As after a step that cut it off: the same question is answered in another window.
  await firefox.page(address, { within: page, closesItself: true });
  await page.bringToFront();
  await isIn(page);
});

inFirefox('what another origin says is not heard', async () => {
  const stage = stages.plain;
  const page = await open(stage);
  await page.evaluate(() => {
    globalThis.senders = [];
    addEventListener('message', ({ origin, data }) => globalThis.senders.push(`${origin} ${data.type}`));
  });
  await instead(stage, "opener.postMessage({ type: 'answer', state, answer: '?error=access_denied&state=' + state }, '*'); setTimeout(() => location.reload())");
  await signIn(page);
  const { port } = new URL(stage.simulator.url);
  assert.equal((await page.evaluate(() => globalThis.senders))[0], `http://localhost:${port} answer`);
});

inFirefox('a write whose window is blocked fails, is told, and the next sign-in asks for write at once', async () => {
  const page = await signedIn(stages.plain);
  await blockWindows(page);
  await acknowledge(page);
  await hasError(page, 'popup-blocked');
  assert.equal(acknowledgements(), 0);
  await page.evaluate(() => { globalThis.open = globalThis.realOpen; });
  await page.click('#in');
  assert.equal(await resultOf(page), 'signed in');
  assert.deepEqual(scopesAsked(), ['read', 'read write']);
});

inFirefox('leave to write that was not granted is told, and actions say why they are off', async () => {
  const page = await open(stages.plain);
  await page.evaluate(() => globalThis.connect({ ...globalThis.viewer, clientId: 'sim-read-only-client' }));
  await signIn(page);
  await acknowledge(page);
  await hasError(page, 'scope-not-granted');
  await saysOfWrites(page, 'may only read');
  await isIn(page);
  assert.deepEqual(scopesAsked(), ['read', 'read write']);
});

const kTokenLifeMs = 864_000_000;

inFirefox('a token that ends in mid-use is renewed where PagerDuty does that', async () => {
  const stage = stages.plain;
  const page = await signedIn(stage);
  const first = lastToken();
  await advance(page, stage, kTokenLifeMs - 60_000);
  await answerTo(page, '/oauth/token', () => refresh(page));
  await answerTo(page, '/incidents?', () => refresh(page));
  await advance(page, stage, 120_000);
  await answerTo(page, '/incidents?', () => refresh(page));
  await isIn(page);
  assert.deepEqual(grantsAsked(), ['authorization_code', 'refresh_token']);
  assert.notEqual(lastToken(), first);
  assert.deepEqual(await told(page), [[''], []]);
});

/** A token that is no more: the card asks to sign in again, and keeps what it knew. */
const kEnds = [
  {
    name: 'that ends in mid-use and is not renewed', refused: 0,
    arrange: ({ simulator }) => simulator.control({ op: 'data', kind: 'oauthClient', value: { id: 'sim-oauth-client', refresh: false } }),
    end: (page, stage) => advance(page, stage, kTokenLifeMs + 1),
  },
  {
    name: 'that PagerDuty revoked', refused: 1,
    arrange: () => undefined,
    end: (_page, { simulator }) => simulator.control({ op: 'data', kind: 'token', value: { token: lastToken(), revoked: true } }),
  },
];
for (const { name, arrange, end, refused } of kEnds) {
  inFirefox(`a token ${name} is forgotten: the card asks to sign in again, and keeps what it knew`, async () => {
    const stage = stages.plain;
    await arrange(stage);
    const page = await signedIn(stage);
    const old = lastToken();
    await end(page, stage);
    const since = arrived.length;
    await refresh(page);
    await isOut(page);
    await isIn(page);
    assert.deepEqual(await told(page), [['', ''], []]);
    assert.equal(arrived.slice(since).some(({ headers }) => headers.authorization === `Bearer ${old}`), refused === 1);
    const before = arrived.length;
    await page.click('#in');
    assert.equal(await resultOf(page), 'signed in');
    await textGone(page, kSignedOut);
    assert.ok(arrived.slice(before).every(({ headers }) => headers.authorization !== `Bearer ${old}`));
  });
}

inFirefox('each tab signs in for itself, and hears no answer of the other', async () => {
  const stage = stages.apart;
  const first = await open(stage);
  const second = await open(stage, { within: first });
  await instead(stage, '');
  await first.bringToFront();
  await first.click('#in');
  const popup = await windowOf(first);
  await second.bringToFront();
  await signIn(second);
  await first.bringToFront();
  await isOut(first);
  await popup.reload();
  assert.equal(await resultOf(first), 'signed in');
  await first.bringToFront();
  await isIn(first);
  assert.equal(grantsAsked().length, 2);
});

for (const { sandbox, result: wanted } of [
  { sandbox: 'allow-scripts allow-same-origin', result: /^SignInError sandboxed: .*add allow-popups and allow-popups-to-escape-sandbox/ },
  { sandbox: 'allow-scripts', result: /^SignInError sandboxed: .*add allow-same-origin/ },
  { sandbox: 'allow-scripts allow-same-origin allow-popups allow-popups-to-escape-sandbox', result: /^signed in$/ },
]) {
  inFirefox(`a frame with sandbox="${sandbox}" signs in, or is told what is missing`, async () => {
    const page = await firefox.page(new URL('/frame.html', stages.framed.url));
    await page.evaluate((flags) => {
      const frame = document.querySelector('iframe');
      frame.setAttribute('sandbox', flags);
      frame.src = '/sign-in.html';
    }, sandbox);
    const frame = await page.waitForFrame((one) => one.url().endsWith('/sign-in.html'));
    await frame.waitForSelector('html[data-ready]');
    await frame.click('#in');
    assert.match(await resultOf(frame), wanted);
  });
}

/** Nobody signs in. Each on a stage of its own, so that what a page before asked for in its last moment is not taken for its own. */
const kKeys = [
  {
    name: 'an API token', way: 'plain', grants: [], sends: /^Token token=/,
    credentials: ({ tokens }) => ({ type: 'token', token: tokens.user }),
  },
  {
    name: 'an OAuth application', way: 'apart', grants: ['client_credentials'], sends: /^Bearer sim-oauth-token-/,
    credentials: ({ oauth: { appClientId, appClientSecret, subdomain } }) => ({ type: 'client-credentials', clientId: appClientId, clientSecret: appClientSecret, subdomain }),
  },
];
for (const { name, way, credentials, grants, sends } of kKeys) {
  inFirefox(`${name} connects a card`, async () => {
    const { url, simulator } = stages[way];
    const page = await open(stages[way]);
    await page.evaluate((value) => globalThis.connect(value), credentials(simulator));
    await isIn(page);
    await textGone(page, kSignedOut);
    assert.deepEqual(grantsAsked(), grants);
    const sent = arrived.filter(({ headers }) => headers.origin === new URL(url).origin && headers.authorization !== undefined).map(({ headers }) => headers.authorization);
    assert.match(sent[0], sends);
    assert.deepEqual([...new Set(sent)], [sent[0]]);
    assert.deepEqual(await told(page), [[''], []]);
  });
}
