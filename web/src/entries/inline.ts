/**
 * All in one file: both elements, registered, with the module, the languages and what signs in. For pages that have no server of
 * their own, or may fetch nothing from it.
 *
 *   import { configure } from 'pagerduty-card/inline';
 *
 * `dist/pagerduty-card.classic.js` is the same for `<script src>` without `type="module"`; there `pagerdutyCard` has what this exports.
 */

export * from '../index.js';
export * from '../settings/settings.js';
