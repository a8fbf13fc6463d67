// A PagerDuty in the page: no request to it leaves the browser. Bundled for the site; tests put the simulator's HTTP server in its place.
import { Engine } from '../../tests/simulator/engine.mjs';
import { kOAuth } from '../../tests/simulator/api/oauth.mjs';
import { kTokens } from '../../tests/simulator/http/auth.mjs';
import { makeFetch } from '../../tests/simulator/in-page.mjs';

const here = (path) => new URL(path, new URL('.', document.baseURI)).href;
const apiBase = here('simulated-pagerduty');
/** As a portal's proxy, which adds the secret. */
const proxyBase = here('pagerduty');
const proxyEvents = here('pagerduty-events');

const browserFetch = globalThis.fetch.bind(globalThis);
let simulated;
/** Made with the first request: a page without cards needs none. */
function theSimulated() {
  simulated ??= makeFetch(new Engine({}), apiBase, browserFetch);
  return simulated;
}

function throughProxy(base, input, init) {
  const request = new Request(input, init);
  const headers = new Headers(request.headers);
  headers.set('Authorization', `Token token=${kTokens.user}`);
  return theSimulated()(apiBase + request.url.slice(base.length), { ...init, headers });
}

globalThis.fetch = (input, init) => {
  const url = input instanceof Request ? input.url : new URL(input, document.baseURI).href;
  if (url === apiBase || url.startsWith(`${apiBase}/`)) return theSimulated()(input, init);
  const proxy = [proxyBase, proxyEvents].find((base) => url.startsWith(`${base}/`));
  return proxy === undefined ? browserFetch(input, init) : throughProxy(proxy, input, init);
};

export const connection = {
  apiBase,
  eventsBase: apiBase,
  token: kTokens.user,
  /** What somebody may try on the settings page. */
  keys: {
    "a user's key": kTokens.user,
    'read only': kTokens.readOnly,
    'client ID': kOAuth.appClientId,
    'client secret': kOAuth.appClientSecret,
    subdomain: kOAuth.subdomain,
  },
};
