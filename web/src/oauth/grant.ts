/** Authorization code with PKCE (RFC 6749, 7636, 9207) and what follows: tokens, renewal, revocation (RFC 7009). Tokens stay here. */

import * as oauth from 'oauth4webapi';
import type { Grant, Plan } from './oauth.js';
import { Problem, refusal, scopeProblem } from './problems.js';

/** What an answer is held against; used once. */
export interface Question {
  state: string;
  verifier: string;
  scope: string;
}

const TIMEOUT_MS = 10_000;
const DEFAULT_LIFETIME_S = 3600;
/** Asked for again this long before it ends, if the server does that. */
const RENEW_BEFORE_MS = 120_000;
const PAGERDUTY = 'https://identity.pagerduty.com';
/** By what name PagerDuty's identity host speaks of itself. */
const PAGERDUTY_ISSUER = 'https://app.pagerduty.com';

function serverOf({ identity }: Plan, issuer = identity): oauth.AuthorizationServer {
  return { issuer, token_endpoint: `${identity}/oauth/token`, revocation_endpoint: `${identity}/oauth/revoke` };
}

const clientOf = ({ clientId }: Plan): oauth.Client => ({ client_id: clientId });
const NO_SECRET = oauth.None();

interface Options {
  [oauth.customFetch]: (url: string, init: RequestInit) => Promise<Response>;
  // eslint-disable-next-line @typescript-eslint/no-deprecated -- see optionsOf
  [oauth.allowInsecureRequests]: boolean;
  signal: AbortSignal;
}

function optionsOf({ identity, fetch: fetchIt }: Plan): Options {
  return {
    [oauth.customFetch]: (url, init) => fetchIt(url, { ...init, cache: 'no-store', credentials: 'omit', referrerPolicy: 'no-referrer' }),
    // Marked as deprecated to stand out: for a test server of this machine; accounts.ts lets no other through.
    // eslint-disable-next-line @typescript-eslint/no-deprecated
    [oauth.allowInsecureRequests]: identity.startsWith('http:'),
    signal: AbortSignal.timeout(TIMEOUT_MS),
  };
}

/** What is asked, and the address that asks it. */
export async function makeQuestion(plan: Plan, scope: string): Promise<{ question: Question; url: string }> {
  const question = { state: oauth.generateRandomState(), verifier: oauth.generateRandomCodeVerifier(), scope };
  const url = new URL(`${plan.identity}/oauth/authorize`);
  url.search = new URLSearchParams({
    client_id: plan.clientId,
    redirect_uri: plan.redirectUri,
    response_type: 'code',
    scope,
    state: question.state,
    code_challenge: await oauth.calculatePKCECodeChallenge(question.verifier),
    code_challenge_method: 'S256',
  }).toString();
  return { question, url: url.href };
}

/** `answer`: the query that came to the redirect URI. Errors: Problem. */
export async function exchange(plan: Plan, question: Question, answer: URLSearchParams): Promise<Grant> {
  const asked = Date.now();
  try {
    const server = serverOf(plan, issuerOf(plan, answer));
    const parameters = validate(server, plan, answer, question.state);
    const response = await oauth.authorizationCodeGrantRequest(server, clientOf(plan), NO_SECRET, parameters, plan.redirectUri, question.verifier, optionsOf(plan));
    const tokens = await oauth.processAuthorizationCodeResponse(server, clientOf(plan), response);
    return grantOf(plan, tokens, question.scope, asked);
  } catch (error) {
    throw problemOf(error, plan, question.scope);
  }
}

// By whatever path of its own: there is one identity on a host.
function issuerOf({ identity }: Plan, answer: URLSearchParams): string {
  const issuer = answer.get('iss');
  if (issuer === null || !URL.canParse(issuer)) return identity;
  const { origin } = new URL(issuer);
  const isKnown = origin === new URL(identity).origin || (identity === PAGERDUTY && origin === PAGERDUTY_ISSUER);
  return isKnown ? issuer : identity;
}

