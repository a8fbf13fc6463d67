/**
 * The secrets that were set on this page, by account: in memory, and in the vault where somebody wants that. Nothing but
 * `connect.ts`, which makes credentials of them, reads them.
 */

import type { SecretName } from '../runtime/messages.js';
import type { DropReason } from '../transport/accounts.js';
import { Vault } from './vault.js';

export const ACCOUNT_SECRETS: readonly SecretName[] = ['PAGERDUTY_TOKEN', 'PD_CLIENT_ID', 'PD_CLIENT_SECRET'];

type Listener = (account: string, why: DropReason) => void;

const idOf = (account: string, secret: SecretName): string => JSON.stringify([account, secret]);

/** What every key looks like; a blank or a line's end is from copying. */
export const isPlausible = (text: string): boolean => /^[\x21-\x7e]{1,4096}$/.test(text);

export class Secrets {
  readonly #values: Map<string, string>;
  readonly #vault: Vault | undefined;
  readonly #listeners = new Set<Listener>();

  private constructor(values: Map<string, string>, vault: Vault | undefined) {
    this.#values = values;
    this.#vault = vault;
  }

  static async open(): Promise<Secrets> {
    const vault = await Vault.open();
    return new Secrets((await vault?.read().catch(() => undefined)) ?? new Map<string, string>(), vault);
  }

  get canRemember(): boolean {
    return this.#vault !== undefined;
  }
  get remembers(): boolean {
    return this.#vault?.remembers === true;
  }

  get(account: string, secret: SecretName): string | undefined {
    return this.#values.get(idOf(account, secret));
  }

  /** Which are set. */
  list(): [string, SecretName][] {
    return [...this.#values.keys()].map((id) => JSON.parse(id) as [string, SecretName]);
  }

  set(account: string, secret: SecretName, value: string): void {
    this.#values.set(idOf(account, secret), value);
    this.#tell((vault) => vault.put(idOf(account, secret), value));
  }

  clear(account: string, ...secrets: readonly SecretName[]): void {
    for (const secret of secrets) this.#values.delete(idOf(account, secret));
    this.#wipe(account, secrets);
  }

  forget(account: string): void {
    this.clear(account, ...ACCOUNT_SECRETS);
  }

  remember(on: boolean): void {
    this.#tell((vault) => (on ? vault.begin(this.#values) : vault.wipe()));
  }

  /** What PagerDuty refused is not remembered; where somebody signed out it is gone altogether. */
  drop(account: string, why: DropReason): void {
    if (why === 'signed-out') this.forget(account);
    else this.#wipe(account, ACCOUNT_SECRETS);
    for (const listener of this.#listeners) listener(account, why);
  }

  listen(listener: Listener): void {
    this.#listeners.add(listener);
  }
  unlisten(listener: Listener): void {
    this.#listeners.delete(listener);
  }

  /** From the device alone, all in one. */
  #wipe(account: string, secrets: readonly SecretName[]): void {
    this.#tell((vault) => vault.remove(secrets.map((secret) => idOf(account, secret))));
  }

  #tell(what: (vault: Vault) => Promise<void>): void {
    if (this.#vault === undefined) return;
    what(this.#vault).catch((error: unknown) => {
      // Then it is in memory alone.
      // eslint-disable-next-line no-console
      console.warn(`<pagerduty-settings> could not change what this device remembers: ${String(error)}`);
    });
  }
}
