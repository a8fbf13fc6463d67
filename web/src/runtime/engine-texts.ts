/**
 * What the card has to say when its module, which holds all other texts, is not there. One text a line: web/languages.mjs reads
 * this file, too.
 */
export const ENGINE_TEXTS = {
  couldNotStart: 'The PagerDuty card could not start.',
  noWebAssembly: 'This browser cannot run the card: it has no WebAssembly.',
  notLoaded: "The card's program could not be loaded from {0}.",
  notFound: "The card's program was not found at {0} (HTTP {1}).",
  notProgram: "What is at {0} is not the card's program.",
  blockedByPolicy: "The page's security policy does not allow WebAssembly.",
  cannotRun: "This browser cannot run the card's program.",
  otherVersions: 'The card is made of parts of different versions.',
};
export type EngineText = keyof typeof ENGINE_TEXTS;

/** `text` with the values in the places {0}, {1}. */
export const fillIn = (text: string, values: readonly (string | number)[]): string => text.replace(/\{(\d)\}/g, (_, place: string) => String(values[Number(place)] ?? ''));
