/**
 * A sign-in by redirect, while the page is away: in the tab's storage, until the page is back. `static/oauth-callback.js` adds the
 * answer and goes back to the page.
 */

import type { Question } from './grant.js';
import type { Plan } from './oauth.js';
import { Problem } from './problems.js';

const STORAGE_KEY = 'pagerduty-card:sign-in';
/** So long somebody may take to sign in. */
export const LONGEST_MS = 600_000;

interface Transaction {
  at: number;
  identity: string;
  clientId: string;
  redirectUri: string;
  question: Question;
  returnTo: string;
  /** The query that came to the redirect URI. */
  answer?: string;
}

export function keepTransaction({ identity, clientId, redirectUri }: Plan, question: Question): void {
  const transaction: Transaction = { at: Date.now(), identity, clientId, redirectUri, question, returnTo: location.href };
  sessionStorage.setItem(STORAGE_KEY, JSON.stringify(transaction));
}

/** Of this plan, and only once; undefined when there is none that was answered. Errors: Problem. */
export function takeTransaction(plan: Plan): { question: Question; answer: URLSearchParams } | undefined {
  const text = sessionStorage.getItem(STORAGE_KEY);
  const transaction = text === null ? undefined : (JSON.parse(text) as Transaction);
  const isOfPlan = (['identity', 'clientId', 'redirectUri'] as const).every((name) => transaction?.[name] === plan[name]);
  if (transaction === undefined || !isOfPlan) return undefined;
  sessionStorage.removeItem(STORAGE_KEY);
  if (transaction.answer === undefined) return undefined;
  if (!(Date.now() - transaction.at < LONGEST_MS)) throw expired();
  return { question: transaction.question, answer: new URLSearchParams(transaction.answer) };
}

export const expired = (): Problem => new Problem('expired', 'Signing in took longer than 10 minutes. Sign in again.');
