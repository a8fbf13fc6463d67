import { render as renderComponent } from 'svelte/server';
import '../connect.js';
import EntityCard from './EntityCard.svelte';

export const render = (entity: object): string => renderComponent(EntityCard, { props: { entity } }).body;
