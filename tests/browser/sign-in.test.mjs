// Sign-in of a viewer (authorization code with PKCE) against the simulator's identity server, which is of another origin: by window,
// by redirect, and all that may go wrong. No token is anywhere but in the Authorization header.
import assert from 'node:assert/strict';
import { after, before, beforeEach, test } from 'node:test';
import { canaryForms, scanPage, watchForScan } from '../faults/canary.mjs';
import { cardOf, openStage, pageText, settled, show } from './harness.mjs';

const signInScript = (options = '') => `import config from '/demo-config.json' with { type: 'json' };
import * as module from '/dist/pagerduty-card.js';
globalThis.pd = module;
const { apiBase, eventsBase } = config;
const credentials = { type: 'oauth', clientId: 'sim-oauth-client', redirectUri: location.origin + '/dist/oauth-callback.html' ${options} };
globalThis.configureIt = (more) => module.configure({ apiBase, eventsBase, identityBase: apiBase, credentials: { ...credentials, ...more } });
globalThis.errors = [];
document.addEventListener('pd-error', ({ detail }) => { if (detail.section === '') errors.push(detail.code); });
globalThis.asked = [];
document.addEventListener('pd-auth-required', ({ detail }) => asked.push(detail.account));
configureIt();
globalThis.endOf = (promise) => promise.then(() => 'signed in', (error) => error.name + ' ' + error.code + ': ' + error.message);
document.querySelector('#in').addEventListener('click', () => { globalThis.result = endOf(module.signIn()); });
document.documentElement.dataset.ready = '';`;

const kPages = {
  '/sign-in.html': pageText({ script: '/sign-in.js', cards: cardOf('PCHKOUT') }).replace('<main>', '<button id="in">Sign in</button><main>'),
  '/sign-in.js': signInScript(),
  '/frame.html': '<!doctype html><html lang="en"><title>frame</title><link rel="icon" href="/icon.svg"><iframe title="card" width="500" height="700"></iframe>' +
    '<script type="module" src="/frame.js"></script></html>',
  '/frame.js': "import '/dist/pagerduty-card.js';",
};
/** Of pages that may be framed, by pages of no origin, too. */
const kFrameable = {
  'Content-Security-Policy': "default-src 'none'; script-src 'self' 'wasm-unsafe-eval'; connect-src 'self' http://127.0.0.1:*; style-src 'self'; img-src 'self'; frame-src 'self'",
  'Cross-Origin-Resource-Policy': 'cross-origin',
  'Access-Control-Allow-Origin': '*',
};

/** All that arrived at the simulators since the test began. */
const arrived = [];
const observe = (request) => { if (request.method !== 'OPTIONS') arrived.push(request); };
/** `plain`: pages and their windows know each other. `apart`: Cross-Origin-Opener-Policy cuts them off, as on the demo. `framed`: may be. */
const stages = {};
before(async () => {
  // Windows are the whole browser's.
  const chromium = { isWhole: true };
  stages.plain = await openStage({ pages: kPages, headers: { 'Cross-Origin-Opener-Policy': 'unsafe-none' }, simulator: { observe }, chromium });
  stages.apart = await openStage({ pages: kPages, simulator: { observe }, chromium });
  stages.framed = await openStage({ pages: kPages, headers: kFrameable, simulator: { observe }, chromium });
});
after(async () => {
  for (const stage of Object.values(stages)) await stage.close();
});
beforeEach(async () => {
  for (const { simulator } of Object.values(stages)) await simulator.control({ op: 'reset' });
  arrived.length = 0;
});

const kTitle = /Checkout answers 502/;
const kSignedOut = 'Not signed in to PagerDuty';
const cardOn = (page) => page.locator('pagerduty-card');
const isIn = (page) => cardOn(page).getByRole('link', { name: kTitle }).waitFor();
const isOut = (page) => cardOn(page).getByText(kSignedOut).first().waitFor();
const refresh = (page) => cardOn(page).evaluate((card) => card.refresh());
/** The next good one to a request of this kind. */
const answerOf = (page, part) => page.waitForResponse((response) => response.ok() && response.url().includes(part));
const resultOf = (page) => page.evaluate(() => globalThis.result);
/** What the server was asked for: scopes of each visit, grants of each token request. */
const scopesAsked = () => arrived.filter(({ url }) => url.startsWith('/oauth/authorize')).map(({ url }) => new URLSearchParams(url.split('?')[1]).get('scope'));
const grantsAsked = () => arrived.filter(({ url }) => url === '/oauth/token').map(({ body }) => new URLSearchParams(body).get('grant_type'));
const lastToken = () => arrived.findLast(({ headers }) => headers.authorization?.startsWith('Bearer '))?.headers.authorization.slice('Bearer '.length);

