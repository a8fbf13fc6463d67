/**
 * What crosses between the page (TypeScript) and the module (C++): messages in, effects out, the twin.
 * The other side of each type is in `wasm/abi/messages.cpp`, `wasm/abi/effects.cpp`, `wasm/view/twin.h`.
 * A change here is a change there, and of `ABI_VERSION` when an old module would misread it.
 */

export const ABI_VERSION = 2;

/** In place of a time zone's name: the browser's own. Its name is Intl's to tell, which takes ten milliseconds when it is first asked. */
export const BROWSERS_ZONE = 'browser';

export type CardId = number;
export type RequestId = number;
/** Milliseconds since the epoch. */
export type TimeMs = number;
export type Region = 'us' | 'eu';
export type SectionName = 'status' | 'incidents' | 'changes' | 'oncall' | 'insights' | 'standards' | 'services';
export type LayoutName = 'full' | 'compact' | 'oncall' | 'trigger';

export interface CardConfig {
  serviceId?: string;
  integrationKey?: string;
  account?: string;
  /** Attributes that hold a secret, without it. */
  secrets?: string[];
  entityRef?: string;
  /** An `entity` URL, inline data or `entityData` is to come. */
  expectsEntity?: boolean;
  readOnly?: boolean;
  sections?: SectionName[];
  layout?: LayoutName;
  /** Seconds; 0 = never by itself. */
  refreshS?: number;
  pageUrl?: string;
  /** BCP 47: how numbers and times read. */
  lang?: string;
  /** Whose texts, as the `language` message names it; '' = English. */
  language?: string;
  timeZone?: string;
  /** `[from in ms, offset in minutes]`, ascending: the zone's offsets around now. */
  timeZoneRules?: [TimeMs, number][];
}

/** Messages in. Each is sent with `now`. `body` bytes go beside the header, not in it. */
export type Message =
  | { type: 'card.open'; card: CardId; config: CardConfig }
  | { type: 'card.configure'; card: CardId; config: CardConfig }
  | { type: 'card.close'; card: CardId }
  /** body: the descriptor's text; `json`: it is JSON and nothing else; `plain`: only when there is nothing to say about it, otherwise `entity-unread` follows */
  | { type: 'card.entity'; card: CardId; source: string; json: boolean; plain: boolean }
  | ({ type: 'card.entity-failed'; card: CardId } & EntityProblem)
  | { type: 'card.visible'; card: CardId; visible: boolean }
  | {
      type: 'card.viewport';
      card: CardId;
      widthCssPx: number;
      /** 0 = as high as its content. */
      maxHeightCssPx: number;
      dpr: number;
      reducedMotion: boolean;
    }
  | {
      type: 'card.style';
      card: CardId;
      dark: boolean;
      fontFamily: string;
      monoFamily: string;
      fontSizeCssPx: number;
      radiusCssPx?: number;
      /** `--pd-*` colours by token, 0xRRGGBBAA. */
      colors?: Record<string, number>;
    }
  | { type: 'card.pointer'; card: CardId; x: number; y: number; down: boolean }
  | { type: 'card.focus'; card: CardId; node: string }
  | { type: 'card.scroll'; card: CardId; node: string; topCssPx: number }
  | { type: 'card.activate'; card: CardId; node: string }
  | { type: 'card.input'; card: CardId; node: string; value: string }
  | { type: 'card.refresh'; card: CardId }
  /** What the viewer asked for needs a part of the module that could not be had (or now is there). */
  | { type: 'card.part'; card: CardId; missing: boolean }
  | { type: 'card.verdict'; card: CardId; ticket: number; allowed: boolean }
  /** `mayWrite`: or may ask to. `signsIn`: the viewer can, by the node `action:sign-in`. */
  | { type: 'account'; account: string; region: Region; connected: boolean; mayWrite: boolean; signsIn: boolean; requestsPerMinute?: number }
  /** What this page is among the tabs that share the account. `keeps`: answers are kept for the page after this one. */
  | { type: 'account.tab'; account: string; role: TabRole; company: boolean; keeps: boolean }
  /** Of another tab. */
  | ({ type: 'heard.wants'; account: string; tab: string } & SharedWants)
  /** Of another tab, or (`kept`) of the page before this one. body: the data */
  | ({ type: 'heard.answer'; account: string; kept: boolean } & SharedAnswer)
  /** A write of a page that is gone. body: the `text` that it kept */
  | { type: 'journal.found'; account: string }
  /** body: the response's bytes */
  | {
      type: 'response';
      request: RequestId;
      status: number;
      /** Seconds; left out when absent or unreadable. */
      retryAfterS?: number;
      rateLimitResetS?: number;
      /** What the server's clock reads now, where the page may read its `Date` header. */
      serverDateMs?: TimeMs;
      /** For how long a cache on the way has had it; left out when it is of now. */
      ageS?: number;
    }
  /** origin: of what was blocked, such as `https://api.pagerduty.com`; detail: what PagerDuty's sign-in said, such as `invalid_client` */
  | { type: 'failure'; request: RequestId; reason: FailureReason; origin?: string; detail?: string }
  | { type: 'page.visible'; visible: boolean }
  | { type: 'page.online'; online: boolean }
  /** body: a JSON array of texts, in the order of shared/base/texts.def */
  | { type: 'language'; language: string }
  | { type: 'fonts.changed' }
  | { type: 'tick' }
  | SettingsMessage;

