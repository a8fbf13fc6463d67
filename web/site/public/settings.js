// The settings page: a simulated PagerDuty in the place of the real one, and the keys that it takes.
import { connection } from './simulated.js';
import { configure } from './dist/pagerduty-card.js';
import './dist/pagerduty-settings.js';

const { apiBase, eventsBase, keys } = connection;
configure({ apiBase, eventsBase, identityBase: apiBase });
document.getElementById('keys').textContent = Object.entries(keys).map(([what, key]) => `${key} (${what})`).join(', ');
