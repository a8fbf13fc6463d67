// @ts-check
// Every request that the C++ builders make is one that the vendor's specification knows.
import assert from 'node:assert/strict';
import { execFileSync } from 'node:child_process';
import { existsSync, statSync } from 'node:fs';
import { join } from 'node:path';
import { test } from 'node:test';
import { describe } from './schema-check.mjs';
import { kRoot, kSkip, operationOf, readOperations } from './vendor.mjs';

/**
 * @typedef {{name: string, api: 'rest' | 'events', method: string, path: string, body: string,
 *   needs_from: boolean}} Made
 */

/** The newest build of the command that lists the requests. */
const kPdcard = ['native-release', 'native-asan']
  .map((preset) => join(kRoot, 'build', preset, 'tools/pdcard/pdcard'))
  .filter((path) => existsSync(path))
  .sort((a, b) => statSync(b).mtimeMs - statSync(a).mtimeMs)[0];
const kWhy = kSkip || (kPdcard ? false : 'skipped: a built pdcard (./run requests builds one)');
const kLargestLimit = 100;
/** Operations that PagerDuty's reference describes, and the files checked against do not hold. */
const kNotInTheSubset = ['end_maintenance'];

/** @returns {Made[]} */
function madeRequests() {
  return execFileSync(kPdcard ?? '', ['requests'], { encoding: 'utf8' })
    .trim()
    .split('\n')
    .map((line) => JSON.parse(line));
}

/**
 * What is wrong with a request's query, by the operation's parameters.
 * @param {Made} made @param {import('./vendor.mjs').Operation} operation @returns {string[]}
 */
function queryProblems(made, operation) {
  const check = operation.check(false);
  const known = new Map(
    operation.operation.parameters
      .map((/** @type {any} */ item) => check.resolve(item))
      .filter((/** @type {any} */ item) => item.in === 'query')
      .map((/** @type {any} */ item) => [item.name, item]),
  );
  const [, raw = ''] = made.path.split('?');
  const problems = /[^\w.~%&=-]/.test(raw) ? [`not percent-encoded: ${raw}`] : [];
  for (const [name, value] of new URLSearchParams(raw)) {
    const parameter = known.get(name);
    if (!parameter) {
      problems.push(`unknown parameter: ${name}`);
      continue;
    }
    const schema = check.resolve(parameter.schema);
    const allowed = (schema.type === 'array' ? check.resolve(schema.items ?? {}) : schema).enum;
    if (allowed && !allowed.includes(value))
      problems.push(`${name}: ${value} is none of ${allowed.join(', ')}`);
    if (name === 'limit' && Number(value) > kLargestLimit)
      problems.push(`limit: ${value} is above ${kLargestLimit}`);
  }
  for (const [name, parameter] of known)
    if (parameter.required && !new URLSearchParams(raw).has(name))
      problems.push(`missing parameter: ${name}`);
  return problems;
}

/** @param {Made} made @param {import('./vendor.mjs').Operation} operation @returns {string[]} */
function bodyProblems(made, operation) {
  const check = operation.check();
  const schema = check.resolve(operation.operation.requestBody ?? {})?.content?.['application/json']
    ?.schema;
  if (!schema) return made.body === '' ? [] : ['a body where none is described'];
  return check.problems(schema, JSON.parse(made.body)).map(describe);
}

/** @param {import('./vendor.mjs').Operation} operation */
function wantsFrom(operation) {
  return operation.operation.parameters
    .map((/** @type {any} */ item) => operation.check().resolve(item))
    .some(
      (/** @type {any} */ item) => item.in === 'header' && item.name === 'From' && item.required,
    );
}

test('each request that the card makes fits the specification', { skip: kWhy }, async (context) => {
  const operations = readOperations();
  const requests = madeRequests();
  assert.ok(requests.length > 0);
  for (const made of requests) {
    await context.test(made.name, () => {
      const operation = operationOf(
        operations.filter((item) => item.api === made.api),
        made.method,
        made.path.split('?')[0] ?? '',
      );
      if (kNotInTheSubset.includes(made.name)) return assert.equal(operation, undefined);
      assert.ok(operation, `${made.method} ${made.path}`);
      assert.deepEqual([...queryProblems(made, operation), ...bodyProblems(made, operation)], []);
      assert.equal(made.needs_from, wantsFrom(operation), 'From');
    });
  }
});
