// A portal's server on loopback, for tests: the web server that Debian ships, with the configuration of deploy/ as it stands,
// in front of the simulator.
//
//   const portal = await startNginx();
//   await portal.ask('GET', '/pagerduty/incidents?...');     // as the card asks from the portal's page
//   portal.seen;                                             // what PagerDuty was asked, with all headers
//   await portal.close();
import { execFileSync, spawn } from 'node:child_process';
import { cpSync, existsSync, mkdirSync, mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import http from 'node:http';
import { createServer, connect } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { setTimeout as pause } from 'node:timers/promises';
import { fileURLToPath } from 'node:url';
import { startSimulator } from '../simulator/simulator.mjs';

export const kRoot = fileURLToPath(new URL('../../', import.meta.url));
export const kHost = 'portal.example.com';
/** Somebody whom the simulator knows. */
export const kViewer = 'mirav@example.com';
export const kToken = 'sim-read-write-key-0';

/** The program's path; Debian keeps servers where a user's PATH does not look. Errors: it is not installed. */
export function programOf(name) {
  const folders = [...(process.env.PATH ?? '').split(':'), '/usr/sbin', '/usr/local/sbin'];
  const found = folders.map((folder) => join(folder, name)).find((path) => existsSync(path));
  if (found === undefined) throw new Error(`${name} is not installed: run tools/setup/system-packages.sh deploy`);
  return found;
}

export async function freePort() {
  const server = createServer();
  await new Promise((done) => server.listen(0, '127.0.0.1', done));
  const { port } = server.address();
  await new Promise((done) => server.close(done));
  return port;
}

/** A file of deploy/, with texts replaced that must all be there. */
export function changedFile(path, changes) {
  let text = readFileSync(path, 'utf8');
  for (const [from, to] of changes) {
    if (!text.includes(from)) throw new Error(`${path} does not hold ${from}`);
    text = text.replaceAll(from, to);
  }
  writeFileSync(path, text);
}

/** Starts a server and waits until it listens; what it prints is kept. */
export async function startServer(program, args, { port, env = {} }) {
  const child = spawn(programOf(program), args, { env: { ...process.env, ...env }, stdio: ['ignore', 'pipe', 'pipe'] });
  let printed = '';
  for (const stream of [child.stdout, child.stderr]) stream.on('data', (data) => (printed += data));
  const ended = new Promise((done) => child.once('exit', done));
  const stop = async () => {
    child.kill('SIGTERM');
    await ended;
  };
  for (;;) {
    if (child.exitCode !== null) throw new Error(`${program} ended: ${printed}`);
    const listens = await new Promise((done) => {
      const socket = connect(port, '127.0.0.1', () => done(true)).once('error', () => done(false));
      socket.once('connect', () => socket.destroy());
    });
    if (listens) return { child, stop, printed: () => printed };
    await pause(20);
  }
}

/** One request with just these headers, and a Host of one's own, which fetch() does not allow. */
export function send(port, { method = 'GET', path, headers = {}, body, agent, localAddress }) {
  return new Promise((done, fail) => {
    const request = http.request({ host: '127.0.0.1', port, method, path, headers, agent, localAddress }, (response) => {
      let text = '';
      response.setEncoding('utf8');
      response.on('data', (data) => (text += data));
      response.on('end', () => done({ status: response.statusCode, headers: response.headers, text }));
      response.on('error', fail);
    });
    request.once('error', fail);
    request.end(body);
  });
}

/** What arrives of a request of the portal's own page (`user` null: nobody has signed in); `headers` adds, changes, or (undefined) takes away. */
export function asPage(method, { user = kViewer, body, headers = {} } = {}) {
  const all = {
    Host: kHost,
    'Sec-Fetch-Site': 'same-origin',
    Accept: 'application/vnd.pagerduty+json;version=2',
    'X-Requested-With': 'pagerduty-card',
    ...(method !== 'GET' && { Origin: `https://${kHost}` }),
    ...(body !== undefined && { 'Content-Type': 'application/json', 'Content-Length': Buffer.byteLength(body) }),
    ...(user !== null && { 'X-Forwarded-Email': user }),
    ...headers,
  };
  return Object.fromEntries(Object.entries(all).filter(([, value]) => value !== undefined));
}

/** A simulator that notes what it was asked, and can be down. */
export async function startUpstream(options = {}) {
  const seen = [];
  const simulator = await startSimulator({ observe: (request) => seen.push(request), ...options });
  return { simulator, seen, url: simulator.url };
}

/** All that lies below the folder, as one text. */
export const allText = (folder) =>
  readdirSync(folder, { recursive: true, withFileTypes: true })
    .filter((entry) => entry.isFile())
    .map((entry) => readFileSync(join(entry.parentPath ?? entry.path, entry.name), 'latin1'))
    .join('\n');

export function portalOf({ port, upstream, server, folder }) {
  return {
    port,
    folder,
    server,
    seen: upstream.seen,
    simulator: upstream.simulator,
    /** `body`: text, or an object that becomes JSON. */
    ask(method, path, { body, ...how } = {}) {
      const text = body === undefined || typeof body === 'string' ? body : JSON.stringify(body);
      return send(port, { method, path, body: text, headers: asPage(method, { body: text, ...how }), agent: how.agent, localAddress: how.localAddress });
    },
    /** Whatever the server wrote down or printed. */
    logs: () => server.printed() + allText(join(folder, 'log')),
    async close() {
      await server.stop();
      await upstream.simulator.close();
      rmSync(folder, { recursive: true });
    },
  };
}

/** Asks until the answer is as wanted, as many viewers, for each may ask only so often. `how`: as for ask(). */
export async function askUntil(portal, path, fits, how = {}) {
  for (let i = 0; ; ++i) {
    const answer = await portal.ask('GET', path, { ...how, user: `viewer${i % 1000}@example.com` });
    if (fits(answer)) return answer;
  }
}

/** The folder that a portal's engineer would copy, with the addresses and folders of this test. `site`: the portal's own locations. */
export function installNginx({ port, restHost, eventsHost = restHost, changes = {}, token = `Token token=${kToken}`, site = '' }) {
  const folder = mkdtempSync(join(tmpdir(), 'pagerduty-card-nginx-'));
  const own = join(folder, 'pagerduty');
  cpSync(join(kRoot, 'deploy/nginx/pagerduty'), own, { recursive: true });
  mkdirSync(join(folder, 'log'));
  changedFile(join(own, 'settings.conf'), [
    ['https://api.pagerduty.com;', `${restHost};`],
    ['https://events.pagerduty.com;', `${eventsHost};`],
    ['/var/cache/nginx-pagerduty', join(folder, 'cache')],
  ]);
  changedFile(join(own, 'request.conf'), [['/var/log/nginx/', `${join(folder, 'log')}/`]]);
  cpSync(join(own, 'token.conf.example'), join(own, 'token.conf'));
  changedFile(join(own, 'token.conf'), [['Token token=REPLACE-ME', token]]);
  for (const [file, list] of Object.entries(changes)) changedFile(join(own, file), list);
  writeFileSync(
    join(folder, 'nginx.conf'),
    `${process.getuid?.() === 0 ? 'user root;' : ''} pid ${folder}/pid; daemon off; error_log ${folder}/log/main.log notice;
events { worker_connections 4096; }
http {
  client_body_temp_path ${folder}/tmp; proxy_temp_path ${folder}/tmp; fastcgi_temp_path ${folder}/tmp;
  uwsgi_temp_path ${folder}/tmp; scgi_temp_path ${folder}/tmp; access_log off;
  include pagerduty/settings.conf;
  include pagerduty/rules.conf;
  server { listen 127.0.0.1:${port}; keepalive_requests 100000; include pagerduty/locations.conf; ${site} }
}
`,
  );
  return folder;
}

/** `nginx -t`: throws with what nginx says. */
export const checkNginx = (folder) =>
  execFileSync(programOf('nginx'), ['-t', '-q', '-c', join(folder, 'nginx.conf'), '-e', join(folder, 'log/main.log')], { stdio: 'pipe' });

export async function startNginx({ upstream: given, restHost, ...how } = {}) {
  programOf('nginx');
  const upstream = given ?? (await startUpstream());
  const port = how.port ?? (await freePort());
  const folder = installNginx({ ...how, port, restHost: restHost ?? upstream.url });
  const server = await startServer('nginx', ['-c', join(folder, 'nginx.conf'), '-e', join(folder, 'log/main.log')], { port });
  return portalOf({ port, upstream, server, folder });
}
