/**
 * One card while it is on the page: joins the element (what is wanted), the surface (what is seen) and the runtime
 * (what decides). Ends with `close()`.
 */

import type { Frame } from '../runtime/engine.js';
import { languageFor, localeFor } from '../runtime/languages.js';
import type { CardConfig, CardId } from '../runtime/messages.js';
import type { CardClient, CardEffect, PageRuntime } from '../runtime/page-runtime.js';
import { EngineError } from '../runtime/program.js';
import type { Appearance } from './appearance.js';
import type { EntityText } from './entity-source.js';
import type { Surface } from './surface.js';

/** What the element is told. */
export interface SessionEvents {
  /** A DOM event to dispatch; false: the page prevented it. */
  dispatch(type: string, detail: Record<string, unknown>, cancelable?: boolean): boolean;
  copy(text: string): void;
}

/**
 * So long a card shows nothing while its first answer is on its way: what comes within that time needs nothing in its place. What would
 * be there is drawn once meanwhile and not shown, so that the code that draws is compiled when the answer comes.
 */
const SKELETON_AFTER_MS = 80;

export class CardSession implements CardClient {
  readonly #runtime: PageRuntime;
  readonly #surface: Surface;
  readonly #events: SessionEvents;
  readonly #card: CardId;
  #isVisible = false;
  #isStyled = false;
  /** The language that was asked for is there, or cannot be had. */
  #isWorded = false;
  /** Nothing at first, as the first answer may come at once; a skeleton when the time for that is over; what came of the answers. */
  #shows: 'nothing' | 'skeleton' | 'answers' = 'nothing';
  #skeletonTimer: ReturnType<typeof setTimeout> | undefined;
  /** What was said last: stays until the next language is there. */
  #said: Pick<CardConfig, 'lang' | 'language'> = { lang: 'en', language: '' };
  #config: CardConfig | undefined;

  constructor(runtime: PageRuntime, surface: Surface, events: SessionEvents, config: CardConfig) {
    this.#runtime = runtime;
    this.#surface = surface;
    this.#events = events;
    this.#card = runtime.open(this);
    this.#tell('card.open', config);
  }

  get isVisible(): boolean {
    return this.#isVisible && this.#isStyled && this.#isWorded && this.#surface.widthCssPx > 0;
  }

  configure(config: CardConfig): void {
    this.#tell('card.configure', config);
  }

  setEntity(entity: EntityText): void {
    if ('text' in entity) this.#runtime.send({ type: 'card.entity', card: this.#card, source: entity.source, json: entity.json, plain: entity.json }, entity.text);
    else this.#runtime.send({ type: 'card.entity-failed', card: this.#card, ...entity.problem });
  }

  /** It is on its way from there. */
  expectEntity(address: string): void {
    if (/\.ya?ml\b/i.test(address)) this.#runtime.expectYaml();
  }

