/**
 * The window to sign in, and the answer that it brings. `static/oauth-callback.js` hands it over twice, as either way may be cut:
 *   postMessage to the opener       not under Cross-Origin-Opener-Policy, the page's or the sign-in page's
 *   BroadcastChannel of the origin  not from a frame of another site, whose channels are its own
 */

import { Problem } from './problems.js';
import { expired, LONGEST_MS } from './transaction.js';

/** Both are known to `static/oauth-callback.js`. */
const CHANNEL = 'pagerduty-card:sign-in';
interface Handover {
  type: 'answer' | 'taken';
  state: string;
  /** The query that came to the redirect URI. */
  answer?: string;
}

const LOOK_EVERY_MS = 250;

export interface Awaited {
  /** Rejects: Problem, when it is too late. */
  answer: Promise<URLSearchParams>;
  /** Rejects when the window is closed, as far as can be seen; the answer may come all the same. */
  closed: Promise<never>;
}

/** `signal`: nobody waits any more. */
export function awaitAnswer(popup: Window, state: string, signal: AbortSignal): Awaited {
  const over = new AbortController();
  const answer = new Promise<URLSearchParams>((resolve, reject) => {
    const channel = new BroadcastChannel(CHANNEL);
    const take = (handover: Handover, reply: (taken: Handover) => void): void => {
      if (over.signal.aborted) return;
      reply({ type: 'taken', state: handover.state });
      over.abort();
      resolve(new URLSearchParams(handover.answer));
    };
    // All tabs of the origin hear it: only the state says whose it is.
    channel.onmessage = ({ data }: MessageEvent<unknown>) => {
      if (isAnswer(data) && data.state === state) take(data, (taken) => channel.postMessage(taken));
    };
    const onMessage = ({ data, origin, source }: MessageEvent<unknown>): void => {
      if (origin !== location.origin || !isAnswer(data)) return;
      // Of our own window a wrong state is an answer, too: one to be refused.
      if (data.state === state || source === popup) take(data, (taken) => source?.postMessage(taken, { targetOrigin: origin }));
    };
    addEventListener('message', onMessage, { signal: over.signal });
    const timer = setTimeout(() => {
      over.abort();
      reject(expired());
    }, LONGEST_MS);
    over.signal.addEventListener('abort', () => {
      clearTimeout(timer);
      channel.close();
    });
    signal.addEventListener('abort', () => {
      over.abort();
      reject(new Problem('superseded', 'Sign-in was begun anew, or given up.'));
    });
  });
  return { answer, closed: awaitClosing(popup, over.signal) };
}

// A window that is cut off from this page says that it is closed. So it counts only of one that was seen at the sign-in page.
function awaitClosing(popup: Window, over: AbortSignal): Promise<never> {
  return new Promise((_, reject) => {
    let seen = false;
    let closed = false;
    const timer = setInterval(() => {
      if (!popup.closed) {
        seen ||= isElsewhere(popup);
      } else if (!seen) {
        clearInterval(timer);
      } else if (closed) {
        clearInterval(timer);
        reject(new Problem('popup-closed', 'The window to sign in was closed before the end.'));
      } else {
        // What it sent before it closed may be under way.
        closed = true;
      }
    }, LOOK_EVERY_MS);
    over.addEventListener('abort', () => clearInterval(timer));
  });
}

function isElsewhere(popup: Window): boolean {
  try {
    return popup.location.href === '';
  } catch {
    return true;
  }
}

function isAnswer(data: unknown): data is Handover {
  const { type, state, answer } = (data ?? {}) as Partial<Record<keyof Handover, unknown>>;
  return type === 'answer' && typeof state === 'string' && typeof answer === 'string';
}
