// Serves the site on the loopback interface: as it is, PagerDuty simulated in the page; or, for tests, with the simulator's HTTP server on
// a port of its own, so that the cards call another origin, as they do in production.
//
//   node web/site/serve.mjs [--port N] [--check]
//
// --port   this port or none; default: 8080, or the next free one
// --check  instead runs the tests of the site, which start one of their own, and exits as they do
import { spawn } from 'node:child_process';
import { createServer } from 'node:http';
import { existsSync } from 'node:fs';
import { readFile, stat } from 'node:fs/promises';
import { extname, join, resolve, sep } from 'node:path';
import { fileURLToPath } from 'node:url';
import { parseArgs, promisify } from 'node:util';
import { brotliCompress, constants } from 'node:zlib';
import { startSimulator } from '../../tests/simulator/simulator.mjs';

const host = '127.0.0.1';
const usualPort = 8080;
const portsToTry = 20;
const root = resolve(import.meta.dirname, '../..');
const site = join(root, 'build/site');
/** Address prefix -> folder; the first that has the file. */
const folders = [['/dist/', join(root, 'web/dist')], ['/', site], ['/', join(import.meta.dirname, 'public')]];
const types = {
  '.css': 'text/css; charset=utf-8',
  '.html': 'text/html; charset=utf-8',
  '.js': 'text/javascript; charset=utf-8',
  '.json': 'application/json',
  '.map': 'application/json',
  '.svg': 'image/svg+xml',
  '.wasm': 'application/wasm',
  '.yaml': 'text/yaml; charset=utf-8',
};

/** Headers of every answer: the strictest policy that the card works under. `others`: origins that it may ask besides its own. */
function securityHeaders(...others) {
  const policy = ["default-src 'none'", "script-src 'self' 'wasm-unsafe-eval'", ["connect-src 'self'", ...others].join(' '),
    "style-src 'self'", "img-src 'self'", "base-uri 'none'", "form-action 'none'", "frame-ancestors 'none'"];
  return {
    'Content-Security-Policy': policy.join('; '),
    'X-Content-Type-Options': 'nosniff',
    'Referrer-Policy': 'no-referrer',
    'Cross-Origin-Opener-Policy': 'same-origin',
    'Cross-Origin-Resource-Policy': 'same-origin',
  };
}

