/**
 * One settings page while it is on the page: performs what C++ decides, holds what C++ must not know (secrets), and tells it how
 * things went. Ends with `close()`.
 */

import { keep } from '../element/kept-settings.js';
import type { Kit } from '../element/kit.js';
import type { Surface } from '../element/surface.js';
import type { Frame } from '../runtime/engine.js';
import type { CardId, Effect, Message, SecretName, SettingsEffect } from '../runtime/messages.js';
import { callbackPage } from '../runtime/open-file.js';
import type { CardClient, CardEffect } from '../runtime/page-runtime.js';
import type { EngineError } from '../runtime/program.js';
import type { Transport } from '../transport/transport.js';
import { connect, optionsOf, type Hosts, type KeptAccount, type KeptSettings } from './connect.js';
import { downloadText, chooseText } from './files.js';
import { isPlausible, ACCOUNT_SECRETS, type Secrets } from './secrets.js';

type Probe = Extract<SettingsEffect, { type: 'settings.probe' }>;

/** What the element gives and is told. */
export interface SettingsEvents {
  /** A DOM event to dispatch; false: the page prevented it. */
  dispatch(type: string, detail: Record<string, unknown>, cancelable?: boolean): boolean;
  hosts(): Hosts;
  /** What is kept now. */
  saved(text: string): void;
}

const FILE_NAME = 'pagerduty-card-settings.json';
const PROBE_TIMEOUT_MS = 15_000;
const encode = (text: string): Uint8Array => new TextEncoder().encode(text);

/** A `SettingsMessage` without its card. */
type Told = Extract<Message, { type: `settings.${string}` }> extends infer M ? (M extends { card: CardId } ? Omit<M, 'card'> : never) : never;

export class SettingsSession implements CardClient {
  readonly #kit: Kit;
  readonly #surface: Surface;
  readonly #events: SettingsEvents;
  readonly #secrets: Secrets;
  readonly #card: CardId;
  /** What stands in the fields of secrets, by node. */
  readonly #typed = new Map<string, string>();
  /** By where the account is asked: its probes go through a transport of their own. */
  readonly #transport: Transport;
  #lastRequest = 0;
  isVisible = false;

  constructor(kit: Kit, surface: Surface, events: SettingsEvents, secrets: Secrets, opening: { texts: readonly string[]; kept: string; managed: boolean }) {
    this.#kit = kit;
    this.#surface = surface;
    this.#events = events;
    this.#secrets = secrets;
    this.#transport = new kit.Transport();
    this.#card = kit.page.runtime.open(this);
    const { runtime } = kit.page;
    const { texts, kept, managed } = opening;
    this.#tell(
      {
        type: 'settings.open',
        texts,
        redirectUri: callbackPage(runtime.urlOf('oauth-callback.html')).href,
        managed,
        canRemember: secrets.canRemember,
        remembers: secrets.remembers,
        set: secrets.list(),
      },
      encode(kept),
    );
    secrets.listen(this.#onDropped);
  }

  // ---- What the viewer does ----

  activate(node: string): void {
    // What stands in a field is meant, too, when somebody goes on without setting it.
    if (['action:save', 'action:apply', 'action:test'].includes(node)) this.#takeTyped();
    this.#tell({ type: 'settings.activate', node });
  }

  /** Enter in a secret's field. */
  enter(node: string): void {
    const secret = ACCOUNT_SECRETS.find((name) => node.split(':')[1] === name);
    if (secret !== undefined) this.activate(`action:set:${secret}`);
  }

  input(node: string, value: string): void {
    this.#tell({ type: 'settings.input', node, value });
    this.#invalidate();
  }

  type(node: string, value: string): void {
    if (value === '') this.#typed.delete(node);
    else this.#typed.set(node, value);
  }

  // ---- How it is shown ----

  setTexts(texts: readonly string[]): void {
    this.#tell({ type: 'settings.texts', texts });
  }
  load(text: string, kept: boolean): void {
    this.#tell({ type: 'settings.load', kept }, encode(text));
  }
  show(message: Message): void {
    this.#kit.page.runtime.send({ ...message, card: this.#card } as Message);
    this.#invalidate();
  }
  draw(now: number): boolean {
    const frame: Frame | undefined = this.#kit.page.runtime.frame(this.#card, now);
    if (frame === undefined || frame.widthPx === 0) return false;
    this.#surface.present(frame);
    return frame.again;
  }
  close(): void {
    this.#typed.clear();
    this.#secrets.unlisten(this.#onDropped);
    this.#kit.page.runtime.close(this.#card);
    this.#surface.release();
  }

