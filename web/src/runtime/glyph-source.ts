/**
 * Glyphs by the browser's text engine: measured and drawn on a small canvas in the host page's fonts, a batch
 * with one getImageData. No font is downloaded; whatever the page can write, the card can draw.
 */

/** One glyph or shaped run. `left` and `top` are its bitmap's corner from the pen on the baseline, y down; `x` and `y` its place on the sheet. */
export interface GlyphBox {
  advance: number;
  left: number;
  top: number;
  width: number;
  height: number;
  x: number;
  y: number;
}

/** What was drawn together, in one colour but for what has colours of its own (emoji): C++ cuts it up. */
export interface GlyphSheet {
  boxes: GlyphBox[];
  /** RGBA in memory order, not premultiplied. */
  pixels: Uint32Array;
  widthPx: number;
}

interface Family {
  text: string;
  mono: string;
}

const enum Face {
  Regular,
  Bold,
  Mono,
}

/** Widest row of the canvas; a longer run is not drawn. */
const SHEET_WIDTH = 4096;
/** Around each glyph: antialiasing may touch the pixel beside the measured box. */
const MARGIN = 1;
const NOTHING: GlyphSheet = { boxes: [], pixels: new Uint32Array(0), widthPx: 0 };

/** What every card writes with, in the order in which it does, as parts of the base size (wasm/view/ui.h). */
const USUAL_FONTS: readonly [weight: 400 | 600, part: number][] = [[600, 1], [600, 18 / 14], [600, 13 / 14], [400, 12 / 14], [600, 12 / 14], [400, 13 / 14]];
/** What the module asks for when a font is first used (wasm/text/text_engine.cpp). */
const USUAL_TEXTS = Array.from(" #'(),-./0123456789:ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz\u00b7");
/** What the module has room for (wasm/text/browser_source.cpp). */
const USUAL_CAPACITY_PX = 1 << 19;

export class GlyphSource {
  readonly #families: Family[] = [{ text: 'sans-serif', mono: 'monospace' }];
  #context: CanvasRenderingContext2D | null | undefined;
  /** By font: drawn before the module asks. */
  readonly #ahead = new Map<string, GlyphSheet>();

  /**
   * Draws what a card of this look is going to ask for, a font each time: there is nothing else to do while the module is on its way.
   * False: it was the last one.
   */
  drawAhead(family: string, sizePx: number): boolean {
    const next = USUAL_FONTS[this.#ahead.size];
    if (next === undefined) return false;
    // Drawn in place of a font that was not there yet.
    if (this.#ahead.size === 0) document.fonts.addEventListener('loadingdone', () => this.#ahead.clear(), { once: true });
    const [weight, part] = next;
    const font = `${weight} ${round(sizePx * part)}px ${family}`;
    this.#ahead.set(font, this.#draw(this.#prepare(font), USUAL_TEXTS, USUAL_CAPACITY_PX));
    return true;
  }

  /** Registers a pair of CSS font-family lists; the same pair gives the same id. */
  family(text: string, mono: string): number {
    const known = this.#families.findIndex((family) => family.text === text && family.mono === mono);
    return known >= 0 ? known : this.#families.push({ text, mono }) - 1;
  }

  metrics(family: number, face: number, sizePx: number): { ascent: number; descent: number } {
    const context = this.#prepare(this.#fontOf(family, face, sizePx));
    if (context === null) return { ascent: 0.93 * sizePx, descent: 0.24 * sizePx };
    const box = context.measureText('Hg');
    return { ascent: box.fontBoundingBoxAscent, descent: box.fontBoundingBoxDescent };
  }

  /** As many of `texts`, from the first, as `capacity` pixels hold, in white or another `color` (R in the lowest byte). */
  rasterize(family: number, face: number, sizePx: number, texts: string[], capacity: number, color?: number): GlyphSheet {
    const font = this.#fontOf(family, face, sizePx);
    const ahead = this.#ahead.get(font);
    const boxes = texts.flatMap((text) => ahead?.boxes[USUAL_TEXTS.indexOf(text)] ?? []);
    if (ahead !== undefined && boxes.length === texts.length && capacity >= USUAL_CAPACITY_PX) {
      // The module keeps what it got.
      if (texts.length > 1) this.#ahead.set(font, NOTHING);
      return { ...ahead, boxes };
    }
    const context = this.#prepare(font);
    return context === null ? { ...NOTHING, boxes: texts.map((text) => estimate(text, face, sizePx)) } : this.#draw(context, texts, capacity, color);
  }

  #draw(context: CanvasRenderingContext2D | null, texts: string[], capacity: number, color?: number): GlyphSheet {
    if (context === null) return NOTHING;
    const boxes = this.#place(context, texts, capacity);
    const width = Math.max(1, ...boxes.map((box) => box.x + box.width));
    const height = Math.max(1, ...boxes.map((box) => box.y + box.height));
    const { font } = context;
    this.#fit(context, width, height);
    const drawing = this.#prepare(font) ?? context;
    if (color !== undefined) drawing.fillStyle = `rgb(${color & 0xff} ${(color >>> 8) & 0xff} ${(color >>> 16) & 0xff})`;
    drawing.clearRect(0, 0, width, height);
    boxes.forEach(({ left, top, x, y }, index) => drawing.fillText(texts[index] ?? '', x - left, y - top));
    return { boxes, pixels: new Uint32Array(drawing.getImageData(0, 0, width, height).data.buffer), widthPx: width };
  }

  /** Measures and lays the texts out in rows of the sheet, as many as it has room for. */
  #place(context: CanvasRenderingContext2D, texts: string[], capacity: number): GlyphBox[] {
    const placed: GlyphBox[] = [];
    let x = 0;
    let y = 0;
    let rowHeight = 0;
    let width = 0;
    for (const text of texts) {
      const box = measure(context, text);
      if (box.width > SHEET_WIDTH) break;
      if (x + box.width > SHEET_WIDTH) {
        x = 0;
        y += rowHeight;
        rowHeight = 0;
      }
      rowHeight = Math.max(rowHeight, box.height);
      width = Math.max(width, x + box.width);
      if (width * (y + rowHeight) > capacity) break;
      placed.push({ ...box, x, y });
      x += box.width;
    }
    return placed;
  }

