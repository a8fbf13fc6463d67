// A control for each attribute, as custom-elements.json describes it, and for the custom properties that are asked for most.
import { account } from './connect.js';
import { configure } from './dist/pagerduty-card.js';
import { element, makeCopyButton } from './dom.js';

configure({ accounts: { payments: account } });

/** What the simulated company has, and what a page may choose from. */
const suggestions = {
  'service-id': ['PCHKOUT', 'PSEARCH', 'PLOYALT', 'PLEDGER', 'PEMAILS', 'PLEGACY', 'PTELEMT', 'PIDENTY', 'PMOBAPP', 'PGIFTCD', 'PWAREHS', 'PCHKOUT PSEARCH PLOYALT PTELEMT'],
  entity: ['catalog-info.yaml', 'not-annotated.yaml', 'broken.yaml'],
  'entity-ref': ['checkout-api', 'search-index', 'loyalty'],
  account: ['payments', 'nobody'],
  sections: ['incidents', 'oncall incidents', 'incidents changes oncall insights standards status'],
  'time-zone': ['Europe/Berlin', 'America/Los_Angeles', 'Asia/Tokyo', 'Asia/Kolkata'],
  lang: ['en', 'en-GB', 'de', 'ja', 'pt-BR'],
};
const defaults = { 'service-id': 'PCHKOUT' };
const styles = [
  { name: '--pd-font-size', description: 'Base size; everything grows with it.', kind: 'range', min: 12, max: 20, usual: 14, unit: 'px' },
  { name: '--pd-radius', description: 'Radius of its corners.', kind: 'range', min: 0, max: 20, usual: 8, unit: 'px' },
  { name: '--pd-accent', description: 'Of the button that matters.', kind: 'color', usual: '#0b7a3b' },
  { name: '--pd-background', description: 'Behind everything.', kind: 'color', usual: '#ffffff' },
];

const card = document.createElement('pagerduty-card');
const chosen = new URLSearchParams(location.search);

function controlOf({ name, type = { text: 'string' }, description }) {
  const words = [...type.text.matchAll(/'([^']*)'/g)].map(([, word]) => word);
  const id = `control-${name}`;
  const value = chosen.get(name) ?? (chosen.size === 0 ? (defaults[name] ?? '') : '');
  const says = element('p', { id: `${id}-says` }, description.replaceAll('`', ''));
  const label = element('label', { for: id }, name);
  const common = { id, name, 'aria-describedby': `${id}-says` };
  if (type.text === 'boolean') {
    const box = element('input', { ...common, type: 'checkbox' });
    box.checked = chosen.has(name);
    return element('div', { class: 'control check' }, box, label, says);
  }
  if (words.length > 0) {
    const select = element('select', common, element('option', { value: '' }, 'not given'), ...words.map((word) => element('option', { value: word }, word)));
    select.value = value;
    return element('div', { class: 'control' }, label, select, says);
  }
  const input = element('input', { ...common, type: type.text === 'number' ? 'number' : 'text', autocomplete: 'off', spellcheck: 'false', ...(type.text === 'number' && { min: '0' }) });
  input.value = value;
  const parts = [label, input, says];
  if (name in suggestions) {
    input.setAttribute('list', `${id}-list`);
    parts.push(element('datalist', { id: `${id}-list` }, ...suggestions[name].map((text) => element('option', { value: text }))));
  }
  return element('div', { class: 'control' }, ...parts);
}

function styleControlOf({ name, description, kind, min, max, usual }) {
  const id = `control${name}`;
  const input = element('input', { id, name, type: kind, 'aria-describedby': `${id}-says`, ...(kind === 'range' && { min, max }) });
  input.value = chosen.get(name) ?? usual;
  return element('div', { class: 'control' }, element('label', { for: id }, name), input, element('p', { id: `${id}-says` }, description));
}

/** The attributes that are given, and the custom properties that are not as usual. */
function given(form) {
  const attributes = {};
  const properties = {};
  for (const { name, type, value, checked } of form.elements) {
    const style = styles.find((one) => one.name === name);
    if (style !== undefined) {
      if (value !== String(style.usual)) properties[name] = value + (style.unit ?? '');
    } else if (type === 'checkbox' ? checked : name !== '' && value !== '') {
      attributes[name] = type === 'checkbox' ? '' : value;
    }
  }
  return { attributes, properties };
}

function snippetOf({ attributes, properties }) {
  const html = Object.entries(attributes).map(([name, value]) => (value === '' ? ` ${name}` : ` ${name}="${value.replaceAll('"', '&quot;')}"`)).join('');
  const css = Object.entries(properties).map(([name, value]) => `  ${name}: ${value};\n`).join('');
  return `<pagerduty-card${html}></pagerduty-card>${css === '' ? '' : `\n\n<style>\npagerduty-card {\n${css}}\n</style>`}`;
}

function apply(form) {
  const { attributes, properties } = given(form);
  for (const { name } of form.elements) {
    if (name.startsWith('--')) {
      if (name in properties) card.style.setProperty(name, properties[name]);
      else card.style.removeProperty(name);
    } else if (name in attributes) {
      if (card.getAttribute(name) !== attributes[name]) card.setAttribute(name, attributes[name]);
    } else if (name !== '') {
      card.removeAttribute(name);
    }
  }
  // Without a theme of its own it has the page's.
  if (!('theme' in attributes)) {
    const { theme } = document.documentElement.dataset;
    if (theme !== 'auto') card.setAttribute('theme', theme);
  }
  document.getElementById('snippet').textContent = snippetOf({ attributes, properties });
}

function addressOf({ attributes, properties }) {
  const query = new URLSearchParams({ ...attributes });
  for (const { name, unit = '' } of styles) if (name in properties) query.set(name, properties[name].slice(0, properties[name].length - unit.length));
  return `?${query}`;
}

const manifest = await (await fetch('./dist/custom-elements.json')).json();
const { attributes, events } = manifest.modules.flatMap(({ declarations = [] }) => declarations).find(({ tagName }) => tagName === 'pagerduty-card');
const form = document.getElementById('controls');
form.append(
  element('fieldset', {}, element('legend', {}, 'Attributes'), ...attributes.map(controlOf)),
  element('fieldset', {}, element('legend', {}, 'Custom properties'), ...styles.map(styleControlOf)),
);
form.addEventListener('submit', (event) => event.preventDefault());
form.addEventListener('input', () => {
  apply(form);
  history.replaceState(null, '', addressOf(given(form)));
});
for (const { name } of events) {
  card.addEventListener(name, ({ detail }) => {
    const said = Object.keys(detail ?? {}).length === 0 ? '' : ` ${JSON.stringify(detail)}`;
    document.getElementById('events').prepend(element('li', {}, element('code', {}, name + said)));
  });
}
apply(form);
document.getElementById('frame').append(card);

makeCopyButton();