/** A page with a card that nobody is signed in to. */
async function open(stage, { path = '/sign-in.html', ...options } = {}) {
  const page = await stage.page({ path, ...options });
  await page.waitForSelector('html[data-ready]');
  await isOut(page);
  return page;
}

/** A page where somebody is signed in, with leave to read. */
async function signedIn(stage, options) {
  const page = await open(stage, options);
  await page.click('#in');
  assert.equal(await resultOf(page), 'signed in');
  await isIn(page);
  return page;
}

/** The sign-in page of `stage` is this one, `times` times: it runs `script`, which has `back(answer)`, `state` and `callback`. */
async function instead(page, stage, script, times = 1) {
  await page.context().route(`${stage.simulator.url}/oauth/authorize*`, (route) => route.fulfill({
    contentType: 'text/html',
    body: `<!doctype html><title>Sign in</title><script>
      const query = new URLSearchParams(location.search), state = query.get('state'), callback = query.get('redirect_uri');
      const back = (answer) => location.replace(callback + '?' + new URLSearchParams(answer));
      ${script}</script>`,
  }), { times });
}

/** Before the page asks for a token. */
const beforeToken = (page, stage, act) => page.context().route(`${stage.simulator.url}/oauth/token`, async (route) => {
  await act(route);
  await route.continue();
}, { times: 1 });

const acknowledgements = () => arrived.filter(({ method, url }) => method === 'PUT' && url === '/incidents');

/** The one incident that is open and not acknowledged. */
async function acknowledge(page) {
  await cardOn(page).getByRole('button', { name: /^Acknowledge/ }).click();
  await cardOn(page).getByRole('dialog').getByRole('button', { name: 'Acknowledge' }).click();
}

const blockWindows = (page) => page.addInitScript(() => { globalThis.open = () => null; });

for (const [name, way] of [['that knows its page', 'plain'], ['that is cut off from its page', 'apart']]) {
  test(`A window ${name} signs in all cards of the page, to read at first`, async () => {
    const page = await open(stages[way]);
    await page.evaluate(() => document.querySelector('main').append(Object.assign(document.createElement('pagerduty-card'), { serviceId: 'PLOYALT' })));
    const popup = page.waitForEvent('popup');
    await page.click('#in');
    const closed = (await popup).waitForEvent('close');
    assert.equal(await resultOf(page), 'signed in');
    if (way === 'plain') await closed;
    await cardOn(page).nth(0).getByRole('link', { name: kTitle }).waitFor();
    await cardOn(page).nth(1).getByText('No open incidents').waitFor();
    assert.deepEqual([scopesAsked(), grantsAsked()], [['read'], ['authorization_code']]);
    const query = new URLSearchParams(arrived.find(({ url }) => url.startsWith('/oauth/authorize')).url.split('?')[1]);
    assert.ok(query.get('state').length >= 22, '128 bits');
    assert.deepEqual([query.get('code_challenge_method'), query.get('response_type')], ['S256', 'code']);
  });

  test(`The first action asks for write in a window ${name}, and is done`, async () => {
    const page = await signedIn(stages[way]);
    await acknowledge(page);
    await cardOn(page).getByRole('dialog').waitFor({ state: 'detached' });
    await cardOn(page).getByRole('button', { name: /^Acknowledge/ }).waitFor({ state: 'detached' });
    assert.deepEqual(scopesAsked(), ['read', 'read write']);
    assert.equal(acknowledgements().length, 1);
    assert.deepEqual(await page.evaluate(() => globalThis.errors), []);
  });
}

