/**
 * `<pagerduty-card>` as a React component, for React 18 and 19. Loading it registers the element.
 *
 *   import { configure, PagerDutyCard } from 'pagerduty-card/react';
 *   <PagerDutyCard serviceId="PABC123" readOnly onPdError={({ detail }) => report(detail)} />
 *
 * React 19 would set what it finds on the element as properties, and 18 everything as attributes: here both do the same.
 */

import { createElement, forwardRef, useEffect, useImperativeHandle, useLayoutEffect, useRef } from 'react';
import type { ForwardedRef, ForwardRefExoticComponent, HTMLAttributes, RefAttributes, RefObject } from 'react';
import type { PagerDutyCard as CardElement } from '../index.js';
import type { PagerDutyCardEventMap } from './events.js';
import type { CamelCased, CardAttributes, CardListeners, CardProperties, SettingsAttributes } from './markup.js';

export * from '../index.js';

/** Prop -> attribute. */
const ATTRIBUTES = {
  entity: 'entity', entityRef: 'entity-ref', serviceId: 'service-id', integrationKey: 'integration-key', account: 'account', region: 'region',
  apiBase: 'api-base', eventsBase: 'events-base', identityBase: 'identity-base', readOnly: 'read-only', sections: 'sections', layout: 'layout',
  theme: 'theme', timeZone: 'time-zone', loading: 'loading', className: 'class',
} as const;
const EVENTS = {
  onPdReady: 'pd-ready', onPdUpdate: 'pd-update', onPdError: 'pd-error', onPdAction: 'pd-action', onPdActionDone: 'pd-action-done',
  onPdAuthRequired: 'pd-auth-required',
} as const;
/** What no attribute may hold; and `refresh`, which is a method of the element, too: React 19 would put the attribute's value in its place. */
const PROPERTIES = ['entityData', 'credentials', 'fetch', 'refreshInterval'] as const;

type EventProps = { [P in keyof typeof EVENTS]?: ((event: PagerDutyCardEventMap[(typeof EVENTS)[P]]) => void) | undefined };

export interface PagerDutyCardProps extends Omit<HTMLAttributes<CardElement>, keyof typeof EVENTS>, EventProps {
  /** URL of an entity descriptor. */
  entity?: string | undefined;
  entityRef?: string | undefined;
  serviceId?: string | undefined;
  integrationKey?: string | undefined;
  account?: string | undefined;
  region?: 'us' | 'eu' | undefined;
  apiBase?: string | undefined;
  eventsBase?: string | undefined;
  identityBase?: string | undefined;
  readOnly?: boolean | undefined;
  /** Which, in order: `status incidents changes oncall insights standards`. */
  sections?: string | undefined;
  layout?: 'full' | 'compact' | 'oncall' | 'trigger' | undefined;
  theme?: 'auto' | 'light' | 'dark' | undefined;
  /** Seconds between refreshes of incidents; 0: never by itself. */
  refreshInterval?: number | undefined;
  timeZone?: string | undefined;
  loading?: 'lazy' | 'eager' | undefined;
  /** The entity itself: an object, or YAML or JSON text. Keep the same object between renders: another one is read anew. */
  entityData?: unknown;
  /** Keep the same object, or function, between renders: another one connects the card anew. */
  credentials?: CardElement['credentials'];
  fetch?: CardElement['fetch'];
}

type Tag<Attributes> = Omit<HTMLAttributes<HTMLElement>, keyof Attributes> & RefAttributes<HTMLElement> & Attributes & { class?: string | undefined };

declare module 'react' {
  // eslint-disable-next-line @typescript-eslint/no-namespace
  namespace JSX {
    interface IntrinsicElements {
      'pagerduty-card': Tag<CamelCased<Omit<CardAttributes, 'read-only'>> & CardAttributes & CardProperties & CardListeners>;
      'pagerduty-settings': Tag<SettingsAttributes>;
    }
  }
}

type Props = Readonly<Record<string, unknown>>;

function attributesOf(props: Props): Record<string, unknown> {
  const attributes: Record<string, unknown> = {};
  for (const [name, value] of Object.entries(props)) {
    if (name in EVENTS || PROPERTIES.some((property) => property === name)) continue;
    if (name === 'readOnly') attributes['read-only'] = value === true ? '' : undefined;
    else attributes[name in ATTRIBUTES ? ATTRIBUTES[name as keyof typeof ATTRIBUTES] : name] = value;
  }
  return attributes;
}

// On a server nothing is laid out, and React 18 warns of this.
const useCommitEffect = typeof document === 'undefined' ? useEffect : useLayoutEffect;

function Card(props: Props, ref: ForwardedRef<CardElement>) {
  const element = useRef<CardElement>(null);
  const latest = useRef(props);
  useImperativeHandle(ref, () => element.current as CardElement, []);
  useCommitEffect(() => {
    latest.current = props;
  });
  useCommitEffect(() => {
    const card = element.current;
    const pairs = Object.entries(EVENTS).map(([prop, type]) => [type, (event: Event) => (latest.current[prop] as ((event: Event) => void) | undefined)?.(event)] as const);
    for (const [type, listener] of pairs) card?.addEventListener(type, listener);
    return () => {
      for (const [type, listener] of pairs) card?.removeEventListener(type, listener);
    };
  }, []);
  for (const name of PROPERTIES) useProperty(element, name, props[name]);
  return createElement('pagerduty-card', { ...attributesOf(props), ref: element });
}

/** Only what was given once is set, or taken back. */
function useProperty(element: RefObject<CardElement | null>, name: (typeof PROPERTIES)[number], value: unknown): void {
  const given = useRef(false);
  useCommitEffect(() => {
    if (value === undefined && !given.current) return;
    given.current = value !== undefined;
    if (element.current !== null) Reflect.set(element.current, name, value);
  }, [value]);
}

export const PagerDutyCard: ForwardRefExoticComponent<PagerDutyCardProps & RefAttributes<CardElement>> = forwardRef<CardElement, PagerDutyCardProps>(Card as never);
