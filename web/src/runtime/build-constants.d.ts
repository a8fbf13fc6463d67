/** Tags of the files in `web/src/languages`; `build.mjs` puts them here. */
declare const PDC_LANGUAGES: readonly string[];
