/** What may go wrong while somebody signs in, and how it is said. */

export type SignInCode =
  /** The account's credentials are not of type 'oauth', or cannot be used. */
  | 'not-configured'
  | 'not-loaded'
  | 'insecure-page'
  | 'sandboxed'
  | 'popup-blocked'
  | 'popup-closed'
  | 'superseded'
  | 'access-denied'
  | 'state-mismatch'
  | 'issuer-mismatch'
  | 'expired'
  | 'code-refused'
  | 'scope-not-granted'
  | 'network'
  | 'refused'
  | 'bad-answer';

export class Problem extends Error {
  constructor(
    readonly code: SignInCode,
    message: string,
  ) {
    super(message);
  }
}

/** RFC 6749, 4.1.2.1 and 5.2: what whoever reads it can do. */
const REFUSALS: Record<string, string> = {
  invalid_client: 'it does not know the clientId',
  unauthorized_client: 'the app may not sign people in: register it with OAuth and PKCE',
  unsupported_response_type: 'the app may not sign people in: register it with OAuth and PKCE',
  unsupported_grant_type: 'the app may not sign people in: register it with OAuth and PKCE',
  invalid_request: 'it did not understand the request; check clientId and redirectUri',
  invalid_scope: 'it does not know one of the scopes',
  server_error: 'it has a problem of its own; try again later',
  temporarily_unavailable: 'it is busy; try again later',
};

/** Of an error that the server named. */
export function refusal(error: string): Problem {
  if (error === 'access_denied') return new Problem('access-denied', 'PagerDuty was not allowed to let this page in: the request was declined.');
  if (error === 'invalid_grant') {
    return new Problem('code-refused', 'PagerDuty did not accept its own answer: it was used before, or is older than 30 seconds. Sign in again.');
  }
  // What is not on the list is said as it is, if it looks like the name of an error.
  const why = REFUSALS[error] ?? (/^[\w-]{1,60}$/.test(error) ? error : 'unknown error');
  return new Problem('refused', `PagerDuty refused to sign in: ${why}.`);
}

export function scopeProblem(lacks: string): Problem {
  return new Problem('scope-not-granted', `PagerDuty did not grant: ${lacks}. The app must be registered for it, and your role must allow it.`);
}

/** Of a window that did not open. What a frame lacks is told where it can be seen. */
export function blockedProblem(): Problem {
  const lacking = missingFlags(['allow-popups', 'allow-popups-to-escape-sandbox']);
  if (lacking !== '') return new Problem('sandboxed', `The sandbox of this frame does not let it open a window to sign in: add ${lacking}.`);
  return new Problem('popup-blocked', 'The browser blocked the window to sign in: allow pop-ups of this page, then try again.');
}

/** Of a page that cannot sign in at all; undefined: it can. */
export function pageProblem(redirectUri: string): Problem | undefined {
  if (self.origin === 'null') {
    return new Problem('sandboxed', 'The sandbox of this frame hides its origin: add allow-same-origin, allow-popups and allow-popups-to-escape-sandbox.');
  }
  if (!isSecureContext) return new Problem('insecure-page', 'To sign in the page must come by https.');
  if (!URL.canParse(redirectUri) || new URL(redirectUri).origin !== self.origin || redirectUri.includes('#')) {
    return new Problem('not-configured', 'redirectUri is no address of the origin of this page: it must be the whole address of oauth-callback.html, as registered.');
  }
  return undefined;
}

/** Those that the frame's sandbox lacks; '' if there is none, or when it cannot be seen. */
function missingFlags(flags: string[]): string {
  try {
    const frame = window.frameElement;
    if (!(frame instanceof parent.window.HTMLIFrameElement) || !frame.hasAttribute('sandbox')) return '';
    return flags.filter((flag) => !frame.sandbox.contains(flag)).join(' and ');
  } catch {
    return '';
  }
}
