/** Which element each role of the twin is, and what its state is called in the DOM. */

import type { TwinNode, TwinRole } from '../runtime/messages.js';

export type TwinElement = HTMLElement;

/** Text in one of these has no children. */
export const TEXT_ROLES: ReadonlySet<TwinRole> = new Set<TwinRole>(['text', 'link', 'button', 'tab', 'radio', 'code', 'heading', 'note', 'image', 'term', 'definition']);
/** A trusted click on one of these is sent to C++. */
export const ACTIVE_ROLES: ReadonlySet<TwinRole> = new Set<TwinRole>(['button', 'tab', 'radio', 'checkbox']);
/** What the viewer fills in; it owns its value. */
export type Field = HTMLInputElement | HTMLTextAreaElement | HTMLSelectElement;

export function isField(element: EventTarget | null): element is Field {
  return element instanceof HTMLInputElement ? element.type !== 'checkbox' : element instanceof HTMLTextAreaElement || element instanceof HTMLSelectElement;
}

function tagOf(node: TwinNode): string {
  switch (node.role) {
    case 'region':
      return 'section';
    case 'heading':
      return `h${node.level ?? 2}`;
    case 'text':
      return node.wraps === true ? 'p' : 'span';
    case 'image':
      return 'span';
    case 'termlist':
      return 'dl';
    case 'term':
      return 'dt';
    case 'definition':
      return 'dd';
    case 'list':
      return 'ul';
    case 'listitem':
      return 'li';
    case 'link':
      return 'a';
    case 'button':
    case 'tab':
    case 'radio':
      return 'button';
    case 'textbox':
      return node.multiline === true ? 'textarea' : 'input';
    case 'searchbox':
    case 'checkbox':
      return 'input';
    case 'select':
      return 'select';
    case 'code':
      return 'pre';
    case 'group':
    case 'tablist':
    case 'tabpanel':
    case 'dialog':
    case 'radiogroup':
    case 'note':
      return 'div';
  }
}

/**
 * Roles that the tag alone does not give. `list`: some browsers drop it with the bullets. `region`: a page of cards would
 * have as many landmarks of one name.
 */
const ARIA_ROLES: Partial<Record<TwinRole, string>> = {
  region: 'group',
  list: 'list',
  tablist: 'tablist',
  tab: 'tab',
  tabpanel: 'tabpanel',
  dialog: 'dialog',
  radiogroup: 'radiogroup',
  radio: 'radio',
  note: 'note',
  image: 'img',
};
const INPUT_TYPES: Partial<Record<TwinRole, string>> = { searchbox: 'search', checkbox: 'checkbox' };

/** A node of another shape needs another element. */
export function shapeOf(node: TwinNode): string {
  return `${node.role} ${tagOf(node)} ${String(node.secret)} ${String(node.email)}`;
}

export function createElement(node: TwinNode): TwinElement {
  const element = document.createElement(tagOf(node));
  element.id = node.id;
  element.dataset.role = node.role;
  const role = node.role === 'group' && node.name !== undefined ? 'group' : ARIA_ROLES[node.role];
  if (role !== undefined) element.setAttribute('role', role);
  if (element instanceof HTMLButtonElement) element.type = 'button';
  if (element instanceof HTMLAnchorElement) {
    element.target = '_blank';
    element.rel = 'noopener noreferrer';
  }
  if (element instanceof HTMLInputElement) {
    element.type = node.secret === true ? 'password' : node.email === true ? 'email' : (INPUT_TYPES[node.role] ?? 'text');
    hintFilling(element);
  }
  if (node.role === 'dialog') {
    element.setAttribute('aria-modal', 'true');
    element.tabIndex = -1;
  }
  if (node.role === 'code') element.tabIndex = 0;
  return element;
}

/**
 * What browsers and password managers may fill in (HTML, "autofill"). A token is not the password that the viewer signs in
 * to the portal with, which `off` would not keep out of a password's field; a manager still offers it to whoever asks. An
 * incident's "Title" is no form of address, and a search no login: managers are told to pass by, each in its own word.
 */
