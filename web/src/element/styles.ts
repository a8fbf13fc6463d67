/** The shadow root's style sheet, constructed once for all cards: the page's policy needs no inline styles. */

const CSS = `
:host {
  display: block;
  position: relative;
  min-width: 0;
  color: inherit;
  --_focus: #0b5cad;
}
:host([hidden]) { display: none; }
.card {
  position: relative;
  box-sizing: border-box;
  overflow: hidden;
  direction: ltr;
  min-height: 48px;
  border: 1px solid var(--_border, transparent);
  border-radius: var(--_radius, 8px);
  background: var(--_background, transparent);
  contain: layout paint;
  -webkit-tap-highlight-color: transparent;
}
canvas { display: block; }
.twin { position: absolute; inset: 0; color: transparent; }
.twin :is(h2, h3, h4, p, ul, li, dl, dt, dd, pre, a, button, span, section, div, input, textarea, select) {
  position: absolute;
  box-sizing: border-box;
  margin: 0;
  border: 0;
  padding: 0;
  background: none;
  color: inherit;
  font: inherit;
  list-style: none;
  text-decoration: none;
  text-align: left;
  white-space: pre;
  overflow-wrap: normal;
  letter-spacing: 0;
  word-spacing: 0;
  text-transform: none;
  font-kerning: none;
  font-variant-ligatures: none;
  appearance: none;
  border-radius: 6px;
}
.twin :is(span, p, h2, h3, h4, dt, a, pre) { overflow: hidden; border-radius: 2px; }
.twin :is(h2, h3, h4):has(> :is(a, button)) { overflow: visible; }
/* A heading's button is as wide as its row: it is hit through what else stands there. */
.twin h3:has(> button) ~ span { pointer-events: none; }
.twin .mono { font-family: var(--_mono, monospace); }
.twin button { cursor: pointer; text-align: center; overflow: hidden; }
.twin a { cursor: pointer; }
.twin [aria-disabled="true"] { cursor: default; }
.twin .scrolls { overflow-x: hidden; overflow-y: auto; scrollbar-width: thin; scrollbar-color: var(--_border-strong, #999) transparent; }
.twin .spacer { position: static; width: 1px; pointer-events: none; }
.twin :is(input, textarea, select) {
  color: var(--_text, CanvasText);
  caret-color: var(--_text, CanvasText);
  resize: none;
  outline: none;
}
.twin textarea { white-space: pre-wrap; overflow-wrap: anywhere; }
.twin :is([type="checkbox"], select) { cursor: pointer; }
.twin option { color: FieldText; background: Field; }
.twin :is(input, textarea)::placeholder { color: var(--_text-muted, GrayText); opacity: 1; }
.twin :focus-visible { outline: 2px solid var(--_focus); outline-offset: 1px; }
.twin :is(input:not([type="checkbox"]), textarea, select):focus-visible, .twin [role="dialog"]:focus-visible { outline: none; }
.twin ::selection { background: color-mix(in srgb, var(--_focus) 35%, transparent); }
.status {
  position: absolute;
  width: 1px;
  height: 1px;
  margin: -1px;
  overflow: hidden;
  clip-path: inset(50%);
  white-space: nowrap;
}
.probe {
  position: absolute;
  width: 0;
  height: 0;
  overflow: hidden;
  visibility: hidden;
  transition: color 1ms, font-size 1ms, font-family 1ms allow-discrete;
}
.fallback { padding: 16px; font: 14px/20px inherit; color: inherit; }
.fallback p { margin: 0 0 4px; font-weight: 600; }
.plain .fallback { display: block; }
/* Where the picture cannot be trusted to be readable, the twin is seen itself. */
@media (forced-colors: active) {
  canvas { visibility: hidden; }
  .card { border-color: CanvasText; }
  .twin { color: CanvasText; }
  .twin :is(button, input, textarea, select, [role="dialog"], [role="img"]) { border: 1px solid ButtonBorder; }
  .twin [type="checkbox"] { appearance: auto; }
  .twin dd > span::after { content: attr(title); white-space: normal; }
  .twin [aria-expanded]::before { content: "\\25BE\\A0"; }
  .twin [aria-expanded="false"]::before { content: "\\25B8\\A0"; }
  .twin [role="dialog"] { background: Canvas; }
  .twin a { color: LinkText; text-decoration: underline; }
  .twin [aria-disabled="true"] { color: GrayText; }
  .twin :is([aria-selected="true"], [aria-checked="true"], [aria-pressed="true"]) { border: 2px solid Highlight; }
}
@media print {
  canvas { visibility: hidden; }
  .card { background: none; }
  .twin { color: #000; }
  .twin [role="img"] { border: 1px solid #000; }
}
`;

let sheet: CSSStyleSheet | undefined;

export function styleSheet(): CSSStyleSheet {
  if (sheet === undefined) {
    sheet = new CSSStyleSheet();
    sheet.replaceSync(CSS);
  }
  return sheet;
}
