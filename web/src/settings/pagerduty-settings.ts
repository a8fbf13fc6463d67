/** `<pagerduty-settings>`: the page on which an administrator connects cards to PagerDuty. Its public contract; the rest is in the session. */

import { readKept } from '../element/kept-settings.js';
import type { Kit } from '../element/kit.js';
import type { Surface } from '../element/surface.js';
import { SECRET_NAMES } from '../transport/secrets.js';
import type { KeptSettings, Hosts } from './connect.js';
import type { Secrets } from './secrets.js';
import { SettingsSession } from './settings-session.js';
import { textsOf } from './texts.js';

// Importable on a server, where there are no elements.
const Base = (typeof HTMLElement === 'undefined' ? Object : HTMLElement) as typeof HTMLElement;

const HOST_ATTRIBUTES = { 'api-base': 'apiBase', 'events-base': 'eventsBase', 'identity-base': 'identityBase' } as const;

/** What the elements of a page share; `settings.ts` gives it once pagerduty-card.js is there. */
export interface Shared {
  kit: Kit;
  secrets: Secrets;
}

/**
 * @element pagerduty-settings
 *
 * @attr {'auto'|'light'|'dark'} theme - `auto` follows the page
 * @attr {string} lang - BCP 47 tag; default: the page's
 * @attr {string} api-base - REST API's address in place of PagerDuty's, for a test server; same-origin or loopback only
 * @attr {string} events-base - Events API's address; the same
 * @attr {string} identity-base - identity service's address; the same
 *
 * @fires pd-settings-save - before the settings are kept; cancelable: then the page keeps them itself; detail `{settings, waitUntil}`: call
 *   `waitUntil(promise)` to say how that went. Never a secret.
 * @fires pd-settings-apply - the cards of the page are connected anew; detail `{settings}`
 * @fires pd-error - the page could not start, or has a secret in an attribute; detail `{code, section, message}`
 *
 * @csspart card - the frame around everything
 * @csspart canvas - the picture
 */
export class PagerDutySettings extends Base {
  static readonly observedAttributes = ['theme', 'lang'];
  /** @internal Set by settings.ts. */
  static shared: Promise<Shared>;
  /** @internal Set by settings.ts. */
  static ready: Promise<void>;

  #shared: Shared | undefined;
  #surface: Surface | undefined;
  #session: SettingsSession | undefined;
  #langs: MutationObserver | undefined;
  #lang: string | undefined;
  #texts: readonly string[] | undefined;
  /** Given by the page. */
  #given: string | undefined;
  #saved: string | undefined;
  #starting = 0;

  /** The settings as they were saved last; an object, without secrets. Setting them says that the page keeps them, not this browser. */
  get settings(): KeptSettings | undefined {
    const text = this.#saved ?? this.#given ?? readKept();
    return text === '' ? undefined : (JSON.parse(text) as KeptSettings);
  }
  set settings(settings: KeptSettings | string | undefined) {
    this.#given = settings === undefined ? undefined : typeof settings === 'string' ? settings : JSON.stringify(settings);
    this.#saved = undefined;
    if (this.#given !== undefined) this.#session?.load(this.#given, true);
  }

  connectedCallback(): void {
    if (Object.hasOwn(this, 'settings')) {
      const given = this.settings;
      Reflect.deleteProperty(this, 'settings');
      this.settings = given;
    }
    this.#refuseSecrets();
    void this.#start();
  }

  disconnectedCallback(): void {
    this.#starting++;
    this.#langs?.disconnect();
    this.#surface?.disconnect();
    this.#session?.close();
    this.#session = undefined;
  }

  attributeChangedCallback(name: string): void {
    if (name === 'theme') this.#tellAppearance();
    else void this.#followLang();
  }

  /** What stands in markup is readable by everybody who opens the page: it is never used. */
  #refuseSecrets(): void {
    for (const name of this.getAttributeNames().filter((one) => SECRET_NAMES.has(one))) {
      const message = `${name}: a secret in an attribute can be read by everybody who opens the page. It is not used: remove it, and revoke it in PagerDuty. Paste the new one into the page's field.`;
      this.dispatchEvent(new CustomEvent('pd-error', { detail: { code: 'secret-in-markup', section: '', message }, bubbles: true, composed: true }));
      // eslint-disable-next-line no-console
      console.warn(`<pagerduty-settings> ${message}`);
    }
  }

