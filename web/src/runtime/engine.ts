/**
 * The WebAssembly module as typed calls. The only file that touches the module's memory: every view is made
 * for one call and forgotten, because a call may grow (and so detach) the memory.
 *
 *   const engine = await Engine.load(fetchModule(new URL('pagerduty-card.wasm', import.meta.url)));
 *   engine.send({ type: 'card.open', card: 1, config: {} }, Date.now());
 *   for (const effect of engine.takeEffects()) perform(effect);
 */
import { format } from './formats.js';
import { GlyphSource, type GlyphSheet } from './glyph-source.js';
import { ABI_VERSION, type CardId, type Effect, type Message, type TimeMs, type TwinNode } from './messages.js';
import { EngineError, loadCore, addPart, type Core, type Program } from './program.js';

/** One frame of a card. `image` lies in the module's memory: use it before the next call. */
export interface Frame {
  /** Present only when the picture differs from the last one. */
  image?: ImageData;
  widthPx: number;
  heightPx: number;
  heightCssPx: number;
  /** Present only when it differs from the last one. */
  twin?: TwinNode[];
  /** Wants another frame by itself. */
  again: boolean;
}

const FRAME_WORDS = 7;
const enum FrameFlag {
  Pixels = 1,
  Twin = 2,
  Again = 4,
}
const BOX_WORDS = 7;
const BYTES_PER_WORD = 4;

/** What pdc_query is asked for, by number. */
const QUERIES = ['snapshot', 'facts', 'diagnostics'] as const;

export class Engine {
  readonly #core: Core;
  readonly #program: Program;
  readonly #app: number;
  /** Of the texts that languages translate. */
  readonly textsDigest: number;
  readonly #encoder = new TextEncoder();
  readonly #decoder = new TextDecoder();

  private constructor(core: Core) {
    const { program } = core;
    this.#core = core;
    this.#program = program;
    this.textsDigest = program.pdc_texts_digest() >>> 0;
    const [low = 0, high = 0] = crypto.getRandomValues(new Uint32Array(2));
    this.#app = program.pdc_create(low, high);
  }

  /** Errors: EngineError. */
  static async load(bytes: Promise<Uint8Array<ArrayBuffer>>, glyphs = new GlyphSource()): Promise<Engine> {
    const core: Core = await loadCore(bytes, hostFunctions(glyphs, () => core.program.memory.buffer));
    const version = core.program.pdc_abi_version();
    if (version !== ABI_VERSION) {
      throw new EngineError(
        'otherVersions',
        [],
        `pagerduty-card.wasm speaks ABI ${version}, pagerduty-card.js ${ABI_VERSION}: deploy both files of one release.`,
      );
    }
    return new Engine(core);
  }

