// The settings page against the simulator: each way to connect, what the test of a connection tells apart, what is kept and what
// is not. No secret is anywhere but where somebody wanted it remembered, and there nobody can read it.
import assert from 'node:assert/strict';
import { after, before, beforeEach, test } from 'node:test';
import { readFileSync } from 'node:fs';
import { canaryForms, scanPage, watchForScan } from '../faults/canary.mjs';
import { axeFindings } from './axe.mjs';
import { cardOf, openStage, pageText, untilStored } from './harness.mjs';

const kSettings = '<pagerduty-settings></pagerduty-settings>';
const script = (more = '') => `import config from '/demo-config.json' with { type: 'json' };
import * as module from '/dist/pagerduty-card.js';
globalThis.pd = module;
globalThis.errors = [];
document.addEventListener('pd-error', ({ detail }) => errors.push(detail.code));
const { apiBase, eventsBase } = config;
module.configure({ apiBase, eventsBase, identityBase: apiBase });
${more}
document.documentElement.dataset.ready = '';`;
const kPages = {
  '/settings-test.html': pageText({ script: '/settings-test.js', head: '<link rel="stylesheet" href="/blank.css">', cards: kSettings + cardOf('PCHKOUT') }),
  '/settings-test.js': script("await import('/dist/pagerduty-settings.js');"),
  // A page of the same site that only has a card.
  '/cards-test.html': pageText({ script: '/cards-test.js', cards: cardOf('PCHKOUT') }),
  '/cards-test.js': script(),
  // As on a real site: PagerDuty's own hosts.
  '/real.html': pageText({ script: '/real.js', cards: kSettings }),
  '/real.js': "globalThis.pd = await import('/dist/pagerduty-card.js'); await import('/dist/pagerduty-settings.js');",
};

let stage;
/** What arrived at the simulator since the test began. */
const arrived = [];
before(async () => { stage = await openStage({ pages: kPages, simulator: { observe: (request) => { if (request.method !== 'OPTIONS') arrived.push(request); } } }); });
after(() => stage.close());
beforeEach(async () => {
  await stage.simulator.control({ op: 'reset' });
  arrived.length = 0;
});

// The browser notes each answer that is an error.
const open = (options = {}) => stage.page({ path: '/settings-test.html', expects: [/Failed to load resource/], ...options });
const on = (page) => page.locator('pagerduty-settings');
const card = (page) => page.locator('pagerduty-card').first();
const click = (page, name) => on(page).getByRole('button', { name, exact: true }).click();
const choose = (page, name) => on(page).getByRole('radio', { name, exact: true }).click();
const kTitle = /Checkout answers 502/;
const isConnected = (page) => card(page).getByRole('link', { name: kTitle }).waitFor();
/** `text`: a part of what is said; a state is a whole word. */
const says = (page, text) => on(page).getByText(text).first().waitFor();
const isMarked = (page, state) => on(page).getByText(state, { exact: true }).first().waitFor();
const hasValue = (page, label, value) => page.waitForFunction(([name, wanted]) =>
  [...document.querySelector('pagerduty-settings').shadowRoot.querySelectorAll('input')].find((field) => field.ariaLabel === name)?.value === wanted, [label, value]);
async function setSecret(page, name, value) {
  await on(page).getByLabel(name, { exact: true }).fill(value);
  await on(page).getByRole('button', { name: new RegExp(`^(Set|Replace) ${name}$`) }).click();
}
const stored = (page) => page.evaluate(() => JSON.stringify({ ...localStorage }));

