/**
 * The twin: native DOM that means what the canvas shows, laid exactly over it. C++ hands over a flat list of nodes;
 * this turns it into elements, changes only what differs, and reports what the viewer does with them. An
 * element's click is the only way to activate anything.
 */

import type { TwinNode } from '../runtime/messages.js';
import { handleKey } from './keyboard.js';
import { ACTIVE_ROLES, createElement, describe, isAltered, isField, shapeOf, type TwinElement } from './roles.js';

/** What the viewer did. */
export interface TwinEvents {
  activate(node: string): void;
  input(node: string, value: string): void;
  /** Of a password's field. */
  secret?(node: string, value: string): void;
  /** Empty: the focus left the card. */
  focus(node: string): void;
  scroll(node: string, topCssPx: number): void;
  /** Somebody else changed texts, as a browser's translator does, or took that back: what is drawn does not say the same. */
  altered(isAltered: boolean): void;
}

interface Entry {
  node: TwinNode;
  json: string;
  shape: string;
  element: TwinElement;
  /** Gives a scroller its content's height. */
  spacer?: HTMLElement;
}

export class Twin {
  readonly root: HTMLElement;
  readonly #events: TwinEvents;
  #entries = new Map<string, Entry>();
  readonly #others: MutationObserver;
  #wantedFocus: string | undefined;
  #isComposing = false;

  constructor(root: HTMLElement, events: TwinEvents) {
    this.root = root;
    this.#events = events;
    root.addEventListener('click', (event) => this.#onClick(event));
    const keys = { activate: (element: HTMLElement) => this.#activate(element), tell: (node: string) => this.#events.activate(node) };
    root.addEventListener('keydown', (event) => handleKey(event, keys));
    root.addEventListener('input', (event) => this.#onInput(event));
    root.addEventListener('copy', (event) => copyLines(event, this.root));
    root.addEventListener('compositionstart', () => (this.#isComposing = true));
    root.addEventListener('compositionend', () => (this.#isComposing = false));
    root.addEventListener('focusin', (event) => this.#events.focus(elementOf(event)?.id ?? ''));
    root.addEventListener('focusout', () => this.#events.focus(''));
    root.addEventListener('scroll', (event) => this.#onScroll(event), { capture: true, passive: true });
    this.#others = new MutationObserver(() => events.altered([...this.#entries.values()].some(({ element, node }) => isAltered(element, node))));
    this.#others.observe(root, { subtree: true, childList: true, characterData: true });
  }

  /** Makes the DOM what `nodes` say, keeping every element whose id and shape stay. */
  update(nodes: TwinNode[]): void {
    const focused = this.#focused();
    this.#removeAllBut(nodes);
    const entries = new Map<string, Entry>();
    const next = new Map<Element, Element | null>();   // per parent: where the next child belongs
    for (const node of nodes) {
      const entry = this.#entryOf(node);
      entries.set(node.id, entry);
      const parent = node.parent === undefined ? undefined : entries.get(node.parent);
      const container = parent?.element ?? this.root;
      const place = next.has(container) ? next.get(container) : container.firstElementChild;
      if (place !== entry.element) container.insertBefore(entry.element, place ?? null);
      next.set(container, entry.element.nextElementSibling);
      this.#apply(entry, node, parent?.node);
    }
    this.#entries = entries;
    this.#coverByDialog(nodes);
    this.#restoreFocus(focused);
    // What this changed itself is no news.
    this.#others.takeRecords();
  }

  /** Moves the focus once the node is there. */
  focus(node: string): void {
    this.#wantedFocus = node;
  }

  /** Empties a field that C++ knows no value of. */
  clear(node: string): void {
    const element = this.#entries.get(node)?.element;
    if (element instanceof HTMLInputElement) element.value = '';
  }

  // Before anything is placed: what stays then stands in its order already and is not moved, which would cost it the focus.
  #removeAllBut(nodes: TwinNode[]): void {
    const shapes = new Map(nodes.map((node) => [node.id, shapeOf(node)]));
    for (const [id, { element, shape }] of this.#entries) {
      if (shapes.get(id) !== shape) element.remove();
    }
  }

  #entryOf(node: TwinNode): Entry {
    const shape = shapeOf(node);
    const known = this.#entries.get(node.id);
    if (known?.shape === shape) return known;
    const element = createElement(node);
    // Without a value of before, the first one is followed.
    return { node: { ...node, value: '' }, json: '', shape, element };
  }

  #apply(entry: Entry, node: TwinNode, parent: TwinNode | undefined): void {
    // A child stands relative to its parent, so a parent that moved takes it along; the key holds both.
    const origin = parent === undefined || parent.scroller === true ? [0, 0] : parent.rect;
    const json = JSON.stringify([node, origin[0], origin[1]]);
    if (json === entry.json) return;
    const before = entry.node;
    entry.node = node;
    entry.json = json;
    place(entry.element, node, origin[0] ?? 0, origin[1] ?? 0);
    describe(entry.element, node);
    if (node.scroller === true) this.#fitScroller(entry, node);
    this.#followValue(entry.element, before.value, node.value);
  }

  // The field owns its text; what C++ says only wins where it changed it itself.
  #followValue(element: TwinElement, before: string | undefined, now: string | undefined): void {
    if (!isField(element) || this.#isComposing) return;
    if (before !== now && element.value !== (now ?? '')) element.value = now ?? '';
  }

  #fitScroller(entry: Entry, node: TwinNode): void {
    const scrolls = (node.contentHeight ?? 0) > node.rect[3] + 0.5;
    entry.element.classList.toggle('scrolls', scrolls);
    if (entry.spacer === undefined) {
      entry.spacer = document.createElement('li');
      entry.spacer.className = 'spacer';
      entry.spacer.setAttribute('role', 'presentation');
      entry.spacer.ariaHidden = 'true';
      entry.element.append(entry.spacer);
    }
    entry.spacer.style.height = scrolls ? `${node.contentHeight ?? 0}px` : '0';
  }

  // Behind a dialog nothing can be reached.
  #coverByDialog(nodes: TwinNode[]): void {
    const dialog = nodes.find((node) => node.role === 'dialog')?.id;
    for (const child of this.root.children) {
      if (child instanceof HTMLElement) child.inert = dialog !== undefined && child.id !== dialog;
    }
  }

  #focused(): string | undefined {
    const root = this.root.getRootNode();
    const active = root instanceof ShadowRoot ? root.activeElement : null;
    return active !== null && this.root.contains(active) ? active.id : undefined;
  }

  // Asked for by C++, or lost because its element went: the viewer's place on the page stays.
  #restoreFocus(focused: string | undefined): void {
    const wanted = this.#wantedFocus;
    const target = wanted === undefined ? undefined : this.#entries.get(wanted)?.element;
    if (target !== undefined) {
      this.#wantedFocus = undefined;
      // A group takes no focus itself: the one of its choices does that the Tab key stops at.
      (target.querySelector<HTMLElement>('[role="radio"][tabindex="0"]') ?? target).focus({ preventScroll: false });
      return;
    }
    if (focused === undefined || this.#focused() === focused) return;
    this.#wantedFocus = undefined;
    const first = (selector: string): HTMLElement | null => this.root.querySelector(selector);
    const fallback = this.#entries.get(focused)?.element ?? first('[role="tab"][aria-selected="true"]') ?? first('a, button');
    fallback?.focus({ preventScroll: true });
  }

  #onClick(event: MouseEvent): void {
    // Only the viewer's own click counts; a script of the page cannot press these buttons.
    if (!event.isTrusted) return;
    const element = elementOf(event);
    // Whether it is ticked comes back from C++.
    if (element instanceof HTMLInputElement && element.type === 'checkbox') event.preventDefault();
    if (element !== undefined) this.#activate(element);
  }

  #activate(element: HTMLElement): void {
    const entry = this.#entries.get(element.id);
    if (entry === undefined || !ACTIVE_ROLES.has(entry.node.role) || element.ariaDisabled === 'true') return;
    this.#events.activate(element.id);
  }

  #onInput(event: Event): void {
    if (!isField(event.target)) return;
    const { id, type, value } = event.target;
    if (type === 'password') this.#events.secret?.(id, value);
    else this.#events.input(id, value);
  }

  #onScroll(event: Event): void {
    const element = elementOf(event);
    if (element !== undefined) this.#events.scroll(element.id, element.scrollTop);
  }
}

