import { createSSRApp, h } from 'vue';
import { renderToString } from 'vue/server-renderer';
import '../connect.js';
import EntityCard from './EntityCard.vue';

export const render = (entity: object): Promise<string> => renderToString(createSSRApp({ render: () => h(EntityCard, { entity }) }));
