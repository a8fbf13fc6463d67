// The gallery: a figure for each state of gallery-states.js, and what all cards have in common: theme, width, language.
import './connect.js';
import { element } from './dom.js';
import { groups } from './gallery-states.js';

/** A card gives up a request after ten seconds. */
const beginAnewAfterMs = 9_000;

function cardOf({ attributes, entityData, credentials, fetch, refreshes, waits, forbids }) {
  const card = element('pagerduty-card', attributes);
  for (const [property, value] of Object.entries({ entityData, credentials, fetch })) {
    if (value !== undefined) card[property] = value;
  }
  if (refreshes) refreshOnceLoaded(card);
  if (waits) setInterval(() => beginAnew(card), beginAnewAfterMs);
  if (forbids) card.addEventListener('pd-action', (event) => event.preventDefault());
  return card;
}

function refreshOnceLoaded(card) {
  card.addEventListener('pd-update', function look() {
    if (card.snapshot().sections.some(({ state }) => state === 'loading')) return;
    card.removeEventListener('pd-update', look);
    card.refresh();
  });
}

/** Leaves its figure and comes back, which takes the focus from whoever is in it. */
function beginAnew(card) {
  if (!card.matches(':focus-within')) card.parentNode.append(card);
}

/** The attributes as the page's author writes them; none where the service's id is all. */
function markupOf({ 'service-id': id, ...others }) {
  const shown = id?.includes(' ') ? { 'service-id': id, ...others } : others;
  return Object.entries(shown).map(([name, value]) => (value === '' ? name : `${name}="${value}"`)).join(' ');
}

function figureOf(state, showsMarkup) {
  const markup = showsMarkup ? markupOf(state.attributes) : '';
  const caption = element('figcaption', {}, element('h3', {}, element('a', { href: `#${state.id}` }, state.title)), element('p', {}, state.says));
  if (markup !== '') caption.append(element('code', {}, markup));
  return element('figure', { id: state.id }, caption, cardOf(state));
}

function groupOf({ id, title, says, states, showsMarkup = false }) {
  const heading = element('div', { class: 'heading' }, element('h2', { id: `${id}-title` }, title), element('p', {}, says));
  return element('section', { id: `group-${id}`, 'aria-labelledby': `${id}-title` }, heading, element('div', { class: 'figures' }, ...states.map((state) => figureOf(state, showsMarkup))));
}

function contentsOf({ id, title, states }) {
  const links = states.map((state) => element('li', {}, element('a', { href: `#${state.id}` }, state.title)));
  return element('li', {}, element('a', { href: `#group-${id}` }, title), element('ul', {}, ...links));
}

document.querySelector('.contents nav').append(element('ul', {}, ...groups.map(contentsOf)));
document.getElementById('groups').append(...groups.map(groupOf));
const cards = document.querySelectorAll('pagerduty-card');

// Beside the figures where there is room, else above them and closed.
const hasRoom = matchMedia('(min-width: 70rem)');
const contents = document.querySelector('.contents');
const placeContents = () => { contents.open = hasRoom.matches; };
hasRoom.addEventListener('change', placeContents);
placeContents();

const apply = {
  theme(value) {
    document.documentElement.dataset.theme = value;
    for (const card of cards) card.setAttribute('theme', value);
  },
  width(value) {
    document.documentElement.dataset.width = value;
  },
  lang(value) {
    for (const card of cards) card.setAttribute('lang', value);
  },
};

// What was chosen stands in the address: it can be linked to, and a reload keeps it.
const controls = document.querySelector('.controls');
const chosen = new URLSearchParams(location.search);
controls.addEventListener('change', ({ target: { name, value } }) => {
  apply[name](value);
  chosen.set(name, value);
  history.replaceState(null, '', `?${chosen}${location.hash}`);
});
for (const radio of controls.querySelectorAll('input')) {
  const wanted = chosen.get(radio.name);
  radio.checked = wanted === null ? radio.defaultChecked : radio.value === wanted;
  if (radio.checked) apply[radio.name](radio.value);
}

// The figures were not there when the browser looked for the one that the address names.
if (location.hash !== '') document.getElementById(location.hash.slice(1))?.scrollIntoView();
