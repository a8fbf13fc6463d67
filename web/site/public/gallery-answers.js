// What answers the cards of the gallery: the simulator, but where a state needs something else.
//
//   card.fetch = except({ 'GET /incidents': status(403), 'POST *': never });

import { connection } from './simulated.js';

/** PagerDuty's own numbers and words for what went wrong. */
const said = {
  401: [2006, 'The credential is missing or not valid'],
  402: [2012, 'Account does not have the abilities to perform the action'],
  403: [2010, 'Access Denied'],
  404: [2100, 'Not Found'],
  429: [2020, 'Rate Limit Exceeded'],
  500: [2000, 'Internal Server Error'],
};

/** Lets everything through but what `rules` name: 'METHOD /path' (`*`: anything; the query does not count) -> who answers instead. */
export function except(rules) {
  const all = Object.entries(rules).map(([request, answer]) => ({ pattern: patternOf(request), answer }));
  return (input, init) => {
    const rule = all.find(({ pattern }) => pattern.test(`${init?.method ?? 'GET'} ${pathOf(input)}`));
    return (rule?.answer ?? pass)(input, init);
  };
}

/** Of a request to PagerDuty's address, behind it; of any other, its path. */
function pathOf(input) {
  const { href, pathname } = new URL(input, document.baseURI);
  return href.startsWith(`${connection.apiBase}/`) ? href.slice(connection.apiBase.length).replace(/\?.*$/, '') : pathname;
}

function patternOf(request) {
  const parts = request.split('*').map((part) => part.replace(/[.+?^${}()|[\]\\]/g, '\\$&'));
  return new RegExp(`^${parts.join('.*')}$`);
}

const pass = (input, init) => fetch(input, init);

/** No answer: the card gives up in the end. */
export const never = () => new Promise(() => {});

/** Lost on the way, as when the network is away. */
export const lost = () => Promise.reject(new TypeError('Failed to fetch'));

/** PagerDuty's error of this status. `more`: further members of its body; `headers`: of the answer. */
export function status(code, { headers = {}, ...more } = {}) {
  const [number, message] = said[code];
  return () => Promise.resolve(Response.json({ error: { code: number, message, ...more } }, { status: code, headers }));
}

/** This object, as PagerDuty's answer. */
export const json = (value, code = 200) => () => Promise.resolve(Response.json(value, { status: code }));

/** A web page: a sign-in or a proxy in between. */
export const webPage = () => Promise.resolve(new Response('<!doctype html><title>Sign in</title>', { headers: { 'Content-Type': 'text/html' } }));

/** The usual answer, from a PagerDuty whose clock is ahead of this device's by `ms`. */
export const ahead = (ms) => async (input, init) => {
  const response = await pass(input, init);
  const headers = new Headers(response.headers);
  headers.set('Date', new Date(Date.now() + ms).toUTCString());
  return new Response(response.body, { status: response.status, headers });
};

/** The usual answer to each request for the first time, and `answer` ever after. */
export function first(answer) {
  const asked = new Set();
  return (input, init) => {
    const url = new URL(input);
    // The same question a moment later.
    for (const time of ['since', 'until']) url.searchParams.delete(time);
    if (asked.has(url.href)) return answer(input, init);
    asked.add(url.href);
    return pass(input, init);
  };
}
