// The page at `redirectUri`: hands PagerDuty's answer to the page that asked, and closes. It checks nothing: who asked does, and has
// the verifier without which the answer is worth nothing. See src/oauth/popup.ts and src/oauth/transaction.ts.
const NAME = 'pagerduty-card:sign-in'; // of the channel, and of the transaction in sessionStorage
const PATIENCE_MS = 5000;

const answer = location.search;
const state = new URLSearchParams(answer).get('state') ?? '';
const say = (text) => {
  document.getElementById('said').textContent = text;
};

// The code stands in no address that is kept, copied or sent on.
history.replaceState(null, '', location.pathname);

/** By redirect: the page that asked is to be loaded again in this tab. */
function goBack(text) {
  const transaction = JSON.parse(text);
  const returnTo = new URL(transaction.returnTo);
  if (returnTo.origin !== location.origin) throw new Error('not of this origin');
  sessionStorage.setItem(NAME, JSON.stringify({ ...transaction, answer }));
  location.replace(returnTo.href);
}

/** By window: the page that asked is in another one, perhaps cut off from this one. */
function handOver() {
  const channel = new BroadcastChannel(NAME);
  const giveUp = setTimeout(() => say('No page waits for this answer. Close this window and sign in again.'), PATIENCE_MS);
  const onReply = ({ data, origin }) => {
    if (origin !== location.origin || data?.type !== 'taken' || data.state !== state) return;
    clearTimeout(giveUp);
    say('Done. You can close this window.');
    // Not every browser lets a window close that was cut off.
    close();
  };
  channel.addEventListener('message', onReply);
  addEventListener('message', onReply);
  const handover = { type: 'answer', state, answer };
  channel.postMessage(handover);
  opener?.postMessage(handover, location.origin);
}

const transaction = sessionStorage.getItem(NAME);
if (answer === '') say('This page is where PagerDuty sends people after they sign in. There is nothing to see here.');
else if (transaction === null) handOver();
else goBack(transaction);