test('The button of a card signs in, and what goes wrong is told by the card', async () => {
  const stage = stages.plain;
  const page = await open(stage);
  const button = cardOn(page).getByRole('button', { name: 'Sign in' });
  await stage.simulator.control({ op: 'data', kind: 'consent', value: 'deny' });
  await button.click();
  await page.waitForFunction(() => globalThis.errors.includes('access-denied'));
  await stage.simulator.control({ op: 'data', kind: 'consent', value: 'approve' });
  await button.click();
  await isIn(page);
  assert.equal(await button.count(), 0);
});

test('Where no window opens the page goes to PagerDuty and comes back to where it was', async () => {
  for (const stage of [stages.plain, stages.apart]) {
    const page = await open(stage, { path: '/sign-in.html#here', prepare: blockWindows });
    await page.click('#in');
    await isIn(page);
    assert.equal(new URL(page.url()).pathname + new URL(page.url()).hash, '/sign-in.html#here');
    assert.deepEqual(await page.evaluate(() => [sessionStorage.length, globalThis.asked, globalThis.errors]), [0, [], []]);
  }
});

/** name, how it is brought about, the code, what is said. `way`: window or redirect. */
const kFailures = [
  { name: 'a declined request', code: 'access-denied', says: /declined/, arrange: (page, stage) => stage.simulator.control({ op: 'data', kind: 'consent', value: 'deny' }) },
  { name: 'a wrong state', code: 'state-mismatch', says: /another sign-in/, arrange: (page, stage) => instead(page, stage, "back({ code: 'x', state: 'wrong' })") },
  { name: 'an answer of another server', code: 'issuer-mismatch', says: /not of the server/, arrange: (page, stage) => instead(page, stage, "back({ code: 'x', state, iss: 'https://elsewhere.example' })") },
  { name: 'an error of the server', code: 'refused', says: /problem of its own/, arrange: (page, stage) => instead(page, stage, "back({ error: 'server_error', error_description: 'Call 555', state })") },
  {
    name: 'a code that was used before', code: 'code-refused', says: /used before/,
    arrange: (page, stage) => beforeToken(page, stage, (route) => fetch(route.request().url(), { method: 'POST', body: new URLSearchParams(route.request().postData()) })),
  },
  {
    name: 'a code that is too old', code: 'code-refused', says: /30 seconds/,
    arrange: (page, stage) => beforeToken(page, stage, () => stage.simulator.control({ op: 'clock', advanceMs: 31_000 })),
  },
  { name: 'no answer of the server', code: 'network', says: /could not be reached/, arrange: (page, stage) => stage.simulator.control({ op: 'fault', path: '/oauth/token', kind: 'drop' }) },
  { name: 'an answer of something else', code: 'bad-answer', says: /not PagerDuty/, arrange: (page, stage) => stage.simulator.control({ op: 'fault', path: '/oauth/token', kind: 'html', status: 200 }) },
  {
    name: 'no scope at all', code: 'scope-not-granted', says: /did not grant: read/,
    arrange: (page, stage) => stage.simulator.control({ op: 'data', kind: 'oauthClient', value: { id: 'sim-oauth-client', scopes: [] } }),
  },
];

for (const { name, code, says, arrange } of kFailures) {
  for (const way of ['window', 'redirect']) {
    test(`By ${way}, ${name}: the page and its listeners are told, and the next sign-in works`, async () => {
      const stage = stages.plain;
      const page = await open(stage, { prepare: way === 'redirect' ? blockWindows : undefined, expects: [/net::ERR|400|Failed to load/] });
      await arrange(page, stage);
      await page.click('#in');
      if (way === 'window') {
        const result = await resultOf(page);
        assert.ok(result.startsWith(`SignInError ${code}: `), result);
        assert.match(result, says);
      } else {
        await page.waitForFunction(() => globalThis.errors?.length > 0 && document.querySelector('pagerduty-card').snapshot() !== null);
      }
      assert.deepEqual(await page.evaluate(() => [globalThis.errors, sessionStorage.length]), [[code], 0]);
      await isOut(page);
      await stage.simulator.control({ op: 'reset' });
      await page.click('#in');
      await isIn(page);
    });
  }
}

