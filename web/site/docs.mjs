// Which documents are pages, and in which order somebody reads them.

/** title of a group -> [file of the site, file of the repository or undefined where it is generated, name]. */
export const kDocs = [
  ['Start', [
    ['quick-start.html', 'docs/quick-start.md', 'Quick start'],
    ['embedding.html', 'docs/embedding.md', 'Embedding'],
    ['theming.html', 'docs/theming.md', 'Theming'],
    ['languages.html', 'docs/languages.md', 'Languages'],
  ]],
  ['Connect', [
    ['connecting.html', 'docs/connecting.md', 'Connecting'],
    ['sign-in.html', 'docs/sign-in.md', 'Sign-in'],
    ['proxy.html', 'docs/proxy.md', 'Proxy'],
  ]],
  ['Reference', [
    ['reference.html', undefined, 'API reference'],
    ['facts.html', 'docs/facts.md', 'Facts'],
    ['keyboard.html', 'docs/keyboard.md', 'Keyboard'],
  ]],
  ['Help', [
    ['troubleshooting.html', 'docs/troubleshooting.md', 'Troubleshooting'],
    ['security.html', 'SECURITY.md', 'Security'],
  ]],
  ['Inside', [
    ['architecture.html', 'ARCHITECTURE.md', 'Architecture'],
    ['contributing.html', 'CONTRIBUTING.md', 'Contributing'],
    ['changelog.html', 'CHANGELOG.md', 'Changelog'],
  ]],
];
