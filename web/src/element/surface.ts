/**
 * The shadow DOM of one card: the canvas, the twin over it, the status line. Knows sizes and pixels, nothing of
 * entities or accounts.
 */

import type { Frame } from '../runtime/engine.js';
import { canvasWorks } from '../runtime/glyph-source.js';
import { Twin, type TwinEvents } from '../twin/twin.js';
import { styleSheet } from './styles.js';

export interface SurfaceEvents extends Omit<TwinEvents, 'altered'> {
  /** `widthCssPx` or `dpr` is another. */
  resized(): void;
  /** Position in the card; x < 0: outside. */
  pointer(x: number, y: number, down: boolean): void;
}

const BORDER_CSS_PX = 1;
/** Announcements within this time are one. */
const ANNOUNCE_AFTER_MS = 150;

export class Surface {
  readonly card: HTMLElement;
  readonly probe: HTMLElement;
  readonly #canvas: HTMLCanvasElement;
  readonly #status: HTMLElement;
  readonly #twin: Twin;
  readonly #events: SurfaceEvents;
  readonly #observer: ResizeObserver;
  #context: CanvasRenderingContext2D | null = null;
  #widthCssPx = 0;
  #dpr = 1;
  #isEmulated = false;
  #said: string[] = [];
  #density: MediaQueryList | undefined;
  readonly #measureAgain = (): void => {
    this.disconnect();
    this.connect();
  };
  #fallback: HTMLElement | undefined;

  constructor(root: ShadowRoot, events: SurfaceEvents) {
    this.#events = events;
    root.adoptedStyleSheets = [styleSheet()];
    this.card = add(root, 'div', 'card');
    this.card.setAttribute('part', 'card');
    this.#canvas = add(this.card, 'canvas', '');
    this.#canvas.setAttribute('part', 'canvas');
    this.#canvas.ariaHidden = 'true';
    this.#canvas.width = 0;
    this.#canvas.height = 0;
    // Then the twin is what is seen.
    const seePlain = (isSeen: boolean): void => void this.card.classList.toggle('plain', isSeen || !canvasWorks());
    seePlain(false);
    const twin = add(this.card, 'div', 'twin');
    this.#status = add(this.card, 'div', 'status');
    this.#status.setAttribute('role', 'status');
    this.probe = add(this.card, 'span', 'probe');
    this.#twin = new Twin(twin, { ...events, altered: seePlain });
    this.#followPointer();
    this.#observer = new ResizeObserver((entries) => entries.forEach((entry) => this.#measure(entry)));
  }

  /** Width of the card's inside. */
  get widthCssPx(): number {
    return this.#widthCssPx;
  }
  /** The device's pixels for each CSS pixel. */
  get dpr(): number {
    return this.#dpr;
  }

  connect(): void {
    // A screen of another density may leave the size in CSS pixels as it is.
    this.#density = matchMedia(`(resolution: ${devicePixelRatio}dppx)`);
    this.#density.addEventListener('change', this.#measureAgain);
    try {
      this.#observer.observe(this.card, { box: 'device-pixel-content-box' });
    } catch {
      this.#observer.observe(this.card);
    }
  }

  disconnect(): void {
    this.#density?.removeEventListener('change', this.#measureAgain);
    this.#observer.disconnect();
  }

  /** Puts a frame on the canvas and its meaning over it. */
  present(frame: Frame): void {
    this.#setFar(false);
    this.#fallback?.remove();
    this.#fallback = undefined;
    if (frame.image !== undefined) this.#putPixels(frame.image, frame);
    this.card.style.height = `${frame.heightPx / this.#dpr + 2 * BORDER_CSS_PX}px`;
    if (frame.twin !== undefined) this.#twin.update(frame.twin);
  }

  // The browser lays out and paints what is in sight.
  #setFar(isFar: boolean): void {
    this.card.classList.toggle('far', isFar);
  }

  #putPixels(image: ImageData, frame: Frame): void {
    if (this.#canvas.width !== frame.widthPx || this.#canvas.height !== frame.heightPx) {
      this.#canvas.width = frame.widthPx;
      this.#canvas.height = frame.heightPx;
      this.#canvas.style.width = `${frame.widthPx / this.#dpr}px`;
      this.#canvas.style.height = `${frame.heightPx / this.#dpr}px`;
    }
    this.#context ??= this.#canvas.getContext('2d', { alpha: false });
    this.#context?.putImageData(image, 0, 0);
    if (this.#isEmulated) this.#alignToPixels();
  }

  // Layout puts boxes on whole device pixels; under an emulated ratio only on whole CSS pixels, where the picture would be
  // resampled.
  #alignToPixels(): void {
    this.#canvas.style.transform = '';
    const { left, top } = this.#canvas.getBoundingClientRect();
    const off = (position: number): number => (Math.round(position * this.#dpr) - position * this.#dpr) / this.#dpr;
    this.#canvas.style.transform = `translate(${off(left)}px, ${off(top)}px)`;
  }

  /** Frees the pixels of a card that is out of sight; its place and its twin stay. */
  release(): void {
    this.#setFar(true);
    this.#canvas.width = 0;
    this.#canvas.height = 0;
    // An opaque canvas without pixels is painted black where it has a size.
    this.#canvas.style.width = '0';
    this.#canvas.style.height = '0';
  }

  focus(node: string): void {
    this.#twin.focus(node);
  }

  clear(node: string): void {
    this.#twin.clear(node);
  }

  announce(text: string): void {
    this.#said.push(text);
    if (this.#said.length > 1) return;
    setTimeout(() => {
      this.#status.textContent = this.#said.join(' ');
      this.#said = [];
    }, ANNOUNCE_AFTER_MS);
  }

  /** Says in plain DOM what went wrong before anything could be drawn. */
  showFallback(title: string, text: string): void {
    this.#fallback?.remove();
    this.#fallback = document.createElement('div');
    this.#fallback.className = 'fallback';
    this.#fallback.setAttribute('role', 'alert');
    add(this.#fallback, 'p', '').textContent = title;
    add(this.#fallback, 'div', '').textContent = text;
    this.card.prepend(this.#fallback);
    this.card.style.height = '';
  }

  #measure(entry: ResizeObserverEntry): void {
    const dpr = devicePixelRatio;
    // Exact device pixels where the browser tells them, so that the picture is never resampled.
    const deviceSize = entry.devicePixelContentBoxSize as readonly ResizeObserverSize[] | undefined;
    const devicePx = deviceSize?.[0]?.inlineSize;
    const cssPx = entry.contentBoxSize[0]?.inlineSize ?? 0;
    // An emulated ratio (developer tools, test drivers) is not in the exact size.
    const isExact = devicePx !== undefined && Math.abs(devicePx - cssPx * dpr) <= 1;
    this.#isEmulated = devicePx !== undefined && !isExact;
    const widthCssPx = (isExact ? devicePx : Math.floor(cssPx * dpr)) / dpr;
    if (widthCssPx === this.#widthCssPx && dpr === this.#dpr) return;
    this.#widthCssPx = widthCssPx;
    this.#dpr = dpr;
    this.#events.resized();
  }

  #followPointer(): void {
    const tell = (event: PointerEvent, down: boolean): void => {
      const box = this.card.getBoundingClientRect();
      this.#events.pointer(event.clientX - box.left - this.card.clientLeft, event.clientY - box.top - this.card.clientTop, down);
    };
    // A finger has no hover: it would stick to what was touched last.
    const isFinger = (event: PointerEvent): boolean => event.pointerType === 'touch';
    this.card.addEventListener('pointermove', (event) => isFinger(event) || tell(event, (event.buttons & 1) !== 0), { passive: true });
    this.card.addEventListener('pointerdown', (event) => tell(event, event.button === 0), { passive: true });
    this.card.addEventListener('pointerup', (event) => (isFinger(event) ? this.#events.pointer(-1, -1, false) : tell(event, false)), { passive: true });
    for (const type of ['pointerleave', 'pointercancel'] as const) {
      this.card.addEventListener(type, () => this.#events.pointer(-1, -1, false), { passive: true });
    }
  }
}

function add<K extends keyof HTMLElementTagNameMap>(parent: Node, tag: K, className: string): HTMLElementTagNameMap[K] {
  const element = document.createElement(tag);
  if (className !== '') element.className = className;
  parent.appendChild(element);
  return element;
}
