/** Tags of the files in `web/src/languages`; `build.mjs` puts them here. */
declare const PDC_LANGUAGES: readonly string[];

/** Emscripten's glue of `wasm/abi`, built by CMake; `build.mjs` puts the real file in this name's place. */
declare module 'pdc-module' {
  /** The exported functions of `wasm/abi/pdc.h`, with Emscripten's underscore, and the memory. */
  export interface PdcModule {
    wasmMemory: WebAssembly.Memory;
    _pdc_abi_version(): number;
    _pdc_texts_digest(): number;
    _pdc_create(seedLow: number, seedHigh: number): number;
    _pdc_alloc(size: number): number;
    _pdc_free(pointer: number): void;
    _pdc_send(app: number, header: number, headerSize: number, body: number, bodySize: number): number;
    _pdc_take_effects(app: number): number;
    _pdc_frame(app: number, card: number, nowMs: number): number;
    _pdc_query(app: number, card: number, what: number, nowMs: number): number;
    _pdc_last_error(app: number): number;
  }
  export interface ModuleOptions {
    /** Functions that `wasm/text/host_library.js` and `wasm/abi/host_library.js` forward to. */
    pdcHost: object;
    instantiateWasm(imports: WebAssembly.Imports, done: (instance: WebAssembly.Instance) => void): object;
  }
  export default function createModule(options: ModuleOptions): Promise<PdcModule>;
}
