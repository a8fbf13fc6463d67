// The shell of every page: head, bar, navigation. All addresses are relative, so that the site works below any path.

/** The pages of the bar, in its order: file -> name. */
export const kPages = [
  ['index.html', 'Overview'],
  ['quick-start.html', 'Docs'],
  ['playground.html', 'Playground'],
  ['gallery.html', 'Gallery'],
  ['settings.html', 'Settings'],
];

export const escape = (text) => text.replace(/[&<>"]/g, (character) => ({ '&': '&amp;', '<': '&lt;', '>': '&gt;', '"': '&quot;' })[character]);

const kTheme = `<fieldset class="choice">
  <legend class="unseen">Theme</legend>
  <label><input type="radio" name="theme" value="auto" checked><span>Auto</span></label>
  <label><input type="radio" name="theme" value="light"><span>Light</span></label>
  <label><input type="radio" name="theme" value="dark"><span>Dark</span></label>
</fieldset>`;

/** The strictest policy that the card works under, for hosts that send none. */
const kPolicy = "default-src 'none'; script-src 'self' 'wasm-unsafe-eval'; connect-src 'self'; style-src 'self'; img-src 'self'; base-uri 'none'; form-action 'none'";

const listOf = (text = '') => text.split(/\s+/).filter((word) => word !== '');
const linkTo = (current) => ([file, name]) => `<a href="./${file}"${file === current ? ' aria-current="page"' : ''}>${name}</a>`;

/**
 * A whole page. `front`: title, description, and where it has them: class of its body, more styles and scripts. `current`: the page of the bar
 * that it belongs to. `controls`: in place of the choice of a theme.
 */
export function layout({ front, main, current, controls = kTheme }) {
  const styles = ['site.css', ...listOf(front.styles)].map((file) => `<link rel="stylesheet" href="./${file}">`);
  const scripts = listOf(front.scripts).map((file) => `<script type="module" src="./${file}"></script>`);
  return `<!doctype html>
<html lang="en" data-theme="auto">
<head>
  <meta charset="utf-8">
  <meta http-equiv="Content-Security-Policy" content="${kPolicy}">
  <meta name="viewport" content="width=device-width, initial-scale=1">
  <meta name="description" content="${escape(front.description)}">
  <meta name="color-scheme" content="light dark">
  <title>${escape(front.title)}</title>
  <link rel="icon" href="./icon.svg" type="image/svg+xml">
  ${styles.join('\n  ')}
  <link rel="modulepreload" href="./dist/pagerduty-card.js">
  <script src="./shell.js"></script>
  ${scripts.join('\n  ')}
</head>
<body${front.class ? ` class="${front.class}"` : ''}>
<a class="skip" href="#main">Skip to content</a>
<header class="bar">
<p class="name"><img src="./icon.svg" alt="" width="24" height="24">pagerduty-card</p>
<nav class="pages" aria-label="Pages">
  ${kPages.map(linkTo(current)).join('\n  ')}
</nav>
${controls}
</header>
<main id="main">
${main}</main>
<footer class="bar">
<p>All services, people and incidents on this page are made up. PagerDuty is simulated in your browser; nothing is sent anywhere.</p>
</footer>
</body>
</html>
`;
}