function validate(server: oauth.AuthorizationServer, plan: Plan, answer: URLSearchParams, state: string): URLSearchParams {
  try {
    return oauth.validateAuthResponse(server, clientOf(plan), answer, state);
  } catch (error) {
    if (error instanceof oauth.AuthorizationResponseError) throw error;
    if (answer.getAll('state').join() !== state) {
      throw new Problem('state-mismatch', 'The answer belongs to another sign-in than the one that was begun here. Sign in again.');
    }
    if (answer.has('iss')) throw new Problem('issuer-mismatch', 'The answer is not of the server that was asked. Check identityBase.');
    throw error;
  }
}

function grantOf(plan: Plan, tokens: oauth.TokenEndpointResponse, scope: string, asked: number): Grant {
  const granted = (tokens.scope ?? scope).split(' ');
  const allows = (one: string): boolean => granted.includes(one) || (one === 'read' && granted.includes('write'));
  const wanted = scope.split(' ');
  const lacks = wanted.filter((one) => !allows(one));
  if (lacks.length === wanted.length) throw scopeProblem(scope);
  const writes = granted.some(isWriteScope);
  let held = heldOf(tokens, asked);
  let renewing: Promise<void> | undefined;
  const renewHeld = async (refreshToken: string): Promise<void> => {
    const fresh = await renew(plan, refreshToken);
    held = fresh ?? { ...held, refreshToken: undefined };
  };
  return {
    header: async () => {
      if (held.refreshToken !== undefined && Date.now() >= held.until - RENEW_BEFORE_MS) {
        renewing ??= renewHeld(held.refreshToken).finally(() => (renewing = undefined));
        // Not reached: what is left of it counts, and after that it is tried again.
        await renewing.catch((error: unknown) => {
          if (Date.now() >= held.until) throw error;
        });
      }
      return Date.now() < held.until ? bearer(held) : undefined;
    },
    isOf: (header) => header === bearer(held),
    writes,
    mayWrite: writes || (lacks.length === 0 && mostOf(plan).some(isWriteScope)),
    lacks: lacks.join(' '),
    revoke: async () => {
      const revoke = (token: string): Promise<unknown> => oauth.revocationRequest(serverOf(plan), clientOf(plan), NO_SECRET, token, optionsOf(plan));
      await Promise.allSettled([held.refreshToken, held.token].filter((token) => token !== undefined).map(revoke));
    },
  };
}

interface Held {
  token: string;
  refreshToken: string | undefined;
  /** ms since the epoch. */
  until: number;
}

const bearer = ({ token }: Held): string => `Bearer ${token}`;

function heldOf({ access_token: token, refresh_token: refreshToken, expires_in: lifetimeS = DEFAULT_LIFETIME_S }: oauth.TokenEndpointResponse, asked: number): Held {
  return { token, refreshToken, until: asked + lifetimeS * 1000 };
}

/** The most that is asked for. */
export const mostOf = ({ scope = 'read write' }: Plan): string[] => scope.trim().split(/\s+/);

export const isWriteScope = (scope: string): boolean => /(^|\.)write$/.test(scope);

/** Undefined: the server does not renew it. Rejects: it could not be asked. */
async function renew(plan: Plan, refreshToken: string): Promise<Held | undefined> {
  const asked = Date.now();
  const response = await oauth.refreshTokenGrantRequest(serverOf(plan), clientOf(plan), NO_SECRET, refreshToken, optionsOf(plan));
  try {
    const tokens = await oauth.processRefreshTokenResponse(serverOf(plan), clientOf(plan), response);
    return heldOf({ refresh_token: refreshToken, ...tokens }, asked);
  } catch (error) {
    if (response.status >= 500) throw error;
    return undefined;
  }
}

function problemOf(error: unknown, { identity }: Plan, scope: string): Problem {
  if (error instanceof Problem) return error;
  if (error instanceof oauth.AuthorizationResponseError || error instanceof oauth.ResponseBodyError) return refusal(error.error);
  // Nothing granted is no scope at all, which the library takes for a mistake.
  if (error instanceof oauth.OperationProcessingError) {
    const { body } = (error.cause ?? {}) as { body?: { scope?: unknown } };
    return body?.scope === '' ? scopeProblem(scope) : new Problem('bad-answer', 'What answered is not PagerDuty, or not its sign-in. Check identityBase.');
  }
  return new Problem('network', `${new URL(identity).origin} could not be reached: check the connection, and connect-src of the page's policy.`);
}
