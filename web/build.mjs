// Bundles what ships into web/dist: the ES modules with their source maps, the WebAssembly module, the languages, the types,
// and what says what is in it: custom-elements.json, sbom.cdx.json, integrity.json.
// PDC_WASM_DIR: where CMake has linked pdc.wasm (default: the wasm-release build).
import { execFileSync } from 'node:child_process';
import { createHash } from 'node:crypto';
import { copyFileSync, cpSync, existsSync, mkdirSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import { join, resolve } from 'node:path';
import { build, transform } from 'esbuild';
import { firstRequests } from './first-requests.mjs';
import { asModule, asScript, embed, filesInside } from './inline.mjs';
import { CARD, checkLanguage, compileLanguage, digestOf, languageTags, readLanguage, readTable, SETTINGS } from './languages.mjs';
import { makeManifest } from './manifest.mjs';
import { licenceTexts, makeSbom, thirdParty } from './third-party.mjs';

const web = import.meta.dirname;
const wasmDir = resolve(process.env.PDC_WASM_DIR ?? join(web, '../build/wasm-release/wasm/abi'));
const dist = join(web, 'dist');
const TARGET = 'es2022';

if (!existsSync(join(wasmDir, 'pdc.wasm'))) {
  console.error(`error: there is no pdc.wasm in ${wasmDir}\n       Run ./run build, which compiles it first.`);
  process.exit(1);
}
const unknown = WebAssembly.Module.imports(new WebAssembly.Module(readFileSync(join(wasmDir, 'pdc.wasm')))).filter(({ module }) => module !== 'host');
if (unknown.length > 0) {
  console.error(`error: pdc.wasm imports ${unknown.map(({ name }) => name).join(', ')}, which src/runtime/engine.ts does not provide\n` +
    '       Do without what calls it in C++: usually output, files, clocks or exit().');
  process.exit(1);
}

/** A style sheet is imported as its minified text. */
const styleSheets = {
  name: 'style sheets',
  setup({ onLoad }) {
    onLoad({ filter: /\.css$/ }, async ({ path }) => {
      const { code } = await transform(readFileSync(path, 'utf8'), { loader: 'css', minify: true, target: TARGET });
      return { contents: code.trim(), loader: 'text' };
    });
  },
};

/** Maps of packages lead to sources that those do not bring along; ours end at what was bundled. */
const mapsOfPackages = {
  name: 'maps of packages',
  setup({ onLoad }) {
    onLoad({ filter: /\/node_modules\/.*\.js$/ }, ({ path }) => ({ contents: readFileSync(path, 'utf8').replace(/^\/\/# sourceMappingURL=.*$/m, '') }));
  },
};

/** The component shares the element of the page's other modules: it imports the file that ships. */
const cardApart = {
  name: 'card apart',
  setup({ onResolve }) {
    onResolve({ filter: /^\.\.\/index\.js$/ }, () => ({ path: './pagerduty-card.js', external: true }));
  },
};

/** esbuild drops comments; what it kept in place of one is as long, so that source maps hold. */
const IGNORED = '/*webpackIgnore:true*//*@vite-ignore*/';
const ignoredHere = 'PDC_AS_IT_IS'.padEnd(IGNORED.length, '_');
const commentsForBundlers = {
  name: 'comments for bundlers',
  setup({ onEnd }) {
    onEnd(({ outputFiles }) => {
      for (const { path, text } of outputFiles) writeFileSync(path, path.endsWith('.js') ? text.replaceAll(`${ignoredHere}(`, `${IGNORED}(`) : text);
    });
  },
};

const settingsTable = readTable(SETTINGS);
const languages = [CARD, SETTINGS].flatMap((what) => languageTags(what).map((tag) => ({ what, tag, table: readTable(what), texts: readLanguage(tag, what) })));
const problems = languages.flatMap(({ what, tag, table, texts }) => checkLanguage(tag, texts, table, what).map((problem) => `${what.prefix}${tag}.json: ${problem}`));
// What a language lacks is said in English; `./run lint languages` does not let it pass.
for (const problem of problems) console.warn(`warning: ${problem}`);

rmSync(dist, { recursive: true, force: true });
mkdirSync(join(dist, 'languages'), { recursive: true });
/** What the bundles have in common. */
const options = {
  absWorkingDir: web,
  outdir: dist,
  bundle: true,
  format: 'esm',
  target: TARGET,
  minify: true,
  sourcemap: 'linked',
  sourcesContent: true,
  legalComments: 'none',
  define: {
    PDC_AS_IT_IS: ignoredHere,
    PDC_LANGUAGES: JSON.stringify(languageTags()),
    PDC_SETTINGS_TEXTS: JSON.stringify(settingsTable.map(({ english }) => english)),
    PDC_SETTINGS_DIGEST: String(digestOf(settingsTable)),
    PDC_FIRST_REQUESTS: JSON.stringify(await firstRequests(readFileSync(join(wasmDir, 'pdc.wasm')))),
  },
  write: false,
};
const { metafile } = await build({
  ...options,
  // What signs in is a module of its own, which the first loads when somebody does. That without registration is for bundlers: the
  // first does not import it, so that a page without one has one request less.
  entryPoints: {
    'pagerduty-card': 'src/index.ts',
    'pagerduty-card.element': 'src/entries/element.ts',
    'pagerduty-card.oauth': 'src/oauth/oauth.ts',
    'pagerduty-card.react': 'src/entries/react.ts',
    'pagerduty-settings': 'src/settings/settings.ts',
  },
  external: ['react'],
  metafile: true,
  plugins: [styleSheets, mapsOfPackages, cardApart, commentsForBundlers],
});
for (const part of ['', '.more', '.entity', '.tabs', '.yaml', '.settings']) copyFileSync(join(wasmDir, `pdc${part}.wasm`), join(dist, `pagerduty-card${part}.wasm`));
cpSync(join(web, 'static'), dist, { recursive: true });
for (const { what, tag, table, texts } of languages) writeFileSync(join(dist, 'languages', `${what.prefix}${tag}.json`), compileLanguage(texts, table, what));

// A bundler that renames files brings along those whose address stands in the code.
for (const { what, tag } of languages) {
  const [code, address] = [what === CARD ? 'pagerduty-card.js' : 'pagerduty-settings.js', `./languages/${what.prefix}${tag}.json`];
  if (readFileSync(join(dist, code), 'utf8').includes(`new URL("${address}",import.meta.url)`)) continue;
  console.error(`error: ${code} does not name ${address}\n       Add it in src/runtime/files.ts or, for the settings page, in src/settings/texts.ts.`);
  process.exit(1);
}

// The same with all files in one: to be imported, and for a <script> of any kind.
const embedded = readdirSync(dist, { recursive: true }).filter((file) => /\.wasm$|^languages.*\.json$/.test(file)).sort();
for (const form of [asModule, asScript]) {
  await build({ ...options, ...embed(form, dist, embedded, options), plugins: [styleSheets, mapsOfPackages, filesInside, commentsForBundlers] });
}

const tsc = join(createRequire(import.meta.url).resolve('typescript/package.json'), '../bin/tsc');
execFileSync(process.execPath, [tsc, '-p', web, '--emitDeclarationOnly', '--outDir', join(dist, 'types')], { stdio: 'inherit' });
const declarations = { 'pagerduty-card': 'index', 'pagerduty-card.element': 'entries/element', 'pagerduty-card.inline': 'entries/inline', 'pagerduty-card.react': 'entries/react', 'pagerduty-settings': 'settings/settings' };
for (const [file, module] of Object.entries(declarations)) writeFileSync(join(dist, `${file}.d.ts`), `export * from './types/${module}.js';\n`);
writeFileSync(join(dist, 'custom-elements.json'), `${JSON.stringify(makeManifest(), undefined, 1)}\n`);
const bundled = new Set(Object.keys(metafile.inputs).flatMap((path) => /^node_modules\/(?:@[^/]+\/)?[^/]+/.exec(path) ?? []));
const components = thirdParty([...bundled].sort().map((folder) => join(web, folder)), join(wasmDir, '../..'));
writeFileSync(join(dist, 'sbom.cdx.json'), `${JSON.stringify(makeSbom(components, JSON.parse(readFileSync(join(web, 'package.json'), 'utf8'))), undefined, 1)}\n`);
writeFileSync(join(dist, 'THIRD-PARTY-LICENSES.txt'), licenceTexts(components));
copyFileSync(join(web, '../LICENSE'), join(dist, 'LICENSE'));

/** For `integrity` attributes, and for whoever checks what was deployed. */
const digests = readdirSync(dist, { recursive: true }).filter((file) => /\.(js|wasm|html)$|^languages.*\.json$/.test(file)).sort()
  .map((file) => [file, `sha384-${createHash('sha384').update(readFileSync(join(dist, file))).digest('base64')}`]);
writeFileSync(join(dist, 'integrity.json'), `${JSON.stringify(Object.fromEntries(digests), undefined, 1)}\n`);