  #fit(context: CanvasRenderingContext2D, width: number, height: number): void {
    const canvas = context.canvas;
    if (canvas.width < width) canvas.width = width;
    if (canvas.height < height) canvas.height = height;
  }

  #fontOf(family: number, face: number, sizePx: number): string {
    const { text, mono } = this.#families[family] ?? { text: 'sans-serif', mono: 'monospace' };
    return `${face === (Face.Bold as number) ? 600 : 400} ${round(sizePx)}px ${face === (Face.Mono as number) ? mono : text}`;
  }

  /** The context with the font set: resizing a canvas resets its state. */
  #prepare(font: string): CanvasRenderingContext2D | null {
    if (this.#context === undefined) this.#context = makeContext();
    if (this.#context === null) return null;
    this.#context.font = font;
    // As the twin's text: a page that reads from right to left leaves the card as it is laid out.
    this.#context.direction = 'ltr';
    this.#context.fontKerning = 'none';
    this.#context.textBaseline = 'alphabetic';
    this.#context.fillStyle = '#fff';
    return this.#context;
  }
}

/** The module counts in single precision. */
const round = (sizePx: number): number => Math.round(sizePx * 1000) / 1000;

const makeContext = (): CanvasRenderingContext2D | null => document.createElement('canvas').getContext('2d', { willReadFrequently: true });

let works: boolean | undefined;
/**
 * Whether a canvas shows what is drawn on it: a browser that guards against fingerprints may have none, or give noise for its
 * pixels. A few shades of difference leave text readable.
 */
export function canvasWorks(): boolean {
  if (works !== undefined) return works;
  const drawn = [18, 120, 200, 255];
  const size = 4;
  const context = makeContext();
  if (context === null) return (works = false);
  context.fillStyle = `rgb(${drawn.slice(0, 3).join(' ')})`;
  context.fillRect(0, 0, size, size);
  const read = context.getImageData(0, 0, size, size).data;
  return (works = read.every((value, index) => Math.abs(value - (drawn[index % 4] ?? 0)) <= 8));
}

/** Without a canvas: about as wide as text is, and without ink. */
function estimate(text: string, face: number, sizePx: number): GlyphBox {
  return { advance: (face === (Face.Regular as number) ? 0.56 : 0.62) * sizePx * Array.from(text).length, left: 0, top: 0, width: 0, height: 0, x: 0, y: 0 };
}

function measure(context: CanvasRenderingContext2D, text: string): GlyphBox {
  const m = context.measureText(text);
  const box: GlyphBox = { advance: m.width, left: 0, top: 0, width: 0, height: 0, x: 0, y: 0 };
  const right = Math.ceil(m.actualBoundingBoxRight);
  const bottom = Math.ceil(m.actualBoundingBoxDescent);
  const left = -Math.ceil(m.actualBoundingBoxLeft);
  const top = -Math.ceil(m.actualBoundingBoxAscent);
  if (right <= left || bottom <= top) return box;
  box.left = left - MARGIN;
  box.top = top - MARGIN;
  box.width = right - left + 2 * MARGIN;
  box.height = bottom - top + 2 * MARGIN;
  return box;
}
