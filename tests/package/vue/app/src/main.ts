import { createApp, h, shallowRef } from 'vue';
import '../connect.js';
import EntityCard from './EntityCard.vue';

const entity = shallowRef<object | undefined>(undefined);
Object.assign(globalThis, { portal: { show: (next?: object) => { entity.value = next; } } });
createApp({ render: () => (entity.value === undefined ? null : h(EntityCard, { entity: entity.value })) }).mount('main');