/** To a settings page, which lives in a card's place; see wasm/abi/settings_messages.cpp. */
export type SettingsMessage =
  /** `texts` in the order of shared/settings/texts.def. body: the kept settings, or nothing */
  | {
      type: 'settings.open';
      card: CardId;
      texts: readonly string[];
      redirectUri: string;
      /** The portal keeps the settings, not this browser. */
      managed: boolean;
      canRemember: boolean;
      remembers: boolean;
      set: [account: string, secret: SecretName][];
    }
  | { type: 'settings.texts'; card: CardId; texts: readonly string[] }
  | { type: 'settings.activate'; card: CardId; node: string }
  | { type: 'settings.input'; card: CardId; node: string; value: string }
  | { type: 'settings.secret'; card: CardId; account: string; secret: SecretName; set: boolean; problem?: 'missing' | 'odd' | 'refused' }
  /** `why`: as the page said it */
  | { type: 'settings.saved'; card: CardId; ok: boolean; why: string }
  | { type: 'settings.applied'; card: CardId; ok: boolean; why: string }
  /** body: settings from a file, or (`kept`) of the portal */
  | { type: 'settings.load'; card: CardId; kept: boolean }
  /** body: the answer's bytes */
  | { type: 'settings.answer'; card: CardId; test: number; probe: number; status: number; clockAheadMs?: number }
  | { type: 'settings.failure'; card: CardId; test: number; probe: number; reason: FailureReason; origin?: string; detail?: string };

export type SecretName = 'PAGERDUTY_TOKEN' | 'PD_CLIENT_ID' | 'PD_CLIENT_SECRET';

/** Why there is no descriptor. */
export interface EntityProblem {
  reason: 'no-address' | 'not-reached' | 'status' | 'web-page' | 'too-large' | 'unusable' | 'reader';
  address?: string;
  status?: number;
}

/** Why there is no answer; see shared/client/types.h. */
export type FailureReason =
  | 'network' | 'timeout' | 'aborted' | 'too-large' | 'no-credentials' | 'sign-in-failed' | 'redirected'
  | 'blocked-by-policy' | 'blocked-by-cors';

export type TabRole = 'joining' | 'alone' | 'leader' | 'follower';

/** What a tab wants to know: `[kind, id, when it asked for what it knows]`. */
export interface SharedWants {
  leads: boolean;
  refreshMs: number;
  wants: [string, string, TimeMs][];
}

/** An answer without its data. */
export interface SharedAnswer {
  kind: string;
  id: string;
  askedAt?: TimeMs | undefined;
  fetchedAt?: TimeMs | undefined;
  truncated?: boolean | undefined;
  code?: string | undefined;
  message?: string | undefined;
  /** Of the message, for the card's language; see wasm/abi/wording.h. */
  wording?: unknown;
  retryAt?: TimeMs | undefined;
}

