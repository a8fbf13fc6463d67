// Answers of a sign-in, and of the token endpoint after it, as nobody should send them: whatever they are, there is a grant only for the
// one that was asked, and otherwise a problem with a code and a message that repeats no secret. No coverage leads it: it puts together what
// the standards name and breaks it, from a seed that can be replayed.
//
//   node tests/fuzz/oauth.mjs [--seconds N | --runs N] [--seed N]
import assert from 'node:assert/strict';
import { createRequire } from 'node:module';
import { join } from 'node:path';
import { parseArgs } from 'node:util';
import { Random } from '../simulator/model/random.mjs';

const kRunsATask = 1000;
const kRoot = join(import.meta.dirname, '../..');
const require = createRequire(join(kRoot, 'web/package.json'));
const kIdentity = 'https://identity.pagerduty.com';
const kState = 'the-state-that-was-sent-0123456789';
const kCode = 'code-SECRET-one';
const kToken = 'token-SECRET-two';
const kRefresh = 'refresh-SECRET-three';
const kCodes = new Set(['access-denied', 'state-mismatch', 'issuer-mismatch', 'code-refused', 'scope-not-granted', 'network', 'refused', 'bad-answer']);

/** The module under test, as it ships, but for its window. */
export async function loadGrant() {
  const { build } = require('esbuild');
  const { outputFiles } = await build({ entryPoints: [join(kRoot, 'web/src/oauth/grant.ts')], bundle: true, format: 'esm', platform: 'neutral', mainFields: ['module', 'main'], write: false, logLevel: 'silent' });
  return import(`data:text/javascript;base64,${Buffer.from(outputFiles[0].text).toString('base64')}`);
}

/** Chance that a seed can repeat. */
function randomOf(seed) {
  const random = new Random(seed);
  const below = (count) => random.between(0, count - 1);
  return { below, pick: (list) => random.pick(list), isOne: (of) => below(of) === 0 };
}

const kNames = ['code', 'state', 'iss', 'error', 'error_description', 'error_uri', 'scope', 'session_state', 'id_token', 'access_token', 'response', '', '__proto__', 'constructor'];
const kValues = [kCode, kState, '', ' ', kState.slice(1), `${kState}&`, `${kState}\u0000`, kState.toUpperCase(), kIdentity, `${kIdentity}/`, 'https://app.pagerduty.com', 'https://evil.example', 'javascript:alert(1)', 'https://',
  'access_denied', 'invalid_grant', 'server_error', 'a'.repeat(70), '<script>', `${kCode} ${kToken}`, '\u202e', '%00', '\ud83d\ude00', 'null', '-1', '[object Object]'];
const kMembers = ['access_token', 'token_type', 'expires_in', 'refresh_token', 'scope', 'id_token', 'error', 'error_description', '__proto__', 'toString', ''];
const kScopes = ['read', 'write', 'read write', '', 'incidents.read', 'openid', 'read  write', 7, null];

const anyJson = (random, depth = 0) => {
  switch (random.below(depth > 2 ? 6 : 8)) {
    case 0: return random.pick(kValues);
    case 1: return random.pick([0, -1, 1e308, -0, 1.5, 3600, 1e20]);
    case 2: return random.isOne(2);
    case 3: return null;
    case 4: return random.pick(['Bearer', 'bearer', 'mac', 'DPoP', kToken, kRefresh]);
    case 5: return random.pick(kScopes);
    case 6: return Array.from({ length: random.below(3) }, () => anyJson(random, depth + 1));
    default: return Object.fromEntries(Array.from({ length: random.below(3) }, () => [random.pick(kMembers), anyJson(random, depth + 1)]));
  }
};

/** The right answer with some of it changed. */
function queryOf(random) {
  const pairs = [['code', kCode], ['state', kState]];
  if (random.isOne(3)) pairs.push(['iss', random.pick([kIdentity, 'https://app.pagerduty.com'])]);
  for (let changes = random.pick([0, 0, 1, 1, 2, 4]); changes > 0; --changes) {
    const at = random.below(pairs.length + 1);
    switch (random.below(4)) {
      case 0: pairs.splice(at, 1); break;
      case 1: pairs.splice(at, 0, [random.pick(kNames), random.pick(kValues)]); break;
      case 2: if (pairs[at]) pairs[at] = [pairs[at][0], random.pick(kValues)]; break;
      default: if (pairs[at]) pairs.splice(at, 0, pairs[at]);
    }
  }
  // The name of an error is repeated: that is what it is for.
  return new URLSearchParams(pairs.map(([name, value]) => [name, name === 'error' ? value.replaceAll('SECRET', 'word') : value]));
}

