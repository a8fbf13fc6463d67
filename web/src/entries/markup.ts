/** What may stand on the elements' tags, for the type checkers of frameworks: `static/pagerduty-card.*.d.ts` fit it to each. */

import type { PagerDutyCard } from '../element/pagerduty-card.js';
import type { Credentials } from '../transport/credentials.js';
import type { PagerDutyCardEventMap } from './events.js';

/** `<pagerduty-card>`'s, by the names of its attributes. */
export interface CardAttributes {
  entity?: string | undefined;
  'entity-ref'?: string | undefined;
  'service-id'?: string | undefined;
  'integration-key'?: string | undefined;
  account?: string | undefined;
  region?: 'us' | 'eu' | undefined;
  'api-base'?: string | undefined;
  'events-base'?: string | undefined;
  'identity-base'?: string | undefined;
  /** There or not; what changes is the property's: `readOnly`. */
  'read-only'?: true | '' | undefined;
  sections?: string | undefined;
  layout?: 'full' | 'compact' | 'oncall' | 'trigger' | undefined;
  theme?: 'auto' | 'light' | 'dark' | undefined;
  refresh?: number | string | undefined;
  'time-zone'?: string | undefined;
  loading?: 'lazy' | 'eager' | undefined;
}

/** Its properties that no attribute can hold, or take back. */
export interface CardProperties {
  readOnly?: boolean | undefined;
  entityData?: unknown;
  credentials?: Credentials | undefined;
  fetch?: PagerDutyCard['fetch'];
}

/** `<pagerduty-settings>`'s attributes. */
export interface SettingsAttributes {
  theme?: 'auto' | 'light' | 'dark' | undefined;
  'api-base'?: string | undefined;
  'events-base'?: string | undefined;
  'identity-base'?: string | undefined;
}

type CamelCase<S> = S extends `${infer Head}-${infer Tail}` ? `${Head}${Capitalize<CamelCase<Tail>>}` : S;
/** By the names of properties. */
export type CamelCased<T> = { [K in keyof T as CamelCase<K>]: T[K] };

/** A listener for each of its events: `onpd-error`. */
export type CardListeners = { [E in keyof PagerDutyCardEventMap as `on${E}`]?: ((event: PagerDutyCardEventMap[E]) => void) | undefined };
/** The same, named as `onPdError`. */
export type CardListenerProps = { [E in keyof PagerDutyCardEventMap as CamelCase<`on-${E}`>]?: ((event: PagerDutyCardEventMap[E]) => void) | undefined };
