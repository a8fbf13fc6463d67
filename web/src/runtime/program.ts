/** The WebAssembly modules that ship: where they come from, what they export, and why one could not be had. */
import { ENGINE_TEXTS, fillIn, type EngineText } from './engine-texts.js';
import { openFile } from './open-file.js';

/** What the module exports: the functions of `wasm/abi/pdc.h`, and its memory. */
export interface Program {
  readonly memory: WebAssembly.Memory;
  /** Runs the constructors of C++'s globals. */
  _initialize(): void;
  pdc_abi_version(): number;
  pdc_texts_digest(): number;
  pdc_create(seedLow: number, seedHigh: number): number;
  pdc_alloc(size: number): number;
  pdc_free(pointer: number): void;
  pdc_send(app: number, header: number, headerSize: number, body: number, bodySize: number): number;
  pdc_take_effects(app: number): number;
  pdc_frame(app: number, card: number, nowMs: number, rehearses: number): number;
  pdc_query(app: number, card: number, what: number, nowMs: number): number;
  pdc_last_error(app: number): number;
}

/** The module that every page loads. */
export interface Core {
  program: Program;
  /** Names the one compilation whose parts belong together; cmake/split_module.mjs writes it. */
  build: string;
}

/** The engine could not be had; `message` says so in English, `fix` is for the console. */
export class EngineError extends Error {
  constructor(
    readonly text: EngineText,
    readonly values: readonly (string | number)[],
    readonly fix: string,
  ) {
    super(fillIn(ENGINE_TEXTS[text], values));
    this.name = 'EngineError';
  }
}

/** The bytes of a module. Errors: EngineError. */
export async function fetchModule(url: URL): Promise<Uint8Array<ArrayBuffer>> {
  const file = url.pathname.split('/').pop() ?? '';
  let response: Response;
  try {
    response = await openFile(url);
  } catch {
    throw new EngineError('notLoaded', [url.pathname], `Make ${url.href} reachable, and name its origin in the page's connect-src.`);
  }
  if (!response.ok) {
    throw new EngineError(
      'notFound',
      [url.pathname, response.status],
      `Put ${file} beside pagerduty-card.js, or name its address with configure({wasmUrl, wasmPartUrls}).`,
    );
  }
  const bytes = new Uint8Array(await response.arrayBuffer());
  // "\0asm": an error page served with status 200 is not a program.
  if (bytes[0] !== 0 || bytes[1] !== 0x61 || bytes[2] !== 0x73 || bytes[3] !== 0x6d) {
    throw new EngineError(
      'notProgram',
      [url.pathname],
      `The server answered with ${response.headers.get('content-type') ?? 'another file'} instead of ${file}.`,
    );
  }
  return bytes;
}

/** Compiles and starts a module. Errors: EngineError. */
async function start(bytes: Uint8Array<ArrayBuffer>, imports: WebAssembly.Imports): Promise<WebAssembly.WebAssemblyInstantiatedSource> {
  try {
    return await WebAssembly.instantiate(bytes, imports);
  } catch (error) {
    // Other imports than these: of another release.
    if (error instanceof WebAssembly.LinkError || error instanceof TypeError) {
      throw new EngineError('otherVersions', [], `Deploy pagerduty-card.js and all pagerduty-card*.wasm of one release. (${String(error)})`);
    }
    const blocked = String(error).includes('Content Security Policy') || String(error).includes('unsafe-eval');
    throw new EngineError(
      blocked ? 'blockedByPolicy' : 'cannotRun',
      [],
      blocked ? "Add 'wasm-unsafe-eval' to the page's script-src." : `Use a browser with WebAssembly SIMD and exceptions. (${String(error)})`,
    );
  }
}

/**
 * Starts the module. All that it imports is `host`; it brings its own memory, which it grows by itself.
 * Errors: EngineError.
 */
export async function loadCore(bytes: Promise<Uint8Array<ArrayBuffer>>, host: WebAssembly.ModuleImports): Promise<Core> {
  if (typeof WebAssembly !== 'object') {
    throw new EngineError('noWebAssembly', [], 'Use a current browser, or allow WebAssembly.');
  }
  const { module, instance } = await start(await bytes, { host });
  const program = instance.exports as unknown as Program;
  program._initialize();
  const [build] = WebAssembly.Module.customSections(module, 'build');
  return { program, build: new TextDecoder().decode(build) };
}

/** Puts a part of the module into it: it shares the memory, and takes its places in the table of functions. Errors: EngineError. */
export async function addPart(bytes: Uint8Array<ArrayBuffer>, { program, build }: Core): Promise<void> {
  await start(bytes, { [build]: program as unknown as WebAssembly.ModuleImports });
}
