// What ships can be checked: the same sources make the same bytes, each file has a digest that a browser takes, and what of others is
// in it is named.
import assert from 'node:assert/strict';
import { execFileSync } from 'node:child_process';
import { createHash } from 'node:crypto';
import { SourceMap } from 'node:module';
import { after, before, test } from 'node:test';
import { cpSync, mkdirSync, mkdtempSync, readFileSync, readdirSync, rmSync, symlinkSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { basename, join } from 'node:path';
import { openStage } from '../browser/harness.mjs';
import { openWorkshop, pagesIn, shipped, web } from './workshop.mjs';

const root = join(web, '..');
const page = (integrity) => `<!doctype html><html lang="en"><head><title>test</title><link rel="icon" href="/icon.svg">
<script type="module" src="/package/pagerduty-card.js" integrity="${integrity}"></script></head><body><main></main></body></html>`;

let workshop;
let dist;
let integrity;
let stage;
before(async () => {
  workshop = openWorkshop();
  dist = shipped(workshop.install());
  integrity = JSON.parse(readFileSync(join(dist, 'integrity.json'), 'utf8'));
  const wrong = integrity['pagerduty-settings.js'];
  stage = await openStage({ pages: { ...pagesIn(dist, '/package/'), '/right.html': page(integrity['pagerduty-card.js']), '/wrong.html': page(wrong) } });
});
after(async () => {
  await stage?.close();
  workshop?.close();
});

const filesOf = (folder) => readdirSync(folder, { recursive: true, withFileTypes: true }).filter((entry) => entry.isFile())
  .map(({ parentPath, name }) => join(parentPath, name).slice(folder.length + 1)).sort();
const sha = (file, kind = 'sha256', form = 'hex') => createHash(kind).update(readFileSync(file)).digest(form);

test('a second build, in another folder, makes the same bytes, and the same tarball', () => {
  const copy = mkdtempSync(join(tmpdir(), 'pagerduty-card-rebuild-'));
  try {
    const left = new Set(['node_modules', 'dist', '.types', 'demo'].map((name) => join(web, name)));
    cpSync(web, join(copy, 'web'), { recursive: true, filter: (from) => !left.has(from) });
    for (const file of ['LICENSE', 'cmake/pins.txt', 'shared/base/texts.def', 'shared/settings/texts.def']) cpSync(join(root, file), join(copy, file), { recursive: true });
    // What is bundled lies there itself, as links would be followed to another path.
    mkdirSync(join(copy, 'web/node_modules'));
    for (const name of readdirSync(join(web, 'node_modules'))) {
      const [from, to] = [join(web, 'node_modules', name), join(copy, 'web/node_modules', name)];
      if (name === 'oauth4webapi') cpSync(from, to, { recursive: true });
      else symlinkSync(from, to);
    }
    const wasm = process.env.PDC_WASM_DIR ?? join(root, 'build/wasm-release/wasm/abi');
    execFileSync(process.execPath, ['build.mjs'], { cwd: join(copy, 'web'), env: { ...process.env, PDC_WASM_DIR: wasm }, stdio: 'pipe' });
    const [first, second] = [join(web, 'dist'), join(copy, 'web/dist')];
    assert.deepEqual(filesOf(second), filesOf(first));
    assert.deepEqual(filesOf(first).filter((file) => sha(join(first, file)) !== sha(join(second, file))), []);
    const packed = [web, join(copy, 'web')].map((cwd) => JSON.parse(execFileSync('npm', ['pack', '--json', '--dry-run'], { cwd, encoding: 'utf8' }))[0].integrity);
    assert.equal(packed[1], packed[0]);
  } finally {
    rmSync(copy, { recursive: true, force: true });
  }
});

test('what ships names no folder of the machine that made it', () => {
  const inside = [process.env.HOME, root].filter((folder) => folder !== undefined && folder.length > 1);
  const bytes = (file) => readFileSync(join(dist, file), 'latin1');
  assert.deepEqual(filesOf(dist).filter((file) => inside.some((folder) => bytes(file).includes(folder))), []);
});

test('integrity.json has the digest of every file that a page loads', () => {
  const loaded = filesOf(dist).filter((file) => /\.(js|wasm|html)$/.test(file) || file.startsWith('languages/'));
  assert.deepEqual(Object.keys(integrity).sort(), loaded);
  for (const file of loaded) assert.equal(integrity[file], `sha384-${sha(join(dist, file), 'sha384', 'base64')}`);
});

test('a browser runs the card with its digest, and not with another one', async () => {
  await stage.page({ path: '/right.html' });
  const refused = await stage.page({ path: '/wrong.html', isRegistered: false, expects: [/digest|integrity/i] });
  assert.equal(await refused.evaluate(() => customElements.get('pagerduty-card')), undefined);
});

test('every source map has the text of what it maps', () => {
  const maps = filesOf(dist).filter((file) => file.endsWith('.js.map'));
  assert.ok(maps.length > 0);
  for (const file of maps) {
    const { sources, sourcesContent } = JSON.parse(readFileSync(join(dist, file), 'utf8'));
    assert.deepEqual(sources.filter((_, index) => typeof sourcesContent[index] !== 'string'), [], basename(file));
  }
});

/** Texts that stand once in what is bundled, and once in its source. */
const kTexts = {
  'pagerduty-card.js': ['wasmUrl must be configured before the first card starts', 'an attribute may only name this origin or this machine'],
  'pagerduty-card.element.js': ['wasmUrl must be configured before the first card starts'],
  'pagerduty-card.inline.js': ['wasmUrl must be configured before the first card starts', 'pagerduty-settings: the settings that were saved cannot be used', 'redirectUri is no address of the origin of this page'],
  'pagerduty-card.classic.js': ['wasmUrl must be configured before the first card starts', 'pagerduty-settings: the settings that were saved cannot be used', 'redirectUri is no address of the origin of this page'],
  'pagerduty-card.oauth.js': ['redirectUri is no address of the origin of this page'],
  'pagerduty-card.react.js': ['onPdAuthRequired'],
  'pagerduty-settings.js': ['pagerduty-settings: the settings that were saved cannot be used'],
};
for (const [file, texts] of Object.entries(kTexts)) {
  test(`the source map of ${file} leads to where a text stands in its source`, () => {
    const code = readFileSync(join(dist, file), 'utf8');
    const [, name] = /\/\/# sourceMappingURL=(\S+)\s*$/.exec(code);
    const payload = JSON.parse(readFileSync(join(dist, name), 'utf8'));
    const map = new SourceMap(payload);
    for (const text of texts) {
      const before = code.slice(0, code.indexOf(text)).split('\n');
      const { originalSource, originalLine } = map.findEntry(before.length - 1, before.at(-1).length);
      const source = payload.sourcesContent[payload.sources.indexOf(originalSource)];
      assert.ok(source.split('\n')[originalLine].includes(text), `${text}: ${originalSource}:${originalLine + 1}`);
    }
  });
}

test('the bill of materials names what is bundled and linked, each with its licence, and its licence is there', () => {
  const sbom = JSON.parse(readFileSync(join(dist, 'sbom.cdx.json'), 'utf8'));
  assert.deepEqual([sbom.bomFormat, sbom.specVersion], ['CycloneDX', '1.6']);
  const refs = sbom.components.map((component) => component['bom-ref']);
  assert.equal(new Set(refs).size, refs.length);
  assert.deepEqual(sbom.dependencies[0].dependsOn, refs);
  for (const component of sbom.components) {
    assert.match(component.version, /^\d+\.\d+/, component.name);
    assert.ok(component.licenses[0].license?.id ?? component.licenses[0].expression, component.name);
  }
  // Found in the bundles, not in the list that made the document.
  const inBundles = filesOf(dist).filter((file) => file.endsWith('.js.map')).flatMap((file) => JSON.parse(readFileSync(join(dist, file), 'utf8')).sources)
    .flatMap((source) => /node_modules\/((?:@[^/]+\/)?[^/]+)/.exec(source)?.[1] ?? []);
  const named = new Set(sbom.components.map(({ name }) => name));
  assert.ok(inBundles.length > 0);
  assert.deepEqual(inBundles.filter((name) => !named.has(name)), []);
  const texts = readFileSync(join(dist, 'THIRD-PARTY-LICENSES.txt'), 'utf8');
  assert.deepEqual(sbom.components.filter(({ name, version }) => !texts.includes(`${name} ${version}`)), []);
});