test('by keyboard alone: a token is pasted, tested and applied, and the card is there', async () => {
  const page = await open();
  await on(page).getByRole('heading', { name: 'Connection to PagerDuty' }).waitFor();
  const press = async (key, until) => {
    for (let i = 0; i < 40; ++i) {
      await page.keyboard.press(key);
      const name = await page.evaluate(() => {
        const element = document.querySelector('pagerduty-settings').shadowRoot.activeElement;
        return element === null ? '' : (element.getAttribute('aria-label') ?? element.textContent);
      });
      if (name === until) return;
    }
    assert.fail(`${key} never came to ${until}`);
  };
  await press('Tab', 'API token');
  await page.keyboard.press('ArrowRight');
  await says(page, 'Scoped OAuth');
  await page.keyboard.press('ArrowLeft');
  await press('Tab', 'PagerDuty address');
  await page.keyboard.type('https://acme.pagerduty.com/');
  await hasValue(page, 'Subdomain', 'acme');
  await press('Tab', 'PAGERDUTY_TOKEN');
  await page.keyboard.type(stage.simulator.tokens.user);
  await page.keyboard.press('Enter');
  await isMarked(page, 'Set');
  await press('Tab', 'Test connection');
  await page.keyboard.press('Enter');
  await says(page, 'May create, acknowledge and resolve incidents');
  await press('Shift+Tab', 'Apply');
  await page.keyboard.press('Enter');
  await says(page, 'The cards of this page are connected anew.');
  await isConnected(page);
});

test('what stands in a field is meant when somebody applies without setting it', async () => {
  const page = await open();
  await on(page).getByLabel('PAGERDUTY_TOKEN', { exact: true }).fill(` ${stage.simulator.tokens.user}\t`);
  await click(page, 'Apply');
  await isConnected(page);
  assert.equal(await on(page).getByLabel('PAGERDUTY_TOKEN', { exact: true }).inputValue(), '', 'never echoed');
});

test('a secret that none can be is refused, and nothing is lost', async () => {
  const page = await open();
  await click(page, 'Set PAGERDUTY_TOKEN');
  await says(page, 'Paste it first.');
  await setSecret(page, 'PAGERDUTY_TOKEN', 'two words');
  await says(page, 'It has blanks');
  assert.equal(await on(page).getByLabel('PAGERDUTY_TOKEN', { exact: true }).inputValue(), 'two words');
});

test('saved settings hold on every page of the site; a secret in memory ends with its page', async () => {
  const page = await open();
  await on(page).getByLabel('Act as (e-mail)').fill('devon@example.com');
  await setSecret(page, 'PAGERDUTY_TOKEN', stage.simulator.tokens.readWrite);
  await click(page, 'Save');
  await isMarked(page, 'Saved');
  assert.ok(!(await stored(page)).includes(stage.simulator.tokens.readWrite));
  await page.reload();
  await isMarked(page, 'Not set');
  assert.equal(await on(page).getByLabel('Act as (e-mail)').inputValue(), 'devon@example.com');
  await card(page).getByText('Not signed in to PagerDuty').first().waitFor();
});

/** A page that remembers a token on the device, and whose settings are saved. */
async function openRemembering() {
  const page = await open();
  await setSecret(page, 'PAGERDUTY_TOKEN', stage.simulator.tokens.user);
  await on(page).getByRole('checkbox', { name: 'Remember on this device for 8 hours' }).click();
  await isMarked(page, 'Set, remembered');
  await click(page, 'Save');
  await isMarked(page, 'Saved');
  return page;
}

test('remembered on the device: connected on the next page, unreadable in the storage, gone when taken back', async () => {
  const page = await openRemembering();
  const secret = stage.simulator.tokens.user;
  const other = await stage.page({ path: '/cards-test.html', within: page.context() });
  await isConnected(other);
  const rows = () => other.evaluate(() => new Promise((done, fail) => {
    const request = indexedDB.open('pagerduty-card-secrets', 1);
    request.onerror = () => fail(request.error);
    request.onsuccess = () => {
      const all = request.result.transaction('secrets').objectStore('secrets').getAll();
      all.onsuccess = async () => {
        const key = all.result.find((row) => 'key' in row)?.key;
        const exported = key && (await crypto.subtle.exportKey('raw', key).then(() => 'exported', (error) => error.name));
        const texts = all.result.filter((row) => 'data' in row).map((row) => new TextDecoder().decode(row.data));
        done({ exported, texts, hours: all.result.filter((row) => 'until' in row).map((row) => (row.until - Date.now()) / 3_600_000) });
      };
    };
  }));
  const kept = await rows();
  assert.equal(kept.exported, 'InvalidAccessError');
  assert.equal(kept.texts.length, 1);
  assert.ok(!kept.texts[0].includes(secret));
  assert.ok(kept.hours[0] > 7.9 && kept.hours[0] <= 8, `${kept.hours[0]} h`);
  await on(page).getByRole('checkbox', { name: 'Remember on this device for 8 hours' }).click();
  await isMarked(page, 'Set');
  await untilStored(page, 'pagerduty-card-secrets', 'secrets', 0);
});

