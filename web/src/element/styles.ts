/** The shadow root's style sheet, constructed once for all cards: the page's policy needs no inline styles. */

import CSS from './styles.css';

let sheet: CSSStyleSheet | undefined;

export function styleSheet(): CSSStyleSheet {
  if (sheet === undefined) {
    sheet = new CSSStyleSheet();
    sheet.replaceSync(CSS);
  }
  return sheet;
}
