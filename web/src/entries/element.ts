/**
 * The element without its registration: for portals that choose the moment, or the name, themselves.
 *
 *   import { configure, define } from 'pagerduty-card/element';
 *   define();
 */

import { PagerDutyCard } from '../element/pagerduty-card.js';
import type { PageOptions } from '../element/page.js';

export { PagerDutyCard };
export type * from './events.js';
export type { PageOptions };
export type { AccountOptions } from '../transport/accounts.js';
export { SignInError, type SignInCode } from '../transport/sign-in.js';
export type { Credentials } from '../transport/credentials.js';

const NAME = 'pagerduty-card';

/** The class whose engine and accounts the page uses. */
let element = PagerDutyCard;

/**
 * Registers the element, once: a second copy of this module on the page uses the element, and so the engine and the accounts, of the
 * first. Another `name` is for a page on which another version has the usual one; `<pagerduty-settings>` connects the cards of
 * the usual name's. Returns the class that has the name. Errors: SyntaxError for a name that no element may have.
 */
export function define(name = NAME): typeof PagerDutyCard {
  if (typeof customElements === 'undefined') return PagerDutyCard;
  const known = customElements.get(name) as typeof PagerDutyCard | undefined;
  if (known === undefined) {
    // A class has one name: others are of a class derived from it, which shares all there is.
    const one = name === NAME ? PagerDutyCard : class extends PagerDutyCard {};
    customElements.define(name, one);
    return one;
  }
  if (name === NAME) element = known;
  return known;
}

/** Page-wide defaults and accounts; see PageOptions. Errors: TypeError for what cannot be used. */
export function configure(options: PageOptions): void {
  element.configure(options);
}

/** What the client does: requests, cache hits, retries, lanes, tabs; by account. For a portal's engineer; never a secret. */
export function diagnostics(): Record<string, unknown> {
  return element.diagnostics();
}

/**
 * Has the viewer sign in to an account whose credentials are of type 'oauth'; `account` as `pd-auth-required` names it. To be called in
 * a click, as it opens a window. Where none opens the page itself goes to PagerDuty and comes back. Rejects: SignInError.
 */
export function signIn(account = ''): Promise<void> {
  return element.signIn(account);
}

/** Forgets the viewer's token, and has PagerDuty revoke it. Never rejects. */
export function signOut(account = ''): Promise<void> {
  return element.signOut(account);
}
