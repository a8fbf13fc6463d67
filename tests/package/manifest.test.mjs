// custom-elements.json of the packed package says what the elements are: compared with the element that runs.
import assert from 'node:assert/strict';
import { after, before, test } from 'node:test';
import { existsSync, readFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import { join } from 'node:path';
import { openWorkshop, shipped, web } from './workshop.mjs';

/** Watched to be refused. */
const kSecrets = /token|secret|password|authorization|credentials|api[-_]?key/i;
const kTags = ['pagerduty-card', 'pagerduty-settings'];

let workshop;
let portal;
let manifest;
before(() => {
  workshop = openWorkshop();
  portal = workshop.install();
  manifest = JSON.parse(readFileSync(shipped(portal, 'custom-elements.json'), 'utf8'));
});
after(() => workshop?.close());

const declarationOf = (tag) => manifest.modules.flatMap(({ declarations }) => declarations).find(({ tagName }) => tagName === tag);
const names = (list) => (list ?? []).map(({ name }) => name).sort();
const classOf = async (tag) => {
  const module = await import(shipped(portal, `${tag}.js`));
  return tag === 'pagerduty-card' ? module.PagerDutyCard : module.PagerDutySettings;
};

for (const tag of kTags) {
  test(`<${tag}>: every attribute that it watches is there`, async () => {
    const { observedAttributes } = await classOf(tag);
    const attributes = names(declarationOf(tag).attributes);
    assert.deepEqual(observedAttributes.filter((name) => !kSecrets.test(name) && !attributes.includes(name)), []);
  });

  test(`<${tag}>: every property and method of its class is there, with what it says of itself`, async () => {
    const { prototype } = await classOf(tag);
    const members = declarationOf(tag).members;
    const own = Object.getOwnPropertyNames(prototype).filter((name) => !/^constructor$|Callback$/.test(name));
    assert.deepEqual(own.filter((name) => !members.some((member) => member.name === name)), []);
    const described = names(members.filter(({ name, static: isStatic }) => isStatic !== true && name !== 'lang'));
    assert.deepEqual(described, own.sort());
  });

  test(`<${tag}>: every event that its sources dispatch is there`, () => {
    const source = JSON.parse(readFileSync(shipped(portal, `${tag}.js.map`), 'utf8'));
    const folder = tag === 'pagerduty-card' ? /src\/element\// : /src\/settings\//;
    const code = source.sourcesContent.filter((_, index) => folder.test(source.sources[index])).join('\n');
    const dispatched = [...code.matchAll(/(?:dispatch|CustomEvent)\('(pd-[a-z-]+)'/g)].map(([, name]) => name);
    assert.deepEqual(names(declarationOf(tag).events), [...new Set(dispatched)].sort());
  });
}

test('what is private stays out', () => {
  const members = manifest.modules.flatMap(({ declarations }) => declarations).flatMap((declaration) => declaration.members);
  assert.deepEqual(members.filter(({ name, privacy }) => name.startsWith('#') || privacy !== undefined || /^(kit|shared|ready)$/.test(name)), []);
});

test('its modules are files of the package, which says where it is', () => {
  const { customElements } = JSON.parse(readFileSync(join(shipped(portal), '../package.json'), 'utf8'));
  for (const path of [customElements, ...manifest.modules.map((module) => module.path)]) assert.ok(existsSync(join(shipped(portal), '..', path)), path);
});

test('it is what the schema asks for', () => {
  const require = createRequire(join(web, 'package.json'));
  const Ajv = require('ajv');
  const ajv = new Ajv({ allErrors: true });
  const isValid = ajv.compile(require('custom-elements-manifest/schema.json'));
  assert.deepEqual([isValid(manifest), isValid.errors], [true, null]);
  assert.equal(isValid({ ...manifest, modules: [{ kind: 'javascript-module' }] }), false);
});