test('what is remembered ends after eight hours, and when the clock is put back', async () => {
  for (const hours of [8.01, -1]) {
    const page = await openRemembering();
    const now = await page.evaluate(() => Date.now());
    await page.clock.setFixedTime(now + hours * 3_600_000);
    await page.reload();
    await isMarked(page, 'Not set');
  }
});

/** PagerDuty does not know the token any more, and the page hears of it. */
async function refuse(page, token) {
  await stage.simulator.control({ op: 'data', kind: 'token', value: { token, revoked: true } });
  await card(page).evaluate((element) => element.refresh());
  await says(page, 'PagerDuty refuses PAGERDUTY_TOKEN');
}

test('a refused token is not remembered any more, and the page says so', async () => {
  const page = await open();
  const token = stage.simulator.tokens.user;
  await setSecret(page, 'PAGERDUTY_TOKEN', token);
  await on(page).getByRole('checkbox').click();
  await click(page, 'Save');
  await click(page, 'Apply');
  await isConnected(page);
  await refuse(page, token);
  await page.reload();
  await isMarked(page, 'Not set');
});

/** What the device is asked for by `name` of its cryptography takes until `globalThis.release()`. */
const hold = (page, name) => page.evaluate((held) => {
  const original = SubtleCrypto.prototype[held];
  const released = new Promise((done) => { globalThis.release = done; });
  SubtleCrypto.prototype[held] = async function (...how) { await released; return original.apply(this, how); };
}, name);

test('a token that is refused while the device still makes its key is not remembered after that', async () => {
  const page = await open();
  const token = stage.simulator.tokens.user;
  await setSecret(page, 'PAGERDUTY_TOKEN', token);
  await click(page, 'Save');
  await click(page, 'Apply');
  await isConnected(page);
  await hold(page, 'generateKey');
  await page.evaluate(() => {
    const { put } = IDBObjectStore.prototype;
    globalThis.keyIsKept = new Promise((done) => {
      IDBObjectStore.prototype.put = function (row) {
        if ('key' in row) this.transaction.addEventListener('complete', () => done(true));
        return put.call(this, row);
      };
    });
  });
  await on(page).getByRole('checkbox').click();
  await refuse(page, token);
  await page.evaluate(() => globalThis.release());
  assert.ok(await page.evaluate(() => globalThis.keyIsKept));
  await page.reload();
  await isMarked(page, 'Not set');
});

test('a token that is cleared while another one is still being encrypted is gone at once, and that one is not kept', async () => {
  for (const goesBefore of [true, false]) {
    const page = await openRemembering();
    await hold(page, 'encrypt');
    await setSecret(page, 'PAGERDUTY_TOKEN', stage.simulator.tokens.readWrite);
    await click(page, 'Clear PAGERDUTY_TOKEN');
    await isMarked(page, 'Not set');
    if (!goesBefore) await page.evaluate(() => { globalThis.release(); return new Promise(requestAnimationFrame); });
    await page.reload();
    await isMarked(page, 'Not set');
  }
});

/** Remembers what is set, and comes back to it; then signs out and reloads at once. */
async function goAwaySigningOut(page) {
  await on(page).getByRole('checkbox').click();
  await click(page, 'Save');
  await click(page, 'Apply');
  await isConnected(page);
  await page.reload();
  await isConnected(page);
  await Promise.all([page.waitForEvent('load'), page.evaluate(() => { void globalThis.pd.signOut(); location.reload(); })]);
}

