// The elements' tags for Svelte's type checker: "types": ["pagerduty-card/svelte"] in tsconfig.json.
import type { HTMLAttributes } from 'svelte/elements';
import type { CamelCased, CardAttributes, CardListeners, CardProperties, SettingsAttributes } from './types/entries/markup.js';

declare module 'svelte/elements' {
  export interface SvelteHTMLElements {
    'pagerduty-card': HTMLAttributes<HTMLElement> & CamelCased<Omit<CardAttributes, 'read-only'>> & CardAttributes & CardProperties & CardListeners;
    'pagerduty-settings': HTMLAttributes<HTMLElement> & SettingsAttributes;
  }
}
