// What the default bundle weighs on the wire: brotli (quality 11) of each file that a page loads to show a card.
// Fails above the budget and says which file to look at.
import { existsSync, readFileSync, readdirSync } from 'node:fs';
import { join } from 'node:path';
import { brotliCompressSync, constants, gzipSync } from 'node:zlib';

const budgetBytes = 200_000;
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
  return name.padEnd(26) + bytes.map((count) => count.toLocaleString('en').padStart(12)).join('');
}

if (!existsSync(join(dist, 'pagerduty-card.js')) || !existsSync(join(dist, 'pagerduty-card.wasm'))) {
  console.error('error: web/dist is not complete\n       Run ./run build first.');
  process.exit(1);
}

function measure(name) {
  const bytes = readFileSync(join(dist, name));
  return { name, plain: bytes.length, gzip: gzipSync(bytes, { level: 9 }).length, brotli: brotliBytes(bytes) };
}
const files = readdirSync(dist).filter(isLoaded).sort().map(measure);
const languages = readdirSync(join(dist, 'languages')).sort().map((name) => measure(join('languages', name)));
const sum = (what) => files.reduce((total, file) => total + file[what], 0);
const total = sum('brotli');

console.log('file'.padEnd(26) + ['plain', 'gzip', 'brotli'].map((head) => head.padStart(12)).join(''));
for (const file of files) console.log(row(file.name, file.plain, file.gzip, file.brotli));
console.log(row('total', sum('plain'), sum('gzip'), total));
console.log(row('budget', '', '', budgetBytes));
console.log('\nwhere a lang asks for it');
for (const file of languages) console.log(row(file.name, file.plain, file.gzip, file.brotli));

if (total > budgetBytes) {
  const largest = files.toSorted((a, b) => b.brotli - a.brotli)[0];
  console.error(`error: the bundle is ${(total - budgetBytes).toLocaleString('en')} bytes (brotli) above its budget of ` +
    `${budgetBytes / 1000} KB\n       The largest file is ${largest.name}. Make it smaller, or change budgetBytes in tools/size.mjs and say why.`);
  process.exit(1);
}
