/** Tags of the files in `web/src/languages`; `build.mjs` puts them here. */
declare const PDC_LANGUAGES: readonly string[];

/** The text of a style sheet, minified by `build.mjs`. */
declare module '*.css' {
  const text: string;
  export default text;
}
