/** The texts of the settings page: English is in this file's bundle, other languages are files beside it. */

import type { Kit } from '../element/kit.js';
import { openFile } from '../runtime/open-file.js';

interface LanguageFile {
  of: number;
  texts: string[];
}

/** In the form that bundlers know; see `runtime/files.ts`. */
const FILES: Readonly<Record<string, () => URL>> = {
  de: () => new URL('./languages/settings.de.json', import.meta.url),
  ja: () => new URL('./languages/settings.ja.json', import.meta.url),
  'pt-BR': () => new URL('./languages/settings.pt-BR.json', import.meta.url),
};

/** English until the language is there, and where it cannot be had. */
export async function textsOf({ page, languageFor }: Kit, lang: string): Promise<readonly string[]> {
  const language = languageFor(lang);
  if (language === '') return PDC_SETTINGS_TEXTS;
  const url = page.runtime.urlOf(`languages/settings.${language}.json`, FILES[language]?.());
  try {
    const response = await openFile(url);
    if (!response.ok) throw new Error(`HTTP ${response.status}`);
    const { of, texts } = (await response.json()) as LanguageFile;
    if (of !== PDC_SETTINGS_DIGEST) throw new Error('it is of another release than pagerduty-settings.js');
    return texts;
  } catch (error) {
    // eslint-disable-next-line no-console
    console.warn(`<pagerduty-settings> speaks English instead of ${language}: ${url.href} could not be used (${error instanceof Error ? error.message : String(error)}).`);
    return PDC_SETTINGS_TEXTS;
  }
}
