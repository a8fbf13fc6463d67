import { mount } from 'svelte';
import '../connect.js';
import Portal from './Portal.svelte';

mount(Portal, { target: document.querySelector('main')! });