test('A window that is closed ends the sign-in; what it answers late still counts', async () => {
  const stage = stages.plain;
  const page = await open(stage, { prepare: (p) => p.clock.install() });
  await instead(page, stage, '');
  const opened = page.waitForEvent('popup');
  await page.click('#in');
  const popup = await opened;
  await popup.waitForURL(/authorize/);
  const address = popup.url();
  await page.clock.runFor(1000);
  await popup.close();
  await page.clock.runFor(1000);
  assert.match(await resultOf(page), /^SignInError popup-closed: .*closed/);
  assert.deepEqual(await page.evaluate(() => globalThis.errors), ['popup-closed']);
  // As after a step that cut it off: the same question is answered in another window.
  const other = await page.context().newPage();
  await other.goto(address);
  await isIn(page);
});

test('A sign-in that takes longer than ten minutes is over', async () => {
  const stage = stages.plain;
  const page = await open(stage, { prepare: (p) => p.clock.install() });
  await instead(page, stage, '');
  const opened = page.waitForEvent('popup');
  await page.click('#in');
  await (await opened).waitForURL(/authorize/);
  await page.clock.runFor(600_001);
  assert.match(await resultOf(page), /^SignInError expired: .*10 minutes/);
});

test('A redirect that took longer than ten minutes is over', async () => {
  const stage = stages.plain;
  const page = await open(stage, { prepare: blockWindows });
  await instead(page, stage, '');
  await page.click('#in');
  await page.waitForURL(/authorize/);
  const address = page.url();
  await page.goto(new URL('/icon.svg', stage.demo.url).href);
  await page.evaluate(() => {
    const name = 'pagerduty-card:sign-in';
    sessionStorage.setItem(name, JSON.stringify({ ...JSON.parse(sessionStorage.getItem(name)), at: Date.now() - 600_001 }));
  });
  await page.goto(address);
  await page.waitForFunction(() => globalThis.errors?.[0] === 'expired');
  assert.equal(await page.evaluate(() => sessionStorage.length), 0);
});

test('What another origin says is not heard', async () => {
  const stage = stages.plain;
  const page = await open(stage);
  await instead(page, stage, "opener.postMessage({ type: 'answer', state, answer: '?error=access_denied&state=' + state }, '*'); setTimeout(() => location.reload())");
  await page.click('#in');
  assert.equal(await resultOf(page), 'signed in');
});

test('An answer that nobody waits for says so, and goes nowhere', async () => {
  const { plain: stage } = stages;
  const page = await open(stage);
  const other = await page.context().newPage();
  await other.clock.install();
  await other.goto(new URL('/dist/oauth-callback.html?code=x&state=unknown', stage.demo.url).href);
  await other.clock.runFor(6000);
  await other.getByText('No page waits for this answer').waitFor();
  assert.equal(new URL(other.url()).search, '');
  await isOut(page);
});

test('Clicked twice there is one window; begun anew the first ends', async () => {
  const stage = stages.plain;
  const page = await open(stage);
  await instead(page, stage, '');
  const opened = page.waitForEvent('popup');
  await page.click('#in');
  await (await opened).waitForURL(/authorize/);
  const first = resultOf(page);
  await page.click('#in');
  assert.equal(page.context().pages().length, 2);
  await page.evaluate(() => void globalThis.pd.signOut());
  assert.match(await first, /^SignInError superseded/);
  await page.click('#in');
  assert.equal(await resultOf(page), 'signed in');
});

test('Leave to write that was not granted is told, and actions say why they are off', async () => {
  const stage = stages.plain;
  const page = await open(stage, { expects: [/status of 403/] });
  await page.evaluate(() => globalThis.configureIt({ clientId: 'sim-read-only-client' }));
  await page.click('#in');
  await isIn(page);
  await acknowledge(page);
  await page.waitForFunction(() => globalThis.errors.includes('scope-not-granted'));
  await page.waitForFunction(() => JSON.stringify(document.querySelector('pagerduty-card').snapshot()).includes('may only read'));
  await isIn(page);
  assert.deepEqual(scopesAsked(), ['read', 'read write']);
});

