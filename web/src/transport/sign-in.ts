/**
 * Sign-in of a viewer, as the rest of the page sees it: an Authorizer that has nothing until somebody signs in. How that is done
 * (OAuth, windows, redirects) is in `web/src/oauth`, a file of its own that is loaded when somebody does.
 *
 *   signed out --signIn()--> signed in, may read --first write--> may write
 *       ^                        |
 *       +--- the end, a 401, signOut()
 */

import type { Grant, Plan } from '../oauth/oauth.js';
import type { SignInCode } from '../oauth/problems.js';
import type { Authorizer } from './credentials.js';

export type { SignInCode };

/** `message` is for people, `code` for programs. */
export class SignInError extends Error {
  override readonly name = 'SignInError';
  constructor(
    readonly code: SignInCode,
    message: string,
  ) {
    super(message);
  }
}

/** The module that does it. */
export type OAuth = typeof import('../oauth/oauth.js');

/** Of the transaction of a redirect; `static/oauth-callback.js` knows it, too. */
const STORAGE_KEY = 'pagerduty-card:sign-in';
const WINDOW = 'popup,width=600,height=760';

// A sandboxed frame may have no storage.
function stored(use: (storage: Storage) => unknown): unknown {
  try {
    return use(sessionStorage);
  } catch {
    return null;
  }
}

function openWindow(): Window | null {
  try {
    return open('', '', WINDOW);
  } catch {
    // Firefox throws where a frame's sandbox allows none.
    return null;
  }
}

export class SignIn implements Authorizer {
  readonly isProxy = false;
  /** Writes are in the name of who signed in. */
  readonly from = undefined;
  readonly #plan: Plan;
  readonly #load: () => Promise<OAuth>;
  readonly #follow: (problem?: SignInError) => void;
  /** What went wrong while no card was there to be told. */
  untold: SignInError | undefined;
  #grant: Grant | undefined;
  /** The answer that a redirect came back with is being looked at. */
  #resuming: Promise<unknown> | undefined;
  #popup: Window | null = null;
  #running: Promise<void> | undefined;
  #abort = new AbortController();
  /** Something was to be written: asked for with the next sign-in, too. */
  #wantsWrite = false;

  /** `follow` is called after each change, and with what went wrong. */
  constructor(plan: Plan, load: () => Promise<OAuth>, follow: (problem?: SignInError) => void) {
    this.#plan = plan;
    this.#load = load;
    this.#follow = follow;
    if (stored((storage) => storage.getItem(STORAGE_KEY)) === null) return;
    this.#resuming = this.#take((oauth) => oauth.resume(plan)).catch(() => undefined);
  }

  get connected(): boolean {
    return this.#grant !== undefined || this.#resuming !== undefined;
  }

  /** Or may be asked to let it. */
  get mayWrite(): boolean {
    return this.#grant?.mayWrite !== false;
  }

  /** In a viewer's click, as it opens a window. Rejects: SignInError. */
  signIn(): Promise<void> {
    return this.#ask(true);
  }

  /** Forgets, and has PagerDuty forget if it can. */
  async signOut(): Promise<void> {
    const grant = this.#grant;
    this.#abort.abort();
    this.#popup?.close();
    this.#grant = undefined;
    this.#follow();
    await grant?.revoke();
  }

  /** Asks for leave to write where that is still to be had; undefined: nothing to wait for. Rejects: SignInError. */
  beforeWrite(): Promise<void> | undefined {
    if (this.#grant?.mayWrite !== true || this.#grant.writes) return undefined;
    this.#wantsWrite = true;
    // Not by leaving the page: the write would be lost. What PagerDuty does not allow, it tells best by itself.
    return this.#ask(false).catch((error: unknown) => {
      if (!(error instanceof SignInError) || error.code !== 'scope-not-granted') throw error;
    });
  }

  async header(): Promise<string> {
    await this.#resuming;
    const grant = this.#grant;
    const header = await grant?.header();
    if (header !== undefined) return header;
    this.#drop(grant);
    throw new Error('signed out');
  }

  forget(refused: string | undefined): void {
    // An answer to an older one says nothing of this one.
    if (this.#grant?.isOf(refused)) this.#drop(this.#grant);
  }

  /** Tabs sign in each for itself, perhaps as different people. */
  scope(): Promise<undefined> {
    return Promise.resolve(undefined);
  }

  #ask(mayLeave: boolean): Promise<void> {
    if (this.#popup?.closed === false && this.#running !== undefined) {
      this.#popup.focus();
      return this.#running;
    }
    this.#abort.abort();
    const { signal } = (this.#abort = new AbortController());
    // The window gets a copy of the storage: nothing of an earlier redirect may be in it.
    stored((storage) => storage.removeItem(STORAGE_KEY));
    const popup = (this.#popup = openWindow());
    const attempt = { popup, mayLeave, writes: this.#wantsWrite, signal, late: (grant: Grant) => this.#accept(grant) };
    return (this.#running = this.#take((oauth) => oauth.signIn(this.#plan, attempt)).finally(() => popup?.close()));
  }

  async #take(ask: (oauth: OAuth) => Promise<Grant | undefined>): Promise<void> {
    try {
      const oauth = await this.#load();
      this.#accept(await ask(oauth));
      oauth.checkScope(this.#grant);
    } catch (error) {
      // Of what is none of its own, the file could not be loaded.
      const { code = 'not-loaded', message } = error as Partial<SignInError>;
      const problem = new SignInError(code, message ?? '');
      this.#accept(undefined);
      this.#follow(problem);
      throw problem;
    }
  }

  #accept(grant: Grant | undefined): void {
    this.#resuming = undefined;
    this.#grant = grant ?? this.#grant;
    this.#follow();
  }

  #drop(grant: Grant | undefined): void {
    if (grant === undefined || this.#grant !== grant) return;
    this.#grant = undefined;
    this.#follow();
  }
}
