/**
 * Keys that native elements do not bring by themselves (ARIA Authoring Practices: tabs, radio group, dialog):
 * arrows, Home and End move in tabs and radios and choose; up and down go from row to row of a list; Escape closes a dialog; Tab
 * stays inside it; Enter in a field of it, Ctrl+Enter in a text area, press its default (last) button; `?` shows the keys.
 * docs/keyboard.md is what the viewer is told.
 */

import { isField } from './roles.js';

export interface KeyEvents {
  activate(element: HTMLElement): void;
  /** Of what has no element. */
  tell(node: string): void;
}

const STEPS: Record<string, number> = { ArrowRight: 1, ArrowDown: 1, ArrowLeft: -1, ArrowUp: -1 };
const FOCUSABLE = 'a[href], button, input, select, textarea, [tabindex="0"]';

/** Handles a key pressed in the twin. Only the viewer's own keys count. */
export function handleKey(event: KeyboardEvent, events: KeyEvents): void {
  const { target } = event;
  if (!event.isTrusted || event.isComposing || !(target instanceof HTMLElement)) return;
  const dialog = target.closest<HTMLElement>('[role="dialog"]');
  const isPlain = !event.altKey && !event.ctrlKey && !event.metaKey;
  const handled =
    (isPlain && (moveInSet(event, target, events) || moveInList(event, target))) ||
    (dialog === null ? isPlain && askForKeys(event, target, events) : handleDialogKey(event, target, dialog, events));
  if (handled) event.preventDefault();
}

function askForKeys(event: KeyboardEvent, target: HTMLElement, events: KeyEvents): boolean {
  if (event.key !== '?' || isField(target)) return false;
  events.tell(`keys:${target.id}`);
  return true;
}

/** To the same control of the row before or after, or to its first. At the ends the key is the page's. */
function moveInList(event: KeyboardEvent, target: HTMLElement): boolean {
  const row = target.closest('li');
  if (row === null || isField(target) || !/^Arrow(Up|Down)$/.test(event.key)) return false;
  const kindOf = (element: Element, of: Element): string => element.id.replace(of.id.slice(of.id.indexOf(':') + 1), '');
  const next = event.key === 'ArrowDown' ? row.nextElementSibling : row.previousElementSibling;
  const stops = [...(next?.querySelectorAll<HTMLElement>(FOCUSABLE) ?? [])];
  const stop = stops.find((element) => next !== null && kindOf(element, next) === kindOf(target, row)) ?? stops[0];
  stop?.focus();
  return stop !== undefined;
}

function moveInSet(event: KeyboardEvent, target: HTMLElement, events: KeyEvents): boolean {
  const role = target.getAttribute('role');
  const set = role === 'tab' || role === 'radio' ? target.parentElement : null;
  if (set === null) return false;
  const members = [...set.querySelectorAll<HTMLElement>(`:scope > [role="${role ?? ''}"]`)];
  const at = members.indexOf(target);
  const step = STEPS[event.key];
  let next: HTMLElement | undefined;
  if (step !== undefined) next = members[(at + step + members.length) % members.length];
  else if (event.key === 'Home') next = members[0];
  else if (event.key === 'End') next = members.at(-1);
  if (next === undefined) return false;
  next.focus();
  events.activate(next);
  return true;
}

function handleDialogKey(event: KeyboardEvent, target: HTMLElement, dialog: HTMLElement, events: KeyEvents): boolean {
  if (event.key === 'Escape') {
    // Also where the dialog has a button to go back instead of one that closes it.
    events.tell('dialog:close');
    return true;
  }
  if (event.key === 'Tab') return keepInside(event, dialog);
  const isDefault = event.key === 'Enter' && (target instanceof HTMLInputElement || (target instanceof HTMLTextAreaElement && (event.ctrlKey || event.metaKey)));
  if (!isDefault) return false;
  const button = [...dialog.querySelectorAll<HTMLElement>('[data-role="button"]')].at(-1);
  if (button !== undefined) events.activate(button);
  return true;
}

function keepInside(event: KeyboardEvent, dialog: HTMLElement): boolean {
  const stops = [...dialog.querySelectorAll<HTMLElement>(FOCUSABLE)].filter((element) => element.tabIndex >= 0);
  const [first, last] = [stops[0], stops.at(-1)];
  const isAtEdge = event.target === (event.shiftKey ? first : last) || event.target === dialog;
  if (!isAtEdge || first === undefined || last === undefined) return false;
  (event.shiftKey ? last : first).focus();
  return true;
}
