// @ts-check
// Sign-in: authorization code with PKCE, client credentials, refresh, revocation.
import { createHash } from 'node:crypto';
import { kCurrentUser } from '../data/people.mjs';
import { kSecond } from '../model/time-zone.mjs';
import { kSubdomain } from '../model/world.mjs';

/** @typedef {import('../engine.mjs').Engine} Engine */
/** @typedef {{id: string, secret?: string, scopes: string[] | 'any', refresh: boolean}} Client */
/**
 * @typedef {{client: string, redirectUri: string, challenge: string, scope: string,
 *   until: number}} Code
 */
/**
 * @typedef {{status: number, headers?: Record<string, string>, body?: unknown,
 *   html?: string}} Reply
 */

const kCodeLifeMs = 30 * kSecond;
const kUserTokenLifeS = 864_000;
const kAppTokenLifeS = 86_400;

/** Plainly no real clients. */
export const kOAuth = Object.freeze({
  clientId: 'sim-oauth-client',
  readOnlyClientId: 'sim-read-only-client',
  appClientId: 'sim-app-client',
  appClientSecret: 'sim-app-secret',
  subdomain: kSubdomain,
});

export class Identity {
  /** @type {Map<string, Client>} */
  clients = new Map();
  /** @type {Map<string, Code>} */
  #codes = new Map();
  /** @type {Map<string, {client: string, scope: string}>} */
  #refreshTokens = new Map();
  /** What the person at the sign-in page does. @type {'approve' | 'deny'} */
  consent = 'approve';
  #engine;

  /** @param {Engine} engine */
  constructor(engine) {
    this.#engine = engine;
    this.reset();
  }

  reset() {
    this.clients = new Map([
      [
        kOAuth.clientId,
        { id: kOAuth.clientId, scopes: ['read', 'write', 'openid'], refresh: true },
      ],
      [kOAuth.readOnlyClientId, { id: kOAuth.readOnlyClientId, scopes: ['read'], refresh: false }],
      [
        kOAuth.appClientId,
        { id: kOAuth.appClientId, secret: kOAuth.appClientSecret, scopes: 'any', refresh: false },
      ],
    ]);
    this.#codes.clear();
    this.#refreshTokens.clear();
    this.consent = 'approve';
  }

