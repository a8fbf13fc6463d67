// An app as a portal has it: everything that ships is asked for by it.
import { configure } from 'pagerduty-card';

// The settings page is a route of its own.
if (location.hash !== '#cards') await import('pagerduty-card/settings');
const { apiBase, eventsBase, token, keys } = await fetch('/demo-config.json').then((answer) => answer.json());
const base = { apiBase, eventsBase, identityBase: apiBase };
configure({
  ...base,
  credentials: { type: 'token', token },
  accounts: {
    app: { ...base, credentials: { type: 'client-credentials', clientId: keys['client ID'], clientSecret: keys['client secret'], subdomain: keys.subdomain } },
  },
});