  /** Adds a part of the module. Errors: EngineError. */
  addPart(bytes: Uint8Array<ArrayBuffer>): Promise<void> {
    return addPart(bytes, this.#core);
  }

  /** Delivers a message. A message that the module does not understand is a bug, and throws. */
  send(message: Message, now: TimeMs, body?: Uint8Array): void {
    const header = this.#encoder.encode(JSON.stringify({ ...message, now }));
    const headerAt = this.#copyIn(header);
    const bodyAt = body === undefined ? 0 : this.#copyIn(body);
    const understood = this.#program.pdc_send(this.#app, headerAt, header.length, bodyAt, body?.length ?? 0);
    this.#program.pdc_free(headerAt);
    if (bodyAt !== 0) this.#program.pdc_free(bodyAt);
    if (understood !== 1) throw new Error(this.#bytesAt(this.#program.pdc_last_error(this.#app)));
  }

  takeEffects(): Effect[] {
    return JSON.parse(this.#bytesAt(this.#program.pdc_take_effects(this.#app))) as Effect[];
  }

  /** `rehearses`: drawn for nobody, and empty; the next one comes as if there had been none. */
  frame(card: CardId, now: TimeMs, rehearses = false): Frame {
    const at = this.#program.pdc_frame(this.#app, card, now, Number(rehearses));
    const buffer = this.#program.memory.buffer;
    const words = new Uint32Array(buffer, at, FRAME_WORDS);
    const [pixels = 0, widthPx = 0, heightPx = 0, flags = 0, , twinAt = 0, twinSize = 0] = words;
    const [heightCssPx = 0] = new Float32Array(buffer, at + 4 * BYTES_PER_WORD, 1);
    const frame: Frame = { widthPx, heightPx, heightCssPx, again: (flags & FrameFlag.Again) !== 0 };
    if ((flags & FrameFlag.Pixels) !== 0 && pixels !== 0 && widthPx > 0 && heightPx > 0) {
      frame.image = new ImageData(new Uint8ClampedArray(buffer, pixels, widthPx * heightPx * 4), widthPx, heightPx);
    }
    if ((flags & FrameFlag.Twin) !== 0) {
      frame.twin = JSON.parse(this.#decoder.decode(new Uint8Array(buffer, twinAt, twinSize))) as TwinNode[];
    }
    return frame;
  }

  /** The card's view model or its facts, or what the client does for all cards, as JSON text. */
  query(card: CardId, what: (typeof QUERIES)[number], now: TimeMs): string {
    return this.#bytesAt(this.#program.pdc_query(this.#app, card, QUERIES.indexOf(what), now));
  }

  #copyIn(bytes: Uint8Array): number {
    const at = this.#program.pdc_alloc(Math.max(1, bytes.length));
    new Uint8Array(this.#program.memory.buffer, at, bytes.length).set(bytes);
    return at;
  }

  /** The text that a `pdc_bytes` points to. */
  #bytesAt(pointer: number): string {
    const buffer = this.#program.memory.buffer;
    const [data = 0, size = 0] = new Uint32Array(buffer, pointer, 2);
    return this.#decoder.decode(new Uint8Array(buffer, data, size));
  }
}

/** What the module imports (`wasm/text/host_source.h`, `wasm/abi/host_formatter.h`): pointers in, the browser's answers written behind them. */
function hostFunctions(source: GlyphSource, memory: () => ArrayBuffer) {
  const decoder = new TextDecoder();
  const encoder = new TextEncoder();
  const textAt = (at: number, size: number): string => decoder.decode(new Uint8Array(memory(), at, size));

  /** Writes the sheet, and its boxes in the layout of HostBitmap. */
  function write({ boxes, pixels, widthPx }: GlyphSheet, boxesAt: number, pixelsAt: number): number {
    const words = new Int32Array(memory(), boxesAt, boxes.length * BOX_WORDS);
    const advances = new Float32Array(memory(), boxesAt, boxes.length * BOX_WORDS);
    boxes.forEach(({ advance, left, top, width, height, x, y }, index) => {
      words.set([0, left, top, width, height, y * widthPx + x, widthPx], index * BOX_WORDS);
      advances[index * BOX_WORDS] = advance;
    });
    new Uint32Array(memory(), pixelsAt, pixels.length).set(pixels);
    return boxes.length;
  }

  return {
    family(family: number, familySize: number, mono: number, monoSize: number): number {
      return source.family(textAt(family, familySize), textAt(mono, monoSize));
    },

    metrics(family: number, face: number, sizePx: number, out: number): void {
      const { ascent, descent } = source.metrics(family, face, sizePx);
      new Float32Array(memory(), out, 2).set([ascent, descent]);
    },

    glyphs(family: number, face: number, sizePx: number, codePoints: number, count: number, boxes: number, pixels: number, capacity: number): number {
      const texts = Array.from(new Uint32Array(memory(), codePoints, count), (c) => String.fromCodePoint(c));
      return write(source.rasterize(family, face, sizePx, texts, capacity), boxes, pixels);
    },

    run(family: number, face: number, sizePx: number, text: number, size: number, color: number, box: number, pixels: number, capacity: number): number {
      return write(source.rasterize(family, face, sizePx, [textAt(text, size)], capacity, color), box, pixels);
    },

    format(lang: number, langSize: number, what: number, number: number, style: number, text: number, textSize: number, out: number, capacity: number): number {
      const answer = format(textAt(lang, langSize), what, number, style, textAt(text, textSize));
      if (typeof answer === 'number') return answer;
      const bytes = encoder.encode(answer);
      if (bytes.length <= capacity) new Uint8Array(memory(), out, bytes.length).set(bytes);
      return bytes.length;
    },
  };
}
