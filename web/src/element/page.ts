/** What all cards of a page share: one runtime, and the defaults that `configure()` sets. */

import { PARTS, type PartName } from '../runtime/parts.js';
import { importFrom } from '../runtime/open-file.js';
import { PageRuntime } from '../runtime/page-runtime.js';
import { ACCOUNT_OPTIONS, equalOptions, type AccountOptions } from '../transport/accounts.js';
import type { ThemeChoice } from './appearance.js';
import { readKept } from './kept-settings.js';

/** Page-wide defaults. The account options given here are those of the default account. */
export interface PageOptions extends AccountOptions {
  /** Accounts by the name that `account` attributes and annotations use; `''` is the default one. */
  accounts?: Record<string, AccountOptions>;
  /** Default of the `theme` attribute. */
  theme?: ThemeChoice;
  /** IANA name; default of the `time-zone` attribute. */
  timeZone?: string;
  /** Where pagerduty-card.wasm is, if not beside pagerduty-card.js. Before the first card starts. */
  wasmUrl?: string | URL;
  /** Where pagerduty-card.more.wasm, .tabs.wasm, .yaml.wasm and .settings.wasm are, if not beside pagerduty-card.wasm; for bundlers that rename files. */
  wasmPartUrls?: Partial<Record<PartName, string | URL>>;
  /** Where pagerduty-settings.js is, if not beside pagerduty-card.wasm. */
  settingsUrl?: string | URL;
  /** Where pagerduty-card.oauth.js is, if not beside pagerduty-card.wasm. */
  oauthUrl?: string | URL;
  /**
   * Keep the last answers on this device (IndexedDB, at most a day), so that a reload shows the last known card at once, marked
   * with its age. Titles and names are then stored; secrets never are. Default: false.
   */
  keepSnapshot?: boolean;
}

/** pagerduty-settings.js, which connects the page as it was saved there. */
async function connectBy(url: URL): Promise<void> {
  const settings = (await importFrom(url)) as { ready?: Promise<void> };
  await settings.ready;
}

export class Page {
  readonly runtime = new PageRuntime();
  readonly #accounts = new Map<string, AccountOptions>([['', {}]]);
  /** Accounts that cards have of their own; cards that ask the same, as the same, share one. */
  readonly #ownAccounts: AccountOptions[] = [];
  readonly #listeners = new Set<() => void>();
  #settingsUrl: URL | undefined;
  #asKept: Promise<unknown> | undefined;
  theme: ThemeChoice = 'auto';
  timeZone: string | undefined;

  /** Errors: TypeError for an address or credentials that cannot be used; nothing of `options` holds then. */
  configure(options: PageOptions): void {
    const changed = new Map<string, AccountOptions>();
    const own = pick(options);
    const { apiBase, eventsBase, identityBase } = { ...this.hosts, ...own };
    if (Object.keys(own).length > 0) changed.set('', { ...this.#accounts.get(''), ...own });
    for (const [name, account] of Object.entries(options.accounts ?? {})) {
      changed.set(name, { ...(name === '' && changed.get('')), ...pick(account) });
    }
    if (options.wasmUrl !== undefined) this.runtime.setEngineUrl(new URL(options.wasmUrl, document.baseURI));
    if (options.settingsUrl !== undefined) this.#settingsUrl = new URL(options.settingsUrl, document.baseURI);
    if (options.oauthUrl !== undefined) this.runtime.oauthUrl = new URL(options.oauthUrl, document.baseURI);
    for (const part of PARTS) {
      const url = options.wasmPartUrls?.[part];
      if (url !== undefined) this.runtime.setPartUrl(part, new URL(url, document.baseURI));
    }
    const keepsSnapshot = options.keepSnapshot ?? this.runtime.keepsSnapshot;
    if (keepsSnapshot !== this.runtime.keepsSnapshot) {
      this.runtime.keepsSnapshot = keepsSnapshot;
      for (const [name, account] of this.#accounts) {
        if (account.credentials !== undefined && !changed.has(name)) changed.set(name, account);
      }
    }
    for (const [name, account] of changed) this.runtime.setAccount(name, account);
    for (const [name, account] of changed) this.#accounts.set(name, account);
    this.hosts = { ...(apiBase !== undefined && { apiBase }), ...(eventsBase !== undefined && { eventsBase }), ...(identityBase !== undefined && { identityBase }) };
    this.theme = options.theme ?? this.theme;
    this.timeZone = options.timeZone ?? this.timeZone;
    for (const listener of this.#listeners) listener();
  }

  account(name: string): AccountOptions {
    return this.#accounts.get(name) ?? {};
  }

  /** Other hosts than PagerDuty's that the page gave for all. */
  hosts: Pick<AccountOptions, 'apiBase' | 'eventsBase' | 'identityBase'> = {};

  /** Each with just these options, whatever it had before. Errors: TypeError, see configure(). */
  setAccounts(accounts: Map<string, AccountOptions>): void {
    for (const [name, account] of accounts) this.runtime.setAccount(name, account);
    for (const [name, account] of accounts) this.#accounts.set(name, account);
    for (const listener of this.#listeners) listener();
  }

  /**
   * What was saved on the settings page of this site holds where the page itself says nothing: undefined when there is nothing
   * to wait for before the first card asks.
   */
  connectAsKept(): Promise<unknown> | undefined {
    if (this.#asKept === undefined && readKept() !== '') {
      const url = this.#settingsUrl ?? this.runtime.urlOf('pagerduty-settings.js');
      this.#asKept = connectBy(url).catch((error: unknown) => {
        // eslint-disable-next-line no-console
        console.error(`pagerduty-card: the settings that were saved cannot be used: ${url.href} could not be loaded. ${String(error)}`);
      });
      return this.#asKept;
    }
    return undefined;
  }

  async signOut(name: string): Promise<void> {
    const { credentials, ...rest } = this.account(name);
    if (credentials !== undefined && typeof credentials !== 'function' && 'type' in credentials && SECRET_TYPES.has(credentials.type)) {
      rest.dropped?.('signed-out');
      this.setAccounts(new Map([[name, rest]]));
    }
    await this.runtime.signOut(name);
  }

  /** The name of an account with these options. Errors: TypeError, see configure(). */
  ownAccount(options: AccountOptions): string {
    let index = this.#ownAccounts.findIndex((known) => equalOptions(known, options));
    if (index < 0) {
      index = this.#ownAccounts.length;
      this.runtime.setAccount(`own-${index + 1}`, options);
      this.#ownAccounts.push({ ...options });
    }
    return `own-${index + 1}`;
  }

  /** Calls back after each configure(). */
  listen(listener: () => void): void {
    this.#listeners.add(listener);
  }
  unlisten(listener: () => void): void {
    this.#listeners.delete(listener);
  }
}

/** Credentials that hold a secret. */
const SECRET_TYPES: ReadonlySet<string> = new Set(['token', 'client-credentials']);

function pick(options: AccountOptions): AccountOptions {
  const picked: Record<string, unknown> = {};
  for (const name of ACCOUNT_OPTIONS) {
    if (options[name] !== undefined) picked[name] = options[name];
  }
  return picked;
}
