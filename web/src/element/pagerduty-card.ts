/**
 * `<pagerduty-card>`: the public contract. Attributes, properties, methods and events; everything else is in
 * the session, the surface and the runtime.
 */

import { isNearAddress, type AccountOptions } from '../transport/accounts.js';
import type { Credentials } from '../transport/credentials.js';
import { applyAppearance, readAppearance, watchAppearance } from './appearance.js';
import { addressOf, cardConfigOf, ENDPOINT_ATTRIBUTES, FLAG_ATTRIBUTES, langOf, OBSERVED_ATTRIBUTES, oneOf, REGIONS, rootsOf, TEXT_ATTRIBUTES, THEMES } from './attributes.js';
import { CardSession } from './card-session.js';
import { fetchEntity, hasNearText, nearText, type EntityText } from './entity-source.js';
import type { Kit } from './kit.js';
import { Page, type PageOptions } from './page.js';
import { languageFor } from '../runtime/languages.js';
import { BROWSERS_ZONE } from '../runtime/messages.js';
import { Transport } from '../transport/transport.js';
import { Surface } from './surface.js';
import { timeZoneRules } from './time-zone.js';

/** Starts this far before it is scrolled into view. */
const NEAR_MARGIN_CSS_PX = 300;

// Importable on a server, where there are no elements.
const isServer = typeof HTMLElement === 'undefined';
const Base = (isServer ? Object : HTMLElement) as typeof HTMLElement;

let page: Page | undefined;
/** Made with the first use, so that importing changes nothing. */
function thePage(): Page {
  page ??= new Page();
  return page;
}

/**
 * @element pagerduty-card
 *
 * @attr {string} entity - URL of an entity descriptor: YAML or JSON, also a Backstage catalog API answer
 * @attr {string} entity-ref - `[kind:][namespace/]name`: which entity of a descriptor with several
 * @attr {string} service-id - PagerDuty service id; wins over the annotation
 * @attr {string} integration-key - Events API v2 integration key; wins over the annotation
 * @attr {string} account - name of a configured account; wins over the annotation
 * @attr {'us'|'eu'} region - PagerDuty's region
 * @attr {string} api-base - REST API's address; same-origin or loopback only
 * @attr {string} events-base - Events API's address; same-origin or loopback only
 * @attr {string} identity-base - identity service's address; same-origin or loopback only
 * @attr {boolean} read-only - offer no action that writes
 * @attr {string} sections - which sections, in order: `status incidents changes oncall insights standards`
 * @attr {'full'|'compact'|'oncall'|'trigger'} layout - how much is shown
 * @attr {'auto'|'light'|'dark'} theme - `auto` follows the page
 * @attr {number} refresh - seconds between refreshes of incidents; 0 = never by itself. Property: `refreshInterval`
 * @attr {string} time-zone - IANA name; default: the browser's
 * @attr {string} lang - BCP 47 tag; default: the page's
 * @attr {'lazy'|'eager'} loading - `lazy` starts when near the viewport
 *
 * @fires pd-ready - first data shown
 * @fires pd-update - an answer arrived; detail `{section}`
 * @fires pd-error - something could not be read; detail `{code, section, message}`
 * @fires pd-action - before each write; cancelable; detail `{verb, serviceId, incidentId, incidentIds}`; `incidentIds` of several at once
 * @fires pd-action-done - a write ended; detail `{verb, incidentId, ok, message}`
 * @fires pd-auth-required - the account needs credentials; detail `{account}`
 *
 * @csspart card - the frame around everything
 * @csspart canvas - the picture
 * @cssproperty --pd-font-family - default: inherited
 * @cssproperty --pd-font-size - base size; default 14px
 * @cssproperty --pd-radius - corner radius; default 8px
 * @cssproperty --pd-mono-font-family - of code
 */
