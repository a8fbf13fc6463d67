/** Settings and secrets -> the accounts of the page. */

import type { Kit } from '../element/kit.js';
import type { Region } from '../runtime/messages.js';
import type { AccountOptions } from '../transport/accounts.js';
import type { Secrets } from './secrets.js';

/** One account of the settings; `shared/settings/settings.cpp` writes it. */
export interface KeptAccount {
  name: string;
  auth: 'token' | 'oauth' | 'proxy' | 'sign-in';
  region: Region;
  subdomain?: string;
  from?: string;
  clientId?: string;
  redirectUri?: string;
  apiBase?: string;
  eventsBase?: string;
}

/** Settings as they are kept and handed to the page: nothing secret. */
export interface KeptSettings {
  pagerdutyCardSettings: 1;
  accounts: KeptAccount[];
  defaultAccount: string;
}

/** Another host than PagerDuty's, for a test server. */
export type Hosts = Pick<AccountOptions, 'apiBase' | 'eventsBase' | 'identityBase'>;

/** Without credentials where a secret is missing. */
export function optionsOf(account: KeptAccount, secrets: Secrets, hosts: Hosts, region: Region = account.region): AccountOptions {
  const { name, auth, from = '', subdomain = '', clientId = '', redirectUri = '', apiBase, eventsBase } = account;
  const own = { region, ...hosts };
  const as = from === '' ? {} : { from };
  const token = secrets.get(name, 'PAGERDUTY_TOKEN');
  const [id, secret] = [secrets.get(name, 'PD_CLIENT_ID'), secrets.get(name, 'PD_CLIENT_SECRET')];
  switch (auth) {
    case 'token':
      return token === undefined ? own : { ...own, credentials: { type: 'token', token, ...as } };
    case 'oauth':
      if (id === undefined || secret === undefined) return own;
      return { ...own, credentials: { type: 'client-credentials', clientId: id, clientSecret: secret, subdomain, region, ...as } };
    case 'proxy':
      return { region, ...(apiBase !== undefined && { apiBase }), ...(eventsBase !== undefined && { eventsBase }), credentials: { type: 'proxy' } };
    case 'sign-in':
      return { ...own, credentials: { type: 'oauth', clientId, redirectUri } };
  }
}

/**
 * Connects the page's cards by these settings. `onlyWhereUnset`: accounts that the page itself has connected stay as they are. Errors:
 * TypeError for an address or credentials that cannot be used.
 */
export function connect({ page }: Kit, settings: KeptSettings, secrets: Secrets, hosts: Hosts, onlyWhereUnset = false): void {
  const accounts = new Map<string, AccountOptions>();
  const set = (name: string, kept: KeptAccount): void => {
    const { credentials, fetch } = page.account(name);
    if (onlyWhereUnset && (credentials !== undefined || fetch !== undefined)) return;
    accounts.set(name, { ...optionsOf(kept, secrets, hosts), dropped: (why) => secrets.drop(kept.name, why) });
  };
  for (const account of settings.accounts) set(account.name, account);
  const main = settings.accounts.find(({ name }) => name === settings.defaultAccount);
  // Cards that name no account.
  if (main !== undefined) set('', main);
  page.setAccounts(accounts);
}
