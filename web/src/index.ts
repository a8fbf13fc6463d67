/**
 * Loading this module registers `<pagerduty-card>`.
 *
 *   <script type="module" src="pagerduty-card.js"></script>
 *   <pagerduty-card entity="catalog-info.yaml"></pagerduty-card>
 */

import { define } from './entries/element.js';

export * from './entries/element.js';

define();