/** Effects out, in the order in which they happened. */
export type Effect =
  | {
      type: 'request';
      request: RequestId;
      account: string;
      api: 'rest' | 'events';
      method: string;
      path: string;
      body: string;
      needsFrom: boolean;
      timeoutMs: number;
    }
  | { type: 'cancel'; request: RequestId }
  /** To the other tabs of the account. */
  | ({ type: 'share.wants'; account: string } & SharedWants)
  | ({ type: 'share.answer'; account: string; body?: string } & SharedAnswer)
  /** Before a write leaves; see journal.ts. */
  | { type: 'journal.keep'; account: string; key: string; text: string }
  | { type: 'journal.drop'; account: string; key: string }
  /** Replaces the timer asked for before. */
  | { type: 'wake'; at: TimeMs }
  | { type: 'changed'; card: CardId }
  | { type: 'announce'; card: CardId; text: string }
  | { type: 'copy'; card: CardId; text: string }
  | { type: 'ready'; card: CardId }
  | { type: 'updated'; card: CardId; section: SectionName }
  | { type: 'failed'; card: CardId; section: SectionName | ''; code: string; message: string }
  | { type: 'action'; card: CardId; ticket: number; verb: string; serviceId: string; incidentId: string; incidentIds: string[] }
  | { type: 'action-done'; card: CardId; verb: string; incidentId: string; ok: boolean; message: string }
  | { type: 'auth-required'; card: CardId; account: string }
  | { type: 'focus'; card: CardId; node: string }
  /** Of a `plain` one: it has to be read with care. */
  | { type: 'entity-unread'; card: CardId }
  | SettingsEffect;

/** Of a settings page. `text`: its settings as JSON; `account`: one account of them as JSON, or its name. */
export type SettingsEffect =
  | { type: 'settings.save' | 'settings.apply' | 'settings.export'; card: CardId; text: string }
  | { type: 'settings.set-secret'; card: CardId; account: string; secret: SecretName; node: string }
  | { type: 'settings.clear-secret'; card: CardId; account: string; secret: SecretName }
  | { type: 'settings.remember'; card: CardId; on: boolean }
  | { type: 'settings.forget'; card: CardId; account: string }
  | { type: 'settings.choose-file'; card: CardId }
  | { type: 'settings.probe'; card: CardId; test: number; probe: number; region: Region; method: string; path: string; body: string; account: string }
  | { type: 'settings.sign-in'; card: CardId; account: string };

export type TwinRole =
  | 'group' | 'region' | 'heading' | 'text' | 'list' | 'listitem' | 'link' | 'button' | 'tablist' | 'tab'
  | 'tabpanel' | 'dialog' | 'textbox' | 'radiogroup' | 'radio' | 'note' | 'code' | 'searchbox' | 'select' | 'checkbox'
  | 'image' | 'termlist' | 'term' | 'definition';

/** One node of the twin; members that are left out have the default in `wasm/view/twin.h`. */
export interface TwinNode {
  id: string;
  parent?: string;
  role: TwinRole;
  name?: string;
  text?: string;
  description?: string;
  href?: string;
  /** x, y, width, height in CSS px; see twin.h for the origin. */
  rect: [number, number, number, number];
  level?: number;
  fontSize?: number;
  fontWeight?: number;
  mono?: boolean;
  lineHeight?: number;
  wraps?: boolean;
  centered?: boolean;
  scroller?: boolean;
  contentHeight?: number;
  disabled?: boolean;
  selected?: boolean;
  busy?: boolean;
  required?: boolean;
  invalid?: boolean;
  current?: boolean;
  pressed?: boolean;
  expanded?: boolean;
  /** Of a row while not all rows of its list are there: which it is, from 1 on, and of how many. */
  position?: number;
  setSize?: number;
  controls?: string;
  describedBy?: string;
  value?: string;
  placeholder?: string;
  /** `[id, label]` of each. */
  options?: [string, string][];
  maxLength?: number;
  multiline?: boolean;
  /** A password's field: what is typed stays in the page. */
  secret?: boolean;
  /** An address of e-mail: a browser may fill in the viewer's own. */
  email?: boolean;
  /** Top, right, bottom, left. */
  padding?: [number, number, number, number];
}
