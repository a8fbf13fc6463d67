// deploy/minter: the script that keeps an OAuth application's token in the server's file.
import assert from 'node:assert/strict';
import { execFile } from 'node:child_process';
import { chmodSync, mkdtempSync, readdirSync, readFileSync, rmSync, statSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { test } from 'node:test';
import { kRoot, startNginx, startUpstream } from './portal.mjs';

const kScript = join(kRoot, 'deploy/minter/mint-token.py');

/** A folder with a client's secret, a command that notes each reload, and `run()`. */
async function withMinter(use, { format = 'nginx' } = {}) {
  const folder = mkdtempSync(join(tmpdir(), 'pagerduty-card-minter-'));
  const upstream = await startUpstream();
  const { oauth } = upstream.simulator;
  const at = (name) => join(folder, name);
  writeFileSync(at('client-secret'), `${oauth.appClientSecret}\n`);
  writeFileSync(at('reload'), `#!/bin/sh\necho reloaded >>${at('reloads')}\n`);
  chmodSync(at('reload'), 0o755);
  const usual = {
    PD_CLIENT_ID: oauth.appClientId, PD_SUBDOMAIN: oauth.subdomain, PD_CLIENT_SECRET_FILE: at('client-secret'), PD_TOKEN_FILE: at('token.conf'),
    PD_IDENTITY: upstream.url, PD_API: upstream.url, PD_RELOAD: at('reload'), PD_FORMAT: format,
  };
  const printed = [];
  const run = (settings = {}) =>
    new Promise((done) => {
      execFile('python3', [kScript], { env: { PATH: process.env.PATH, ...usual, ...settings } }, (error, out, err) => {
        printed.push(out, err);
        done({ code: error ? error.code : 0, text: out + err });
      });
    });
  const text = (name = 'token.conf') => { try { return readFileSync(at(name), 'utf8'); } catch { return ''; } };
  const token = () => /Bearer ([^"]+)"/.exec(text())?.[1];
  const reloads = () => text('reloads').split('reloaded').length - 1;
  try {
    await use({ ...upstream, folder, at, run, text, token, reloads });
    const secrets = [oauth.appClientSecret, ...upstream.seen.map(({ headers }) => headers.authorization?.split(' ')[1]).filter(Boolean)];
    for (const secret of secrets) assert.ok(!printed.join('').includes(secret), 'a secret was printed');
    assert.deepEqual(readdirSync(folder).filter((name) => name.startsWith('.')), [], 'a half-written file is left');
  } finally {
    await upstream.simulator.close();
    rmSync(folder, { recursive: true });
  }
}

const minterTest = (title, use, how) => test(`minter: ${title}`, () => withMinter(use, how));
const kFault = { op: 'fault' };

minterTest('asks for a token as the card does, tries it, writes it, and reloads the server once', async (m) => {
  const { code } = await m.run();
  assert.equal(code, 0);
  const [asked, tried] = m.seen;
  const form = Object.fromEntries(new URLSearchParams(asked.body));
  assert.deepEqual(Object.keys(form), ['grant_type', 'client_id', 'client_secret', 'scope']);
  assert.equal(form.grant_type, 'client_credentials');
  assert.match(form.scope, /^as_account-us\.\S+ abilities\.read .*incidents\.write/);
  assert.equal(asked.headers['content-type'], 'application/x-www-form-urlencoded');
  assert.equal(tried.headers.authorization, `Bearer ${m.token()}`);
  assert.match(m.text(), /^# from \d+ until \d+\nproxy_set_header Authorization "Bearer \S+";\n$/);
  assert.equal(statSync(m.at('token.conf')).mode & 0o777, 0o640);
  const first = m.token();
  assert.equal((await m.run()).code, 0);
  assert.equal(m.token(), first);
  assert.equal(m.reloads(), 1);
});

minterTest('nginx takes the file', async (m) => {
  await m.run();
  const portal = await startNginx({ upstream: { simulator: m.simulator, seen: m.seen, url: m.url }, token: `Bearer ${m.token()}` });
  const { status } = await portal.ask('GET', '/pagerduty/services/PCHKOUT');
  await portal.server.stop();
  rmSync(portal.folder, { recursive: true });
  assert.equal(status, 200);
});

minterTest('Caddy has its own form', async (m) => {
  await m.run();
  assert.match(m.text(), /\nheader_up Authorization "Bearer \S+"\n$/);
}, { format: 'caddy' });

const kOld = '# from 1000 until 2000\nproxy_set_header Authorization "Bearer old";\n';
for (const [what, fault, code] of [
  ['is down', { kind: 'drop', path: '/oauth/token' }, 1],
  ['answers 503', { kind: 'status', status: 503, path: '/oauth/token' }, 1],
  ['sends a web page', { kind: 'html', status: 200, path: '/oauth/token' }, 1],
  ['breaks off', { kind: 'truncate', path: '/oauth/token' }, 1],
  ['sends something else', { kind: 'status', status: 200, body: { access_token: 'a"; include /etc/passwd; #' }, path: '/oauth/token' }, 1],
  ['redirects', { kind: 'redirect', path: '/oauth/token' }, 1],
  ['refuses the client', { kind: 'status', status: 401, path: '/oauth/token' }, 3],
  ['gives a token that does not work', { kind: 'status', status: 401, path: '/incidents' }, 3],
  ['gives a token that cannot be tried', { kind: 'status', status: 500, path: '/incidents' }, 1],
]) {
  minterTest(`the old token stays when PagerDuty ${what}, and the next run mends it`, async (m) => {
    writeFileSync(m.at('token.conf'), kOld);
    await m.simulator.control({ ...kFault, ...fault });
    assert.equal((await m.run()).code, code);
    assert.equal(m.text(), kOld);
    assert.equal(m.reloads(), 0);
    if (fault.path === '/oauth/token') assert.deepEqual(m.seen.map(({ url }) => url), ['/oauth/token']);
    await m.simulator.control({ op: 'clearFaults' });
    assert.equal((await m.run()).code, 0);
    assert.notEqual(m.text(), kOld);
    assert.equal(m.reloads(), 1);
  });
}

minterTest('a new token comes when half of the life of the old one is over, or when it is revoked', async (m) => {
  await m.run();
  const first = m.token();
  const [, from, until] = /from (\d+) until (\d+)/.exec(m.text()).map(Number);
  const half = (until - from) / 2 + 1;
  writeFileSync(m.at('token.conf'), m.text().replace(/from .*/, `from ${from - half} until ${until - half}`));
  await m.run();
  const second = m.token();
  assert.notEqual(second, first);
  await m.simulator.control({ op: 'data', kind: 'token', value: { token: second, revoked: true } });
  await m.run();
  assert.notEqual(m.token(), second);
  assert.equal(m.reloads(), 3);
});

minterTest('the old file is whole until the new one takes its place', async (m) => {
  writeFileSync(m.at('token.conf'), kOld);
  const before = statSync(m.at('token.conf')).ino;
  await m.run();
  // Another file under the old one's name: nobody can have read a part of it.
  assert.notEqual(statSync(m.at('token.conf')).ino, before);
});

minterTest('a reload that failed is made up for', async (m) => {
  assert.equal((await m.run({ PD_RELOAD: 'false' })).code, 4);
  const token = m.token();
  assert.equal((await m.run({ PD_RELOAD: '/nonexistent/reload' })).code, 4);
  assert.equal((await m.run()).code, 0);
  assert.equal(m.token(), token);
  assert.equal(m.reloads(), 1);
});

minterTest('what is wrong with the settings is said', async (m) => {
  for (const [name, value] of [['PD_CLIENT_ID', ''], ['PD_SUBDOMAIN', ''], ['PD_TOKEN_FILE', ''], ['PD_CLIENT_SECRET_FILE', m.at('nothing')], ['PD_REGION', 'mars'], ['PD_FORMAT', 'apache'], ['PD_IDENTITY', 'http://identity.example']]) {
    const { code, text } = await m.run({ [name]: value });
    assert.equal(code, 2, text);
    assert.match(text, value.startsWith('http:') ? /is not https/ : new RegExp(name));
  }
  assert.equal((await m.run({ PD_TOKEN_FILE: '/nonexistent/token.conf' })).code, 2);
  assert.equal(m.reloads(), 0);
});

minterTest('a scope that the application does not have is named', async (m) => {
  await m.simulator.control({ op: 'data', kind: 'oauthClient', value: { id: 'sim-small-client', secret: 'sim-app-secret', scopes: ['incidents.read'] } });
  const { code, text } = await m.run({ PD_CLIENT_ID: 'sim-small-client' });
  assert.equal(code, 0, text);
  assert.match(text, /may not: abilities\.read .*incidents\.write/);
});
