/**
 * How a viewer signs in to PagerDuty: `pagerduty-card.oauth.js`, loaded when somebody does. A window first; the page itself goes
 * there and back where none opens. Nothing is kept but the transaction of a redirect.
 */

import { exchange, isWriteScope, makeQuestion, mostOf } from './grant.js';
import { awaitAnswer } from './popup.js';
import { blockedProblem, pageProblem, scopeProblem } from './problems.js';
import { keepTransaction, takeTransaction } from './transaction.js';

export { asApplication } from './application.js';

/** At which server, as which app. */
export interface Plan {
  /** Of the identity server, without a trailing slash. */
  identity: string;
  clientId: string;
  redirectUri: string;
  /** The most that is asked for. */
  scope?: string;
  fetch: typeof fetch;
}

/** What was granted. Nothing outside of this module and the `Authorization` header has the tokens. */
export interface Grant {
  /** Of the `Authorization` header; renewed before it ends. Undefined: it has ended. Rejects: it could not be renewed now. */
  readonly header: () => Promise<string | undefined>;
  /** Whether that is what it gives. */
  readonly isOf: (header: string | undefined) => boolean;
  readonly writes: boolean;
  /** Or may be asked to let it. */
  readonly mayWrite: boolean;
  /** Scopes that were asked for in vain, with spaces between them. */
  readonly lacks: string;
  /** Never rejects. */
  readonly revoke: () => Promise<void>;
}

export interface Attempt {
  /** As it opened in the viewer's click; null: it did not. */
  popup: Window | null;
  /** The page itself may go to the server. */
  mayLeave: boolean;
  writes: boolean;
  /** Nobody waits any more. */
  signal: AbortSignal;
  /** An answer came after all, from a window that looked closed. */
  late: (grant: Grant) => void;
}

/** Errors: Problem. Does not end when the page leaves. */
export async function signIn(plan: Plan, { popup, mayLeave, writes, signal, late }: Attempt): Promise<Grant> {
  const problem = pageProblem(plan.redirectUri);
  if (problem !== undefined) throw problem;
  const scope = mostOf(plan).filter((one) => writes || !isWriteScope(one)).join(' ');
  const { question, url } = await makeQuestion(plan, scope);
  if (popup === null) {
    // PagerDuty's sign-in page is not shown in a frame.
    if (!mayLeave || self !== top) throw blockedProblem();
    keepTransaction(plan, question);
    location.assign(url);
    return new Promise(() => undefined);
  }
  const { answer, closed } = awaitAnswer(popup, question.state, signal);
  const granted = answer.then((query) => exchange(plan, question, query));
  popup.location.replace(url);
  let isLate = false;
  void granted.then(
    (grant) => isLate && !signal.aborted && late(grant),
    () => undefined,
  );
  return Promise.race([granted, closed]).catch((error: unknown) => {
    isLate = true;
    throw error;
  });
}

/** What a redirect came back with; undefined: nothing of this plan. Errors: Problem. */
export async function resume(plan: Plan): Promise<Grant | undefined> {
  const transaction = takeTransaction(plan);
  return transaction && exchange(plan, transaction.question, transaction.answer);
}

/** Errors: Problem, when it lacks what was asked for. */
export function checkScope(grant: Grant | undefined): void {
  if (grant !== undefined && grant.lacks !== '') throw scopeProblem(grant.lacks);
}
