/**
 * How the page looks, as the module wants to know it: light or dark, fonts, and the `--pd-*` colours. Reads computed
 * styles only; tells when they have changed.
 */

import type { Message } from '../runtime/messages.js';

export type ThemeChoice = 'auto' | 'light' | 'dark';
type StyleMessage = Extract<Message, { type: 'card.style' }>;
export type Appearance = Omit<StyleMessage, 'type' | 'card'>;

/** Colour tokens of wasm/view/theme.cpp: `--pd-<token>` overrides each. */
const COLOR_TOKENS = [
  'background', 'surface', 'surface-hover', 'border', 'border-strong', 'text', 'text-muted', 'link', 'accent', 'accent-hover',
  'accent-pressed', 'on-accent', 'danger', 'danger-hover', 'danger-pressed', 'on-danger', 'focus', 'info', 'ok', 'warning', 'critical', 'maintenance', 'disabled', 'info-soft', 'ok-soft',
  'warning-soft', 'critical-soft', 'maintenance-soft', 'disabled-soft', 'skeleton', 'overlay', 'field', 'field-border',
] as const;

const BASE_FONT_SIZE_CSS_PX = 14;
/** What a root font size of "medium" is in every browser: a larger one is the viewer's wish. */
const USUAL_ROOT_FONT_SIZE_CSS_PX = 16;
const MONO = 'ui-monospace, SFMono-Regular, Menlo, Consolas, "DejaVu Sans Mono", monospace';

/** Colours of the DOM around the canvas, for both themes: as in wasm/view/theme.cpp. */
const SHELL = {
  light: { background: '#ffffff', border: '#e1e6e4', 'border-strong': '#c3ccc9', text: '#17201d', 'text-muted': '#56635f', focus: '#0b5cad' },
  dark: { background: '#171b1a', border: '#2e3633', 'border-strong': '#47524e', text: '#e9eeec', 'text-muted': '#a3b0ac', focus: '#84bdff' },
} as const;

/** Reads what `host` looks like. `probe` is an element of its shadow root that inherits from it. */
export function readAppearance(host: HTMLElement, probe: HTMLElement, theme: ThemeChoice): Appearance {
  const own = getComputedStyle(host);
  const inherited = getComputedStyle(probe);
  const dark = theme === 'auto' ? isBright(inherited.color) : theme === 'dark';
  const property = (name: string): string => own.getPropertyValue(`--pd-${name}`).trim();
  const rootSize = parseFloat(getComputedStyle(document.documentElement).fontSize);
  const wanted = parseFloat(property('font-size'));
  const radius = parseFloat(property('radius'));
  // In the card's own scheme, for light-dark() and the system's colours.
  const swatch = (probe.firstElementChild ?? probe.appendChild(document.createElement('i'))) as HTMLElement;
  swatch.style.colorScheme = dark ? 'dark' : 'light';
  const colors: Record<string, number> = {};
  for (const token of COLOR_TOKENS) {
    swatch.style.color = '';
    swatch.style.color = property(token);
    if (swatch.style.color !== '') colors[token] = parseColor(getComputedStyle(swatch).color);
  }
  if (matchMedia('(prefers-contrast: more)').matches) {
    for (const token of ['text', 'text-muted', 'border', 'border-strong', 'field-border']) colors[token] ??= dark ? 0xffffffff : 0xff;
  }
  return {
    dark,
    fontFamily: property('font-family') || inherited.fontFamily,
    monoFamily: property('mono-font-family') || MONO,
    fontSizeCssPx: Number.isFinite(wanted) ? wanted : BASE_FONT_SIZE_CSS_PX * Math.max(1, rootSize / USUAL_ROOT_FONT_SIZE_CSS_PX),
    ...(Number.isFinite(radius) && { radiusCssPx: radius }),
    ...(Object.keys(colors).length > 0 && { colors }),
  };
}

/** Gives the DOM around and over the canvas the same colours, fonts and radius. */
export function applyAppearance(card: HTMLElement, appearance: Appearance): void {
  const shell = appearance.dark ? SHELL.dark : SHELL.light;
  for (const [token, color] of Object.entries(shell)) {
    const own = appearance.colors?.[token];
    card.style.setProperty(`--_${token}`, own === undefined ? color : `#${own.toString(16).padStart(8, '0')}`);
  }
  card.style.setProperty('--_radius', `${appearance.radiusCssPx ?? 8}px`);
  card.style.setProperty('--_mono', appearance.monoFamily);
  card.style.fontFamily = appearance.fontFamily;
  card.style.colorScheme = appearance.dark ? 'dark' : 'light';
}

/**
 * Calls back when the inherited colour or font, or a `--pd-*` property changed, whatever the reason (a class, a media query, a style
 * sheet): the probe has a 1 ms transition on them. What changes together is told once. Its size stands for what the viewer prefers
 * (styles.css).
 */
export function watchAppearance(probe: HTMLElement, changed: () => void): void {
  const tokens = [...COLOR_TOKENS, 'font-family', 'font-size', 'radius', 'mono-font-family'];
  // Nothing where the browser knows no discrete transitions; the style sheet's holds then.
  probe.style.transition = ['color', 'font-size', 'font-family', ...tokens.map((token) => `--pd-${token}`)].map((property) => `${property} 1ms allow-discrete`).join();
  let due = 0;
  probe.addEventListener('transitionend', () => {
    due ||= requestAnimationFrame(() => {
      due = 0;
      changed();
    });
  });
}

let pixel: CanvasRenderingContext2D | null | undefined;

/** 0xRRGGBBAA of a computed colour. */
function parseColor(value: string): number {
  pixel ??= new OffscreenCanvas(1, 1).getContext('2d', { willReadFrequently: true }) as unknown as CanvasRenderingContext2D | null;
  if (!pixel) return 0;
  pixel.clearRect(0, 0, 1, 1);
  pixel.fillStyle = value;
  pixel.fillRect(0, 0, 1, 1);
  const [r = 0, g = 0, b = 0, a = 0] = pixel.getImageData(0, 0, 1, 1).data;
  return ((r << 24) | (g << 16) | (b << 8) | a) >>> 0;
}

/** Text that is bright stands on a dark page. */
function isBright(color: string): boolean {
  const value = parseColor(color);
  const luma = 0.299 * (value >>> 24) + 0.587 * ((value >>> 16) & 0xff) + 0.114 * ((value >>> 8) & 0xff);
  return luma > 140;
}