test('what is to be forgotten is, also when the page goes away in the same moment', async () => {
  const page = await open();
  await setSecret(page, 'PAGERDUTY_TOKEN', stage.simulator.tokens.user);
  await goAwaySigningOut(page);
  await isMarked(page, 'Not set');
});

test("so is all that an application's sign-in needs", async () => {
  const page = await open();
  const { appClientId, appClientSecret, subdomain } = stage.simulator.oauth;
  await choose(page, 'OAuth');
  await on(page).getByLabel('Subdomain').fill(subdomain);
  await setSecret(page, 'PD_CLIENT_ID', appClientId);
  await setSecret(page, 'PD_CLIENT_SECRET', appClientSecret);
  await goAwaySigningOut(page);
  await on(page).getByText('Not set', { exact: true }).nth(1).waitFor();
});

test('signing out forgets a token altogether', async () => {
  const page = await open();
  await setSecret(page, 'PAGERDUTY_TOKEN', stage.simulator.tokens.user);
  await on(page).getByRole('checkbox').click();
  await click(page, 'Apply');
  await isConnected(page);
  await page.evaluate(() => globalThis.pd.signOut());
  await isMarked(page, 'Not set');
  await card(page).getByText('Not signed in to PagerDuty').first().waitFor();
});

test('OAuth: an application connects, and what is wrong with it is told apart', async () => {
  const page = await open();
  const { appClientId, appClientSecret, subdomain } = stage.simulator.oauth;
  await choose(page, 'OAuth');
  await click(page, 'Test connection');
  await says(page, 'OAuth needs the subdomain');
  await on(page).getByLabel('Subdomain').fill(subdomain);
  await click(page, 'Test connection');
  await says(page, 'PD_CLIENT_ID is not set.');
  await setSecret(page, 'PD_CLIENT_ID', appClientId);
  await setSecret(page, 'PD_CLIENT_SECRET', 'wrong-secret');
  await click(page, 'Test connection');
  await says(page, 'PagerDuty does not know this client ID with this secret.');
  await setSecret(page, 'PD_CLIENT_SECRET', appClientSecret);
  await on(page).getByLabel('Subdomain').fill('somebody-else');
  await click(page, 'Test connection');
  await says(page, 'check subdomain and region');
  await on(page).getByLabel('Subdomain').fill(subdomain);
  await click(page, 'Test connection');
  await says(page, 'May read all that cards show');
  await click(page, 'Apply');
  await isConnected(page);
});

test('a read-only key is told, and a wrong one', async () => {
  const page = await open();
  await setSecret(page, 'PAGERDUTY_TOKEN', stage.simulator.tokens.readOnly);
  await click(page, 'Test connection');
  await isMarked(page, 'Read only');
  await says(page, 'Cards need a key with read and write access to act.');
  await setSecret(page, 'PAGERDUTY_TOKEN', 'no-such-key');
  await click(page, 'Test connection');
  await says(page, 'PagerDuty does not know it, neither in the US nor in the EU.');
});

test('a key of an account needs somebody to act as, whom PagerDuty knows', async () => {
  const page = await open();
  await setSecret(page, 'PAGERDUTY_TOKEN', stage.simulator.tokens.readWrite);
  await click(page, 'Test connection');
  await says(page, 'fill in the e-mail of a user');
  await on(page).getByLabel('Act as (e-mail)').fill('nobody@example.com');
  await click(page, 'Test connection');
  await says(page, 'PagerDuty knows no user with the e-mail nobody@example.com.');
});

test('testing changes nothing at PagerDuty', async () => {
  const page = await open();
  await setSecret(page, 'PAGERDUTY_TOKEN', stage.simulator.tokens.user);
  await click(page, 'Test connection');
  await says(page, 'May create, acknowledge and resolve incidents');
  const writes = arrived.filter(({ method }) => method !== 'GET');
  assert.deepEqual(writes.map(({ method, url, body }) => [method, url, JSON.parse(body)]), [['PUT', '/incidents', { incidents: [] }]]);
});