  setVisible(visible: boolean): void {
    if (visible === this.#isVisible) return;
    this.#isVisible = visible;
    this.#runtime.send({ type: 'card.visible', card: this.#card, visible });
    if (visible) this.#invalidate();
    else this.#surface.release();
  }

  setAppearance(appearance: Appearance): void {
    this.#isStyled = true;
    this.#runtime.send({ type: 'card.style', card: this.#card, ...appearance });
    this.#invalidate();
  }

  setViewport(widthCssPx: number, dpr: number, reducedMotion: boolean): void {
    this.#runtime.send({ type: 'card.viewport', card: this.#card, widthCssPx, maxHeightCssPx: 0, dpr, reducedMotion });
    this.#invalidate();
  }

  setPointer(x: number, y: number, down: boolean): void {
    if (x >= 0) this.#runtime.prepare();
    this.#runtime.send({ type: 'card.pointer', card: this.#card, x, y, down });
    this.#invalidate();
  }

  activate(node: string): void {
    // What reads again needs no part of the module.
    if (node === 'action:sign-in') this.#runtime.signInCard(this.#card);
    else if (node === 'action:refresh' || (node.startsWith('retry:') && node !== 'retry:part')) this.refresh();
    else this.#runtime.send({ type: 'card.activate', card: this.#card, node });
  }

  input(node: string, value: string): void {
    this.#runtime.send({ type: 'card.input', card: this.#card, node, value });
  }

  setFocus(node: string): void {
    this.#runtime.prepare();
    this.#runtime.send({ type: 'card.focus', card: this.#card, node });
    this.#invalidate();
  }

  setScroll(node: string, topCssPx: number): void {
    this.#runtime.send({ type: 'card.scroll', card: this.#card, node, topCssPx });
    this.#invalidate();
  }

  refresh(): void {
    this.#runtime.send({ type: 'card.refresh', card: this.#card });
  }

  /** JSON text; undefined before the engine is there. */
  query(what: 'snapshot' | 'facts'): string | undefined {
    return this.#runtime.query(this.#card, what);
  }

  close(): void {
    this.#config = undefined;
    clearTimeout(this.#skeletonTimer);
    this.#runtime.close(this.#card);
    this.#surface.release();
  }

  draw(now: number): boolean {
    // Offline there is nothing to wait for.
    const rehearses = this.#shows === 'nothing' && navigator.onLine;
    if (rehearses && this.#skeletonTimer !== undefined) return false;
    const frame: Frame | undefined = this.#runtime.frame(this.#card, now, rehearses);
    if (frame === undefined) return false;
    if (rehearses) {
      this.#skeletonTimer = setTimeout(() => {
        this.#shows = 'skeleton';
        this.#invalidate();
      }, SKELETON_AFTER_MS);
      return false;
    }
    if (this.#shows === 'nothing') this.#shows = 'skeleton';
    if (frame.widthPx === 0) return false;
    this.#surface.present(frame);
    return frame.again;
  }

  perform(effect: CardEffect): void {
    if (effect.type !== 'changed' && this.#shows !== 'answers') {
      this.#shows = 'answers';
      clearTimeout(this.#skeletonTimer);
      this.#runtime.scheduler.invalidateSoon(this);
    }
    switch (effect.type) {
      case 'changed':
        this.#runtime.scheduler.invalidateSoon(this);
        return;
      case 'announce':
        this.#surface.announce(effect.text);
        return;
      case 'copy':
        this.#events.copy(effect.text);
        return;
      case 'focus':
        this.#surface.focus(effect.node);
        this.#invalidate();
        return;
      case 'ready':
        this.#events.dispatch('pd-ready', {});
        return;
      case 'updated':
        this.#events.dispatch('pd-update', { section: effect.section });
        return;
      case 'failed':
        // eslint-disable-next-line no-console
        if (effect.code === 'secret-in-markup') console.warn(`<pagerduty-card> ${effect.message}`);
        this.#events.dispatch('pd-error', { code: effect.code, section: effect.section, message: effect.message });
        return;
      case 'action': {
        const { ticket, verb, serviceId, incidentId, incidentIds } = effect;
        const allowed = this.#events.dispatch('pd-action', { verb, serviceId, incidentId, incidentIds }, true);
        this.#runtime.send({ type: 'card.verdict', card: this.#card, ticket, allowed });
        return;
      }
      case 'action-done':
        this.#events.dispatch('pd-action-done', { verb: effect.verb, incidentId: effect.incidentId, ok: effect.ok, message: effect.message });
        return;
      case 'auth-required':
        this.#events.dispatch('pd-auth-required', { account: effect.account });
        return;
    }
  }

  engineFailed(error: Error): void {
    void this.#showFallback(error);
    this.#tellPage(error);
  }

  partFailed(error: Error): void {
    this.#tellPage(error);
  }

  #tellPage(error: Error): void {
    const fix = error instanceof EngineError ? error.fix : String(error);
    this.#events.dispatch('pd-error', { code: 'engine', section: '', message: `${error.message} ${fix}` });
    // The line to fix belongs where the portal's engineer looks.
    // eslint-disable-next-line no-console
    console.error(`pagerduty-card: ${error.message} ${fix}`);
  }

  async #showFallback(error: Error): Promise<void> {
    const { languages } = this.#runtime;
    const language = languageFor(this.#config?.lang ?? '');
    const title = await languages.engineText(language, 'couldNotStart');
    const text = error instanceof EngineError ? await languages.engineText(language, error.text, error.values) : error.message;
    if (this.#config !== undefined) this.#surface.showFallback(title, text);
  }

  // A language that is not there yet leaves the card as it is, for the first time unseen: no text is read in two languages.
  #tell(type: 'card.open' | 'card.configure', config: CardConfig): void {
    this.#config = config;
    const { languages } = this.#runtime;
    const lang = config.lang ?? '';
    const language = languageFor(lang);
    if (languages.has(language)) this.#say({ lang: localeFor(lang, language), language });
    this.#runtime.send({ type, card: this.#card, config: { ...config, ...this.#said } });
    if (languages.has(language)) return;
    void languages.load(language).then(() => {
      if (this.#config !== config) return; // another one was asked for meanwhile, or the card is closed
      this.#say(languages.has(language) ? { lang, language } : { lang: 'en', language: '' });
      this.#runtime.send({ type: 'card.configure', card: this.#card, config: { ...config, ...this.#said } });
      this.#invalidate();
    });
  }

  #say(said: { lang: string; language: string }): void {
    this.#said = said;
    this.#isWorded = true;
    this.#surface.card.lang = said.lang;
  }

  #invalidate(): void {
    this.#runtime.scheduler.invalidate(this);
  }
}
