// Where the package is used as a portal uses it: packed once, installed into a folder of its own, built by each bundler.
//
//   const workshop = openWorkshop();
//   const portal = workshop.install({ apps: ['main.js'], libraries: 'react-19' });   // a folder with node_modules/pagerduty-card
//   await bundlers.vite(portal, 'main.js');                                          // fills portal/out
//   const pages = pagesIn(join(portal, 'out'), '/vite/');                            // for openStage()
import { execFileSync, spawnSync } from 'node:child_process';
import { createHash } from 'node:crypto';
import { cpSync, existsSync, mkdirSync, mkdtempSync, readFileSync, readdirSync, rmSync, symlinkSync, writeFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import { homedir, tmpdir } from 'node:os';
import { dirname, extname, join } from 'node:path';
import { pathToFileURL } from 'node:url';

const here = import.meta.dirname;
export const web = join(here, '../../web');
const cache = join(process.env.XDG_CACHE_HOME ?? join(homedir(), '.cache'), 'pagerduty-card/package-tests');

/** Where tools/setup/package-tests.sh has put the npm packages of a folder of tests/package. */
function librariesOf(name) {
  const digest = createHash('sha256').update(readFileSync(join(here, name, 'package-lock.json'))).digest('hex');
  return join(cache, `${name}-${digest.slice(0, 16)}`);
}

export function openWorkshop() {
  const root = mkdtempSync(join(tmpdir(), 'pagerduty-card-package-'));
  const [{ filename, files }] = JSON.parse(execFileSync('npm', ['pack', '--json', '--pack-destination', root], { cwd: web, encoding: 'utf8' }));
  const portals = [];
  const close = () => [...portals, root].forEach((folder) => rmSync(folder, { recursive: true, force: true }));
  // Also after a test whose own end failed.
  process.once('exit', close);
  return {
    tarball: join(root, filename),
    /** What the tarball holds: paths. */
    files: files.map(({ path }) => path),
    /**
     * A portal's folder with the package installed; `apps`: files of tests/package/apps; `libraries`: a folder of tests/package whose npm
     * packages it has; `fixture`: one whose app it has, with what docs/embedding.md says of it. Then it lies beside those packages, as some
     * tools follow no links.
     */
    install({ apps = [], fixture, libraries } = {}) {
      const portal = mkdtempSync(join(fixture === undefined ? root : librariesOf(fixture), 'portal-'));
      portals.push(portal);
      writeFileSync(join(portal, 'package.json'), JSON.stringify({ name: 'portal', private: true, type: 'module' }));
      execFileSync('npm', ['install', '--offline', '--no-audit', '--no-fund', '--no-save', '--loglevel=error', join(root, filename)], { cwd: portal });
      for (const app of apps) cpSync(join(here, 'apps', app), join(portal, app));
      if (fixture !== undefined) {
        cpSync(join(here, fixture, 'app'), portal, { recursive: true });
        for (const [file, text] of documented(fixture)) {
          mkdirSync(dirname(join(portal, file)), { recursive: true });
          writeFileSync(join(portal, file), text);
        }
      }
      const from = libraries === undefined ? undefined : join(librariesOf(libraries), 'node_modules');
      for (const name of from === undefined ? [] : readdirSync(from)) {
        if (!name.startsWith('.')) symlinkSync(join(from, name), join(portal, 'node_modules', name));
      }
      return portal;
    },
    close,
  };
}

const guide = readFileSync(join(here, '../../docs/embedding.md'), 'utf8');
/** The files that docs/embedding.md has for a fixture, and those for all of them: path -> text. */
export function documented(fixture) {
  const blocks = [...guide.matchAll(/^<!-- file: (\S+) -->\n```\w*\n([^]*?)^```$/gm)].map(([, path, text]) => [path, text]);
  const own = blocks.filter(([path]) => path.startsWith(`${fixture}/`));
  if (own.length === 0) throw new Error(`docs/embedding.md has no file for ${fixture}`);
  return new Map([...blocks.filter(([path]) => !path.includes('/')), ...own.map(([path, text]) => [path.slice(fixture.length + 1), text])]);
}

export const shipped = (portal, file = '') => join(portal, 'node_modules/pagerduty-card/dist', file);

/** A module of the bundlers' folder, or of web/. */
async function load(name) {
  const require = createRequire(join(librariesOf('bundlers'), 'package.json'));
  const module = await import(pathToFileURL(require.resolve(name)).href);
  return module.default ?? module;
}
const viteOf = () => pathToFileURL(join(librariesOf('bundlers'), 'node_modules/vite/dist/node/index.js')).href;
const { build: esbuild } = createRequire(join(web, 'package.json'))('esbuild');

const page = (script, style) => `<!doctype html><html lang="de"><head><title>test</title><link rel="icon" href="/icon.svg">
${style === undefined ? '' : `<link rel="stylesheet" href="${style}">`}<script type="module" src="${script}"></script></head><body><main></main></body></html>`;

/** What bundlers that leave addresses alone need: the files beside the bundle. web/README.md says the same. */
function copyBeside(portal) {
  for (const file of readdirSync(shipped(portal))) {
    if (/\.wasm$|^pagerduty-card\.oauth\.js$|^pagerduty-settings\.js$|^languages$/.test(file)) cpSync(shipped(portal, file), join(portal, 'out', file), { recursive: true });
  }
}

/** Each builds portal/out with a page `index.html` from an app. */
export const bundlers = {
  async 'plain script tags'(portal) {
    cpSync(shipped(portal), join(portal, 'out'), { recursive: true });
    writeFileSync(join(portal, 'out/main.js'), readFileSync(join(portal, 'main.js'), 'utf8').replace("'pagerduty-card'", "'./pagerduty-card.js'").replace("'pagerduty-card/settings'", "'./pagerduty-settings.js'"));
    writeFileSync(join(portal, 'out/index.html'), page('./main.js'));
  },
  async vite(portal) {
    const { build } = await import(viteOf());
    writeFileSync(join(portal, 'index.html'), page('./main.js'));
    await build({ root: portal, base: './', configFile: false, logLevel: 'warn', build: { outDir: 'out' } });
  },
  async webpack(portal) {
    const webpack = await load('webpack');
    const stats = await new Promise((done, failed) => {
      const options = { mode: 'production', context: portal, entry: './main.js', output: { path: join(portal, 'out'), publicPath: 'auto' }, cache: false, performance: false };
      webpack(options, (error, result) => (error ? failed(error) : done(result)));
    });
    const { errors, warnings } = stats.toJson({ errors: true, warnings: true });
    if (errors.length + warnings.length > 0) throw new Error([...errors, ...warnings].map(({ message }) => message).join('\n'));
    writeFileSync(join(portal, 'out/index.html'), page('./main.js'));
  },
  async rollup(portal) {
    const { rollup } = await import(pathToFileURL(join(librariesOf('bundlers'), 'node_modules/rollup/dist/es/rollup.js')).href);
    const resolve = await load('@rollup/plugin-node-resolve');
    const bundle = await rollup({ input: join(portal, 'main.js'), plugins: [resolve({ browser: true })], onwarn: (warning) => { throw new Error(warning.message); } });
    await bundle.write({ dir: join(portal, 'out'), format: 'es' });
    copyBeside(portal);
    writeFileSync(join(portal, 'out/index.html'), page('./main.js'));
  },
  async esbuild(portal, app = 'main.js', { isWhole = false } = {}) {
    const { warnings } = await esbuild({
      absWorkingDir: portal, entryPoints: { main: app }, bundle: true, format: 'esm', outdir: 'out', minify: true, logLevel: 'silent', jsx: 'automatic', loader: { '.svg': 'dataurl' },
      define: { 'process.env.NODE_ENV': '"production"', global: 'globalThis' },
    });
    if (warnings.length > 0) throw new Error(JSON.stringify(warnings));
    if (!isWhole) copyBeside(portal);
    writeFileSync(join(portal, 'out/index.html'), page('./main.js', existsSync(join(portal, 'out/main.css')) ? './main.css' : undefined));
  },
};

/** Uses a fixture's own Vite: its configuration and plugins look for what they need from the working directory. */
async function withVite(portal, use) {
  const before = process.cwd();
  process.chdir(portal);
  try {
    return await use(await import(pathToFileURL(join(portal, '../node_modules/vite/dist/node/index.js')).href));
  } finally {
    process.chdir(before);
  }
}

/** Fills portal/out. */
export const buildByVite = (portal) => withVite(portal, ({ build }) => build({ root: portal, base: './', logLevel: 'warn', build: { outDir: 'out' } }));

/** What `render(...values)` of a module of the fixture gives on a server. */
export const renderByVite = (portal, module, ...values) => withVite(portal, async ({ createServer }) => {
  const server = await createServer({ root: portal, logLevel: 'warn', appType: 'custom', server: { middlewareMode: true, ws: false }, optimizeDeps: { noDiscovery: true } });
  try {
    return await (await server.ssrLoadModule(module)).render(...values);
  } finally {
    await server.close();
  }
});

/** A command of a folder of tests/package, on a file. */
export function runCheck(name, script, args) {
  const { status, stdout, stderr } = spawnSync(process.execPath, [join(librariesOf(name), 'node_modules', script), ...args], { encoding: 'utf8', env: { ...process.env, NO_COLOR: '1' } });
  return { status, text: stdout + stderr };
}

/** A command of the npm packages that a fixture lies beside. */
export function runTool(portal, script, args, env = {}) {
  const { status, stdout, stderr } = spawnSync(process.execPath, [join(portal, '../node_modules', script), ...args], { cwd: portal, encoding: 'utf8', env: { ...process.env, ...env } });
  return { status, stdout, stderr };
}

/** Vite's development server, which takes from `site` what belongs to no portal. Returns {url, close()}. */
export async function serveByVite(portal, site) {
  const { createServer } = await import(viteOf());
  writeFileSync(join(portal, 'index.html'), page('./main.js'));
  const options = { host: '127.0.0.1', port: 0, proxy: { '/demo-config.json': site, '/icon.svg': site } };
  const server = await createServer({ root: portal, configFile: false, logLevel: 'warn', server: options });
  await server.listen();
  return { url: server.resolvedUrls.local[0], close: () => server.close() };
}

/** The files of a folder for the demo's server, below `prefix`. */
export function pagesIn(folder, prefix) {
  const files = readdirSync(folder, { recursive: true, withFileTypes: true }).filter((entry) => entry.isFile() && extname(entry.name) !== '');
  return Object.fromEntries(files.map(({ parentPath, name }) => [prefix + join(parentPath, name).slice(folder.length + 1), readFileSync(join(parentPath, name))]));
}

