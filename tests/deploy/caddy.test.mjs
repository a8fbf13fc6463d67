// deploy/caddy, in Debian's Caddy.
import assert from 'node:assert/strict';
import { mkdtempSync, rmSync } from 'node:fs';
import https from 'node:https';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { test } from 'node:test';
import { startCaddy } from './caddy.mjs';
import { makeCertificate } from './certificate.mjs';
import { kToken, startUpstream } from './portal.mjs';
import { testRules } from './rules.mjs';

testRules('caddy', () => startCaddy());

test("caddy: an answer's Date is PagerDuty's own, as nothing is kept", async () => {
  const portal = await startCaddy();
  try {
    const made = new Date(Date.now() - 300_000).toUTCString();
    await portal.simulator.control({ op: 'fault', kind: 'status', path: '/abilities', status: 200, body: { abilities: [] }, headers: { Date: made } });
    const { headers } = await portal.ask('GET', '/pagerduty/abilities');
    assert.equal(headers.date, made);
    for (const absent of ['age', 'x-answer-date']) assert.equal(headers[absent], undefined);
  } finally {
    await portal.close();
  }
});

test('caddy: the token goes only to who proves to be PagerDuty', async () => {
  const upstream = await startUpstream();
  const folder = mkdtempSync(join(tmpdir(), 'pagerduty-card-tls-'));
  const got = [];
  const secure = https.createServer(makeCertificate(folder, 'localhost'), (request, response) => {
    got.push([request.headers.authorization, request.socket.servername]);
    response.end('{}');
  });
  await new Promise((done) => secure.listen(0, '127.0.0.1', done));
  const { port } = secure.address();
  try {
    // The machine's own authorities do not know the test's.
    for (const [host, env, expected] of [['localhost', { SSL_CERT_FILE: join(folder, 'ca.pem') }, 200], ['127.0.0.1', { SSL_CERT_FILE: join(folder, 'ca.pem') }, 502], ['localhost', {}, 502]]) {
      got.length = 0;
      const portal = await startCaddy({ upstream, restHost: `https://${host}:${port}`, env });
      const { status } = await portal.ask('GET', '/pagerduty/services/PCHKOUT');
      await portal.server.stop();
      rmSync(portal.folder, { recursive: true });
      assert.equal(status, expected, host);
      assert.deepEqual(got, expected === 200 ? [[`Token token=${kToken}`, 'localhost']] : []);
    }
  } finally {
    secure.close();
    secure.closeAllConnections();
    rmSync(folder, { recursive: true });
    await upstream.simulator.close();
  }
});
