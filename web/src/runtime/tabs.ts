/**
 * The tabs of one origin that show the same account: who asks PagerDuty for all, and how they tell each other. Data only,
 * never a secret. Web Locks choose the leader, so its death is noticed at once; a hidden tab does not lead. Where Web Locks or
 * BroadcastChannel are missing each tab asks for itself.
 */

import { ABI_VERSION, type SharedAnswer, type SharedWants, type TabRole } from './messages.js';

/** What crosses between tabs. */
export type TabMessage = { type: 'wants'; tab: string; wants: SharedWants } | { type: 'answer'; answer: SharedAnswer; body?: string | undefined };

export interface TabEvents {
  role(role: TabRole, company: boolean): void;
  heard(message: TabMessage): void;
}

/** Tabs of another release may speak otherwise: they share among themselves. */
const PREFIX = `pagerduty-card/${ABI_VERSION}`;

/** Of this page, for as long as it lives. */
export const TAB_ID = typeof crypto === 'undefined' ? '' : [...crypto.getRandomValues(new Uint32Array(4))].map((word) => word.toString(16)).join('');

export const canShareTabs = (): boolean => typeof BroadcastChannel !== 'undefined' && hasLocks();
export const hasLocks = (): boolean => 'locks' in navigator;

/** Holds a lock until the returned function is called. `granted` is called when it is had. */
export function holdLock(name: string, options: LockOptions, granted: (lock: Lock | null) => void): () => void {
  const abort = new AbortController();
  let release: () => void = () => abort.abort();
  // A lock that may be taken only if it is free cannot be waited for, and so not be given up.
  const waiting = options.ifAvailable === true ? {} : { signal: abort.signal };
  navigator.locks
    .request(name, { ...options, ...waiting }, async (lock) => {
      const held = new Promise<void>((done) => (release = done));
      granted(lock);
      if (lock !== null) await held;
    })
    .catch(() => undefined);
  return () => release();
}

/** Names held by any page of the origin. */
export async function heldLocks(): Promise<string[]> {
  const { held = [] } = await navigator.locks.query();
  return held.map(({ name = '' }) => name);
}

export class TabGroup {
  readonly #scope: string;
  readonly #events: TabEvents;
  #channel: BroadcastChannel | undefined;
  #leave: (() => void) | undefined;
  #stopLeading: (() => void) | undefined;
  #company = false;
  /** Whether there is company. */
  #known: Promise<void> = Promise.resolve();

  constructor(scope: string, events: TabEvents) {
    this.#scope = scope;
    this.#events = events;
  }

  async join(): Promise<void> {
    const channel = new BroadcastChannel(`${PREFIX}:${this.#scope}`);
    this.#channel = channel;
    channel.onmessage = ({ data }: MessageEvent<TabMessage>) => {
      this.#company = true;
      this.#events.heard(data);
    };
    const member = `${PREFIX}:${this.#scope}:member`;
    // Asked in this order, and so answered: the first looks at who was there before.
    const held = heldLocks();
    this.#leave = holdLock(member, { mode: 'shared' }, () => undefined);
    this.#known = held.then((names) => {
      this.#company ||= names.includes(member);
    });
    this.setVisible(document.visibilityState === 'visible');
    await this.#known;
  }

  leave(): void {
    this.#channel?.close();
    this.#channel = undefined;
    this.#leave?.();
    this.#stopLeading?.();
    this.#leave = this.#stopLeading = undefined;
  }

  /** A hidden tab lets another lead. */
  setVisible(visible: boolean): void {
    if (this.#channel === undefined || this.#leave === undefined) return;
    if (!visible) {
      this.#stopLeading?.();
      this.#stopLeading = undefined;
      this.#tellRole('follower');
    } else if (this.#stopLeading === undefined) {
      this.#tryToLead();
    }
  }

  send(message: TabMessage): void {
    this.#channel?.postMessage(message);
  }

  #tellRole(role: TabRole): void {
    const channel = this.#channel;
    // Unless it is left meanwhile.
    void this.#known.then(() => this.#channel === channel && this.#events.role(role, this.#company), () => undefined);
  }

  #tryToLead(): void {
    const leader = `${PREFIX}:${this.#scope}:leader`;
    const lead = (): void => this.#tellRole('leader');
    this.#stopLeading = holdLock(leader, { ifAvailable: true }, (lock) => {
      if (lock !== null) {
        lead();
        return;
      }
      this.#company = true;
      this.#tellRole('follower');
      this.#stopLeading = holdLock(leader, {}, lead);
    });
  }
}
