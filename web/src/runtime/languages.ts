/**
 * The languages that the card speaks besides English: files beside the module, each loaded when a card's `lang` first asks for
 * it. docs/languages.md says how they are made.
 */

import { ENGINE_TEXTS, fillIn, type EngineText } from './engine-texts.js';
import type { Message } from './messages.js';
import { openFile } from './open-file.js';

/** What a language's file holds. */
interface LanguageFile {
  /** Of the texts that the module has; see texts_digest(). */
  of: number;
  /** By their order in shared/base/texts.def. */
  texts: string[];
  engine: Record<EngineText, string>;
}

const LONGEST_MS = 10_000;

/** The file's language and script, whatever the region: "pt" is "pt-BR", but "zh-TW" is not "zh-CN". */
function kindOf(tag: string): string {
  const { language, script } = new Intl.Locale(tag).maximize();
  return `${language}-${script ?? ''}`;
}

const isEnglish = (tag: string): boolean => /^en\b/i.test(tag);

/** Which of the languages comes closest to `lang`; '' = English, also for a language that the card does not speak. */
export function languageFor(lang: string, known: readonly string[] = PDC_LANGUAGES): string {
  try {
    const [tag = ''] = Intl.getCanonicalLocales(lang);
    // To ask for the script costs the browser 10 ms, the first time.
    if (isEnglish(tag)) return '';
    return known.find((one) => one === tag) ?? known.find((one) => kindOf(one) === kindOf(tag)) ?? '';
  } catch {
    return ''; // no language tag
  }
}

/** The tag that numbers and times follow beside texts in `language`: those of a language without texts would mix two. */
export function localeFor(lang: string, language: string): string {
  return language !== '' || isEnglish(lang) ? lang : 'en';
}

const fileOf = (language: string): string => `languages/${language}.json`;

async function readFile(url: URL): Promise<LanguageFile> {
  const response = await openFile(url, AbortSignal.timeout(LONGEST_MS));
  if (!response.ok) throw new Error(`HTTP ${response.status}`);
  return (await response.json()) as LanguageFile;
}

export class Languages {
  readonly #send: (message: Message, body: Uint8Array) => void;
  /** The texts that the module has; it may still be loading. */
  readonly #textsDigest: () => Promise<number>;
  readonly #urlOf: (file: string) => URL;
  readonly #loading = new Map<string, Promise<void>>();
  readonly #ready = new Set<string>(['']);
  readonly #files = new Map<string, Promise<LanguageFile>>();

  constructor(urlOf: (file: string) => URL, textsDigest: () => Promise<number>, send: (message: Message, body: Uint8Array) => void) {
    this.#urlOf = urlOf;
    this.#textsDigest = textsDigest;
    this.#send = send;
  }

  /** Whether texts of `language` are there. */
  has(language: string): boolean {
    return this.#ready.has(language);
  }

  /** Ends when they are, or when they cannot be had: then the console says why, and the card speaks English. */
  load(language: string): Promise<void> {
    let loading = this.#loading.get(language);
    if (loading === undefined) {
      loading = this.#load(language);
      this.#loading.set(language, loading);
    }
    return loading;
  }

  async #load(language: string): Promise<void> {
    try {
      const { of, texts } = await this.#file(language);
      if (of !== (await this.#textsDigest())) throw new Error('it is of another release than pagerduty-card.wasm');
      this.#send({ type: 'language', language }, new TextEncoder().encode(JSON.stringify(texts)));
      this.#ready.add(language);
    } catch (error) {
      // The portal's engineer is who can put the file there.
      // eslint-disable-next-line no-console
      console.warn(`<pagerduty-card> speaks English instead of ${language}: ${this.#urlOf(fileOf(language)).href} could not be used (${error instanceof Error ? error.message : String(error)}).`);
    }
  }

  /** In English where `language` cannot be had. */
  async engineText(language: string, text: EngineText, values: readonly (string | number)[] = []): Promise<string> {
    const file = language === '' ? undefined : await this.#file(language).catch(() => undefined);
    return fillIn(file?.engine[text] ?? ENGINE_TEXTS[text], values);
  }

  #file(language: string): Promise<LanguageFile> {
    let file = this.#files.get(language);
    if (file === undefined) {
      file = readFile(this.#urlOf(fileOf(language)));
      this.#files.set(language, file);
    }
    return file;
  }
}
