// @ts-check
// OAuth: authorization code with PKCE, client credentials, refresh, revocation.
import assert from 'node:assert/strict';
import { createHash } from 'node:crypto';
import { test } from 'node:test';
import { withSession } from './session.mjs';

/** @typedef {Awaited<ReturnType<typeof import('./session.mjs').startSession>>} Session */

const kVerifier = 'a-verifier-that-is-long-enough-for-the-rules-0123456789';
const kRedirect = 'https://portal.example.com/signed-in';
const kChallenge = createHash('sha256').update(kVerifier).digest('base64url');

/** @param {Session} session @param {Record<string, string>} [more] */
async function authorize({ sim, call }, more = {}) {
  const query = new URLSearchParams({
    client_id: sim.oauth.clientId,
    redirect_uri: kRedirect,
    response_type: 'code',
    scope: 'read write',
    state: 'st-1',
    code_challenge: kChallenge,
    code_challenge_method: 'S256',
    ...more,
  });
  const answer = await call('GET', `/oauth/authorize?${query}`, { token: null });
  const location = answer.headers.get('location');
  return { status: answer.status, to: location === null ? null : new URL(location) };
}

/** @param {Session} session @param {Record<string, string>} form */
const ask = ({ call }, form) =>
  call('POST', '/oauth/token', { token: null, body: new URLSearchParams(form) });

/** @param {Session} session @param {string} code @param {Record<string, string>} [more] */
const exchange = (session, code, more = {}) =>
  ask(session, {
    grant_type: 'authorization_code',
    client_id: session.sim.oauth.clientId,
    code,
    code_verifier: kVerifier,
    redirect_uri: kRedirect,
    ...more,
  });

/** @param {Session} session @param {Record<string, string>} [more] */
const codeOf = async (session, more) =>
  (await authorize(session, more)).to?.searchParams.get('code') ?? '';
const bearer = (/** @type {string} */ token) => ({
  token: null,
  headers: { Authorization: `Bearer ${token}` },
});

test(
  'a code is exchanged for a token that acts as its user, until it ends',
  withSession(async (session) => {
    const { status, to } = await authorize(session);
    assert.deepEqual(
      [status, to?.origin, to?.searchParams.get('state')],
      [302, 'https://portal.example.com', 'st-1'],
    );
    const { body } = await exchange(session, to?.searchParams.get('code') ?? '');
    assert.deepEqual(
      [body.token_type, body.scope, body.expires_in],
      ['bearer', 'read write', 864_000],
    );
    assert.equal(
      (await session.get('/users/me', bearer(body.access_token))).body.user.id,
      'PUANAIS',
    );
    await session.advance(864_000_000);
    assert.equal((await session.get('/users/me', bearer(body.access_token))).status, 401);
  }),
);

test(
  'a code works once, for 30 seconds, with its own verifier, client and address',
  withSession(async (session) => {
    const spent = await codeOf(session);
    assert.equal((await exchange(session, spent)).status, 200);
    const late = await codeOf(session);
    await session.advance(30_000);
    const cases = {
      'used before': () => exchange(session, spent),
      'too old': () => exchange(session, late),
      'wrong verifier': async () =>
        exchange(session, await codeOf(session), { code_verifier: 'another' }),
      'wrong client': async () =>
        exchange(session, await codeOf(session), { client_id: session.sim.oauth.readOnlyClientId }),
      'wrong address': async () =>
        exchange(session, await codeOf(session), {
          redirect_uri: 'https://portal.example.com/other',
        }),
    };
    for (const [name, attempt] of Object.entries(cases)) {
      const { status, body } = await attempt();
      assert.deepEqual([status, body.error], [400, 'invalid_grant'], name);
    }
  }),
);

test(
  'sign-in without PKCE, with a stranger, or against the will of the person fails',
  withSession(async (session) => {
    assert.equal(
      (await authorize(session, { code_challenge_method: 'plain' })).to?.searchParams.get('error'),
      'invalid_request',
    );
    for (const more of [
      { client_id: 'unknown' },
      { redirect_uri: 'http://portal.example.com/' },
      { redirect_uri: 'javascript:alert(1)' },
    ]) {
      assert.deepEqual(await authorize(session, more), { status: 400, to: null });
    }
    await session.sim.control({ op: 'data', kind: 'consent', value: 'deny' });
    assert.equal((await authorize(session)).to?.searchParams.get('error'), 'access_denied');
  }),
);

test(
  'a scope that a client may not have is left out without an error',
  withSession(async (session) => {
    const client = { client_id: session.sim.oauth.readOnlyClientId };
    const { body } = await exchange(session, await codeOf(session, client), client);
    assert.deepEqual([body.scope, body.refresh_token], ['read', undefined]);
    assert.equal((await session.get('/services', bearer(body.access_token))).status, 200);
    const write = await session.call('POST', '/maintenance_windows', {
      ...bearer(body.access_token),
      body: {},
    });
    assert.equal(write.status, 403);
  }),
);

test(
  'a refresh token works once and is replaced',
  withSession(async (session) => {
    const first = (await exchange(session, await codeOf(session))).body;
    const refresh = (/** @type {string} */ token) =>
      ask(session, {
        grant_type: 'refresh_token',
        client_id: session.sim.oauth.clientId,
        refresh_token: token,
      });
    const second = (await refresh(first.refresh_token)).body;
    assert.equal((await session.get('/users/me', bearer(second.access_token))).status, 200);
    assert.equal((await refresh(first.refresh_token)).status, 400);
    assert.equal((await refresh(second.refresh_token)).status, 200);
  }),
);

test(
  'a revoked token works no more, nor does a revoked refresh token',
  withSession(async (session) => {
    const { body } = await exchange(session, await codeOf(session));
    for (const token of [body.access_token, body.refresh_token, 'unknown']) {
      const answer = await session.call('POST', '/oauth/revoke', {
        token: null,
        body: new URLSearchParams({ token }),
      });
      assert.equal(answer.status, 200);
    }
    assert.equal((await session.get('/users/me', bearer(body.access_token))).status, 401);
    const renewed = await ask(session, {
      grant_type: 'refresh_token',
      client_id: session.sim.oauth.clientId,
      refresh_token: body.refresh_token,
    });
    assert.equal(renewed.status, 400);
  }),
);

test(
  'an application gets the scopes it asks for, in its account, and is held to them',
  withSession(async (session) => {
    const { appClientId, appClientSecret, subdomain } = session.sim.oauth;
    const form = {
      grant_type: 'client_credentials',
      client_id: appClientId,
      client_secret: appClientSecret,
      scope: `as_account-us.${subdomain} services.read incidents.read`,
    };
    const { body } = await ask(session, form);
    assert.deepEqual([body.expires_in, body.refresh_token], [86_400, undefined]);
    assert.equal((await session.get('/services', bearer(body.access_token))).status, 200);
    const missing = await session.get('/oncalls', bearer(body.access_token));
    assert.equal(missing.status, 403);
    assert.match(missing.body.error.errors[0], /oncalls\.read/);
    assert.equal((await session.get('/users/me', bearer(body.access_token))).status, 400);
    assert.equal((await ask(session, { ...form, client_secret: 'wrong' })).status, 401);
    assert.equal(
      (await ask(session, { ...form, scope: 'as_account-eu.elsewhere services.read' })).body.error,
      'invalid_scope',
    );
  }),
);
