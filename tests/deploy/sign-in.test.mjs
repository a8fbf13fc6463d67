// The examples of a portal that signs viewers in by itself: what the sign-in server says counts, never what a browser sends.
import assert from 'node:assert/strict';
import { readFileSync, writeFileSync } from 'node:fs';
import http from 'node:http';
import { join } from 'node:path';
import { test } from 'node:test';
import { startCaddy } from './caddy.mjs';
import { asPage, changedFile, freePort, installNginx, kHost, kRoot, portalOf, send, startServer, startUpstream } from './portal.mjs';

/** Knows one session. */
async function startSignIn() {
  const server = http.createServer((request, response) => {
    const knows = request.headers.cookie === 'session=of-siena';
    response.writeHead(knows ? 202 : 401, knows ? { 'X-Auth-Request-Email': 'siena@example.com' } : {}).end();
  });
  await new Promise((done) => server.listen(0, '127.0.0.1', done));
  return { port: server.address().port, close: () => new Promise((done) => { server.close(done); server.closeAllConnections(); }) };
}

async function startNginxExample({ publicPort, authPort }) {
  const upstream = await startUpstream();
  const port = await freePort();
  const folder = installNginx({ port, restHost: upstream.url });
  const example = join(folder, 'portal.conf');
  writeFileSync(example, readFileSync(join(kRoot, 'deploy/nginx/portal.example.conf')));
  changedFile(example, [
    ['127.0.0.1:8460', `127.0.0.1:${port}`],
    ['listen 443 ssl;', `listen 127.0.0.1:${publicPort};`],
    ['    ssl_certificate /etc/ssl/certs/portal.pem;\n    ssl_certificate_key /etc/ssl/private/portal.key;\n', ''],
    ['127.0.0.1:4180', `127.0.0.1:${authPort}`],
    ['/var/log/nginx/', `${join(folder, 'log')}/`],
  ]);
  const main = readFileSync(join(folder, 'nginx.conf'), 'utf8');
  writeFileSync(join(folder, 'nginx.conf'), main.replace(/ {2}include pagerduty[^]*$/, `include ${example};\n}\n`));
  const server = await startServer('nginx', ['-c', join(folder, 'nginx.conf'), '-e', join(folder, 'log/main.log')], { port });
  return portalOf({ port, upstream, server, folder });
}

for (const [name, start] of [['nginx', startNginxExample], ['caddy', startCaddy]]) {
  test(`${name}: the example's viewer is whom the sign-in server names`, async () => {
    const signIn = await startSignIn();
    const publicPort = await freePort();
    const portal = await start({ publicPort, authPort: signIn.port });
    const ask = (method, path, headers, body) =>
      send(publicPort, { method, path, body, headers: asPage(method, { body, user: 'greta@example.com', headers: { Host: kHost, ...headers } }) });
    try {
      const path = '/pagerduty/incidents?service_ids%5B%5D=PCHKOUT&date_range=all&statuses%5B%5D=triggered';
      for (const Cookie of [undefined, 'session=of-nobody']) assert.equal((await ask('GET', path, { Cookie })).status, 401);
      assert.deepEqual(portal.seen, []);
      const Cookie = 'session=of-siena';
      const read = await ask('GET', path, { Cookie });
      assert.equal(read.status, 200, read.text);
      const [{ id }] = JSON.parse(read.text).incidents;
      const body = JSON.stringify({ note: { content: 'Rolled back.' } });
      const written = await ask('POST', `/pagerduty/incidents/${id}/notes`, { Cookie }, body);
      assert.equal(written.status, 200, written.text);
      assert.equal(portal.seen.at(-1).headers.from, 'siena@example.com');
      assert.equal((await ask('POST', `/pagerduty/incidents/${id}/notes`, { Cookie, Origin: 'https://evil.example' }, body)).status, 403);
    } finally {
      await portal.close();
      await signIn.close();
    }
  });
}