function hintFilling(element: HTMLInputElement): void {
  const { type } = element;
  element.autocomplete = type === 'password' ? 'new-password' : type === 'email' ? type : 'off';
  if (element.autocomplete !== 'off') return;
  for (const manager of ['1p-', 'bw', 'lp']) element.setAttribute(`data-${manager}ignore`, 'true');
}

function setAttribute(element: TwinElement, name: string, value: string | undefined): void {
  if (value === undefined) element.removeAttribute(name);
  else if (element.getAttribute(name) !== value) element.setAttribute(name, value);
}

const trueOrNone = (flag: boolean | undefined): string | undefined => (flag === true ? 'true' : undefined);
const maybe = (value: boolean | number | undefined): string | undefined => (value === undefined ? undefined : String(value));
const trueOrFalse = (flag: boolean | undefined): string => (flag === true ? 'true' : 'false');

const textOf = (element: TwinElement): string | null =>
  element.childElementCount > 0 ? [...element.children].map(({ textContent }) => textContent).join('\r') : element.textContent;

/** Whether it says something else than it was made to say. */
export function isAltered(element: TwinElement, { role, text }: TwinNode): boolean {
  return text !== undefined && TEXT_ROLES.has(role) && textOf(element) !== text;
}

/** Lines broken for want of room are one text with blanks, for whoever copies or searches it; each stays a line. */
function setText(element: TwinElement, text: string): void {
  const lines = text.split('\r');
  element.textContent = lines.length > 1 ? '' : text;
  if (lines.length > 1) element.append(...lines.flatMap((line) => [Object.assign(document.createElement('b'), { textContent: line }), ' ']).slice(0, -1));
}

/** Sets name, text and states. */
export function describe(element: TwinElement, node: TwinNode): void {
  if (node.text !== undefined && isAltered(element, node)) setText(element, node.text);
  // An image's name is for everybody: shown where the pointer rests.
  setAttribute(element, 'aria-label', node.role === 'image' ? undefined : node.name);
  setAttribute(element, 'title', node.role === 'image' ? node.name : node.description);
  setAttribute(element, 'aria-busy', trueOrNone(node.busy));
  // aria-disabled, not disabled: the reason stays in reach of a keyboard.
  setAttribute(element, 'aria-disabled', trueOrNone(node.disabled === true || (node.busy === true && ACTIVE_ROLES.has(node.role))));
  setAttribute(element, 'aria-pressed', maybe(node.pressed));
  setAttribute(element, 'aria-expanded', maybe(node.expanded));
  setAttribute(element, 'aria-posinset', maybe(node.position));
  setAttribute(element, 'aria-setsize', maybe(node.setSize));
  setAttribute(element, 'aria-controls', node.controls);
  setAttribute(element, 'aria-describedby', node.describedBy);
  if (node.role === 'tab') {
    setAttribute(element, 'aria-selected', trueOrFalse(node.selected));
    element.tabIndex = node.selected === true ? 0 : -1;
  }
  if (node.role === 'radio') {
    setAttribute(element, 'aria-checked', trueOrFalse(node.selected));
    element.tabIndex = node.selected === true ? 0 : -1;
  }
  if (element instanceof HTMLAnchorElement) setAttribute(element, 'href', node.href);
  if (isField(element)) describeField(element, node);
  else if (element instanceof HTMLInputElement) element.checked = node.selected === true;
}

function describeField(field: Field, node: TwinNode): void {
  if (field instanceof HTMLSelectElement) setOptions(field, node.options ?? []);
  setAttribute(field, 'placeholder', node.placeholder);
  setAttribute(field, 'maxlength', node.maxLength === undefined ? undefined : String(node.maxLength));
  setAttribute(field, 'aria-required', trueOrNone(node.required));
  setAttribute(field, 'aria-invalid', trueOrNone(node.invalid));
}

function setOptions(field: HTMLSelectElement, options: [string, string][]): void {
  const known = [...field.options].map((option) => [option.value, option.text]);
  if (JSON.stringify(known) === JSON.stringify(options)) return;
  const chosen = field.value;
  field.replaceChildren(...options.map(([id, label]) => new Option(label, id)));
  field.value = chosen;
}
