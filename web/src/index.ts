/**
 * Loading this module registers `<pagerduty-card>`.
 *
 *   <script type="module" src="pagerduty-card.js"></script>
 *   <pagerduty-card entity="catalog-info.yaml"></pagerduty-card>
 */

import type { PageOptions } from './element/page.js';
import { PagerDutyCard } from './element/pagerduty-card.js';

export { PagerDutyCard };
export type { PageOptions };
export type { AccountOptions } from './transport/accounts.js';
export { SignInError, type SignInCode } from './transport/sign-in.js';
export type { Credentials } from './transport/credentials.js';

const NAME = 'pagerduty-card';

// A second copy of this module on the page uses the element, and so the engine and the accounts, of the first.
function registered(): typeof PagerDutyCard {
  if (typeof customElements === 'undefined') return PagerDutyCard;
  const known = customElements.get(NAME);
  if (known !== undefined) return known as typeof PagerDutyCard;
  customElements.define(NAME, PagerDutyCard);
  return PagerDutyCard;
}
const element = registered();

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