// eslint-disable-next-line @typescript-eslint/no-unsafe-declaration-merging
export class PagerDutyCard extends Base {
  static readonly observedAttributes = OBSERVED_ATTRIBUTES;

  /** Page-wide defaults; nothing on a server, whose pages are many people's. Errors: TypeError for an address or credentials that cannot be used. */
  static configure(options: PageOptions): void {
    if (!isServer) thePage().configure(options);
  }

  /** What the client of this page does, as a plain object; see the README. `{}` before the first card. Never a secret. */
  static diagnostics(): Record<string, unknown> {
    return JSON.parse((isServer ? undefined : thePage().runtime.diagnostics()) ?? '{}') as Record<string, unknown>;
  }

  /** Has the viewer sign in; see the README. Rejects: SignInError. */
  static signIn(account: string): Promise<void> {
    return thePage().runtime.signIn(account);
  }

  static signOut(account: string): Promise<void> {
    return isServer ? Promise.resolve() : thePage().signOut(account);
  }

  /** @internal For pagerduty-settings.js, which shares the page's module and accounts. Not for pages. */
  static get kit(): Kit {
    return { page: thePage(), Surface, Transport, readAppearance, applyAppearance, watchAppearance, langOf, rootsOf, languageFor, isNearAddress };
  }

  /** One for all cards: the browser asks each observer anew where the window is, at every frame. */
  static #nearnessObserver: IntersectionObserver | undefined;
  static #nearness(): IntersectionObserver {
    const tell = ({ target, isIntersecting }: IntersectionObserverEntry): void => {
      if (target instanceof PagerDutyCard && target.isConnected) target.#onIntersection(isIntersecting);
    };
    return (PagerDutyCard.#nearnessObserver ??= new IntersectionObserver((entries) => entries.forEach(tell), { rootMargin: `${NEAR_MARGIN_CSS_PX}px` }));
  }

  #surface: Surface | undefined;
  #session: CardSession | undefined;
  #mutations: MutationObserver | undefined;
  #langs: MutationObserver | undefined;
  #media: MediaQueryList | undefined;
  #isNear = false;
  #entityData: unknown;
  #credentials: Credentials | undefined;
  #fetch: typeof fetch | undefined;
  #ownAccount: string | undefined;
  #reading = 0;
  #lang: string | undefined;
  readonly #onPage = (): void => {
    this.#reconnect();
    // The page has said how cards are connected; its script may say more.
    queueMicrotask(() => this.#startFirst());
  };
  readonly #onAppearance = (): void => this.#tellAppearance();
  readonly #onMotion = (): void => this.#tellViewport();

  // ---- Properties and methods ----

  /** The entity itself: an object, or YAML or JSON text. Wins over inline data and the `entity` attribute. */
  get entityData(): unknown {
    return this.#entityData;
  }
  set entityData(entity: unknown) {
    this.#entityData = entity;
    this.#reconfigure();
    void this.#readEntity();
  }

  /** Credentials of this card alone. Reads as undefined: what was set cannot be read back. */
  get credentials(): Credentials | undefined {
    return undefined;
  }
  set credentials(credentials: Credentials | undefined) {
    this.#credentials = credentials;
    this.#reconnect();
  }

  /** The host's own fetch function, for this card's requests and its descriptor. */
  get fetch(): typeof fetch | undefined {
    return this.#fetch;
  }
  set fetch(fetchIt: typeof fetch | undefined) {
    this.#fetch = fetchIt;
    this.#reconnect();
  }

  /** Asks PagerDuty again for all that the card shows. */
  refresh(): void {
    this.#session?.refresh();
  }