  /**
   * GET /oauth/authorize: approves at once, as somebody who is signed in and has agreed before.
   * @param {URLSearchParams} query @returns {Reply}
   */
  authorize(query) {
    const value = (/** @type {string} */ name) => query.get(name) ?? '';
    const [client, redirectUri] = [this.clients.get(value('client_id')), value('redirect_uri')];
    // An address that cannot be trusted is told nothing.
    if (!client || client.secret) return errorPage('The client is not known.');
    if (!isRedirectUri(redirectUri)) return errorPage('The redirect address is not valid.');
    const back = (/** @type {Record<string, string>} */ answer) => {
      const url = new URL(redirectUri);
      for (const [name, text] of Object.entries({
        ...answer,
        ...(value('state') ? { state: value('state') } : {}),
      }))
        url.searchParams.set(name, text);
      return { status: 302, headers: { Location: url.href } };
    };
    if (value('response_type') !== 'code') return back({ error: 'unsupported_response_type' });
    if (value('code_challenge_method') !== 'S256' || !/^[\w-]{43}$/.test(value('code_challenge')))
      return back({ error: 'invalid_request', error_description: 'PKCE with S256 is required' });
    if (this.consent === 'deny') return back({ error: 'access_denied' });
    const code = this.#engine.world.random.id('sim-code-', 40);
    this.#codes.set(code, {
      client: client.id,
      redirectUri,
      challenge: value('code_challenge'),
      scope: allowedScope(client, value('scope')),
      until: this.#engine.world.now() + kCodeLifeMs,
    });
    return back({ code });
  }

  /**
   * POST /oauth/token, form-encoded.
   * @param {URLSearchParams} form @param {string | undefined} authorization @returns {Reply}
   */
  token(form, authorization) {
    const [user, password] = basic(authorization);
    const client = this.clients.get(form.get('client_id') ?? user ?? '');
    if (
      !client ||
      (client.secret !== undefined && client.secret !== (form.get('client_secret') ?? password))
    )
      return oauthError('invalid_client', 401);
    switch (form.get('grant_type')) {
      case 'authorization_code':
        return this.#exchange(client, form);
      case 'refresh_token':
        return this.#refresh(client, form);
      case 'client_credentials':
        return this.#forApp(client, form.get('scope') ?? '');
      default:
        return oauthError('unsupported_grant_type');
    }
  }

  /**
   * POST /oauth/revoke (RFC 7009): also of a token that is not known all is well.
   * @param {URLSearchParams} form @returns {Reply}
   */
  revoke(form) {
    const token = form.get('token') ?? '';
    this.#refreshTokens.delete(token);
    const credential = this.#engine.credentials.get(token);
    if (credential?.scheme === 'Bearer') credential.revoked = true;
    return { status: 200 };
  }

  /** @param {Client} client @param {URLSearchParams} form */
  #exchange(client, form) {
    const code = this.#codes.get(form.get('code') ?? '');
    this.#codes.delete(form.get('code') ?? '');
    const challenge = createHash('sha256')
      .update(form.get('code_verifier') ?? '')
      .digest('base64url');
    const valid =
      code &&
      code.client === client.id &&
      code.redirectUri === form.get('redirect_uri') &&
      code.challenge === challenge &&
      this.#engine.world.now() < code.until;
    return valid
      ? this.#issue(client, code.scope, kCurrentUser, kUserTokenLifeS)
      : oauthError('invalid_grant');
  }

  /**
   * A refresh token works once and is replaced.
   * @param {Client} client @param {URLSearchParams} form
   */
  #refresh(client, form) {
    const token = form.get('refresh_token') ?? '';
    const known = this.#refreshTokens.get(token);
    this.#refreshTokens.delete(token);
    return known && known.client === client.id
      ? this.#issue(client, known.scope, kCurrentUser, kUserTokenLifeS)
      : oauthError('invalid_grant');
  }

  /** @param {Client} client @param {string} scope */
  #forApp(client, scope) {
    if (client.secret === undefined) return oauthError('unauthorized_client');
    const [account, ...scopes] = scope.split(/\s+/).filter(Boolean);
    if (account !== `as_account-us.${kSubdomain}`) return oauthError('invalid_scope');
    return this.#issue(
      client,
      [account, ...allowedScope(client, scopes.join(' ')).split(' ')].filter(Boolean).join(' '),
      null,
      kAppTokenLifeS,
    );
  }

  /**
   * @param {Client} client @param {string} scope @param {string | null} user @param {number} lifeS
   * @returns {Reply}
   */
  #issue(client, scope, user, lifeS) {
    const { world, credentials } = this.#engine;
    const token = world.random.id('sim-oauth-token-', 48);
    credentials.set(token, {
      scheme: 'Bearer',
      user,
      scopes: new Set(scope.split(' ')),
      expiresAt: world.now() + lifeS * kSecond,
      revoked: false,
    });
    const refresh = user && client.refresh ? world.random.id('sim-refresh-', 44) : undefined;
    if (refresh) this.#refreshTokens.set(refresh, { client: client.id, scope });
    return {
      status: 200,
      headers: { 'Cache-Control': 'no-store' },
      body: {
        access_token: token,
        token_type: 'bearer',
        expires_in: lifeS,
        scope,
        ...(refresh ? { refresh_token: refresh } : {}),
      },
    };
  }
}

/**
 * A scope that the client may not have is left out without an error.
 * @param {Client} client @param {string} scope
 */
function allowedScope(client, scope) {
  return scope
    .split(/\s+/)
    .filter((item) => item && (client.scopes === 'any' || client.scopes.includes(item)))
    .join(' ');
}

/** @param {string} text */
function isRedirectUri(text) {
  if (!URL.canParse(text)) return false;
  const url = new URL(text);
  return (
    url.hash === '' &&
    (url.protocol === 'https:' ||
      (url.protocol === 'http:' && ['127.0.0.1', 'localhost', '[::1]'].includes(url.hostname)))
  );
}

/** @param {string} [header] */
function basic(header) {
  const match = /^Basic (\S+)$/i.exec(header ?? '');
  return match
    ? atob(match[1] ?? '')
        .split(':')
        .map(decodeURIComponent)
    : [];
}

/** @param {string} error @param {number} [status] @returns {Reply} */
const oauthError = (error, status = 400) => ({ status, body: { error } });
/** @param {string} text @returns {Reply} */
const errorPage = (text) => ({
  status: 400,
  html: `<!doctype html><title>Sign-in failed</title><h1>Sign-in failed</h1><p>${text}</p>`,
});
