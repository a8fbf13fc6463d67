/**
 * Keys that native elements do not bring by themselves (ARIA Authoring Practices: tabs, radio group, dialog):
 * arrows, Home and End move in tabs and radios and choose; Escape closes a dialog; Tab stays inside it; Enter in a
 * field of it, Ctrl+Enter in a text area, press its default (last) button.
 */

export type Activate = (element: HTMLElement) => void;

const STEPS: Record<string, number> = { ArrowRight: 1, ArrowDown: 1, ArrowLeft: -1, ArrowUp: -1 };
const FOCUSABLE = 'a[href], button, input, select, textarea, [tabindex="0"]';

/** Handles a key pressed in the twin. Only the viewer's own keys count. */
export function handleKey(event: KeyboardEvent, root: HTMLElement, activate: Activate): void {
  if (!event.isTrusted || event.isComposing || !(event.target instanceof HTMLElement)) return;
  const dialog = event.target.closest<HTMLElement>('[role="dialog"]');
  const handled =
    moveInSet(event, event.target, activate) || (dialog !== null && (handleDialogKey(event, event.target, dialog, root, activate)));
  if (handled) event.preventDefault();
}

function moveInSet(event: KeyboardEvent, target: HTMLElement, activate: Activate): boolean {
  const role = target.getAttribute('role');
  const set = role === 'tab' || role === 'radio' ? target.parentElement : null;
  if (set === null || event.altKey || event.ctrlKey || event.metaKey) return false;
  const members = [...set.querySelectorAll<HTMLElement>(`:scope > [role="${role ?? ''}"]`)];
  const at = members.indexOf(target);
  const step = STEPS[event.key];
  let next: HTMLElement | undefined;
  if (step !== undefined) next = members[(at + step + members.length) % members.length];
  else if (event.key === 'Home') next = members[0];
  else if (event.key === 'End') next = members.at(-1);
  if (next === undefined) return false;
  next.focus();
  activate(next);
  return true;
}

function handleDialogKey(event: KeyboardEvent, target: HTMLElement, dialog: HTMLElement, root: HTMLElement, activate: Activate): boolean {
  if (event.key === 'Escape') {
    const close = root.querySelector<HTMLElement>('[id="dialog:close"]');
    if (close !== null) activate(close);
    return close !== null;
  }
  if (event.key === 'Tab') return keepInside(event, dialog);
  const isDefault = event.key === 'Enter' && (target instanceof HTMLInputElement || (target instanceof HTMLTextAreaElement && (event.ctrlKey || event.metaKey)));
  if (!isDefault) return false;
  const button = [...dialog.querySelectorAll<HTMLElement>('[data-role="button"]')].at(-1);
  if (button !== undefined) activate(button);
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
