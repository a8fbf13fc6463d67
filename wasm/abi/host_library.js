// The module's import for numbers, times and lists, forwarded as those of wasm/text/host_library.js are.
addToLibrary({
  pdc_host_format: (...args) => Module['pdcHost'].format(...args),
});
