// Documents of the repository as articles: headings with anchors as GitHub gives them, links between documents as links between
// pages, and examples marked "live" at work below their text.
import { posix } from 'node:path';
import { Marked } from 'marked';
import { escape } from './layout.mjs';

/** What a heading is called in an address. */
const slugOf = (text) => text.toLowerCase().replace(/[^\p{L}\p{N}\s_-]/gu, '').trim().replace(/\s/g, '-');
const plain = (html) => html.replace(/<[^>]+>/g, '').replace(/&amp;/g, '&').replace(/&lt;/g, '<').replace(/&gt;/g, '>').replace(/&quot;/g, '"').replace(/&#39;/g, "'");

/**
 * `source`: its path in the repository. `pageOf`: path of a document -> file of the site, or undefined. Returns {html, title, headings: [{id,
 * text}] of the second level, anchors, links: [{file, anchor, text}] to pages of the site, isLive}.
 */
export function readDocument(text, source, pageOf) {
  const found = { title: '', headings: [], anchors: new Set(), links: [], isLive: false };
  const renderer = {
    heading({ tokens, depth }) {
      const html = this.parser.parseInline(tokens);
      const base = slugOf(plain(html));
      let id = base;
      for (let count = 1; found.anchors.has(id); ++count) id = `${base}-${count}`;
      found.anchors.add(id);
      if (depth === 1) found.title ||= plain(html);
      if (depth === 2) found.headings.push({ id, text: plain(html) });
      return depth === 1 ? `<h1 id="${id}">${html}</h1>\n` : `<h${depth} id="${id}"><a href="#${id}">${html}</a></h${depth}>\n`;
    },
    link({ href, tokens }) {
      const html = this.parser.parseInline(tokens);
      if (/^[a-z]+:/.test(href)) return `<a href="${escape(href)}" rel="noreferrer">${html}</a>`;
      const [path, anchor = ''] = href.split('#');
      const target = path === '' ? source : posix.normalize(posix.join(posix.dirname(source), path));
      const file = pageOf(target);
      // A file of the repository that is no page: its name is what somebody needs.
      if (file === undefined) return html;
      found.links.push({ file, anchor, text: plain(html) });
      return `<a href="${path === '' ? '' : `./${file}`}${anchor === '' ? '' : `#${anchor}`}">${html}</a>`;
    },
    code({ text: code, lang = '' }) {
      const [language = '', ...words] = lang.split(/\s+/);
      const shown = `<pre tabindex="0"><code${language === '' ? '' : ` class="language-${escape(language)}"`}>${escape(code)}</code></pre>\n`;
      if (!words.includes('live')) return shown;
      found.isLive = true;
      return language === 'css' ? `${shown}<script type="text/css" class="live">${code.replaceAll('</', '<\\/')}</script>\n` : `<div class="example">${shown}<div class="live">${code}</div></div>\n`;
    },
    table(token) {
      const cell = (tag) => ({ tokens }) => `<${tag}>${this.parser.parseInline(tokens)}</${tag}>`;
      const isNamed = token.header.some(({ text: head }) => head !== '');
      // A corner without words is no heading.
      const heads = token.header.map((one) => cell(one.text === '' ? 'td' : 'th')(one));
      const head = isNamed ? `<thead><tr>${heads.join('')}</tr></thead>` : '';
      const rows = token.rows.map((row) => `<tr>${row.map((one, index) => cell(index === 0 && !isNamed ? 'th' : 'td')(one)).join('')}</tr>`);
      return `<div class="table" tabindex="0" role="group" aria-label="Table"><table>${head}<tbody>${rows.join('')}</tbody></table></div>\n`;
    },
    html: ({ text: html }) => (/^<!--/.test(html) ? '' : escape(html)),
  };
  const html = new Marked({ renderer }).parse(text);
  return { html, ...found };
}
