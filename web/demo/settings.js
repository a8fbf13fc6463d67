// The settings page of the demo: the simulator in PagerDuty's place, and the keys that it takes.
import config from '/demo-config.json' with { type: 'json' };
import { configure } from '/dist/pagerduty-card.js';
import '/dist/pagerduty-settings.js';

const { apiBase, eventsBase, keys } = config;
configure({ apiBase, eventsBase, identityBase: apiBase });
document.getElementById('keys').textContent = Object.entries(keys).map(([what, key]) => `${key} (${what})`).join(', ');

for (const choice of document.querySelectorAll('input[name="theme"]')) {
  choice.addEventListener('change', () => {
    document.documentElement.dataset.theme = choice.value;
    for (const one of document.querySelectorAll('pagerduty-card, pagerduty-settings')) one.setAttribute('theme', choice.value);
  });
}
