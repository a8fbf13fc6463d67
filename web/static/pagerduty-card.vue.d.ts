// The elements' tags for Vue's type checker: "types": ["pagerduty-card/vue"] in tsconfig.json.
import type { HTMLAttributes } from 'vue';
import type { CamelCased, CardAttributes, CardListenerProps, CardProperties, SettingsAttributes } from './types/entries/markup.js';

type Tag<Props> = new () => { $props: Omit<HTMLAttributes, keyof Props> & Props };

declare module 'vue' {
  export interface GlobalComponents {
    'pagerduty-card': Tag<CamelCased<Omit<CardAttributes, 'read-only'>> & CardProperties & CardListenerProps>;
    'pagerduty-settings': Tag<CamelCased<SettingsAttributes>>;
  }
}
