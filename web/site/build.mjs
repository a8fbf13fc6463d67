// Builds the site into build/site: static files that work below any path, without a server. web/dist has to be there.
import { cpSync, mkdirSync, readFileSync, readdirSync, rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { build } from 'esbuild';
import { kDocs } from './docs.mjs';
import { escape, kPages, layout } from './layout.mjs';
import { readDocument } from './markdown.mjs';
import { makeReference } from './reference.mjs';

const here = import.meta.dirname;
const root = join(here, '../..');
const out = join(root, 'build/site');
const manifest = JSON.parse(readFileSync(join(root, 'web/dist/custom-elements.json'), 'utf8'));
const docs = kDocs.flatMap(([, pages]) => pages);
const problems = [];

rmSync(out, { recursive: true, force: true });
mkdirSync(out, { recursive: true });
cpSync(join(here, 'public'), out, { recursive: true });
cpSync(join(root, 'web/dist'), join(out, 'dist'), { recursive: true, filter: (path) => !path.endsWith('/types') });
cpSync(join(root, 'docs/images'), join(out, 'images'), { recursive: true });

await build({
  entryPoints: [join(here, 'simulated.js')],
  outfile: join(out, 'simulated.js'),
  bundle: true,
  format: 'esm',
  target: 'es2022',
  minify: true,
  legalComments: 'inline',
  alias: { 'node:crypto': join(here, 'sha256.js') },
});

/** A page of pages/: what it says of itself, its controls, and what is in its main. */
function readPage(file) {
  const text = readFileSync(join(here, 'pages', file), 'utf8');
  const [head] = /^<!--\n[^]*?\n-->\n/.exec(text);
  const front = Object.fromEntries(head.split('\n').slice(1, -2).map((line) => [line.slice(0, line.indexOf(':')), line.slice(line.indexOf(':') + 1).trim()]));
  const [whole, controls] = /<template id="controls">\n([^]*?)<\/template>\n/.exec(text) ?? [];
  return { front, controls, main: text.slice(head.length).replace(whole ?? '', '') };
}

for (const file of readdirSync(join(here, 'pages'))) {
  const { front, controls, main } = readPage(file);
  writeFileSync(join(out, file), layout({ front, main, current: file, ...(controls !== undefined && { controls }) }));
}

const pageOf = (path) => docs.find(([, source]) => source === path)?.[0] ?? { 'README.md': 'index.html' }[path];
const articles = new Map(docs.map(([file, source]) => [file,
  source === undefined ? makeReference(join(root, 'web'), manifest) : readDocument(readFileSync(join(root, source), 'utf8'), source, pageOf)]));

for (const [file, { links }] of articles) {
  for (const { file: target, anchor, text } of links) {
    const article = articles.get(target);
    if (anchor !== '' && article !== undefined && !article.anchors.has(anchor)) problems.push(`${docs.find(([name]) => name === file)[1]}: "${text}" leads to ${target}#${anchor}, which is not there`);
  }
}
if (problems.length > 0) {
  console.error(`error: ${problems.join('\n       ')}\n       Correct the link, or the heading that it leads to.`);
  process.exit(1);
}

function sideOf(current) {
  const groups = kDocs.map(([title, pages]) => {
    const items = pages.map(([file, , name]) => `<li><a href="./${file}"${file === current ? ' aria-current="page"' : ''}>${name}</a></li>`);
    return `<li><p>${title}</p><ul>${items.join('')}</ul></li>`;
  });
  return `<details class="side" open><summary>Documents</summary><nav aria-label="Documents"><ul>${groups.join('')}</ul></nav></details>`;
}

const contentsOf = (headings) => (headings.length < 3 ? '' :
  `<nav class="on-page" aria-label="On this page"><p>On this page</p><ul>${headings.map(({ id, text }) => `<li><a href="#${id}">${escape(text)}</a></li>`).join('')}</ul></nav>`);

function turnOf(index) {
  const link = (at, rel, word) => (docs[at] === undefined ? '<span></span>' : `<a href="./${docs[at][0]}" rel="${rel}"><span>${word}</span>${docs[at][2]}</a>`);
  return `<nav class="turn" aria-label="Next and previous">${link(index - 1, 'prev', 'Before')}${link(index + 1, 'next', 'Next')}</nav>`;
}

for (const [index, [file, , name]] of docs.entries()) {
  const { html, title, headings, isLive } = articles.get(file);
  const front = { title: `${title}: pagerduty-card`, description: `${name} of the PagerDuty card.`, class: 'docs', styles: 'docs.css', scripts: isLive ? 'docs.js' : '' };
  const main = `<div class="book">${sideOf(file)}<article>${html}${turnOf(index)}</article>${contentsOf(headings)}</div>\n`;
  writeFileSync(join(out, file), layout({ front, main, current: kPages[1][0] }));
}