  /** The service's facts for scorecards, as a plain object; `{}` while nothing is known. See the README. */
  facts(): Record<string, { value: unknown; unit: string; at?: string }> {
    return JSON.parse(this.#session?.query('facts') ?? '{}') as Record<string, { value: unknown; unit: string; at?: string }>;
  }

  /** What the card shows, as a plain object (the view model); null before it started. `pdcard render` draws it. */
  snapshot(): Record<string, unknown> | null {
    return JSON.parse(this.#session?.query('snapshot') ?? 'null') as Record<string, unknown> | null;
  }

  // ---- Life on the page ----

  connectedCallback(): void {
    this.#upgradeProperties();
    this.#surface ??= this.#makeSurface();
    this.#surface.connect();
    this.#media = matchMedia('(prefers-reduced-motion: reduce)');
    this.#media.addEventListener('change', this.#onMotion);
    PagerDutyCard.#nearness().observe(this);
    // Inline data may come, or change, after the element.
    this.#mutations = new MutationObserver(() => void this.#readEntity());
    this.#mutations.observe(this, { childList: true, subtree: true, characterData: true });
    // Of any element around it; its own is an observed attribute.
    this.#langs = new MutationObserver(() => langOf(this) !== this.#lang && this.#reconfigure());
    for (const root of rootsOf(this)) this.#langs.observe(root, { subtree: true, attributeFilter: ['lang'] });
    thePage().listen(this.#onPage);
    thePage().runtime.cardsOnPage += 1;
    if (this.getAttribute('loading') === 'eager') this.#start();
    // The first one, after the page's own script, which may say where the module is; the observer speaks a frame later.
    else if (!thePage().runtime.expectsCard) setTimeout(() => this.#startFirst());
  }

  disconnectedCallback(): void {
    PagerDutyCard.#nearness().unobserve(this);
    this.#mutations?.disconnect();
    this.#langs?.disconnect();
    this.#surface?.disconnect();
    this.#media?.removeEventListener('change', this.#onMotion);
    thePage().unlisten(this.#onPage);
    thePage().runtime.cardsOnPage -= 1;
    this.#session?.close();
    this.#session = undefined;
  }

  attributeChangedCallback(name: string, before: string | null, now: string | null): void {
    if (before === now) return;
    if (name === 'loading' && now === 'eager' && this.isConnected) this.#start();
    if (this.#session === undefined) return;
    if (name === 'account' || ENDPOINT_ATTRIBUTES.has(name)) this.#reconnect();
    else this.#reconfigure();
    // Which entity of the descriptor is meant is decided while it is read.
    if (name === 'entity' || name === 'entity-ref') void this.#readEntity();
  }

  // A property set before the element was defined sits on the object and hides the accessor.
  #upgradeProperties(): void {
    for (const name of [...PROPERTIES.keys(), 'refresh', 'entityData', 'credentials', 'fetch']) {
      if (!Object.hasOwn(this, name)) continue;
      const value: unknown = Reflect.get(this, name);
      Reflect.deleteProperty(this, name);
      Reflect.set(this, name, value);
    }
  }

  #makeSurface(): Surface {
    const root = this.shadowRoot ?? this.attachShadow({ mode: 'open' });
    const surface = new Surface(root, {
      activate: (node) => this.#session?.activate(node),
      input: (node, value) => this.#session?.input(node, value),
      focus: (node) => this.#session?.setFocus(node),
      scroll: (node, topCssPx) => this.#session?.setScroll(node, topCssPx),
      pointer: (x, y, down) => this.#session?.setPointer(x, y, down),
      resized: () => this.#tellViewport(),
    });
    watchAppearance(surface.probe, this.#onAppearance);
    return surface;
  }

  // Each look costs a layout: the others wait for the observer.
  #startFirst(): void {
    if (thePage().runtime.expectsCard || !this.isConnected) return;
    const { width, top, bottom } = this.getBoundingClientRect();
    if (width > 0 && top < innerHeight + NEAR_MARGIN_CSS_PX && bottom > -NEAR_MARGIN_CSS_PX) this.#onIntersection(true);
  }

  #onIntersection(isNear: boolean): void {
    this.#isNear = isNear;
    if (isNear) this.#start();
    this.#session?.setVisible(isNear);
  }

  #start(): void {
    if (this.#session !== undefined || this.#surface === undefined) return;
    const connecting = thePage().connectAsKept();
    if (connecting !== undefined) {
      thePage().runtime.expectCard();
      void connecting.then(() => this.isConnected && this.#start());
      return;
    }
    this.#setOwnAccount();
    this.#session = new CardSession(
      thePage().runtime,
      this.#surface,
      { dispatch: (type, detail, cancelable) => this.#dispatch(type, detail, cancelable), copy: (text) => void this.#copy(text) },
      this.#config(),
    );
    this.#tellAppearance();
    this.#tellViewport();
    this.#session.setVisible(this.#isNear);
    void this.#readEntity();
  }

  // ---- What is told to the session ----

  /** Who is asked, or how, may be another. */
  #reconnect(): void {
    if (this.#session === undefined) return;
    this.#setOwnAccount();
    this.#reconfigure();
  }

  #reconfigure(): void {
    this.#session?.configure(this.#config());
    this.#tellAppearance();
  }

  #config(): ReturnType<typeof cardConfigOf> {
    const complain = (attribute: string, message: string): void => this.#complain(attribute, message);
    const expectsEntity = this.hasAttribute('entity') || hasNearText(this, this.#entityData);
    const config = cardConfigOf(this, expectsEntity, complain);
    this.#lang = config.lang;
    if (this.#ownAccount !== undefined) config.account = this.#ownAccount;
    const timeZone = this.getAttribute('time-zone') ?? thePage().timeZone ?? BROWSERS_ZONE;
    try {
      config.timeZoneRules = timeZoneRules(timeZone, Date.now());
      config.timeZone = timeZone;
    } catch {
      complain('time-zone', `"${timeZone}" is no IANA time zone.`);
    }
    return config;
  }

  // A card with an address, a fetch or credentials of its own asks through an account of its own, based on the named one.
  #setOwnAccount(): void {
    const hasOwn = [...ENDPOINT_ATTRIBUTES].some((name) => this.hasAttribute(name)) || this.#credentials !== undefined || this.#fetch !== undefined;
    // What cannot be used is nobody's account, never somebody else's.
    this.#ownAccount = hasOwn ? 'own-unusable' : undefined;
    if (!hasOwn) return;
    const options: AccountOptions = { ...thePage().account(this.getAttribute('account') ?? '') };
    for (const name of ['api-base', 'events-base', 'identity-base'] as const) {
      const base = addressOf(this, name);
      if (base === null) continue;
      if (isNearAddress(base)) options[camelCase(name)] = base;
      else this.#complain(name, 'an attribute may only name this origin or this machine; use configure() for another host.');
    }
    if (this.hasAttribute('region')) options.region = oneOf(this, 'region', REGIONS, 'us', (name, message) => this.#complain(name, message));
    if (this.#credentials !== undefined) options.credentials = this.#credentials;
    if (this.#fetch !== undefined) options.fetch = this.#fetch;
    try {
      this.#ownAccount = thePage().ownAccount(options);
    } catch (error) {
      this.#complain('credentials', error instanceof Error ? error.message : String(error));
    }
  }

  async #readEntity(): Promise<void> {
    if (this.#session === undefined) return;
    const reading = ++this.#reading;
    const near = nearText(this, this.#entityData);
    const address = addressOf(this, 'entity');
    if (near === undefined && address === null) return;
    if (near === undefined) this.#session.expectEntity(address ?? '');
    const entity = near ?? (await fetchEntity(address ?? '', this.#fetch ?? ((input, init) => fetch(input, init))));
    // Something newer was asked for meanwhile.
    if (reading === this.#reading) this.#tellEntity(entity);
  }

  #tellEntity(entity: EntityText): void {
    this.#session?.setEntity(entity);
  }

  #tellAppearance(): void {
    if (this.#surface === undefined || this.#session === undefined) return;
    const theme = oneOf(this, 'theme', THEMES, thePage().theme, (name, message) => this.#complain(name, message));
    const appearance = readAppearance(this, this.#surface.probe, theme);
    applyAppearance(this.#surface.card, appearance);
    this.#session.setAppearance(appearance);
  }

  #tellViewport(): void {
    if (this.#surface === undefined || this.#surface.widthCssPx === 0) return;
    this.#session?.setViewport(this.#surface.widthCssPx, this.#surface.dpr, this.#media?.matches ?? false);
  }

  // ---- What the page is told ----

  #dispatch(type: string, detail: Record<string, unknown>, cancelable = false): boolean {
    return this.dispatchEvent(new CustomEvent(type, { detail, bubbles: true, composed: true, cancelable }));
  }

  #complain(attribute: string, message: string): void {
    this.#dispatch('pd-error', { code: 'bad-argument', section: '', message: `${attribute}: ${message}` });
    // eslint-disable-next-line no-console
    console.warn(`<pagerduty-card> ${attribute}: ${message}`);
  }

  async #copy(text: string): Promise<void> {
    try {
      await navigator.clipboard.writeText(text);
    } catch {
      this.#dispatch('pd-error', { code: 'clipboard', section: '', message: 'The browser did not allow copying: select the text instead.' });
    }
  }
}

/** Property -> attribute: the name in camelCase; only `refresh` is a method already. */
const PROPERTIES: ReadonlyMap<string, string> = new Map(
  [...TEXT_ATTRIBUTES, ...FLAG_ATTRIBUTES].map((attribute) => [attribute === 'refresh' ? 'refreshInterval' : camelCase(attribute), attribute]),
);

type PropertyName<S extends string> = S extends 'refresh' ? 'refreshInterval' : CamelCase<S>;
type CamelCase<S extends string> = S extends `${infer Head}-${infer Tail}` ? `${Head}${Capitalize<CamelCase<Tail>>}` : S;
function camelCase<S extends string>(kebab: S): CamelCase<S> {
  return kebab.replace(/-([a-z])/g, (_, letter: string) => letter.toUpperCase()) as CamelCase<S>;
}

type TextProperties = Record<PropertyName<(typeof TEXT_ATTRIBUTES)[number]>, string>;
type FlagProperties = Record<PropertyName<(typeof FLAG_ATTRIBUTES)[number]>, boolean>;
// The properties that PROPERTIES defines below the class.
// eslint-disable-next-line @typescript-eslint/no-unsafe-declaration-merging
export interface PagerDutyCard extends TextProperties, FlagProperties {}

for (const [property, attribute] of PROPERTIES) {
  const isFlag = FLAG_ATTRIBUTES.some((flag) => flag === attribute);
  Object.defineProperty(PagerDutyCard.prototype, property, {
    configurable: true,
    enumerable: true,
    get(this: PagerDutyCard) {
      return isFlag ? this.hasAttribute(attribute) : (this.getAttribute(attribute) ?? '');
    },
    set(this: PagerDutyCard, value: unknown) {
      if (isFlag) this.toggleAttribute(attribute, Boolean(value));
      else if (value === null || value === undefined) this.removeAttribute(attribute);
      else this.setAttribute(attribute, typeof value === 'string' ? value : JSON.stringify(value));
    },
  });
}

// Frameworks set a property where there is one of an attribute's name: `refresh="60"` in a template is no method to replace.
const refresh: unknown = Reflect.get(PagerDutyCard.prototype, 'refresh');
Object.defineProperty(PagerDutyCard.prototype, 'refresh', {
  configurable: true,
  get: () => refresh,
  set(this: PagerDutyCard, seconds: unknown) {
    Reflect.set(this, 'refreshInterval', seconds);
  },
});

declare global {
  interface HTMLElementTagNameMap {
    'pagerduty-card': PagerDutyCard;
  }
}
