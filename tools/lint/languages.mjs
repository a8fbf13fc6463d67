// Fails when a translation does not fit its table of texts.
import { relative } from 'node:path';
import { CARD, checkLanguage, languageTags, readLanguage, readTable, SETTINGS } from '../../web/languages.mjs';

const root = `${import.meta.dirname}/../..`;
const tags = languageTags();
const problems = [CARD, SETTINGS].flatMap((what) => {
  const table = readTable(what);
  const missing = tags.filter((tag) => !languageTags(what).includes(tag)).map((tag) => `${relative(root, what.folder)}/${tag}.json: missing`);
  return [...missing, ...languageTags(what).flatMap((tag) => checkLanguage(tag, readLanguage(tag, what), table, what).map((problem) => `${relative(root, what.folder)}/${tag}.json: ${problem}`))];
});
for (const problem of problems) console.log(problem);
console.log(`languages: ${tags.length} of ${readTable().length + readTable(SETTINGS).length} texts each, ${problems.length} problems`);
process.exitCode = problems.length > 0 ? 1 : 0;