test('With scope "read" nothing that writes is offered', async () => {
  const stage = stages.plain;
  const page = await open(stage);
  await page.evaluate(() => globalThis.configureIt({ scope: 'read' }));
  await page.click('#in');
  await isIn(page);
  await page.waitForFunction(() => JSON.stringify(document.querySelector('pagerduty-card').snapshot()).includes('may only read'));
});

test('Figures, which are read by POST, ask for no leave to write', async () => {
  const page = await signedIn(stages.plain);
  const answered = answerOf(page, '/analytics/');
  await cardOn(page).evaluate((card) => card.facts());
  await answered;
  assert.deepEqual(scopesAsked(), ['read']);
});

test('A write whose window is blocked fails, is told, and the next sign-in asks for write at once', async () => {
  const stage = stages.plain;
  const page = await signedIn(stage);
  await page.evaluate(() => { globalThis.realOpen = globalThis.open; globalThis.open = () => null; });
  await acknowledge(page);
  await page.waitForFunction(() => globalThis.errors.includes('popup-blocked'));
  assert.equal(acknowledgements().length, 0);
  await page.evaluate(() => { globalThis.open = globalThis.realOpen; });
  await page.click('#in');
  assert.equal(await resultOf(page), 'signed in');
  assert.deepEqual(scopesAsked(), ['read', 'read write']);
});

test('A token that ends is renewed where PagerDuty does that', async () => {
  const stage = stages.plain;
  const page = await signedIn(stage, { prepare: (p) => p.clock.install() });
  const first = lastToken();
  /** The clocks of both. */
  const advance = async (ms) => {
    await stage.simulator.control({ op: 'clock', advanceMs: ms });
    await page.clock.fastForward(ms);
  };
  const renewed = answerOf(page, '/oauth/token');
  await advance(864_000_000 - 60_000);
  await refresh(page);
  await renewed;
  const answered = answerOf(page, '/incidents?');
  await refresh(page);
  await answered;
  await advance(120_000);
  const answeredLater = answerOf(page, '/incidents?');
  await refresh(page);
  await answeredLater;
  await isIn(page);
  assert.deepEqual(grantsAsked(), ['authorization_code', 'refresh_token']);
  assert.notEqual(lastToken(), first);
  assert.deepEqual(await page.evaluate(() => [globalThis.asked, globalThis.errors]), [[''], []]);
});

test('A token that ends and is not renewed: the card asks to sign in again, and keeps what it knew', async () => {
  const stage = stages.plain;
  await stage.simulator.control({ op: 'data', kind: 'oauthClient', value: { id: 'sim-oauth-client', refresh: false } });
  const page = await signedIn(stage, { prepare: (p) => p.clock.install() });
  await page.clock.fastForward(864_000_001);
  await isOut(page);
  await isIn(page);
  assert.deepEqual(await page.evaluate(() => [globalThis.asked, globalThis.errors]), [['', ''], []]);
  await stage.simulator.control({ op: 'data', kind: 'token', value: { token: lastToken(), revoked: true } });
  await page.click('#in');
  assert.equal(await resultOf(page), 'signed in');
  await cardOn(page).getByText(kSignedOut).first().waitFor({ state: 'detached' });
});

test('A token that PagerDuty refuses is forgotten, once for all requests that carried it', async () => {
  const stage = stages.plain;
  const page = await signedIn(stage, { expects: [/status of 401/] });
  await stage.simulator.control({ op: 'data', kind: 'token', value: { token: lastToken(), revoked: true } });
  await refresh(page);
  await isOut(page);
  await isIn(page);
  assert.deepEqual(await page.evaluate(() => globalThis.asked), ['', '']);
  const old = lastToken();
  const before = arrived.length;
  await page.click('#in');
  assert.equal(await resultOf(page), 'signed in');
  await cardOn(page).getByText(kSignedOut).first().waitFor({ state: 'detached' });
  assert.ok(arrived.slice(before).every(({ headers }) => headers.authorization !== `Bearer ${old}`));
});

