// An app as a portal has it: everything that ships is asked for by it.
import { configure } from 'pagerduty-card';
import 'pagerduty-card/settings';

// Where the app's bundler leaves addresses alone and its files lie elsewhere, the page says so.
const { fileOptions = {} } = globalThis;
const { apiBase, eventsBase, token, keys } = await fetch('/demo-config.json').then((answer) => answer.json());
const base = { apiBase, eventsBase, identityBase: apiBase };
configure({
  ...base,
  ...fileOptions,
  credentials: { type: 'token', token },
  accounts: {
    app: { ...base, credentials: { type: 'client-credentials', clientId: keys['client ID'], clientSecret: keys['client secret'], subdomain: keys.subdomain } },
  },
});
