/**
 * In place of `runtime/open-file.ts` where the files are in the bundle: no request leaves for them, so that a page may forbid itself any, or
 * have no server at all. build.mjs gives them addresses of a scheme of their own; another one is of a page that has moved a file.
 */

import * as network from '../runtime/open-file.js';

const SCHEME = 'inline:';
const MODULES: Readonly<Record<string, () => Promise<unknown>>> = {
  '/pagerduty-card.oauth.js': () => import('../oauth/oauth.js'),
  '/pagerduty-settings.js': () => import('../settings/settings.js'),
};

export function openFile(url: URL, signal: AbortSignal | null = null): Promise<Response> {
  const packed = url.protocol === SCHEME ? PDC_FILES[url.pathname.slice(1)] : undefined;
  if (packed === undefined) return network.openFile(url, signal);
  const bytes = Uint8Array.from(atob(packed), (character) => character.charCodeAt(0));
  return Promise.resolve(new Response(new Blob([bytes]).stream().pipeThrough(new DecompressionStream('deflate'))));
}

export function importFrom(url: URL): Promise<unknown> {
  return (url.protocol === SCHEME ? MODULES[url.pathname]?.() : undefined) ?? network.importFrom(url);
}

export const callbackPage = (url: URL): URL => (url.protocol === SCHEME ? new URL(url.pathname.slice(1), document.baseURI) : url);
