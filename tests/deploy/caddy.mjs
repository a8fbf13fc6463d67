// A portal's Caddy on loopback, as portal.mjs has it for nginx.
import { cpSync, mkdirSync, mkdtempSync, readFileSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { changedFile, freePort, kHost, kRoot, kToken, portalOf, programOf, startServer, startUpstream } from './portal.mjs';

/** `publicPort`, `authPort`: also starts the public site of the example, without TLS. */
export async function startCaddy({ upstream: given, restHost, env = {}, publicPort, authPort } = {}) {
  programOf('caddy');
  const upstream = given ?? (await startUpstream());
  const port = await freePort();
  const folder = mkdtempSync(join(tmpdir(), 'pagerduty-card-caddy-'));
  cpSync(join(kRoot, 'deploy/caddy'), folder, { recursive: true });
  mkdirSync(join(folder, 'log'));
  cpSync(join(folder, 'pagerduty-token.caddy.example'), join(folder, 'pagerduty-token.caddy'));
  changedFile(join(folder, 'pagerduty-token.caddy'), [['Token token=REPLACE-ME', `Token token=${kToken}`]]);
  changedFile(join(folder, 'Caddyfile.example'), [
    ['\tlog {\n\t\tformat filter', '\tadmin off\n\tauto_https off\n\tlog {\n\t\tformat filter'],
    ['8460', String(port)],
    ...(publicPort === undefined ? [] : [[`${kHost} {`, `http://${kHost}:${publicPort} {\n\tbind 127.0.0.1`], ['4180', String(authPort)]]),
  ]);
  const text = readFileSync(join(folder, 'Caddyfile.example'), 'utf8');
  writeFileSync(join(folder, 'Caddyfile'), publicPort === undefined ? text.slice(0, text.indexOf(`\n${kHost} {`)) : text);
  const server = await startServer('caddy', ['run', '--adapter', 'caddyfile', '--config', join(folder, 'Caddyfile')], {
    port,
    env: { HOME: folder, XDG_DATA_HOME: folder, XDG_CONFIG_HOME: folder, PD_HOST: kHost, PD_REST: restHost ?? upstream.url, PD_EVENTS: upstream.url, ...env },
  });
  return portalOf({ port, upstream, server, folder });
}
