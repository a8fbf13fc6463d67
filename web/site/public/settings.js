// The settings page: a simulated PagerDuty in the place of the real one, and the keys that it takes.
import { connection } from './simulated.js';
import { configure } from './dist/pagerduty-card.js';
import './dist/pagerduty-settings.js';
import { element } from './dom.js';

const { apiBase, eventsBase, keys } = connection;
configure({ apiBase, eventsBase, identityBase: apiBase });
document.getElementById('keys').append(...Object.entries(keys).flatMap(([what, key], index) => [index === 0 ? '' : ', ', element('code', {}, key), ` (${what})`]));
