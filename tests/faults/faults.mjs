// The faults, as a table. Each strikes a card in each state (states.mjs), lasts ninety seconds unless `lasts` (ms) says otherwise, and ends.
//
//   name      what goes wrong
//   net       what the network does: orders to the simulator (tests/simulator/README.md)
//   page      or what happens to the page: strike(stage, cell), end(stage, cell)
//   says      what the viewer reads where the data would be, about half a minute later; absent: there is nothing to complain of
//   code      what `pd-error` tells the page then
//   at        where: 'data' (the card's notice and each section; the default), one of `card incidents oncall`, or a notice's id
//   empty     what a card that knows nothing says instead, when that differs
//   write     what the viewer is told of a write that meets it: `seen`, `failed` (it was not done), `unconfirmed` (it may have been),
//             `waiting` (it is sent again by itself), `sending`, `accepted` (by Events, and not shown yet); {rest, events} when they
//             differ; `seen` when left out
//   told      what the dialog says then, when it is not `says`
//   strikes   'under way': a write has left already, and is not answered while it lasts
//   action    what ends it, when time alone does not: what a person does
//   console   what the browser itself prints
//   firefox   part of the smaller matrix
import { kNowhere } from './stage.mjs';

const kMinute = 60_000;
const status = (code, more = {}) => [{ kind: 'status', status: code, ...more }];
/** What browsers print about every answer that is an error, and every request that gets none. */
export const kUsualConsole = [/Failed to load resource/, /CORS request did not succeed/, /Multiple CORS header/];
const kCors = [/has been blocked by CORS policy/, /Cross-Origin Request Blocked/];
const kPolicy = [/Content.Security.Policy/];
const kPage = '<!doctype html><html><body>Sign in to continue</body></html>';

