// The demo page: connects the cards to the simulator, switches the theme, copies the snippet.
import config from '/demo-config.json' with { type: 'json' };
import { configure } from '/dist/pagerduty-card.js';

const { apiBase, eventsBase, token } = config;
configure({ accounts: { '': { apiBase, eventsBase, credentials: { type: 'token', token } } } });

for (const choice of document.querySelectorAll('input[name="theme"]')) {
  choice.addEventListener('change', () => {
    document.documentElement.dataset.theme = choice.value;
    for (const card of document.querySelectorAll('pagerduty-card')) card.setAttribute('theme', choice.value);
  });
}

const copied = document.getElementById('copied');
document.getElementById('copy').addEventListener('click', async ({ currentTarget: button }) => {
  try {
    await navigator.clipboard.writeText(document.getElementById('snippet').textContent);
    button.textContent = 'Copied';
    copied.textContent = 'Copied';
  } catch {
    getSelection().selectAllChildren(document.getElementById('snippet'));
    copied.textContent = 'Copying was not allowed. The text is selected: press Ctrl+C.';
  }
  button.addEventListener('blur', () => { button.textContent = 'Copy'; }, { once: true });
});