/** PagerDuty's hosts, answered by the simulator: `answers(region)` says with which status, or lets it through. */
async function withRealHosts(page, answers) {
  for (const [region, host] of [['us', 'api.pagerduty.com'], ['eu', 'api.eu.pagerduty.com']]) {
    await page.context().route(`https://${host}/**`, async (route) => {
      const request = route.request();
      const headers = { 'access-control-allow-origin': '*', 'access-control-allow-headers': 'authorization,content-type,from,accept', 'access-control-allow-methods': 'GET,PUT,POST' };
      if (request.method() === 'OPTIONS') return route.fulfill({ status: 204, headers });
      const status = answers(region);
      return route.fulfill({ status, headers, contentType: 'application/json', body: status === 200 ? '{"user":{"name":"Ana Example"}}' : '{"error":{"message":"Unauthorized","code":2006}}' });
    });
  }
}

test('a key of the other region is found out, and one click changes it', async () => {
  const policy = "default-src 'none'; script-src 'self' 'wasm-unsafe-eval'; connect-src 'self' https://api.pagerduty.com https://api.eu.pagerduty.com; style-src 'self'; img-src 'self'";
  const real = await openStage({ pages: kPages, headers: { 'Content-Security-Policy': policy } });
  try {
    const page = await real.page({ path: '/real.html', expects: [/401/] });
    await withRealHosts(page, (region) => (region === 'eu' ? 200 : 401));
    await setSecret(page, 'PAGERDUTY_TOKEN', 'eu-key');
    await click(page, 'Test connection');
    await says(page, 'It is valid in the region EU: choose that one.');
    await click(page, 'Use EU');
    await says(page, 'It speaks for Ana Example.');
    assert.equal(await on(page).getByRole('radio', { name: 'EU' }).getAttribute('aria-checked'), 'true');
  } finally {
    await real.close();
  }
});

test('a browser fills in nobody\'s password for a token, and an address of e-mail where one is asked for; managers pass by the rest', async () => {
  const page = await open();
  const hints = (field) => field.evaluate(({ type, autocomplete, dataset }) => [type, autocomplete, '1pIgnore' in dataset && 'bwignore' in dataset && 'lpignore' in dataset]);
  assert.deepEqual(await hints(on(page).getByLabel('PAGERDUTY_TOKEN', { exact: true })), ['password', 'new-password', false]);
  assert.deepEqual(await hints(on(page).getByLabel('Act as (e-mail)')), ['email', 'email', false]);
  assert.deepEqual(await hints(on(page).getByLabel('Subdomain')), ['text', 'off', true]);
});

test('a security policy that is in the way is told with what to add', async () => {
  const page = await stage.page({ path: '/real.html', expects: [/Content Security Policy|violates/] });
  await setSecret(page, 'PAGERDUTY_TOKEN', 'any-key');
  await click(page, 'Test connection');
  await says(page, 'Add to its connect-src: https://api.pagerduty.com');
});

test('a path without PagerDuty behind it is told', async () => {
  const page = await open({ expects: [/404/] });
  await choose(page, 'Proxy');
  await on(page).getByLabel('Path to the REST API').fill('/nothing-here');
  await click(page, 'Test connection');
  await says(page, 'Something answers at /nothing-here, but not as PagerDuty does');
  await on(page).getByLabel('Path to the REST API').fill('https://evil.example');
  await click(page, 'Save');
  await says(page, 'This has to be a path of this site, such as /pagerduty.');
});

test('Sign-in: applied, the card offers to sign in, and so does the test', async () => {
  const page = await open();
  await choose(page, 'Sign-in');
  assert.equal(await on(page).getByLabel('Redirect URL').inputValue(), new URL('/dist/oauth-callback.html', page.url()).href);
  await on(page).getByLabel('Client ID').fill(stage.simulator.oauth.clientId);
  await click(page, 'Test connection');
  await says(page, 'Nobody is signed in yet: sign in, then test again.');
  await click(page, 'Sign in');
  await says(page, 'May read all that cards show');
  await click(page, 'Apply');
  await isConnected(page);
});