/** The twin's element that an event is about. */
function elementOf(event: Event): HTMLElement | undefined {
  return event.target instanceof Element ? (event.target.closest<HTMLElement>('[data-role]') ?? undefined) : undefined;
}

/** Boxes that are placed by themselves would be copied as one word: each text of the selection is a line. */
function copyLines(event: ClipboardEvent, root: HTMLElement): void {
  const scope = root.getRootNode() as ShadowRoot & Partial<Pick<Document, 'getSelection'>>;
  const selection = scope.getSelection?.() ?? document.getSelection();
  if (isField(event.target) || selection === null || selection.isCollapsed) return;
  const whole = selection.getRangeAt(0);
  const lines = [...root.querySelectorAll('[data-role]:not(:has([data-role]))')].map((element) => {
    if (!whole.intersectsNode(element)) return '';
    const part = document.createRange();
    part.selectNodeContents(element);
    if (whole.compareBoundaryPoints(Range.START_TO_START, part) > 0) part.setStart(whole.startContainer, whole.startOffset);
    if (whole.compareBoundaryPoints(Range.END_TO_END, part) < 0) part.setEnd(whole.endContainer, whole.endOffset);
    return part.toString();
  });
  const text = lines.filter((line) => line !== '').join('\n');
  if (text === '') return;
  event.clipboardData?.setData('text/plain', text);
  event.preventDefault();
}

const px = (length: number): string => `${length}px`;

/** Geometry and type, through the CSSOM: the page's policy needs no inline styles. */
function place(element: TwinElement, node: TwinNode, originX: number, originY: number): void {
  const [x, y, width, height] = node.rect;
  const { style } = element;
  style.left = px(x - originX);
  style.top = px(y - originY);
  style.width = px(width);
  style.height = px(height);
  style.fontSize = node.fontSize === undefined ? '' : px(node.fontSize);
  style.fontWeight = node.fontWeight === undefined ? '' : String(node.fontWeight);
  style.textAlign = node.centered === true ? 'center' : '';
  style.lineHeight = node.lineHeight === undefined ? '' : px(node.lineHeight);
  style.padding = (node.padding ?? []).map(px).join(' ');
  element.classList.toggle('mono', node.mono === true || node.role === 'code');
  element.classList.toggle('wraps', node.wraps === true);
}