test('A refusal of the token before says nothing of this one: what was asked is asked again with it', async () => {
  const stage = stages.plain;
  const page = await signedIn(stage, { expects: [/status of 401/] });
  const old = lastToken();
  const gate = {};
  const isHeld = new Promise((done) => { gate.hold = done; });
  const isOpen = new Promise((done) => { gate.open = done; });
  await page.route(/\/(services|incidents|oncalls)\b/, async (route) => {
    gate.hold();
    await isOpen;
    await route.continue();
  });
  await refresh(page);
  await isHeld;
  await stage.simulator.control({ op: 'data', kind: 'token', value: { token: old, revoked: true } });
  await page.click('#in');
  assert.equal(await resultOf(page), 'signed in');
  const refused = page.waitForResponse((response) => response.status() === 401);
  const answered = answerOf(page, '/incidents?');
  gate.open();
  await refused;
  await answered;
  assert.deepEqual(await page.evaluate(() => globalThis.asked), ['']);
});

test('Sign-out forgets and revokes', async () => {
  const stage = stages.plain;
  const page = await signedIn(stage);
  const token = lastToken();
  await page.evaluate(() => globalThis.pd.signOut());
  await isOut(page);
  assert.equal(arrived.filter(({ url }) => url === '/oauth/revoke').length, 2, 'token and refresh token');
  const answer = await fetch(`${stage.simulator.url}/users/me`, { headers: { Authorization: `Bearer ${token}` } });
  assert.equal(answer.status, 401);
});

test('Each tab signs in for itself, and hears no answer of the other', async () => {
  const stage = stages.apart;
  const first = await open(stage);
  const second = await open(stage, { within: first.context() });
  await instead(first, stage, '');
  await first.bringToFront();
  const opened = first.waitForEvent('popup');
  await first.click('#in');
  const popup = await opened;
  await popup.waitForURL(/authorize/);
  await second.bringToFront();
  await second.click('#in');
  assert.equal(await resultOf(second), 'signed in');
  await isIn(second);
  await isOut(first);
  await popup.reload();
  assert.equal(await resultOf(first), 'signed in');
  await isIn(first);
  assert.equal(grantsAsked().length, 2);
});

for (const { sandbox, says } of [
  { sandbox: 'allow-scripts allow-same-origin', says: /add allow-popups and allow-popups-to-escape-sandbox/ },
  { sandbox: 'allow-scripts', says: /add allow-same-origin/ },
]) {
  test(`A frame with sandbox="${sandbox}" is told what is missing`, async () => {
    const page = await stages.framed.page({ path: '/frame.html', expects: [/sandbox|Blocked opening/] });
    await page.evaluate((flags) => {
      const frame = document.querySelector('iframe');
      frame.setAttribute('sandbox', flags);
      frame.src = '/sign-in.html';
    }, sandbox);
    const frame = page.frameLocator('iframe');
    await frame.locator('html[data-ready]').waitFor();
    await frame.locator('#in').click();
    const result = await page.frames()[1].evaluate(() => globalThis.result);
    assert.match(result, /^SignInError sandboxed: /);
    assert.match(result, says);
  });
}

test('No token is anywhere but in the Authorization header', async () => {
  const stage = stages.plain;
  const page = await open(stage, { prepare: (p) => p.addInitScript(watchForScan) });
  const answers = [];
  page.on('response', (response) => { if (response.url().endsWith('/oauth/token')) answers.push(response.json()); });
  await page.click('#in');
  await isIn(page);
  const [tokens] = await Promise.all(answers);
  const secrets = [tokens.access_token, tokens.refresh_token];
  await page.evaluate(() => { globalThis.card = document.querySelector('pagerduty-card'); });
  await settled(page);
  assert.deepEqual(await page.evaluate(scanPage, secrets.flatMap(canaryForms)), []);
  assert.equal(await page.evaluate(() => performance.getEntries().some(({ name }) => /[?&](code|state)=/.test(name))), false);
  const elsewhere = arrived.filter(({ url, headers, body }) => secrets.some((secret) =>
    url.includes(secret) || body.includes(secret) || JSON.stringify({ ...headers, authorization: '' }).includes(secret)));
  assert.deepEqual(elsewhere, []);
  // It can be found: as it would be, were it on the page.
  await show(page, `<p>${secrets[0]}</p>`);
  assert.ok((await page.evaluate(scanPage, secrets.flatMap(canaryForms))).length > 0);
});