  async #start(): Promise<void> {
    const starting = ++this.#starting;
    const shared = await PagerDutySettings.shared;
    const { kit, secrets } = shared;
    this.#shared = shared;
    this.#lang = kit.langOf(this);
    const texts = await textsOf(kit, this.#lang);
    // Gone meanwhile, or there again.
    if (starting !== this.#starting) return;
    this.#texts = texts;
    this.#surface ??= this.#makeSurface(kit);
    this.#session = new SettingsSession(
      kit,
      this.#surface,
      {
        dispatch: (type, detail, cancelable = false) => this.dispatchEvent(new CustomEvent(type, { detail, bubbles: true, composed: true, cancelable })),
        hosts: () => this.#hosts(kit),
        saved: (text) => (this.#saved = text),
      },
      secrets,
      { texts, kept: this.#given ?? readKept(), managed: this.#given !== undefined },
    );
    this.#session.isVisible = true;
    this.#langs = new MutationObserver(() => void this.#followLang());
    for (const root of kit.rootsOf(this)) this.#langs.observe(root, { subtree: true, attributeFilter: ['lang'] });
    this.#surface.connect();
    this.#tellAppearance();
    this.#tellViewport();
  }

  #makeSurface(kit: Kit): Surface {
    const root = this.shadowRoot ?? this.attachShadow({ mode: 'open' });
    const surface = new kit.Surface(root, {
      activate: (node) => this.#session?.activate(node),
      input: (node, value) => this.#session?.input(node, value),
      secret: (node, value) => this.#session?.type(node, value),
      focus: (node) => this.#session?.show({ type: 'card.focus', card: 0, node }),
      scroll: (node, topCssPx) => this.#session?.show({ type: 'card.scroll', card: 0, node, topCssPx }),
      pointer: (x, y, down) => this.#session?.show({ type: 'card.pointer', card: 0, x, y, down }),
      resized: () => this.#tellViewport(),
    });
    root.addEventListener('keydown', (event) => {
      const { target, key, isTrusted, isComposing } = event as KeyboardEvent;
      if (isTrusted && !isComposing && key === 'Enter' && target instanceof HTMLInputElement && target.type === 'password') this.#session?.enter(target.id);
    });
    kit.watchAppearance(surface.probe, () => this.#tellAppearance());
    return surface;
  }

  #hosts(kit: Kit): Hosts {
    const hosts: Hosts = { ...kit.page.hosts };
    for (const [attribute, option] of Object.entries(HOST_ATTRIBUTES)) {
      const base = this.getAttribute(attribute);
      if (base !== null && kit.isNearAddress(base)) hosts[option] = base;
      // eslint-disable-next-line no-console
      else if (base !== null) console.warn(`<pagerduty-settings> ${attribute}: an attribute may only name this origin or this machine.`);
    }
    return hosts;
  }

  async #followLang(): Promise<void> {
    const kit = this.#shared?.kit;
    if (kit === undefined || this.#session === undefined || kit.langOf(this) === this.#lang) return;
    const lang = (this.#lang = kit.langOf(this));
    const texts = await textsOf(kit, lang);
    if (lang !== this.#lang || texts === this.#texts) return;
    this.#texts = texts;
    this.#session.setTexts(texts);
  }

  #tellAppearance(): void {
    const kit = this.#shared?.kit;
    if (kit === undefined || this.#surface === undefined) return;
    const asked = this.getAttribute('theme');
    const theme = asked === 'light' || asked === 'dark' ? asked : kit.page.theme;
    const appearance = kit.readAppearance(this, this.#surface.probe, theme);
    kit.applyAppearance(this.#surface.card, appearance);
    this.#surface.card.lang = this.#texts === PDC_SETTINGS_TEXTS ? 'en' : (this.#lang ?? 'en');
    this.#session?.show({ type: 'card.style', card: 0, ...appearance });
  }

  #tellViewport(): void {
    if (this.#surface === undefined || this.#surface.widthCssPx === 0) return;
    this.#session?.show({ type: 'card.viewport', card: 0, widthCssPx: this.#surface.widthCssPx, maxHeightCssPx: 0, dpr: this.#surface.dpr, reducedMotion: true });
  }
}

declare global {
  interface HTMLElementTagNameMap {
    'pagerduty-settings': PagerDutySettings;
  }
}
