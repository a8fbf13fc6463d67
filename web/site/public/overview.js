// The overview: connects its cards, copies the snippet.
import { connection } from './simulated.js';
import { configure } from './dist/pagerduty-card.js';

const { apiBase, eventsBase, token } = connection;
configure({ accounts: { '': { apiBase, eventsBase, credentials: { type: 'token', token } } } });

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
