/** What was saved on the settings page, kept by this browser for all pages of the site: nothing secret. */

const KEY = 'pagerduty-card:settings';

/** '' where nothing is; a sandboxed frame may have no storage. */
export function readKept(): string {
  try {
    return localStorage.getItem(KEY) ?? '';
  } catch {
    return '';
  }
}

/** Errors: DOMException where storage is off or full. */
export function keep(text: string): void {
  localStorage.setItem(KEY, text);
}
