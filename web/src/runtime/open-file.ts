/** How a file that ships is opened, by its address. What has all of them in it (`entries/inline.ts`) opens them by `entries/embedded.ts`. */

export function openFile(url: URL, signal: AbortSignal | null = null): Promise<Response> {
  return fetch(url, { credentials: 'same-origin', signal });
}

/** Loads a module by its address as it is: bundlers are told not to look for it. */
export function importFrom(url: URL): Promise<unknown> {
  return import(PDC_AS_IT_IS(url.href));
}

/** Where PagerDuty sends who signed in, unless the page says it: beside the module. */
export const callbackPage = (url: URL): URL => url;
