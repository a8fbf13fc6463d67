/** The element's attributes: names, types and defaults, read leniently; what cannot be read is told. */

import type { CardConfig, LayoutName, Region, SectionName } from '../runtime/messages.js';
import { SECRET_NAMES, secretIn } from '../transport/secrets.js';

/** Attributes of text; each has a camelCase property that reflects it. */
export const TEXT_ATTRIBUTES = [
  'entity', 'entity-ref', 'service-id', 'integration-key', 'account', 'region', 'api-base', 'events-base', 'identity-base',
  'sections', 'layout', 'theme', 'refresh', 'time-zone', 'loading',
] as const;
export const FLAG_ATTRIBUTES = ['read-only'] as const;
/** Those of secrets are watched to be refused. */
export const OBSERVED_ATTRIBUTES = [...TEXT_ATTRIBUTES, ...FLAG_ATTRIBUTES, 'lang', ...SECRET_NAMES];
const ADDRESS_ATTRIBUTES = ['entity', 'api-base', 'events-base', 'identity-base'];

/** Attributes that name another place to ask: they make an account of the card's own. */
export const ENDPOINT_ATTRIBUTES: ReadonlySet<string> = new Set(['region', 'api-base', 'events-base', 'identity-base']);

export const SECTIONS: readonly SectionName[] = ['status', 'incidents', 'changes', 'oncall', 'insights', 'standards'];
export const LAYOUTS: readonly LayoutName[] = ['full', 'compact', 'oncall', 'trigger'];
export const REGIONS: readonly Region[] = ['us', 'eu'];
export const THEMES = ['auto', 'light', 'dark'] as const;

const DEFAULT_REFRESH_S = 30;

/** Told of each value that is not one of its kind; the default is used then. */
export type Complain = (attribute: string, message: string) => void;

export function oneOf<T extends string>(host: Element, attribute: string, allowed: readonly T[], otherwise: T, complain: Complain): T {
  const value = host.getAttribute(attribute)?.trim().toLowerCase() ?? '';
  if (value === '') return otherwise;
  const found = allowed.find((one) => one === value);
  if (found === undefined) complain(attribute, `"${value}" is none of: ${allowed.join(', ')}.`);
  return found ?? otherwise;
}

function sectionsOf(host: Element, complain: Complain): SectionName[] {
  const words = host.getAttribute('sections')?.toLowerCase().split(/[\s,]+/).filter((word) => word !== '') ?? [];
  const known = SECTIONS.filter((section) => words.includes(section)).sort((a, b) => words.indexOf(a) - words.indexOf(b));
  const unknown = words.filter((word) => !SECTIONS.some((section) => section === word));
  if (unknown.length > 0) complain('sections', `"${unknown.join(' ')}" is none of: ${SECTIONS.join(', ')}.`);
  return known;
}

function refreshOf(host: Element, complain: Complain): number {
  const text = host.getAttribute('refresh');
  if (text === null || text.trim() === '') return DEFAULT_REFRESH_S;
  const seconds = Number(text);
  if (Number.isFinite(seconds) && seconds >= 0) return Math.round(seconds);
  complain('refresh', `"${text}" is no number of seconds.`);
  return DEFAULT_REFRESH_S;
}

/** The nearest `lang`, also of an element around the shadow tree that the host is in; else the browser's. */
export function langOf(host: Element): string {
  const root = host.getRootNode();
  const near = host.closest('[lang]')?.getAttribute('lang');
  if (near !== undefined && near !== null) return near;
  return root instanceof ShadowRoot ? langOf(root.host) : navigator.language;
}

/** The tree that `host` is in, the one around that, and so on: where a `lang` may stand that holds for it. */
export function rootsOf(host: Element): Node[] {
  const root = host.getRootNode();
  return root instanceof ShadowRoot ? [root, ...rootsOf(root.host)] : [root];
}

/** The address that an attribute names; null when there is none, or when it holds a secret. */
export function addressOf(host: Element, attribute: string): string | null {
  const address = host.getAttribute(attribute);
  return address === null || secretIn(address) === undefined ? address : null;
}

/** The attributes that hold a secret, as people look for them: `token`, `entity (?token)`. No value is read but an address. */
function secretsOf(host: Element): string[] {
  const addresses = ADDRESS_ATTRIBUTES.map((name) => [name, secretIn(host.getAttribute(name) ?? '')]);
  return [
    ...host.getAttributeNames().filter((name) => SECRET_NAMES.has(name)),
    ...addresses.flatMap(([name, secret]) => (secret === undefined ? [] : [`${name} (${secret})`])),
  ];
}

export function cardConfigOf(host: Element, expectsEntity: boolean, complain: Complain): CardConfig {
  const text = (attribute: string): string => host.getAttribute(attribute) ?? '';
  return {
    serviceId: text('service-id'),
    integrationKey: text('integration-key'),
    account: text('account'),
    secrets: secretsOf(host),
    entityRef: text('entity-ref'),
    expectsEntity,
    readOnly: host.hasAttribute('read-only'),
    sections: sectionsOf(host, complain),
    layout: oneOf(host, 'layout', LAYOUTS, 'full', complain),
    refreshS: refreshOf(host, complain),
    pageUrl: location.href,
    lang: langOf(host),
  };
}
