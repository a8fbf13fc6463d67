/** The events of a card, for typed listeners: they bubble, so a page may listen anywhere above it. */

import type { Effect } from '../runtime/messages.js';

type Detail<T extends Effect['type'], K extends PropertyKey> = { readonly [P in K & keyof Extract<Effect, { type: T }>]: Extract<Effect, { type: T }>[P] };

/** First data is shown. */
export type PdReadyEvent = CustomEvent<Record<string, never>>;
/** An answer arrived. */
export type PdUpdateEvent = CustomEvent<Detail<'updated', 'section'>>;
/** Something could not be read. */
export type PdErrorEvent = CustomEvent<{ readonly code: string; readonly section: string; readonly message: string }>;
/** Before each write; `preventDefault()` stops it. */
export type PdActionEvent = CustomEvent<Detail<'action', 'verb' | 'serviceId' | 'incidentId' | 'incidentIds'>>;
/** A write ended. */
export type PdActionDoneEvent = CustomEvent<Detail<'action-done', 'verb' | 'incidentId' | 'ok' | 'message'>>;
/** The account needs credentials. */
export type PdAuthRequiredEvent = CustomEvent<Detail<'auth-required', 'account'>>;

export interface PagerDutyCardEventMap {
  'pd-ready': PdReadyEvent;
  'pd-update': PdUpdateEvent;
  'pd-error': PdErrorEvent;
  'pd-action': PdActionEvent;
  'pd-action-done': PdActionDoneEvent;
  'pd-auth-required': PdAuthRequiredEvent;
}

declare global {
  // eslint-disable-next-line @typescript-eslint/no-empty-object-type
  interface GlobalEventHandlersEventMap extends PagerDutyCardEventMap {}
}
