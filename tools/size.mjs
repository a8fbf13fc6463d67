// What the bundle weighs on the wire: brotli (quality 11) of each file, in the order in which a page loads them. A page that
// shows a card loads the first ones; one that gives YAML, or an entity that needs a word, its readers; what somebody asks a card for comes when it is asked for.
// Fails above a budget and says which file to look at.
import { existsSync, readFileSync, readdirSync } from 'node:fs';
import { join } from 'node:path';
import { brotliCompressSync, constants, gzipSync } from 'node:zlib';

/** Each budget is for its files and all before them. */
const stages = [
  { title: 'to show a card (by id, or an entity in JSON)', files: ['pagerduty-card.js', 'pagerduty-card.wasm'], budgetBytes: 149_700 },
  { title: 'for entities that need a word, and several services', files: ['pagerduty-card.entity.wasm'], budgetBytes: 167_800 },
  { title: 'with another tab, or keepSnapshot', files: ['pagerduty-card.tabs.wasm'], budgetBytes: 173_000 },
  { title: 'for entities in YAML', files: ['pagerduty-card.yaml.wasm'], budgetBytes: 190_600 },
  { title: 'when asked for more', files: ['pagerduty-card.more.wasm'], budgetBytes: 229_800 },
  { title: 'to connect it (administrators)', files: ['pagerduty-settings.js', 'pagerduty-card.settings.wasm'], budgetBytes: 255_200 },
  { title: 'for signing in', files: ['pagerduty-card.oauth.js', 'oauth-callback.js'], budgetBytes: 264_600 },
];
/** For bundlers: the first holds what pagerduty-card.js does, and takes its place. */
const otherEntries = ['pagerduty-card.element.js', 'pagerduty-card.react.js'];
/** All there is in one file, for pages that load it in place of everything above: as a module, and as a classic script. */
const wholes = ['pagerduty-card.inline.js', 'pagerduty-card.classic.js'];
const dist = join(import.meta.dirname, '../web/dist');
const isLoaded = (name) => /\.(js|wasm|css)$/.test(name);

function brotliBytes(bytes) {
  const params = {
    [constants.BROTLI_PARAM_QUALITY]: 11,
    [constants.BROTLI_PARAM_LGWIN]: 24,
    [constants.BROTLI_PARAM_SIZE_HINT]: bytes.length,
  };
  return brotliCompressSync(bytes, { params }).length;
}

function row(name, ...bytes) {
  return name.padEnd(28) + bytes.map((count) => count.toLocaleString('en').padStart(12)).join('');
}

function measure(name) {
  const bytes = readFileSync(join(dist, name));
  return { name, plain: bytes.length, gzip: gzipSync(bytes, { level: 9 }).length, brotli: brotliBytes(bytes) };
}

const expected = stages.flatMap(({ files }) => files);
const missing = expected.filter((name) => !existsSync(join(dist, name)));
if (missing.length > 0) {
  console.error(`error: web/dist is not complete: there is no ${missing.join(', ')}\n       Run ./run build first.`);
  process.exit(1);
}
const unknown = readdirSync(dist).filter((name) => isLoaded(name) && !expected.includes(name) && !otherEntries.includes(name) && !wholes.includes(name));
if (unknown.length > 0) {
  console.error(`error: nobody counts ${unknown.join(', ')} in web/dist\n       Say in tools/size.mjs when a page loads it.`);
  process.exit(1);
}

console.log('file'.padEnd(28) + ['plain', 'gzip', 'brotli', 'together', 'budget'].map((head) => head.padStart(12)).join(''));
const total = { plain: 0, gzip: 0, brotli: 0 };
const problems = [];
for (const { title, files, budgetBytes } of stages) {
  console.log(title);
  const measured = files.map(measure);
  for (const [index, file] of measured.entries()) {
    for (const what of Object.keys(total)) total[what] += file[what];
    const isLast = index === files.length - 1;
    console.log(row(`  ${file.name}`, file.plain, file.gzip, file.brotli, ...(isLast ? [total.brotli, budgetBytes] : [])));
  }
  if (total.brotli <= budgetBytes) continue;
  const largest = measured.toSorted((a, b) => b.brotli - a.brotli)[0];
  problems.push(`error: what a page loads ${title} is ${(total.brotli - budgetBytes).toLocaleString('en')} bytes (brotli) above its budget of ` +
    `${budgetBytes / 1000} KB\n       The largest of its files is ${largest.name}. Make it smaller, or change budgetBytes in tools/size.mjs and say why.`);
}
console.log('where a lang asks for it');
for (const name of readdirSync(join(dist, 'languages')).sort()) {
  const file = measure(join('languages', name));
  console.log(row(`  ${file.name}`, file.plain, file.gzip, file.brotli));
}
for (const [title, names] of [['other entries, for bundlers', otherEntries], ['all in one file', wholes]]) {
  console.log(title);
  for (const name of names) {
    const file = measure(name);
    console.log(row(`  ${name}`, file.plain, file.gzip, file.brotli));
  }
}
for (const problem of problems) console.error(problem);
if (problems.length > 0) process.exit(1);
