/**
 * The one runtime of a page, however many cards: the engine, the scheduler, the transport and the timer. Messages
 * go in (`send`), effects come out and are handed to who they concern. Nothing is loaded before the first card.
 */

import { makeAccount, type Account, type AccountOptions } from '../transport/accounts.js';
import type { Door } from '../transport/credentials.js';
import { SignIn, SignInError, type OAuth } from '../transport/sign-in.js';
import { Transport } from '../transport/transport.js';
import { Engine, type Frame } from './engine.js';
import { besideUs } from './files.js';
import { GlyphSource } from './glyph-source.js';
import type { CardId, Effect, Message } from './messages.js';
import { releaseWrites, claimWrites } from './journal.js';
import { warmFormats } from './formats.js';
import { firstRequests } from './first-requests.js';
import { Languages } from './languages.js';
import { importFrom } from './open-file.js';
import { ENTITY_IN_YAML, partsFor, WaitingRoom, withoutPart, type PartName, type Queued } from './parts.js';
import { fetchModule } from './program.js';
import { Scheduler, type Drawable } from './scheduler.js';
import { Sharing, type SharingEffect } from './sharing.js';

/** Effects of one card. */
export type CardEffect = Extract<Effect, { card: CardId }>;

/** What the runtime needs of a card. */
export interface CardClient extends Drawable {
  /** Performs an effect. */
  perform(effect: CardEffect): void;
  /** The engine could not be had: show `message`. */
  engineFailed(error: Error): void;
  /** A part of it could not be had: C++ shows it, the page is told why. */
  partFailed(error: Error): void;
}

type Viewport = Extract<Message, { type: 'card.viewport' }>;

const CORE = 'pagerduty-card.wasm';
/** setTimeout's longest delay; a later wake is asked for again by C++. */
const LONGEST_DELAY_MS = 2 ** 31 - 1;
/** So long the thread is kept free for what has to be known before PagerDuty is asked: what this page is among its tabs. */
const ASKS_WITHIN_MS = 100;

/** Without it a card has less than it was meant to have. */
const curtails = (part: PartName): boolean => part === 'more' || part === 'entity';

const pageVisible = (): Message => ({ type: 'page.visible', visible: document.visibilityState === 'visible' });
const pageOnline = (): Message => ({ type: 'page.online', online: navigator.onLine });