/** The files that an address may name, the likeliest first. */
export function filesOf(address) {
  let path;
  try {
    path = decodeURIComponent(address.split(/[?#]/, 1)[0]);
  } catch {
    return [];
  }
  if (path.includes('\0')) return [];
  return folders.filter(([prefix]) => path.startsWith(prefix)).flatMap(([prefix, folder]) => {
    const file = resolve(folder, path.endsWith('/') ? `${path.slice(prefix.length)}index.html` : path.slice(prefix.length));
    return file.startsWith(folder + sep) && extname(file) in types ? [file] : [];
  });
}

async function findFile(address) {
  for (const file of filesOf(address)) {
    const found = await stat(file).catch(() => undefined);
    if (found?.isFile()) return { file, found };
  }
  return undefined;
}

/** By file and ETag: what a browser gets that understands brotli, as static hosts have it. */
const compressed = new Map();
const kQuality = 9;

async function compressedOnce(tag, body) {
  if (!compressed.has(tag)) compressed.set(tag, promisify(brotliCompress)(body, { params: { [constants.BROTLI_PARAM_QUALITY]: kQuality } }));
  return compressed.get(tag);
}

async function answer(request, response, headers, pages, change) {
  const send = (status, fields, body = '') => {
    response.writeHead(status, { ...headers, 'Cache-Control': 'no-cache', ...fields });
    response.end(request.method === 'HEAD' ? undefined : body);
  };
  if (request.method !== 'GET' && request.method !== 'HEAD') return send(405, { Allow: 'GET, HEAD' });
  const page = pages.get(request.url);
  if (page !== undefined) return send(200, { 'Content-Type': types[extname(request.url)] }, page);
  const { file, found } = (await findFile(request.url)) ?? {};
  if (file === undefined) return send(404, { 'Content-Type': 'text/plain; charset=utf-8' }, 'not found\n');
  if (change !== undefined && extname(file) === '.html') return send(200, { 'Content-Type': types['.html'] }, change(await readFile(file, 'utf8')));
  const tag = `"${found.size.toString(36)}-${found.mtimeMs.toString(36)}"`;
  if (request.headers['if-none-match'] === tag) return send(304, { ETag: tag });
  const fields = { 'Content-Type': types[extname(file)], ETag: tag, Vary: 'Accept-Encoding' };
  const body = await readFile(file);
  if (!/\bbr\b/.test(request.headers['accept-encoding'] ?? '')) return send(200, fields, body);
  return send(200, { ...fields, 'Content-Encoding': 'br' }, await compressedOnce(`${file} ${tag}`, body));
}

function listen(server, port) {
  return new Promise((done, failed) => {
    server.once('error', failed);
    server.listen(port, host, () => {
      server.off('error', failed);
      done(server.address().port);
    });
  });
}

async function listenOnFreePort(server) {
  for (let port = usualPort; port < usualPort + portsToTry; ++port) {
    try {
      return await listen(server, port);
    } catch (error) {
      if (error.code !== 'EADDRINUSE') throw error;
    }
  }
  return listen(server, 0);
}

/** What somebody may try on the settings page. */
const keysOf = ({ tokens, oauth }) => ({
  "a user's key": tokens.user,
  'read only': tokens.readOnly,
  'client ID': oauth.appClientId,
  'client secret': oauth.appClientSecret,
  subdomain: oauth.subdomain,
});

async function serve({ port, headers, pages = new Map(), change }) {
  const server = createServer((request, response) => {
    answer(request, response, headers, pages, change).catch(() => response.destroy());
  });
  const bound = port === undefined ? await listenOnFreePort(server) : await listen(server, port);
  return {
    url: `http://${host}:${bound}/`,
    close() {
      server.close();
      server.closeAllConnections();
    },
  };
}

/** Starts the site as it is. `port`: this one (0 = any), else 8080 or the next free one. Returns {url, close()}. */
export const startSite = ({ port } = {}) => serve({ port, headers: securityHeaders() });

/** In the place of the simulator in the page. */
const simulatedText = `import config from '/demo-config.json' with { type: 'json' };
export const connection = config;
`;

/**
 * Starts the site's pages and the simulator's HTTP server. `pages`: more that is served, path -> text. `headers`: in place of the usual ones.
 * `simulator`: the simulator's options. Returns {url, simulator, close()}.
 */
export async function startDemo({ port, pages = {}, headers: own = {}, simulator: options = {} } = {}) {
  const simulator = await startSimulator({ port: 0, ...options });
  const config = { apiBase: simulator.url, eventsBase: simulator.url, token: simulator.tokens.user, keys: keysOf(simulator) };
  const headers = { ...securityHeaders(new URL(simulator.url).origin), ...own };
  const texts = new Map(Object.entries({ '/demo-config.json': JSON.stringify(config), '/simulated.js': simulatedText, ...pages }));
  // A page's own policy allows no other origin.
  const change = (text) => text.replace("connect-src 'self'", `connect-src 'self' ${new URL(simulator.url).origin}`);
  try {
    const served = await serve({ port, headers, pages: texts, change });
    return {
      url: served.url,
      simulator,
      async close() {
        served.close();
        await simulator.close();
      },
    };
  } catch (error) {
    await simulator.close();
    throw error;
  }
}

function fail(message, hint) {
  console.error(`error: ${message}\n       ${hint}`);
  process.exit(2);
}

function readArguments() {
  try {
    const { values } = parseArgs({ options: { port: { type: 'string' }, check: { type: 'boolean', default: false } } });
    if (values.port !== undefined && !/^\d{1,5}$/.test(values.port)) throw new Error(`"${values.port}" is no port`);
    return { check: values.check, port: values.port === undefined ? undefined : Number(values.port) };
  } catch (error) {
    return fail(error.message, 'usage: ./run demo [-- [--port N] [--check]]');
  }
}

/** The exit code of the browser tests of the site. */
function check() {
  const test = spawn(process.execPath, ['--test', join(root, 'tests/browser/demo.test.mjs'), join(root, 'tests/browser/site.test.mjs')], { stdio: 'inherit' });
  return new Promise((done) => test.once('exit', (code) => done(code ?? 1)));
}

async function main() {
  const { check: isCheck, port } = readArguments();
  if (!existsSync(join(site, 'index.html'))) fail('build/site is not there', 'Run ./run demo, or ./run site first.');
  if (isCheck) process.exit(await check());
  const served = await startSite({ port }).catch((error) => fail(
    error.code === 'EADDRINUSE' ? `port ${port} is in use` : error.message, 'Choose another one with --port.'));
  const stop = (code) => {
    served.close();
    process.exit(code);
  };
  process.once('SIGINT', () => stop(0));
  process.once('SIGTERM', () => stop(0));
  console.log(`The site: ${served.url}\nEvery state of the card: ${served.url}gallery.html\nPagerDuty is simulated in the page. Stop it with Ctrl+C.`);
}

if (process.argv[1] !== undefined && resolve(process.argv[1]) === fileURLToPath(import.meta.url)) await main();
