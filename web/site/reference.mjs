// The API reference, from the source: elements as custom-elements.json has them, functions and options as their declarations are commented.
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import ts from 'typescript';
import { escape } from './layout.mjs';

const inline = (text = '') => escape(text).replace(/`([^`]+)`/g, '<code>$1</code>');
const code = (text) => `<code>${escape(text)}</code>`;

function table(heads, rows) {
  if (rows.length === 0) return '';
  const cells = (tag, row) => `<tr>${row.map((cell) => `<${tag}>${cell}</${tag}>`).join('')}</tr>`;
  return `<div class="table" tabindex="0" role="group" aria-label="${escape(heads[0])}"><table><thead>${cells('th', heads)}</thead><tbody>${rows.map((row) => cells('td', row)).join('')}</tbody></table></div>\n`;
}

const signature = ({ name, parameters = [], return: returned }) =>
  `${name}(${parameters.map((parameter) => `${parameter.name}${parameter.optional ? '?' : ''}: ${parameter.type?.text ?? 'unknown'}`).join(', ')}): ${returned?.type?.text ?? 'void'}`;

function elementOf(declaration, headings) {
  const { tagName, attributes = [], members = [], events = [], cssProperties = [], cssParts = [] } = declaration;
  headings.push({ id: tagName, text: `<${tagName}>` });
  const own = members.filter(({ static: isStatic, privacy }) => !isStatic && privacy !== 'private');
  const fields = own.filter(({ kind, attribute }) => kind === 'field' && attribute === undefined);
  const methods = own.filter(({ kind }) => kind === 'method');
  const part = (title, html) => (html === '' ? '' : `<h3 id="${tagName}-${title.toLowerCase().replace(/\W+/g, '-')}">${title}</h3>\n${html}`);
  return `<h2 id="${tagName}"><a href="#${tagName}">&lt;${tagName}&gt;</a></h2>\n` +
    part('Attributes', table(['Attribute', 'Type', 'Meaning'], attributes.map(({ name, type, description }) => [code(name), code(type?.text ?? 'string'), inline(description)]))) +
    part('Properties', table(['Property', 'Type', 'Meaning'], fields.map(({ name, type, description }) => [code(name), code(type?.text ?? ''), inline(description)]))) +
    part('Methods', table(['Method', 'Meaning'], methods.map((method) => [code(signature(method)), inline(method.description)]))) +
    part('Events', table(['Event', 'When'], events.map(({ name, description }) => [code(name), inline(description)]))) +
    part('Custom properties', table(['Property', 'Meaning'], cssProperties.map(({ name, description }) => [code(name), inline(description)]))) +
    part('Parts', table(['Part', 'What it is'], cssParts.map(({ name, description }) => [code(`::part(${name})`), inline(description)])));
}

/** The comment in front of a node, as one text. */
function commentOf(node) {
  return ts.getJSDocCommentsAndTags(node).map(({ comment }) => (typeof comment === 'string' ? comment : '')).join(' ').replace(/\s+/g, ' ').trim();
}

/** Declarations of a TypeScript file by name. */
function declarationsOf(root, path) {
  const text = readFileSync(join(root, path), 'utf8');
  const file = ts.createSourceFile(path, text, ts.ScriptTarget.Latest, true);
  return { file, byName: new Map(file.statements.filter(({ name }) => name !== undefined).map((statement) => [statement.name.text, statement])) };
}

function optionsOf(title, { file, byName }, name, headings) {
  const members = byName.get(name).members.filter(({ name: member }) => member !== undefined);
  headings.push({ id: name, text: title });
  const comment = commentOf(byName.get(name));
  return `<h2 id="${name}"><a href="#${name}">${title}</a></h2>\n${comment === '' ? '' : `<p>${inline(comment)}</p>\n`}` +
    table(['Option', 'Type', 'Meaning'], members.map((member) => [code(member.name.text), code(member.type?.getText(file) ?? ''), inline(commentOf(member))]));
}

/** Each way of a union with the comment in front of it. */
function credentialsOf({ file, byName }, headings) {
  headings.push({ id: 'Credentials', text: 'Credentials' });
  const source = file.getFullText();
  const { type: union } = byName.get('Credentials');
  // A comment stands before the bar, and so before the type that it is of.
  const rows = union.types.map((type, index) => {
    const between = source.slice(union.types[index - 1]?.getEnd() ?? union.getFullStart(), type.getStart(file));
    const said = [...between.matchAll(/\/\*\*([^]*?)\*\//g)].map(([, comment]) => comment.replace(/^\s*\* ?/gm, '')).join(' ').replace(/\s+/g, ' ').trim();
    return [code(type.getText(file).replace(/\s+/g, ' ')), inline(said)];
  });
  return `<h2 id="Credentials"><a href="#Credentials">Credentials</a></h2>\n${table(['Credentials', 'What they are'], rows)}`;
}

function functionsOf({ file, byName }, headings) {
  headings.push({ id: 'functions', text: 'Functions' });
  const exported = [...byName.values()].filter((node) => ts.isFunctionDeclaration(node) && node.modifiers?.some(({ kind }) => kind === ts.SyntaxKind.ExportKeyword));
  const rows = exported.map((node) => {
    const parameters = node.parameters.map((parameter) => parameter.getText(file)).join(', ');
    return [code(`${node.name.text}(${parameters}): ${node.type?.getText(file) ?? 'void'}`), inline(commentOf(node))];
  });
  return `<h2 id="functions"><a href="#functions">Functions</a></h2>\n<p>Exports of <code>pagerduty-card.js</code>.</p>\n${table(['Function', 'What it does'], rows)}`;
}

/** `web`: the folder of the sources. `manifest`: custom-elements.json. Returns {html, title, headings, anchors}. */
export function makeReference(web, manifest) {
  const headings = [];
  const elements = manifest.modules.flatMap(({ declarations = [] }) => declarations).filter(({ tagName }) => tagName !== undefined);
  const html = `<h1 id="api-reference">API reference</h1>\n<p>Made from the source: what is here is what ships.</p>\n` +
    elements.map((element) => elementOf(element, headings)).join('') +
    functionsOf(declarationsOf(web, 'src/entries/element.ts'), headings) +
    optionsOf('Options of configure()', declarationsOf(web, 'src/element/page.ts'), 'PageOptions', headings) +
    optionsOf('Options of an account', declarationsOf(web, 'src/transport/accounts.ts'), 'AccountOptions', headings) +
    credentialsOf(declarationsOf(web, 'src/transport/credentials.ts'), headings) +
    optionsOf('An OAuth application', declarationsOf(web, 'src/oauth/application.ts'), 'Application', headings);
  return { html, title: 'API reference', headings, anchors: new Set([...html.matchAll(/ id="([^"]+)"/g)].map(([, id]) => id)), links: [], isLive: false };
}
