// @ts-check
// The vendor's OpenAPI files, where they are at hand, and what is known of the real API's
// deviations from them. Nothing of either is part of this project: PAGERDUTY_OPENAPI names the
// folder, else it is looked for beside the checkout.
import { existsSync, readFileSync } from 'node:fs';
import { dirname, join, resolve } from 'node:path';
import { fileURLToPath } from 'node:url';
import { SchemaCheck } from './schema-check.mjs';

/** @typedef {import('./schema-check.mjs').Schema} Schema */
/** @typedef {import('./schema-check.mjs').Problem} Problem */
/**
 * `template`: as in the specification.
 * @typedef {{api: 'rest' | 'events', method: string, template: string, pattern: RegExp,
 *   operation: Schema, check: (known?: boolean) => SchemaCheck, document: Schema}} Operation
 */

export const kRoot = resolve(dirname(fileURLToPath(import.meta.url)), '../..');
const kFolder = process.env.PAGERDUTY_OPENAPI ?? join(kRoot, '../shared/pagerduty/openapi');
const kFiles = {
  rest: ['pagerduty-rest-subset.openapi.json', 'pagerduty-rest-extras.openapi.json'],
  events: ['pagerduty-events-v2.openapi.json'],
};
const kNotes = ['real_vs_spec.csv', 'observed_nulls.csv', 'schema_fields.csv'].map((name) =>
  join(kFolder, '../contract', name),
);
const kNeeded = [...kFiles.rest, ...kFiles.events]
  .map((name) => join(kFolder, name))
  .concat(kNotes);

/** Why the contract cannot be checked; false when it can. */
export const kSkip = kNeeded.every((path) => existsSync(path))
  ? false
  : 'skipped: PagerDuty’s OpenAPI files and notes (PAGERDUTY_OPENAPI, or ../shared/pagerduty/openapi beside the checkout)';

/** Rows of a CSV file, by column name. @param {string} path @returns {Record<string, string>[]} */
function readCsv(path) {
  const rows = [
    ...readFileSync(path, 'utf8').matchAll(/(?:"((?:[^"]|"")*)"|([^,\r\n]*))(,|\r?\n|$)/g),
  ]
    .reduce((lines, [whole, quoted, plain, end]) => {
      if (whole === '') return lines;
      lines.at(-1)?.push(quoted === undefined ? (plain ?? '') : quoted.replaceAll('""', '"'));
      if (end !== ',') lines.push([]);
      return lines;
    }, /** @type {string[][]} */ ([[]]))
    .filter((row) => row.length > 1);
  const [names = [], ...records] = rows;
  return records.map((row) =>
    Object.fromEntries(names.map((name, index) => [name, row[index] ?? ''])),
  );
}

/** `schema path rule` for each deviation that was seen or is described. */
function readDeviations() {
  const [spec = '', nulls = '', fields = ''] = kNotes;
  const known = new Set(kContradictions);
  for (const row of readCsv(spec)) known.add(`${row.schema} ${row.path} ${row.rule}`);
  const pascal = (/** @type {string} */ text) =>
    text.replace(/(?:^|_)(\w)/g, (_, letter) => letter.toUpperCase());
  for (const row of readCsv(nulls))
    if (Number(row.null) > 0) known.add(`${pascal(row.resource_type ?? '')} ${row.field} null`);
  for (const row of readCsv(fields))
    if (row.null_in_prose === 'yes') known.add(`${row.schema} ${row.field} null`);
  return known;
}

/** Where the specification's schemas contradict each other, its own examples or its prose. */
const kContradictions = [
  'AcknowledgeLogEntry type enum', // two words are demanded at once, by LogEntry and by itself
  'IncidentBody details type', // an object; the example sends a text
  'Oncall schedule null', // a user who is a target without a schedule is described, with `start` and `end` null
];

/** @param {Set<string>} known @param {Problem} problem */
function isKnown(known, problem) {
  const { path, rule, value, frames } = problem;
  return frames.some(({ name, depth }) => {
    const place = `${name} ${path.slice(depth).join('.')}`;
    return (
      known.has(`${place} ${rule}`) ||
      (value === null && known.has(`${place} null`)) ||
      isIncluded(problem, name, depth)
    );
  });
}

/**
 * `include[]` puts the whole object where the schema has its reference; the prose says so.
 * @param {Problem} problem @param {string} name @param {number} depth
 */
function isIncluded({ path, rule, value, schema }, name, depth) {
  return (
    rule === 'enum' &&
    name.endsWith('Reference') &&
    path.slice(depth).join('.') === 'type' &&
    schema.enum.includes(`${value}_reference`)
  );
}

/** @returns {Operation[]} */
export function readOperations() {
  const known = readDeviations();
  return Object.entries(kFiles).flatMap(([api, names]) =>
    names.flatMap((name) => {
      const document = JSON.parse(readFileSync(join(kFolder, name), 'utf8'));
      const prefix = new URL(document.servers[0].url).pathname.replace(/\/$/, '');
      const check = (deviations = true) =>
        new SchemaCheck(document, deviations ? (problem) => isKnown(known, problem) : undefined);
      return Object.entries(document.paths).flatMap(([path, methods]) =>
        Object.entries(methods)
          .filter(([method]) => /^(get|put|post|delete)$/.test(method))
          .map(([method, operation]) => ({
            api: /** @type {'rest' | 'events'} */ (api),
            method: method.toUpperCase(),
            template: prefix + path,
            document,
            check,
            pattern: new RegExp(`^${prefix}${path.replace(/\{\w+\}/g, '[^/]+')}$`),
            operation: /** @type {Schema} */ ({
              ...operation,
              parameters: [
                .../** @type {any} */ ((methods).parameters ?? []),
                .../** @type {any} */ ((operation).parameters ?? []),
              ],
            }),
          })),
      );
    }),
  );
}

/**
 * Fixed paths win over those with a parameter.
 * @param {Operation[]} operations @param {string} method @param {string} path
 */
export function operationOf(operations, method, path) {
  return operations
    .filter((item) => item.method === method && item.pattern.test(path))
    .sort((a, b) => a.template.split('{').length - b.template.split('{').length)[0];
}