test('several accounts: cards ask the one that they name, the others the default', async () => {
  const page = await open();
  await click(page, 'Add account');
  await on(page).getByRole('textbox', { name: 'Name' }).fill('reading');
  await page.keyboard.press('Enter');
  await on(page).getByRole('combobox', { name: 'Account' }).waitFor();
  await setSecret(page, 'PAGERDUTY_TOKEN', stage.simulator.tokens.readOnly);
  await on(page).getByRole('combobox', { name: 'Account' }).selectOption({ label: 'Main account (default)' });
  await isMarked(page, 'Not set');
  await setSecret(page, 'PAGERDUTY_TOKEN', stage.simulator.tokens.user);
  await click(page, 'Apply');
  await isConnected(page);
  const answered = page.waitForResponse((response) => response.url().includes('/incidents?'));
  await page.evaluate(() => document.querySelector('pagerduty-card').setAttribute('account', 'reading'));
  await answered;
  await isConnected(page);
  const used = new Set(arrived.filter(({ url }) => url.startsWith('/incidents?')).map(({ headers }) => headers.authorization));
  assert.deepEqual(used, new Set([`Token token=${stage.simulator.tokens.user}`, `Token token=${stage.simulator.tokens.readOnly}`]));
});

test('a portal keeps the settings itself, and says how that went', async () => {
  const page = await open();
  await page.evaluate(() => {
    const element = document.querySelector('pagerduty-settings');
    globalThis.kept = [];
    element.addEventListener('pd-settings-save', (event) => {
      event.preventDefault();
      globalThis.kept.push(JSON.stringify(event.detail.settings));
      event.detail.waitUntil(globalThis.kept.length === 1 ? Promise.reject(new Error('The server is read-only today.')) : Promise.resolve());
    });
    element.settings = { pagerdutyCardSettings: 1, accounts: [{ name: '', auth: 'proxy', region: 'us', apiBase: '/pd' }], defaultAccount: '' };
  });
  await isMarked(page, 'Saved');
  assert.equal(await on(page).getByLabel('Path to the REST API').inputValue(), '/pd');
  await on(page).getByLabel('Path to the REST API').fill('/pagerduty');
  await click(page, 'Save');
  await says(page, 'The server is read-only today.');
  await isMarked(page, 'Not saved');
  await click(page, 'Save');
  await isMarked(page, 'Saved');
  assert.equal(await stored(page), '{}');
  assert.equal(await page.evaluate(() => JSON.parse(globalThis.kept.at(-1)).accounts[0].apiBase), '/pagerduty');
});

test('a file takes the settings elsewhere, without secrets; one with a secret is refused', async () => {
  const page = await open();
  await on(page).getByLabel('PagerDuty address').fill('https://acme.eu.pagerduty.com');
  await setSecret(page, 'PAGERDUTY_TOKEN', stage.simulator.tokens.user);
  const [download] = await Promise.all([page.waitForEvent('download'), click(page, 'Export')]);
  const text = readFileSync(await download.path(), 'utf8');
  assert.equal(download.suggestedFilename(), 'pagerduty-card-settings.json');
  assert.ok(!text.includes(stage.simulator.tokens.user));
  const other = await open();
  const load = async (content) => {
    const [chooser] = await Promise.all([other.waitForEvent('filechooser'), click(other, 'Import')]);
    await chooser.setFiles({ name: 'x.json', mimeType: 'application/json', buffer: Buffer.from(content) });
  };
  await load(text);
  await says(other, 'The settings are read. Look at them, then save.');
  assert.equal(await on(other).getByLabel('Subdomain').inputValue(), 'acme');
  await load(text.replace('"subdomain"', '"token"'));
  await says(other, 'There is a secret in it (accounts[0].token)');
  assert.equal(await on(other).getByLabel('Subdomain').inputValue(), 'acme', 'what was there stays');
});

