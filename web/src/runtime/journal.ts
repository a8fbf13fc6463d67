/**
 * Writes whose end is not known yet, kept where the next page finds them: localStorage, because it is written before the
 * request leaves and not some time later. No secrets: what C++ keeps of a write has none. Each is dropped when its end is known.
 */

import { hasLocks, heldLocks, holdLock, TAB_ID } from './tabs.js';

interface Entry {
  scope: string;
  tab: string;
  text: string;
}

const PREFIX = 'pagerduty-card:write:';
const lockOf = (tab: string): string => `pagerduty-card:tab:${tab}`;

/** Storage may be off, full, or forbidden to this frame: then there is no journal. */
function tryStorage<T>(use: (storage: Storage) => T, otherwise: T): T {
  try {
    return use(localStorage);
  } catch {
    return otherwise;
  }
}

let isAlive: (() => void) | undefined;
/** While this page lives, others leave its writes to it. */
export function claimWrites(): void {
  if (hasLocks()) isAlive ??= holdLock(lockOf(TAB_ID), {}, () => undefined);
}
export function releaseWrites(): void {
  isAlive?.();
  isAlive = undefined;
}

export function keepWrite(scope: string, key: string, text: string): void {
  const entry: Entry = { scope, tab: TAB_ID, text };
  tryStorage((storage) => storage.setItem(PREFIX + key, JSON.stringify(entry)), undefined);
}

export function dropWrite(key: string): void {
  tryStorage((storage) => storage.removeItem(PREFIX + key), undefined);
}

function entriesOf(scope: string): [string, Entry][] {
  return tryStorage((storage) => {
    const found: [string, Entry][] = [];
    for (const key of Object.keys(storage).filter((name) => name.startsWith(PREFIX))) {
      const entry = parse(storage.getItem(key));
      if (entry?.scope === scope && entry.tab !== TAB_ID) found.push([key, entry]);
    }
    return found;
  }, []);
}

function parse(text: string | null): Entry | undefined {
  try {
    const entry: unknown = JSON.parse(text ?? '');
    if (typeof entry !== 'object' || entry === null) return undefined;
    const { scope, tab, text: kept } = entry as Record<string, unknown>;
    return typeof scope === 'string' && typeof tab === 'string' && typeof kept === 'string' ? { scope, tab, text: kept } : undefined;
  } catch {
    return undefined;
  }
}

/** Gives the writes of pages that are gone, now and when one goes. */
export async function findWrites(scope: string, found: (text: string) => void): Promise<void> {
  const entries = entriesOf(scope);
  if (entries.length === 0) return;
  const held = hasLocks() ? await heldLocks() : [];
  for (const [key, { tab, text }] of entries) {
    if (!held.includes(lockOf(tab))) {
      found(text);
      continue;
    }
    // It lives: its lock is had when it does not any more.
    const letGo = holdLock(lockOf(tab), { mode: 'shared' }, () => {
      const left = parse(tryStorage((storage) => storage.getItem(key), null));
      if (left?.tab === tab) found(left.text);
      queueMicrotask(() => letGo());
    });
  }
}
