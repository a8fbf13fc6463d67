/**
 * What one account shares beyond this page: with other tabs (tabs.ts), with the page after this one (snapshot-store.ts), and
 * the writes of pages that are gone (journal.ts). Messages to C++ go through `send`; its effects come in by `perform`.
 */

import type { Account } from '../transport/accounts.js';
import { claimWrites, dropWrite, findWrites, keepWrite } from './journal.js';
import type { Effect, Message } from './messages.js';
import { forgetAnswers, keepAnswer, keptAnswers } from './snapshot-store.js';
import { canShareTabs, TAB_ID, TabGroup } from './tabs.js';

export type SharingEffect = Extract<Effect, { type: 'share.wants' | 'share.answer' | 'journal.keep' | 'journal.drop' }>;

export class Sharing {
  readonly #account: string;
  readonly #where: string;
  readonly #keeps: boolean;
  readonly #send: (message: Message, body?: Uint8Array) => void;
  readonly #encoder = new TextEncoder();
  #scope: string | undefined;
  #group: TabGroup | undefined;
  #isClosed = false;

  constructor(account: Account, keeps: boolean, send: (message: Message, body?: Uint8Array) => void) {
    this.#account = account.name;
    this.#where = `${account.apiBase} ${account.name}`;
    this.#keeps = keeps;
    this.#send = send;
    this.#tellRole('joining', false);
    void this.#open(account);
  }

  perform(effect: SharingEffect): void {
    switch (effect.type) {
      case 'share.wants': {
        const { leads, refreshMs, wants } = effect;
        this.#group?.send({ type: 'wants', tab: TAB_ID, wants: { leads, refreshMs, wants } });
        return;
      }
      case 'share.answer': {
        const { kind, id, askedAt, fetchedAt, truncated, code, message, wording, retryAt, body } = effect;
        const answer = { kind, id, askedAt, fetchedAt, truncated, code, message, wording, retryAt };
        this.#group?.send({ type: 'answer', answer, body });
        if (this.#keeps && this.#scope !== undefined && body !== undefined && code === undefined) keepAnswer(this.#scope, answer, body);
        return;
      }
      case 'journal.keep':
        keepWrite(this.#journalScope, effect.key, effect.text);
        return;
      case 'journal.drop':
        dropWrite(effect.key);
        return;
    }
  }

  /** The credential was refused: what it showed is not kept. */
  forgetAnswers(): void {
    if (this.#keeps && this.#scope !== undefined) forgetAnswers(this.#scope);
  }

  setVisible(visible: boolean): void {
    this.#group?.setVisible(visible);
  }

  /** The page goes, perhaps only for a while: another tab may lead. */
  pause(): void {
    this.#group?.leave();
  }
  resume(): void {
    void this.#group?.join();
  }

  close(): void {
    this.#isClosed = true;
    this.#group?.leave();
  }

  // A write is looked for by whoever has the account, with whatever credentials.
  get #journalScope(): string {
    return this.#scope ?? this.#where;
  }

  async #open(account: Account): Promise<void> {
    const scope = await account.scope().catch(() => undefined);
    if (this.#isClosed) return;
    this.#scope = scope;
    claimWrites();
    void findWrites(this.#journalScope, (text) => this.#tell({ type: 'journal.found', account: this.#account }, text));
    if (this.#keeps && scope !== undefined) await this.#recall(scope);
    if (scope === undefined || !canShareTabs()) {
      this.#tellRole('alone', false);
      return;
    }
    await this.#join(scope);
  }

  async #join(scope: string): Promise<void> {
    if (this.#isClosed) return;
    this.#group = new TabGroup(scope, {
      role: (role, company) => this.#tellRole(role, company),
      heard: (message) => {
        if (message.type === 'wants') this.#tell({ type: 'heard.wants', account: this.#account, tab: message.tab, ...message.wants });
        else this.#tell({ type: 'heard.answer', account: this.#account, kept: false, ...message.answer }, message.body);
      },
    });
    await this.#group.join().catch(() => this.#tellRole('alone', false));
  }

  async #recall(scope: string): Promise<void> {
    for (const { answer, body } of await keptAnswers(scope, Date.now())) {
      this.#tell({ type: 'heard.answer', account: this.#account, kept: true, ...answer }, body);
    }
  }

  #tellRole(role: Extract<Message, { type: 'account.tab' }>['role'], company: boolean): void {
    this.#tell({ type: 'account.tab', account: this.#account, role, company, keeps: this.#keeps && this.#scope !== undefined });
  }

  #tell(message: Message, body?: string): void {
    if (!this.#isClosed) this.#send(message, body === undefined ? undefined : this.#encoder.encode(body));
  }
}
