// Connects the cards of a page to the simulated PagerDuty.
import { connection } from './simulated.js';
import { configure } from './dist/pagerduty-card.js';

const { apiBase, eventsBase, token } = connection;
export const account = { apiBase, eventsBase, credentials: { type: 'token', token } };
configure({ accounts: { '': account } });
