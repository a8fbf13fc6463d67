// Fails when a translation in web/src/languages does not fit the table of texts.
import { checkLanguage, languageTags, readLanguage, readTable } from '../../web/languages.mjs';

const table = readTable();
const tags = languageTags();
const problems = tags.flatMap((tag) => checkLanguage(tag, readLanguage(tag), table).map((problem) => `web/src/languages/${tag}.json: ${problem}`));
for (const problem of problems) console.log(problem);
console.log(`languages: ${tags.length} of ${table.length} texts each, ${problems.length} problems`);
process.exitCode = problems.length > 0 ? 1 : 0;