test('no secret is in the page, in its storage or in the module', async () => {
  const page = await open({ prepare: (p) => p.addInitScript(watchForScan) });
  await setSecret(page, 'PAGERDUTY_TOKEN', stage.simulator.tokens.user);
  await on(page).getByRole('checkbox').click();
  await click(page, 'Save');
  await click(page, 'Test connection');
  await says(page, 'May create, acknowledge and resolve incidents');
  await click(page, 'Apply');
  await isConnected(page);
  await page.evaluate(() => { globalThis.card = document.querySelector('pagerduty-card'); });
  assert.deepEqual(await page.evaluate(scanPage, canaryForms(stage.simulator.tokens.user)), []);
});

test('a secret in an attribute is refused and not repeated', async () => {
  const said = [];
  const page = await open({ expects: [/a secret in an attribute/], prepare: (p) => p.on('console', (message) => said.push(message.text())) });
  await page.evaluate(() => {
    const element = document.createElement('pagerduty-settings');
    element.setAttribute('client-secret', 'hush-hush');
    document.querySelector('main').replaceChildren(element);
  });
  await isMarked(page, 'Not set');
  assert.deepEqual(await page.evaluate(() => globalThis.errors), ['secret-in-markup']);
  assert.ok(said.some((text) => text.includes('client-secret')));
  assert.ok(!said.some((text) => text.includes('hush')));
});

test('a part of the module that is not there is told with what mends it', async () => {
  const said = [];
  const page = await stage.page({
    path: '/settings-test.html',
    expects: [/404|settings\.wasm/],
    prepare: async (p) => {
      p.on('console', (message) => said.push(message.text()));
      await p.route('**/pagerduty-card.settings.wasm', (route) => route.fulfill({ status: 404 }));
    },
  });
  await on(page).getByRole('alert').waitFor();
  assert.ok(said.some((text) => text.includes('Put pagerduty-card.settings.wasm beside pagerduty-card.js')), said.join('\n'));
});

test('the settings page speaks the languages of the card', async () => {
  const page = await open();
  await says(page, 'Connection to PagerDuty');
  for (const tag of ['de', 'ja', 'pt-BR']) {
    const texts = JSON.parse(readFileSync(new URL(`../../web/src/settings/languages/${tag}.json`, import.meta.url), 'utf8'));
    await page.evaluate((lang) => document.documentElement.setAttribute('lang', lang), tag);
    await on(page).getByRole('heading', { name: texts.pageName }).waitFor();
    await on(page).getByRole('button', { name: texts.test, exact: true }).waitFor();
  }
});

for (const [width, theme] of [[320, 'light'], [480, 'dark'], [900, 'light'], [900, 'dark']]) {
  test(`axe-core finds nothing: ${width} px, ${theme}`, async () => {
    const page = await open({ context: { viewport: { width: width + 32, height: 900 }, colorScheme: theme } });
    const findings = () => axeFindings(page, { within: 'pagerduty-settings' });
    await says(page, 'Connection to PagerDuty');
    assert.deepEqual(await findings(), []);
    await choose(page, 'OAuth');
    await click(page, 'Save');
    await says(page, 'OAuth needs the subdomain');
    assert.deepEqual(await findings(), []);
    await click(page, 'Add account');
    await on(page).getByRole('dialog').waitFor();
    assert.deepEqual(await findings(), []);
  });
}

test('a page of cards on a site where nothing was saved does not load it', async () => {
  const page = await stage.page({ path: '/cards-test.html' });
  await card(page).getByText('Not signed in to PagerDuty').first().waitFor();
  const loaded = await page.evaluate(() => performance.getEntriesByType('resource').map(({ name }) => new URL(name).pathname));
  assert.ok(loaded.includes('/dist/pagerduty-card.wasm'));
  assert.deepEqual(loaded.filter((path) => path.includes('settings')), []);
});