  engineFailed(error: Error): void {
    this.#tellPage(error);
  }
  partFailed(error: Error): void {
    this.#tellPage(error);
  }
  #tellPage(error: Error): void {
    // Its class is pagerduty-card.js's.
    const { fix = String(error) } = error as Partial<EngineError>;
    this.#surface.showFallback(error.message, fix);
    this.#events.dispatch('pd-error', { code: 'engine', section: '', message: `${error.message} ${fix}` });
    // eslint-disable-next-line no-console
    console.error(`pagerduty-settings: ${error.message} ${fix}`);
  }

  // ---- What C++ decided ----

  perform(effect: CardEffect | Effect): void {
    switch (effect.type) {
      case 'changed':
        this.#invalidate();
        return;
      case 'announce':
        this.#surface.announce(effect.text);
        return;
      case 'focus':
        this.#surface.focus(effect.node);
        this.#invalidate();
        return;
      case 'settings.save':
        void this.#save(effect.text);
        return;
      case 'settings.apply':
        this.#apply(effect.text);
        return;
      case 'settings.set-secret':
        this.#setSecret(effect.account, effect.secret, effect.node);
        return;
      case 'settings.clear-secret':
        this.#secrets.clear(effect.account, effect.secret);
        this.#tell({ type: 'settings.secret', account: effect.account, secret: effect.secret, set: false });
        return;
      case 'settings.remember':
        this.#secrets.remember(effect.on);
        return;
      case 'settings.forget':
        this.#secrets.forget(effect.account);
        return;
      case 'settings.export':
        downloadText(FILE_NAME, JSON.stringify(JSON.parse(effect.text), null, 2));
        return;
      case 'settings.choose-file':
        chooseText((text) => this.load(text, false));
        return;
      case 'settings.probe':
        this.#probe(effect);
        return;
      case 'settings.sign-in':
        void this.#signIn(JSON.parse(effect.account) as KeptAccount);
        return;
    }
  }

  async #save(text: string): Promise<void> {
    const settings = JSON.parse(text) as KeptSettings;
    let outcome: unknown;
    const event = { settings, waitUntil: (saving: unknown) => void (outcome = saving) };
    try {
      // A portal that keeps the settings on its server prevents the default, and may say how that went.
      if (this.#events.dispatch('pd-settings-save', event, true)) keep(text);
      else await outcome;
      this.#events.saved(text);
      this.#tell({ type: 'settings.saved', ok: true, why: '' });
    } catch (error) {
      this.#tell({ type: 'settings.saved', ok: false, why: messageOf(error) });
    }
  }

  #apply(text: string): void {
    const settings = JSON.parse(text) as KeptSettings;
    try {
      connect(this.#kit, settings, this.#secrets, this.#events.hosts());
      this.#tell({ type: 'settings.applied', ok: true, why: '' });
      this.#events.dispatch('pd-settings-apply', { settings });
    } catch (error) {
      this.#tell({ type: 'settings.applied', ok: false, why: messageOf(error) });
    }
  }

  // ---- Secrets ----

  #setSecret(account: string, secret: SecretName, node: string): void {
    const value = (this.#typed.get(node) ?? '').trim();
    const isSet = this.#secrets.get(account, secret) !== undefined;
    if (value === '' || !isPlausible(value)) {
      this.#tell({ type: 'settings.secret', account, secret, set: isSet, problem: value === '' ? 'missing' : 'odd' });
      return;
    }
    this.#secrets.set(account, secret, value);
    this.#typed.delete(node);
    this.#surface.clear(node);
    this.#tell({ type: 'settings.secret', account, secret, set: true });
  }

  #takeTyped(): void {
    for (const node of this.#typed.keys()) this.enter(node);
  }

  readonly #onDropped = (account: string, why: 'refused' | 'signed-out'): void => {
    const isRefused = why === 'refused';
    for (const secret of isRefused ? (['PAGERDUTY_TOKEN'] as const) : ACCOUNT_SECRETS) {
      const set = this.#secrets.get(account, secret) !== undefined;
      if (set || !isRefused) this.#tell({ type: 'settings.secret', account, secret, set, ...(isRefused && { problem: 'refused' }) });
    }
  };

  // ---- The test ----

  #probe(effect: Probe): void {
    const { test, probe, region } = effect;
    const id = { test, probe };
    const name = `settings:${region}`;
    try {
      const account = JSON.parse(effect.account) as KeptAccount;
      this.#transport.setAccount(this.#kit.page.runtime.makeAccount(name, optionsOf(account, this.#secrets, this.#events.hosts(), region)));
    } catch (error) {
      this.#tell({ type: 'settings.failure', ...id, reason: 'sign-in-failed', detail: messageOf(error) });
      return;
    }
    const { method, path, body } = effect;
    const request = { type: 'request', request: ++this.#lastRequest, account: name, api: 'rest', method, path, body, needsFrom: method !== 'GET', timeoutMs: PROBE_TIMEOUT_MS } as const;
    void this.#transport.send(request, (message, bytes) => {
      if (message.type === 'response') {
        const { status, serverDateMs } = message;
        this.#tell({ type: 'settings.answer', ...id, status, ...(serverDateMs !== undefined && { clockAheadMs: Date.now() - serverDateMs }) }, bytes);
      } else if (message.type === 'failure') {
        const { reason, origin, detail } = message;
        this.#tell({ type: 'settings.failure', ...id, reason, ...(origin !== undefined && { origin }), ...(detail !== undefined && { detail }) });
      }
    });
  }

  // In the viewer's click: it opens a window.
  async #signIn(account: KeptAccount): Promise<void> {
    const { runtime } = this.#kit.page;
    try {
      await runtime.makeAccount('settings', optionsOf(account, this.#secrets, this.#events.hosts())).signIn?.signIn();
      this.#tell({ type: 'settings.activate', node: 'action:test' });
    } catch (error) {
      this.#tell({ type: 'settings.applied', ok: false, why: messageOf(error) });
    }
  }

  #tell(message: Told, body?: Uint8Array): void {
    this.#kit.page.runtime.send({ ...message, card: this.#card }, body);
  }

  #invalidate(): void {
    this.#kit.page.runtime.scheduler.invalidate(this);
  }
}

const messageOf = (error: unknown): string => (error instanceof Error ? error.message : String(error));