const unreachable = { code: 'network', says: /PagerDuty could not be reached. Check the connection/, write: 'unconfirmed' };
const webPage = { code: 'bad-response', says: /The answer is a web page, not PagerDuty's JSON. Is a proxy or a sign-in in between\?/ };
/** A write's answer that shows no effect is another's, whatever it is. */
const notTheirs = { write: 'unconfirmed', told: /The answer is not one of PagerDuty's \(status 200\)|Nobody knows yet/ };
const notJson = { says: /The answer is not JSON, or it was cut off/, ...notTheirs };
const ownProblem = (code) => ({ says: new RegExp(`PagerDuty has a problem of its own \\(${code}\\)`), write: 'unconfirmed' });
const redirected = { code: 'redirected', says: /A redirect came instead of PagerDuty's answer. .*Sign in there/, write: 'failed' };
const unreadable = { code: 'blocked-by-cors', says: /answers, but not so that this page may read it \(CORS\)/, console: kCors };

export const kFaults = [
  // ---- No answer ----
  { name: 'connection drops', net: [{ kind: 'drop' }], ...unreachable, firefox: true },
  { name: 'answers get lost', net: [{ kind: 'lost-answer' }], ...unreachable, firefox: true },
  { name: 'answers break off', net: [{ kind: 'truncate' }], ...unreachable },
  { name: 'no name server', page: moved({ apiBase: kNowhere, eventsBase: kNowhere }), ...unreachable, chromiumOnly: true },
  { name: 'no TLS there', page: moved((stage) => bases(stage.simulator.url.replace('http:', 'https:'))), ...unreachable },
  { name: 'nothing answers', net: [{ kind: 'hang' }], code: 'timeout', says: /PagerDuty did not answer in time/, write: 'unconfirmed', firefox: true },
  { name: 'slow: nine seconds', net: [{ kind: 'hang' }], lasts: 9_000, write: 'sending' },
  { name: 'a blip', net: status(503, { times: 2 }), lasts: 20_000, write: { rest: 'unconfirmed', events: 'unconfirmed' }, told: /problem of its own/ },

  // ---- An answer that is an error ----
  { name: '400', net: status(400), says: /PagerDuty refused it: Invalid Input Provided/, write: 'failed' },
  { name: '401', net: status(401), says: /Sign in again, or have the token checked/, at: 'notice:unauthorized', write: 'failed', told: /did not accept the credential/, action: 'try again', firefox: true },
  { name: '402', net: status(402), says: /The PagerDuty plan does not include this/, write: 'failed' },
  { name: '403', net: status(403), says: /The credential lacks the permission for this/, write: 'failed' },
  {
    name: '403 with scope', net: status(403, { body: { error: { message: 'Forbidden', code: 2010, required_scopes: 'incidents.write' } } }),
    says: /lacks the permission for this. It needs the scope incidents.write/, write: 'failed',
  },
  { name: '404', net: status(404), says: /PagerDuty does not know it/, empty: /is known there, or this credential does not see the service/, write: 'failed' },
  { name: '408', net: status(408), says: /PagerDuty did not answer in time/, write: 'unconfirmed' },
  { name: '413', net: status(413), says: /larger than PagerDuty takes/, write: 'failed' },
  { name: '429', net: status(429), says: /The card asks again in/, at: 'notice:rate-limited', write: 'waiting', told: /sent again by itself in/, firefox: true },
  {
    name: '429 for two seconds', net: status(429, { headers: { 'Retry-After': '2', 'Access-Control-Expose-Headers': 'Retry-After' } }), lasts: 1_000,
    says: /The card asks again in \d+ sec/, at: 'notice:rate-limited', write: 'waiting', told: /sent again by itself in less than a minute/,
  },
  { name: '500', net: status(500), ...ownProblem(500) },
  { name: '502 of a gateway', net: [{ kind: 'html', status: 502 }], ...ownProblem(502), firefox: true },
  { name: '503', net: status(503), ...ownProblem(503) },
  { name: 'a proxy forbids', net: status(403, { body: kPage }), says: /A web page came instead of PagerDuty's answer \(status 403\)/, write: 'failed' },

  // ---- An answer that is none of PagerDuty's ----
  { name: 'a web page', net: [{ kind: 'html', status: 200 }], ...webPage, ...notTheirs, firefox: true },
  { name: 'JSON cut off', net: status(200, { body: '{"incidents": [{"id": "P' }), ...notJson },
  { name: 'null', net: status(200, { body: 'null' }), says: /The answer has no "/, ...notTheirs },
  { name: 'wrong types', net: [{ kind: 'wrong-schema' }], says: /The answer's "\w+" is /, ...notTheirs },
  { name: 'another API', net: status(200, { body: { hello: 'world' } }), says: /The answer has no "/, ...notTheirs },
  { name: 'nested too deep', net: status(200, { body: '['.repeat(100) + ']'.repeat(100) }), says: /nested deeper than 64 levels/, ...notTheirs },
  { name: 'larger than 4 MB', net: [{ kind: 'oversized' }], says: /The answer is larger than 4 MB/, write: 'unconfirmed' },

  // ---- What the browser does not let through ----
  { name: 'a redirect', net: [{ kind: 'redirect' }], ...redirected },
  { name: 'a redirect elsewhere', net: (stage) => [{ kind: 'redirect', status: 307, location: `${stage.site.url}/sign-in` }], ...redirected, firefox: true },
  { name: 'no CORS headers', net: [{ kind: 'no-cors' }], ...unreadable, write: 'unconfirmed', told: /could not be reached/, firefox: true },
  { name: 'preflight refused', net: [{ method: 'OPTIONS', kind: 'no-cors' }], ...unreadable, write: 'unconfirmed', told: /could not be reached/ },
  {
    name: 'CSP', page: moved((stage) => bases(stage.simulator.url.replace('127.0.0.1', 'localhost'))),
    code: 'blocked-by-policy', says: /Add http:\/\/localhost:\d+ to connect-src in its Content-Security-Policy/, write: 'failed', console: kPolicy, firefox: true,
  },

  // ---- Who the page is ----
  { name: 'revoked token', page: moved({ credentials: 'revoked' }), says: /Sign in again/, at: 'notice:unauthorized', write: { rest: 'failed', events: 'accepted' }, told: /did not accept the credential/ },
  { name: 'sign-in fails', page: moved({ credentials: 'broken' }), code: 'sign-in-failed', says: /The page could not sign in to PagerDuty/, write: { rest: 'failed', events: 'unconfirmed' }, told: /could not sign in|Nobody knows/ },
  { name: 'sign-in hangs', page: moved({ credentials: 'hanging' }), code: 'sign-in-failed', says: /The page could not sign in to PagerDuty/, write: { rest: 'failed', events: 'accepted' } },

  // ---- One part only ----
  { name: 'incidents: 500', net: status(500, { path: '/incidents*' }), ...ownProblem(500), at: 'incidents', told: /problem of its own|Nobody knows yet/ },
  { name: 'on-calls: 500', net: status(500, { path: '/oncalls*' }), ...ownProblem(500), at: 'oncall', write: 'seen' },
  { name: 'service: 500', net: status(500, { path: '/services*' }), ...ownProblem(500), at: 'card', write: 'seen' },
  { name: 'changes: 402', net: status(402, { path: '/services/*/change_events' }), write: 'seen' },
  { name: 'writes refused', net: ['POST', 'PUT'].flatMap((method) => status(403, { method })), write: 'failed', told: /lacks the permission/ },
  { name: 'write lost once', net: ['POST', 'PUT'].map((method) => ({ kind: 'lost-answer', method, times: 1 })), write: 'seen' },

  // ---- What happens to the page ----
  {
    name: 'offline', strikes: 'under way', page: { strike: (stage) => stage.setOffline(true), end: (stage) => stage.setOffline(false) },
    firefox: true, says: /The card (goes on|starts) by itself when the connection is back/, at: 'notice:offline', write: 'unconfirmed', told: /Nobody knows yet/,
  },
  { name: 'hidden', strikes: 'under way', page: { strike: (stage) => stage.setVisible(false), end: (stage) => stage.setVisible(true) }, write: 'unconfirmed', told: /Nobody knows yet/, firefox: true },
  { name: 'taken off the page', strikes: 'under way', page: { strike: (stage) => stage.setAttached(false), end: (stage) => stage.setAttached(true) }, gone: true, write: 'unconfirmed' },
  {
    name: 'back-forward cache', strikes: 'under way', write: 'unconfirmed', told: /Nobody knows yet/,
    page: {
      strike: async (stage) => {
        await stage.setVisible(false);
        await transition(stage, 'pagehide');
      },
      // What was not answered by then never is.
      end: async (stage) => {
        await stage.sleep(10 * kMinute);
        await transition(stage, 'pageshow');
        await stage.setVisible(true);
      },
    },
  },
  { name: 'asleep for eight hours', page: { strike: (stage) => stage.sleep(8 * 60 * kMinute), end: async () => undefined }, write: 'seen' },
  { name: 'clock an hour ahead', page: skewed(60 * kMinute), write: 'seen' },
  { name: 'clock an hour behind', page: skewed(-60 * kMinute), write: 'seen' },
  { name: 'clock stands still', page: { strike: (stage) => freeze(stage, true), end: (stage) => freeze(stage, false) }, write: { rest: 'seen', events: 'accepted' } },
];

/** The account's options become others, and then what they were. */
function moved(options) {
  return {
    strike: (stage, cell) => stage.connect(cell.account, typeof options === 'function' ? options(stage) : options),
    end: (stage, cell) => stage.connect(cell.account),
  };
}

function bases(url) {
  return { apiBase: url, eventsBase: url };
}

function skewed(ms) {
  const set = (stage, value) => stage.page.evaluate((to) => void (globalThis.virtual.skew = to), value);
  return { strike: (stage) => set(stage, ms), end: (stage) => set(stage, 0) };
}

function transition(stage, type) {
  return stage.page.evaluate((name) => void dispatchEvent(new PageTransitionEvent(name, { persisted: true })), type);
}

function freeze(stage, isFrozen) {
  return stage.page.evaluate((value) => globalThis.virtual.freeze(value), isFrozen);
}
