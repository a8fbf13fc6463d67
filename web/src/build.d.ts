/** Set by build.mjs. */

/** Tags of the languages that ship beside English. */
declare const PDC_LANGUAGES: readonly string[];
/** The settings page's texts in English, by their order in shared/settings/texts.def. */
declare const PDC_SETTINGS_TEXTS: readonly string[];
/** Of their names and order. */
declare const PDC_SETTINGS_DIGEST: number;
/** By layout: the paths that a card reads first, with `~` for its service's id. */
declare const PDC_FIRST_REQUESTS: Readonly<Record<'full' | 'compact' | 'oncall' | 'trigger', readonly string[]>>;
/** What is embedded where one file is all: name -> base64 of its bytes, deflated (zlib). */
declare const PDC_FILES: Readonly<Record<string, string>>;
/** In its place, in what is built, stands a comment by which bundlers leave an import() alone. */
declare function PDC_AS_IT_IS(address: string): string;

/** The text of a style sheet, minified. */
declare module '*.css' {
  const text: string;
  export default text;
}