function answerOf(random) {
  if (random.isOne(12)) return { fails: true };
  const body = { access_token: kToken, token_type: 'bearer', expires_in: 3600, refresh_token: kRefresh, scope: 'read write' };
  for (let changes = random.pick([0, 0, 1, 1, 2, 3]); changes > 0; --changes) {
    const member = random.pick(kMembers);
    if (random.isOne(3)) delete body[member];
    else Object.defineProperty(body, member, { value: member === 'error' ? random.pick(['invalid_grant', 'invalid_client', 'new_one', '', 7, null, '<script>', 'a'.repeat(70)]) : anyJson(random), enumerable: true, configurable: true, writable: true });
  }
  let text = JSON.stringify(random.isOne(20) ? anyJson(random) : body);
  // The name of an error is repeated, here too.
  text = text.replace(/"error":"[^"]*"/g, (member) => member.replaceAll('SECRET', 'word'));
  if (random.isOne(10)) text = text.slice(0, random.below(text.length));
  if (random.isOne(30)) text = `\ufeff${text}`;
  const status = random.pick([200, 200, 200, 200, 200, 201, 204, 301, 400, 401, 403, 404, 429, 500, 503]);
  const type = random.pick(['application/json', 'application/json', 'application/json', 'application/json; charset=utf-8', 'text/html', 'text/plain', '', 'application/jwt']);
  const headers = { ...(type !== '' && { 'Content-Type': type }), ...(random.isOne(10) && { 'WWW-Authenticate': random.pick(['Bearer', 'Basic realm="x", error="invalid_token"', '"', 'DPoP error="use_dpop_nonce"']) }) };
  return { text, status, headers };
}

/** As a browser reads it, without a byte order mark. */
const parse = (text) => JSON.parse(text.replace(/^\ufeff/, ''));

/** Whether there may be a grant; what is not decided here is the token endpoint's body. */
function mayBeGranted(query, { fails, text, status }) {
  const one = (name) => query.getAll(name).length === 1;
  if (fails === true || status !== 200 || !one('code') || !one('state') || query.get('state') !== kState || (query.get('error') ?? '') !== '') return false; // without a value it was not sent
  if (query.getAll('iss').length > 1) return false;
  try {
    const body = parse(text);
    return typeof body.access_token === 'string' && body.access_token !== '' && typeof body.token_type === 'string';
  } catch {
    return false;
  }
}

/** One input, from its seed alone. Returns whether it was granted. Errors: AssertionError. */
export async function runOne({ exchange }, seed) {
  const random = randomOf(seed);
  const query = queryOf(random);
  const answer = answerOf(random);
  const asked = [];
  const plan = {
    identity: kIdentity, clientId: 'the-app', redirectUri: 'https://portal.example/oauth-callback.html',
    fetch: async (url, init) => {
      asked.push({ url: String(url), body: String(init.body) });
      if (answer.fails) throw new TypeError('Failed to fetch');
      return new Response(answer.status === 204 ? null : answer.text, { status: answer.status, headers: answer.headers });
    },
  };
  const says = `seed ${seed}: ?${query} -> ${JSON.stringify(answer)}`;
  let grant;
  try {
    grant = await exchange(plan, { state: kState, verifier: 'v'.repeat(43), scope: 'read write' }, query);
  } catch (problem) {
    assert.ok(kCodes.has(problem.code), `${says}\n${problem.code} ${problem.stack}`);
    assert.ok(typeof problem.message === 'string' && problem.message.length > 10 && problem.message.length < 300, says);
    assert.doesNotMatch(problem.message, /SECRET|<script|\u202e/, says);
    assert.equal(problem.cause, undefined, says);
  }
  // The code goes to the token endpoint of the server that was asked, once, or nowhere.
  assert.ok(asked.length <= 1, says);
  for (const { url, body } of asked) {
    assert.equal(url, `${kIdentity}/oauth/token`, says);
    assert.equal(new URLSearchParams(body).get('code_verifier'), 'v'.repeat(43), says);
  }
  if (grant === undefined) return false;
  assert.ok(mayBeGranted(query, answer), `granted: ${says}`);
  const header = await grant.header();
  assert.ok(header === undefined || header === `Bearer ${parse(answer.text).access_token}`, says);
  assert.ok(grant.mayWrite || !grant.writes, says);
  return true;
}

/** Runs from `seed` on until `goesOn` says no. Returns how many, and how many were granted. */
export async function run(goesOn, seed) {
  const grant = await loadGrant();
  let [runs, granted] = [0, 0];
  for (; goesOn(runs); ++runs) {
    if (await runOne(grant, seed + runs)) ++granted;
    // What is gone is let go of between tasks only.
    if (runs % kRunsATask === 0) await new Promise(setImmediate);
  }
  return { runs, granted };
}

if (process.argv[1] === import.meta.filename) {
  const { values } = parseArgs({ options: { seconds: { type: 'string', default: '60' }, runs: { type: 'string' }, seed: { type: 'string', default: '1' } } });
  const until = performance.now() + Number(values.seconds) * 1000;
  const { runs, granted } = await run(values.runs === undefined ? () => performance.now() < until : (count) => count < Number(values.runs), Number(values.seed));
  console.log(`stat::number_of_executed_units: ${runs}\nof them granted: ${granted}`);
}
