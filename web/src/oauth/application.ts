/** An application that signs in for itself (Scoped OAuth, RFC 6749 section 4.4). There is no refresh token: it is asked again. */

import type { Region } from '../runtime/messages.js';

export interface Application {
  type: 'client-credentials';
  clientId: string;
  clientSecret: string;
  subdomain: string;
  region?: Region;
  scope?: string;
  from?: string;
}

/** What the card asks for when the scopes are not given. */
const DEFAULT_SCOPE = [
  'abilities.read',
  'analytics.read',
  'change_events.read',
  'escalation_policies.read',
  'incidents.read',
  'incidents.write',
  'oncalls.read',
  'priorities.read',
  'schedules.read',
  'schedules.write',
  'services.read',
  'services.write',
  'standards.read',
  'teams.read',
  'users.read',
].join(' ');

/** Asked for again this long before it ends. */
const RENEW_BEFORE_MS = 120_000;
const DEFAULT_LIFETIME_S = 3600;
const TIMEOUT_MS = 10_000;

/** RFC 6749, 5.2: `code` is such as `invalid_client`. */
async function refusalOf(response: Response): Promise<Error> {
  const said = (await response.json().catch(() => ({}))) as { error?: unknown };
  const code = typeof said.error === 'string' ? said.error : `HTTP ${response.status}`;
  return Object.assign(new Error(`identity answered ${code}`), { code });
}

/** `header` rejects when there is none to be had; `forget`: it was refused. */
export function asApplication(
  { clientId, clientSecret, subdomain, region = 'us', scope = DEFAULT_SCOPE }: Application,
  identity: string,
  fetchIt: typeof fetch,
): { header: () => Promise<string>; forget: () => void } {
  const body = new URLSearchParams({
    grant_type: 'client_credentials',
    client_id: clientId,
    client_secret: clientSecret,
    scope: `as_account-${region}.${subdomain} ${scope}`,
  });
  let token: Promise<{ value: string; until: number }> | undefined;
  let until = 0;
  const ask = async (): Promise<{ value: string; until: number }> => {
    const response = await fetchIt(`${identity}/oauth/token`, {
      method: 'POST',
      body,
      credentials: 'omit',
      redirect: 'error',
      referrerPolicy: 'no-referrer',
      signal: AbortSignal.timeout(TIMEOUT_MS),
    });
    if (!response.ok) throw await refusalOf(response);
    const answer = (await response.json()) as { access_token?: unknown; expires_in?: unknown };
    if (typeof answer.access_token !== 'string') throw new Error('identity sent no access_token');
    const lifetime = typeof answer.expires_in === 'number' ? answer.expires_in : DEFAULT_LIFETIME_S;
    return { value: `Bearer ${answer.access_token}`, until: Date.now() + lifetime * 1000 - RENEW_BEFORE_MS };
  };
  return {
    // One token for all requests: the promise is shared while it is asked for.
    async header() {
      if (token === undefined || Date.now() > until) {
        token = ask();
        until = Number.POSITIVE_INFINITY;
        token.then(
          (fresh) => (until = fresh.until),
          () => (token = undefined),
        );
      }
      return (await token).value;
    },
    forget() {
      token = undefined;
    },
  };
}
