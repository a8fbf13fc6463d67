// The module's imports, forwarded to the page's `pdcHost` (web/src/runtime/engine.ts). Emscripten reads this file
// at link time.
addToLibrary({
  pdc_host_family: (...args) => Module['pdcHost'].family(...args),
  pdc_host_metrics: (...args) => Module['pdcHost'].metrics(...args),
  pdc_host_glyphs: (...args) => Module['pdcHost'].glyphs(...args),
  pdc_host_run: (...args) => Module['pdcHost'].run(...args),
});
