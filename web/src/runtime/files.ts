/**
 * The files that ship beside the modules. Each address is written out in the form that bundlers know, so that those which rename
 * files (Vite, webpack) bring them along; the others leave it as it is. Only a language of the card itself is a row here;
 * those of the settings page are in `web/src/settings/texts.ts`.
 */

const BESIDE: Readonly<Record<string, () => URL>> = {
  'pagerduty-card.wasm': () => new URL('./pagerduty-card.wasm', import.meta.url),
  'pagerduty-card.more.wasm': () => new URL('./pagerduty-card.more.wasm', import.meta.url),
  'pagerduty-card.entity.wasm': () => new URL('./pagerduty-card.entity.wasm', import.meta.url),
  'pagerduty-card.yaml.wasm': () => new URL('./pagerduty-card.yaml.wasm', import.meta.url),
  'pagerduty-card.tabs.wasm': () => new URL('./pagerduty-card.tabs.wasm', import.meta.url),
  'pagerduty-card.settings.wasm': () => new URL('./pagerduty-card.settings.wasm', import.meta.url),
  'pagerduty-card.oauth.js': () => new URL('./pagerduty-card.oauth.js', import.meta.url),
  'pagerduty-settings.js': () => new URL('./pagerduty-settings.js', import.meta.url),
  'languages/de.json': () => new URL('./languages/de.json', import.meta.url),
  'languages/ja.json': () => new URL('./languages/ja.json', import.meta.url),
  'languages/pt-BR.json': () => new URL('./languages/pt-BR.json', import.meta.url),
};

/** Where a bundler has put the file; undefined for one that it does not know. */
export function besideUs(file: string): URL | undefined {
  return BESIDE[file]?.();
}
