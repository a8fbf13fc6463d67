// custom-elements.json: the elements' public contract for editors, catalogues and documentation, read from their doc comments
// (Custom Elements Manifest 2.1, https://github.com/webcomponents/custom-elements-manifest). build.mjs writes it.
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { create, ts } from '@custom-elements-manifest/analyzer';

const ELEMENTS = [
  { tag: 'pagerduty-card', source: 'src/element/pagerduty-card.ts', module: 'dist/pagerduty-card.js', alsoIn: ['dist/pagerduty-card.element.js'] },
  { tag: 'pagerduty-settings', source: 'src/settings/pagerduty-settings.ts', module: 'dist/pagerduty-settings.js', alsoIn: [] },
];

const read = (file) => readFileSync(join(import.meta.dirname, file), 'utf8');
const camelCase = (kebab) => kebab.replace(/-([a-z])/g, (_, letter) => letter.toUpperCase());
/** The property that reflects an attribute; `refresh` is a method. */
const propertyOf = (attribute) => (attribute === 'refresh' ? 'refreshInterval' : camelCase(attribute));

/** The colours that a page may set, as `web/src/element/appearance.ts` reads them. */
function colorTokens() {
  const [, list] = /COLOR_TOKENS = \[([^\]]*)\]/.exec(read('src/element/appearance.ts'));
  return list.match(/[a-z-]+/g).map((token) => ({ name: `--pd-${token}`, description: 'a colour of the theme', syntax: '<color>' }));
}

const isPublic = ({ name, privacy }) => privacy === undefined && !name.startsWith('#');

function declarationOf(found, isCard) {
  const { members, attributes, events, cssProperties, ...rest } = found;
  const own = members.filter(isPublic);
  const reflecting = isCard ? attributes.map(({ name, type, description }) => ({
    kind: 'field', name: propertyOf(name), attribute: name, reflects: true, type: { text: type.text === 'boolean' ? 'boolean' : 'string' }, description,
  })) : [];
  return {
    ...rest,
    superclass: { name: 'HTMLElement' },
    members: [...own, ...reflecting],
    attributes: attributes.map((attribute) => ({ ...attribute, ...(isCard && { fieldName: propertyOf(attribute.name) }) })),
    // The analyzer adds what it takes for names where events are dispatched.
    events: events.filter(({ name }) => name?.startsWith('pd-')).map((event) => ({ ...event, type: { text: 'CustomEvent' } })),
    cssProperties: [...(cssProperties ?? []), ...colorTokens()],
  };
}

export function makeManifest() {
  const { modules } = create({ modules: ELEMENTS.map(({ source }) => ts.createSourceFile(source, read(source), ts.ScriptTarget.ES2022, true)) });
  return {
    schemaVersion: '2.1.0',
    readme: 'README.md',
    modules: ELEMENTS.flatMap(({ tag, source, module, alsoIn }) => {
      const found = modules.find(({ path }) => path === source).declarations.find(({ tagName }) => tagName === tag);
      const declaration = { name: found.name, module };
      const exported = { kind: 'js', name: found.name, declaration };
      const of = (path, declarations, exports) => ({ kind: 'javascript-module', path, declarations, exports });
      return [
        of(module, [declarationOf(found, tag === 'pagerduty-card')], [exported, { kind: 'custom-element-definition', name: tag, declaration }]),
        ...alsoIn.map((path) => of(path, [], [exported])),
      ];
    }),
  };
}