export class PageRuntime {
  readonly scheduler = new Scheduler();
  /** Texts of other languages than English, beside the module. */
  readonly languages: Languages;
  readonly #transport = new Transport();
  readonly #cards = new Map<CardId, CardClient>();
  #queue: Queued[] = [];
  /** Descriptors that C++ was told just now. */
  readonly #plain = new Map<CardId, Queued>();
  readonly #parts = new Map<PartName, 'loading' | 'ready' | 'missing'>();
  readonly #partUrls = new Map<PartName, URL>();
  readonly #waiting = new WaitingRoom((message) => this.#missingFor(message).length > 0);
  /** Cards that were told that a part is missing, and how they were meant to be. */
  readonly #curtailed = new Map<CardId, Queued | undefined>();
  /**
   * Told before all else when the engine starts, the last word on each: a card that was opened before the page configured
   * itself must not ask for credentials that are there.
   */
  readonly #earlyAccounts = new Map<string, Message>();
  readonly #sharings = new Map<string, Sharing>();
  readonly #accounts = new Map<string, Account>();
  /** By server, app and scope: accounts that sign in alike are signed in together. */
  readonly #signIns = new Map<string, SignIn>();
  /** Cards that were told to have somebody sign in, and to which account. */
  readonly #asked = new Map<CardId, string>();
  /** Where the file that signs in is, if not beside the module. */
  oauthUrl: URL | undefined;
  readonly #door: Door = {
    load: () => importFrom(this.oauthUrl ?? this.urlOf('pagerduty-card.oauth.js')) as Promise<OAuth>,
    signInFor: (plan) => {
      const key = JSON.stringify(plan);
      const signIn: SignIn = this.#signIns.get(key) ?? new SignIn(plan, this.#door.load, (problem) => this.#followSignIn(signIn, problem));
      this.#signIns.set(key, signIn);
      return signIn;
    },
  };
  /** Keep answers on the device for the page after this one. Holds for accounts that are set afterwards. */
  keepsSnapshot = false;
  readonly #glyphs = new GlyphSource();
  #engine: Engine | undefined;
  /** Set by the page: then all files are beside it. */
  #engineUrl: URL | undefined;
  #loading: Promise<void> | undefined;
  #fetched: { url: URL; bytes: Promise<Uint8Array<ArrayBuffer>> } | undefined;
  #lastCard = 0;
  #first: Viewport | undefined;
  #drawsAhead = false;
  #hasDrawn = false;
  /** Also those that have not started: each asks for itself or, when it is the only one, ahead. */
  cardsOnPage = 0;
  #hasAsked = false;
  #timer: ReturnType<typeof setTimeout> | undefined;
  #isPumping = false;
  #tellTexts: (digest: number) => void = () => undefined;
  #begin: () => void = () => undefined;
  #begun = Promise.resolve();

  constructor() {
    const textsDigest = new Promise<number>((tell) => (this.#tellTexts = tell));
    this.languages = new Languages((file) => this.urlOf(file), () => textsDigest, (message, body) => this.send(message, body));
  }

  /** Where the module is. Errors: Error when it is loaded already from elsewhere. */
  setEngineUrl(url: URL): void {
    if (url.href === this.urlOf(CORE).href) return;
    if (this.#loading !== undefined) throw new Error('wasmUrl must be configured before the first card starts');
    this.#engineUrl = url;
  }

  /** Of a file that ships. `near`: where it is, as a bundler knows it, for one that `files.ts` does not name. */
  urlOf(file: string, near = besideUs(file)): URL {
    if (this.#engineUrl === undefined) return near ?? new URL(file, besideUs(CORE));
    return file === CORE ? this.#engineUrl : new URL(file, this.#engineUrl);
  }

  /** Where a part of the module is, if not beside it. */
  setPartUrl(part: PartName, url: URL): void {
    this.#partUrls.set(part, url);
  }

  /** Somebody may ask a card for more soon: has it fetched before, once. What could not be had is tried again when it is asked for. */
  prepare(): void {
    if (this.#engine !== undefined && !this.#parts.has('more')) this.#loadPart('more');
  }

  /** A descriptor in YAML is on its way: has its reader fetched meanwhile. */
  expectYaml(): void {
    for (const part of ENTITY_IN_YAML) this.#loadPart(part);
  }

  /** A card will start soon: has the module fetched meanwhile. Another address may still be set. */
  expectCard(): void {
    if (this.#loading !== undefined || this.#fetched !== undefined) return;
    const url = this.urlOf(CORE);
    this.#fetched = { url, bytes: fetchModule(url) };
    // What went wrong is told to who starts.
    this.#fetched.bytes.catch(() => undefined);
  }
  get expectsCard(): boolean {
    return this.#loading !== undefined || this.#fetched !== undefined;
  }

  open(client: CardClient): CardId {
    const card = ++this.#lastCard;
    this.#cards.set(card, client);
    this.#start();
    return card;
  }

  close(card: CardId): void {
    const client = this.#cards.get(card);
    if (client === undefined) return;
    this.#cards.delete(card);
    this.#curtailed.delete(card);
    this.#asked.delete(card);
    this.scheduler.forget(client);
    this.send({ type: 'card.close', card });
  }

  /** An account that no card uses. Errors: TypeError for an address or credentials that cannot be used. */
  makeAccount(name: string, options: AccountOptions): Account {
    return makeAccount(name, options, this.#door);
  }

  /** Errors: the same. */
  setAccount(name: string, options: AccountOptions): void {
    const account = this.makeAccount(name, options);
    this.#transport.setAccount(account);
    this.#accounts.set(name, account);
    this.#tellAccount(account);
  }

  /** In a viewer's click. Rejects: SignInError. */
  async signIn(name: string): Promise<void> {
    const { signIn } = this.#accounts.get(name) ?? {};
    if (signIn === undefined) throw new SignInError('not-configured', `The account "${name}" has no credentials of type "oauth".`);
    return signIn.signIn();
  }

  /** The same, asked for on a card: what goes wrong is told as `pd-error`. */
  signInCard(card: CardId): void {
    this.signIn(this.#asked.get(card) ?? '').catch(() => undefined);
  }

  async signOut(name: string): Promise<void> {
    await this.#accounts.get(name)?.signIn?.signOut();
  }

  #followSignIn(signIn: SignIn, problem: SignInError | undefined): void {
    const accounts = [...this.#accounts.values()].filter((account) => account.signIn === signIn);
    if (problem === undefined) {
      for (const account of accounts) this.#tellAccount(account);
      return;
    }
    // After a redirect it may come before any card is there.
    signIn.untold = problem;
    // A card that never asked may be of any account.
    this.#tellProblem(signIn, [...this.#cards.keys()].filter((card) => accounts.some(({ name }) => name === (this.#asked.get(card) ?? name))));
  }

  #tellProblem(signIn: SignIn | undefined, cards: CardId[]): void {
    if (signIn?.untold === undefined || cards.length === 0) return;
    const { code, message } = signIn.untold;
    signIn.untold = undefined;
    for (const card of cards) this.#cards.get(card)?.perform({ type: 'failed', card, section: '', code, message });
  }

  #tellAccount(account: Account): void {
    const { name, region, authorizer, signIn, requestsPerMinute } = account;
    const connected = signIn?.connected ?? authorizer !== undefined;
    const message: Message = { type: 'account', account: name, region, connected, mayWrite: signIn?.mayWrite ?? true, signsIn: signIn !== undefined, ...(requestsPerMinute !== undefined && { requestsPerMinute }) };
    if (this.#engine === undefined) this.#earlyAccounts.set(name, message);
    else this.send(message);
    this.#sharings.get(name)?.close();
    this.#sharings.delete(name);
    if (connected) this.#sharings.set(name, new Sharing(account, this.keepsSnapshot, (shared, body) => this.send(shared, body)));
  }

  /** Delivers a message, and performs what follows from it before it returns (unless already doing so). */
  send(message: Message, body?: Uint8Array): void {
    this.#queue.push({ message, ...(body && { body }) });
    if (this.#loading !== undefined) this.#loadPartsFor(message);
    const isEarly = this.#engine === undefined && this.#loading !== undefined;
    if (isEarly) this.#askAhead();
    if (isEarly && this.#knowsTabs) this.#begin();
    if (isEarly && message.type === 'card.viewport' && this.#first === undefined) {
      this.#first = message;
      void this.#begun.then(() => this.#drawAhead());
    }
    this.#pump();
  }

  /** Of all accounts, what this page is among its tabs. */
  get #knowsTabs(): boolean {
    return [...this.#sharings.keys()].every((name) => this.#queue.some(({ message }) => message.type === 'account.tab' && message.account === name && message.role !== 'joining'));
  }

  // Where answers are kept there may be no need to ask.
  #askAhead(): void {
    if (this.#hasAsked || this.cardsOnPage !== 1 || this.keepsSnapshot || document.visibilityState !== 'visible' || !navigator.onLine) return;
    const first = firstRequests(this.#queue);
    const account = this.#earlyAccounts.get(first?.account ?? '');
    if (first === undefined || account?.type !== 'account' || !account.connected) return;
    this.#hasAsked = true;
    for (const path of first.paths) this.#transport.askAhead(first.account, path);
  }

  /** What the first card writes with, while the module and the first answers are on their way; a font a task, so that their coming is heard. */
  #drawAhead(): void {
    const { card, dpr = 1 } = this.#first ?? {};
    const style = this.#queue.map(({ message }) => message).find((message) => message.type === 'card.style' && message.card === card);
    if (style?.type !== 'card.style' || this.#drawsAhead) return;
    this.#drawsAhead = true;
    const opened = this.#queue.map(({ message }) => message).find((message) => message.type === 'card.open');
    const step = (): void => {
      if (!this.#hasDrawn && this.#glyphs.drawAhead(style.fontFamily, style.fontSizeCssPx * dpr)) setTimeout(step);
      else warmFormats(opened?.config.lang ?? 'en');
    };
    setTimeout(step);
  }

  /** A frame of the card; undefined before the engine is there. */
  frame(card: CardId, now: number, rehearses = false): Frame | undefined {
    const frame = this.#engine?.frame(card, now, rehearses);
    this.#hasDrawn ||= frame !== undefined;
    // Drawing tells when words change next ("5 min ago"): that timer is an effect, too.
    if (frame !== undefined) this.#takeEffects();
    return frame;
  }

  /** JSON text; undefined before the engine is there. */
  query(card: CardId, what: 'snapshot' | 'facts'): string | undefined {
    const text = this.#engine?.query(card, what, Date.now());
    // The first question for facts makes the card want what only they need.
    if (text !== undefined) this.#takeEffects();
    return text;
  }

  /** What the client does, as JSON text; undefined before the engine is there. */
  diagnostics(): string | undefined {
    return this.#engine?.query(0, 'diagnostics', Date.now());
  }

  #start(): void {
    if (this.#loading !== undefined) return;
    const url = this.urlOf(CORE);
    const bytes = this.#fetched?.url.href === url.href ? this.#fetched.bytes : fetchModule(url);
    this.#fetched = undefined;
    // What went wrong is told when it is loaded.
    bytes.catch(() => undefined);
    // A module that is at hand, and its first frame, would keep that answer waiting.
    this.#begun = new Promise((begin) => {
      this.#begin = begin;
      setTimeout(begin, this.#knowsTabs ? 0 : ASKS_WITHIN_MS);
    });
    this.#loading = this.#begun.then(() => Engine.load(bytes, this.#glyphs)).then(
      (engine) => {
        this.#engine = engine;
        this.#tellTexts(engine.textsDigest);
        this.#queue.unshift(...[pageVisible(), pageOnline(), ...this.#earlyAccounts.values()].map((message) => ({ message })));
        this.#earlyAccounts.clear();
        this.#listenToPage();
        this.#pump();
        this.#transport.dropAhead();
        for (const client of this.#cards.values()) this.scheduler.invalidate(client);
      },
      (error: unknown) => {
        // The next card tries again: the reason may be gone by then.
        this.#loading = undefined;
        this.#transport.dropAhead();
        for (const client of this.#cards.values()) client.engineFailed(error instanceof Error ? error : new Error(String(error)));
      },
    );
    for (const { message } of this.#queue) this.#loadPartsFor(message);
  }

  #listenToPage(): void {
    const tell = (message: () => Message) => (): void => this.send(message());
    const follow = (): void => {
      this.send(pageVisible());
      for (const sharing of this.#sharings.values()) sharing.setVisible(document.visibilityState === 'visible');
    };
    document.addEventListener('visibilitychange', follow);
    // A page that may come back holds no lock meanwhile, and listens to nobody.
    addEventListener('pagehide', () => {
      releaseWrites();
      for (const sharing of this.#sharings.values()) sharing.pause();
    });
    addEventListener('pageshow', ({ persisted }) => {
      if (persisted) {
        claimWrites();
        for (const sharing of this.#sharings.values()) sharing.resume();
      }
      this.send(pageVisible());
    });
    addEventListener('online', tell(pageOnline));
    addEventListener('offline', tell(pageOnline));
    document.fonts.addEventListener('loadingdone', () => {
      this.send({ type: 'fonts.changed' });
      for (const client of this.#cards.values()) this.scheduler.invalidate(client);
    });
  }

  // A host's event listener may send while effects are performed: what it sends waits for its turn. What waits together is told
  // together, so that many cards ask once.
  #pump(): void {
    if (this.#engine === undefined || this.#isPumping) return;
    this.#isPumping = true;
    try {
      while (this.#queue.length > 0) {
        for (const queued of this.#queue.splice(0)) {
          const { message, body } = queued;
          if (!this.#waiting.admits(queued)) this.#loadPartsFor(message);
          else this.#engine.send(message, Date.now(), body);
          if (message.type === 'card.entity') this.#plain.set(message.card, queued);
        }
        this.#takeEffects();
        this.#plain.clear();
      }
    } finally {
      this.#isPumping = false;
    }
  }

  #missingFor(message: Message): PartName[] {
    return partsFor(message).filter((part) => this.#parts.get(part) !== 'ready');
  }

  #urlOf(part: PartName): URL {
    return this.#partUrls.get(part) ?? this.urlOf(`pagerduty-card.${part}.wasm`);
  }

  #loadPartsFor(message: Message): void {
    for (const part of this.#missingFor(message)) this.#loadPart(part);
    // Somebody tries again to have what it lacks.
    if (message.type === 'card.activate' && this.#curtailed.has(message.card)) {
      for (const [part, state] of this.#parts) if (state === 'missing') this.#loadPart(part);
    }
  }

  // It is fetched beside the module, when it is known to be needed before that is there.
  #loadPart(part: PartName): void {
    const state = this.#parts.get(part);
    if (state === 'loading' || state === 'ready') return;
    this.#parts.set(part, 'loading');
    void Promise.all([fetchModule(this.#urlOf(part)), this.#loading]).then(([bytes]) => this.#engine?.addPart(bytes)).then(
      () => {
        if (this.#engine === undefined) {
          this.#parts.delete(part);
          return;
        }
        this.#parts.set(part, 'ready');
        const curtailed = curtails(part) ? [...this.#curtailed] : [];
        if (curtails(part)) this.#curtailed.clear();
        for (const [card, meant] of curtailed) {
          this.#queue.push({ message: { type: 'card.part', card, missing: false } }, ...(meant === undefined ? [] : [meant]));
        }
        this.#queue.push(...this.#waiting.empty());
        this.#pump();
      },
      (error: unknown) => {
        // What needs it next tries again.
        this.#parts.set(part, 'missing');
        this.#doWithout(part, error instanceof Error ? error : new Error(String(error)));
      },
    );
  }

  // Who asked is told, and gets what there is; a write that an earlier page left goes on waiting. Without what tabs tell each
  // other, each is alone.
  #doWithout(part: PartName, error: Error): void {
    const told = new Set<CardId>();
    for (const queued of this.#waiting.empty()) {
      const { message } = queued;
      if (!this.#missingFor(message).includes(part)) {
        this.#queue.push(queued);
      } else if (message.type === 'journal.found') {
        this.#waiting.admits(queued);
      } else {
        if ('card' in message) told.add(message.card);
        const rest = withoutPart(message, part, this.#urlOf(part).href);
        if (rest !== undefined) this.#queue.push({ message: rest });
        if (curtails(part) && 'card' in message && !message.type.startsWith('card.entity')) this.#curtail(message.card, message);
      }
    }
    this.#pump();
    for (const card of told) this.#cards.get(card)?.partFailed(error);
  }

  #curtail(card: CardId, message: Message): void {
    const isOfConfig = message.type === 'card.open' || message.type === 'card.configure';
    this.#curtailed.set(card, isOfConfig ? { message: { ...message, type: 'card.configure' } } : this.#curtailed.get(card));
    this.#queue.push({ message: { type: 'card.part', card, missing: true } });
  }

  #takeEffects(): void {
    for (const effect of this.#engine?.takeEffects() ?? []) this.#perform(effect);
  }

  #perform(effect: Effect): void {
    switch (effect.type) {
      case 'request':
        void this.#transport.send(effect, (message, body) => {
          this.scheduler.answered(effect.request, this.#transport.underWay);
          this.send(message, body);
        });
        return;
      case 'cancel':
        this.#transport.cancel(effect.request);
        return;
      case 'wake':
        clearTimeout(this.#timer);
        this.#timer = setTimeout(() => this.send({ type: 'tick' }), Math.min(LONGEST_DELAY_MS, Math.max(0, effect.at - Date.now())));
        return;
      case 'share.wants':
      case 'share.answer':
      case 'journal.keep':
      case 'journal.drop':
        this.#share(effect);
        return;
      case 'entity-unread': {
        const { message, body } = this.#plain.get(effect.card) ?? {};
        if (message?.type === 'card.entity') this.send({ ...message, plain: false }, body);
        return;
      }
      case 'auth-required':
        this.#sharings.get(effect.account)?.forgetAnswers();
        this.#asked.set(effect.card, effect.account);
        this.#cards.get(effect.card)?.perform(effect);
        this.#tellProblem(this.#accounts.get(effect.account)?.signIn, [effect.card]);
        return;
      default:
        this.#cards.get(effect.card)?.perform(effect);
    }
  }

  #share(effect: SharingEffect): void {
    this.#sharings.get(effect.account)?.perform(effect);
  }
}
