/**
 * Where an element's descriptor comes from: the `entityData` property, inline data, or the `entity` URL (in this
 * order). C++ reads the text; this only gets it.
 */

import type { EntityProblem } from '../runtime/messages.js';
import { readBody } from '../transport/transport.js';

/** `json`: it is JSON, and does not only look like it, as YAML's flow style may. */
export type EntityText = { text: Uint8Array; source: string; json: boolean } | { problem: EntityProblem };

const INLINE = 'script[type="application/yaml"], script[type="text/yaml"], script[type="application/json"]';
/** One read for all cards of a page that name the same descriptor at the same time. */
const underWay = new Map<string, Promise<EntityText>>();

const isGiven = (entityData: unknown): boolean => entityData !== undefined && entityData !== null;
const inlineOf = (host: HTMLElement): Element | null => host.querySelector(`:scope > :is(${INLINE})`);

/** Whether nearText() would give something. */
export function hasNearText(host: HTMLElement, entityData: unknown): boolean {
  return isGiven(entityData) || inlineOf(host) !== null;
}

/** The text of the `entityData` property or of an inline child; undefined when there is neither. */
export function nearText(host: HTMLElement, entityData: unknown): EntityText | undefined {
  if (isGiven(entityData)) return textOf(entityData);
  const inline = inlineOf(host);
  return inline === null ? undefined : entityText(inline.textContent, 'inline entity');
}

function isJson(text: string): boolean {
  try {
    const value: unknown = JSON.parse(text);
    return typeof value === 'object' && value !== null;
  } catch {
    return false;
  }
}

function entityText(text: string, source: string): EntityText {
  return { text: new TextEncoder().encode(text), source, json: isJson(text) };
}

function textOf(entityData: unknown): EntityText {
  const source = 'entityData';
  if (typeof entityData === 'string') return entityText(entityData, source);
  try {
    return entityText(JSON.stringify(entityData), source);
  } catch {
    return { problem: { reason: 'unusable' } };
  }
}

/** The descriptor at `address`. */
export function fetchEntity(address: string, fetchIt: typeof fetch): Promise<EntityText> {
  let url: URL;
  try {
    url = new URL(address, document.baseURI);
  } catch {
    return Promise.resolve({ problem: { reason: 'no-address', address } });
  }
  const running = underWay.get(url.href);
  if (running !== undefined) return running;
  const reading = read(url, fetchIt).finally(() => underWay.delete(url.href));
  underWay.set(url.href, reading);
  return reading;
}

async function read(url: URL, fetchIt: typeof fetch): Promise<EntityText> {
  const source = url.pathname.split('/').pop() ?? url.pathname;
  const address = url.href;
  const problem = (reason: EntityProblem['reason']): EntityText => ({ problem: { reason, address } });
  let response: Response;
  try {
    response = await fetchIt(address, { credentials: 'same-origin' });
  } catch {
    return problem('not-reached');
  }
  if (!response.ok) return { problem: { reason: 'status', address, status: response.status } };
  if (response.headers.get('content-type')?.startsWith('text/html') === true) return problem('web-page');
  try {
    const text = await readBody(response);
    return { source, text, json: isJson(new TextDecoder().decode(text)) };
  } catch {
    return problem('too-large');
  }
}
