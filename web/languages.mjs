// The tables of texts and their translations, checked against each other and made into the files that ship. docs/languages.md is
// the guide.
import { readFileSync, readdirSync } from 'node:fs';
import { basename, join } from 'node:path';

const here = import.meta.dirname;
const engineFile = join(here, 'src/runtime/engine-texts.ts');
/** What a card says, and what the settings page says: `prefix` of the files that ship. */
export const CARD = { table: join(here, '../shared/base/texts.def'), folder: join(here, 'src/languages'), prefix: '', hasEngine: true };
export const SETTINGS = { table: join(here, '../shared/settings/texts.def'), folder: join(here, 'src/settings/languages'), prefix: 'settings.', hasEngine: false };
/** In the order in which a plural text lists its forms. */
const CATEGORIES = ['zero', 'one', 'two', 'few', 'many', 'other'];

const keyOf = (name) => name[0].toLowerCase() + name.slice(1);
const slotsOf = (text) => [...new Set(text.match(/\{\d\}/g) ?? [])].sort();

/** The parts of the bundle that bring texts along, in the order in which languages list them. */
const PARTS = ['core', 'more', 'entity', 'yaml'];

/** `[{ part, name, key, english }]`, part by part; `english` of a plural text is `{ one, other }`. */
export function readTable(what = CARD) {
  const source = readFileSync(what.table, 'utf8');
  const literals = /"(?:[^"\\]|\\.)*"/g;
  // Literals that only white space parts are one text, as in C++.
  const textsOf = (list) => list.split(/,(?=\s*")/).map((one) => one.match(literals).map((literal) => JSON.parse(literal)).join(''));
  return [...source.matchAll(/^PD_(\w+_)?(TEXT|PLURAL)\((\w+),((?:\s*"(?:[^"\\]|\\.)*",?)+)\)/gm)].map(([, of, kind, name, list], place) => {
    const [first, second] = textsOf(list);
    const part = of === undefined ? 'core' : of.slice(0, -1).toLowerCase();
    return { part, name, key: keyOf(name), english: kind === 'TEXT' ? first : { one: first, other: second }, place };
  }).sort((a, b) => PARTS.indexOf(a.part) - PARTS.indexOf(b.part) || a.place - b.place);
}

/** FNV-1a of the names and their parts in the table's order, as texts_digest() in shared/base/texts.cpp. */
export function digestOf(table) {
  let digest = 0x811c9dc5;
  for (const { part, name, english } of table.toSorted((a, b) => a.place - b.place)) {
    for (const byte of Buffer.from(`${part} ${name}${typeof english === 'string' ? '' : '#'}\n`)) {
      digest = Math.imul(digest ^ byte, 0x01000193) >>> 0;
    }
  }
  return digest;
}

/** What the card says before its module is there: `engine` in the files of languages. */
const readEngineTexts = () => Object.fromEntries([...readFileSync(engineFile, 'utf8').matchAll(/^ {2}(\w+): (['"])(.*)\2,$/gm)].map(([, key, , text]) => [key, text]));

/** Tags of the languages there are. */
export const languageTags = (what = CARD) => readdirSync(what.folder).filter((name) => name.endsWith('.json')).map((name) => basename(name, '.json')).sort();

export const readLanguage = (tag, what = CARD) => JSON.parse(readFileSync(join(what.folder, `${tag}.json`), 'utf8'));

function checkText(where, english, text, mayLack = false) {
  if (typeof text !== 'string' || text.trim() === '') return [`${where}: no text`];
  const [wanted, has] = [slotsOf(english), slotsOf(text)];
  const lacks = mayLack ? [] : wanted.filter((slot) => !has.includes(slot));
  return [...lacks.map((slot) => `${where}: ${slot} is missing`), ...has.filter((slot) => !wanted.includes(slot)).map((slot) => `${where}: ${slot} is nothing in English`)];
}

// The form for one may say so in words, without {0}.
function checkPlural(key, tag, english, forms) {
  if (typeof forms !== 'object' || forms === null) return [`${key}: a plural text needs an object of forms`];
  const wanted = new Intl.PluralRules(tag).resolvedOptions().pluralCategories;
  const problems = wanted.filter((category) => !(category in forms)).map((category) => `${key}.${category}: missing`);
  for (const [category, text] of Object.entries(forms)) {
    if (!wanted.includes(category)) problems.push(`${key}.${category}: ${tag} has no such plural category`);
    problems.push(...checkText(`${key}.${category}`, english.other, text, category !== 'other'));
  }
  return problems;
}

/** What is wrong with a translation, a line each. */
export function checkLanguage(tag, { engine = {}, ...texts }, table, { hasEngine } = CARD) {
  const english = hasEngine ? readEngineTexts() : {};
  const problems = Object.keys(english).flatMap((key) => checkText(`engine.${key}`, english[key], engine[key]));
  problems.push(...Object.keys(engine).filter((key) => !(key in english)).map((key) => `engine.${key}: there is no such text`));
  if (Intl.getCanonicalLocales(tag)[0] !== tag) problems.push(`${tag}: as a language tag it is ${Intl.getCanonicalLocales(tag)[0]}`);
  for (const { key, english } of table) {
    if (!(key in texts)) problems.push(`${key}: missing`);
    else problems.push(...(typeof english === 'string' ? checkText(key, english, texts[key]) : checkPlural(key, tag, english, texts[key])));
  }
  const keys = new Set(table.map(({ key }) => key));
  return [...problems, ...Object.keys(texts).filter((key) => !keys.has(key)).map((key) => `${key}: there is no such text`)];
}

/** The file that ships: texts by their place in the table. What a card lacks its module says in English; the settings page has no other texts. */
export function compileLanguage({ engine, ...texts }, table, { hasEngine } = CARD) {
  const placed = table.flatMap(({ key, english }) =>
    typeof english === 'string' ? [texts[key] ?? (hasEngine ? '' : english)] : CATEGORIES.map((category) => texts[key]?.[category] ?? ''));
  return JSON.stringify({ of: digestOf(table), texts: placed, ...(hasEngine && { engine: { ...readEngineTexts(), ...engine } }) });
}
