// @ts-check
// node tests/simulator/main.mjs [--port N] [--host ADDRESS] [--now ISO] [--seed N]
import { parseArgs } from 'node:util';
import { startSimulator } from './simulator.mjs';

/** @param {string} message @returns {never} */
function fail(message) {
  process.stderr.write(
    `${message}\nusage: node tests/simulator/main.mjs [--port N] [--host ADDRESS] [--now ISO] [--seed N]\n`,
  );
  process.exit(2);
}

function readOptions() {
  try {
    const { values } = parseArgs({
      options: {
        port: { type: 'string' },
        host: { type: 'string' },
        now: { type: 'string' },
        seed: { type: 'string' },
      },
    });
    const number = (/** @type {string | undefined} */ text, /** @type {number} */ fallback) =>
      text === undefined ? fallback : Number(text);
    const [port, seed] = [number(values.port, 8401), number(values.seed, 1)];
    if (!Number.isInteger(port) || port < 0 || port > 65_535)
      fail(`--port: not a port: ${values.port}`);
    if (!Number.isInteger(seed)) fail(`--seed: not a whole number: ${values.seed}`);
    const now = values.now === undefined ? undefined : Date.parse(values.now);
    if (Number.isNaN(now)) fail(`--now: not a time like 2026-03-02T09:00:00Z: ${values.now}`);
    return {
      port,
      seed,
      host: values.host ?? '127.0.0.1',
      running: true,
      ...(now === undefined ? {} : { now }),
    };
  } catch (error) {
    return fail(error instanceof Error ? error.message : String(error));
  }
}

const sim = await startSimulator(readOptions());
const rows = Object.entries(sim.services).map(
  ([handle, { id, name, integrationKey }]) =>
    `  ${id}  ${handle.padEnd(10)} ${integrationKey}  ${name}`,
);
process.stdout
  .write(`PagerDuty simulator at ${sim.url}  (REST, Events v2 and sign-in; stop with Ctrl+C)

Services: id, handle, integration key, name
${rows.join('\n')}

API keys: read and write ${sim.tokens.readWrite}, read only ${sim.tokens.readOnly}, user ${sim.tokens.user}, revoked ${sim.tokens.revoked}

  curl -H 'Authorization: Token token=${sim.tokens.readOnly}' '${sim.url}/incidents?service_ids[]=${sim.services.checkout.id}&date_range=all' -g
  curl -d '{"routing_key":"${sim.services.loyalty.integrationKey}","event_action":"trigger","payload":{"summary":"Points are late","source":"me","severity":"error"}}' ${sim.url}/v2/enqueue
  curl -d '{"op":"fault","path":"/incidents","kind":"status","status":503,"times":2}' ${sim.url}/_simulator
`);
for (const signal of ['SIGINT', 'SIGTERM']) process.once(signal, () => void sim.close());
