// @ts-check
// Checks a JSON value against an OpenAPI 3.0 schema: the keywords that the vendor's files use, and
// where a problem lies in terms of the named schema that it breaks, so that known deviations can be
// told from new ones.

/** @typedef {Record<string, any>} Schema */
/**
 * `frames`: the named schemas around, each with the depth of `path` at which it began.
 * @typedef {{path: string[], rule: string, detail: string, value: unknown, schema: Schema,
 *   frames: Frame[]}} Problem
 */
/** @typedef {{name: string, depth: number}} Frame */
/** @typedef {(problem: Problem) => boolean} IsKnown */

const kNamed = /^#\/components\/schemas\/(\w+)$/;
const kDateTime = /^\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d(\.\d+)?(Z|[+-]\d\d:?\d\d)$/;

export class SchemaCheck {
  #document;
  #isKnown;

  /** @param {Schema} document @param {IsKnown} [isKnown] */
  constructor(document, isKnown = () => false) {
    this.#document = document;
    this.#isKnown = isKnown;
  }

  /** Follows `$ref` to its end. @param {Schema} node @returns {Schema} */
  resolve(node) {
    let found = node;
    while (typeof found?.$ref === 'string') found = followOnce(this.#document, found.$ref);
    return found;
  }

  /**
   * The problems that are not known ones.
   * @param {Schema} schema @param {unknown} value @param {string[]} [path]
   * @param {Frame[]} [frames] @returns {Problem[]}
   */
  problems(schema, value, path = [], frames = []) {
    const name = kNamed.exec(schema.$ref ?? '')?.[1];
    const inner = name ? [...frames, { name, depth: path.length }] : frames;
    if (schema.$ref)
      return this.problems(followOnce(this.#document, schema.$ref), value, path, inner);
    const found = (/** @type {string} */ rule, /** @type {string} */ detail) => ({
      path,
      rule,
      detail,
      value,
      schema,
      frames: inner,
    });
    const at = (
      /** @type {Schema} */ part,
      /** @type {unknown} */ item,
      /** @type {string} */ step,
    ) => this.problems(part, item, [...path, step], inner);
    if (value === null && schema.nullable) return [];
    const problems = [...ownProblems(schema, value, found)];
    for (const part of schema.allOf ?? [])
      problems.push(...this.problems(part, value, path, inner));
    const choices = schema.oneOf ?? schema.anyOf;
    if (choices) problems.push(...this.#choice(choices, value, path, inner, found));
    if (Array.isArray(value) && schema.items)
      for (const item of value) problems.push(...at(schema.items, item, '[]'));
    if (isObject(value)) {
      for (const [key, part] of Object.entries(schema.properties ?? {}))
        if (value[key] !== undefined) problems.push(...at(part, value[key], key));
    }
    return problems.filter((problem) => !this.#isKnown(problem));
  }

  /**
   * @param {Schema[]} choices @param {unknown} value @param {string[]} path @param {Frame[]} frames
   * @param {(rule: string, detail: string) => Problem} found
   */
  #choice(choices, value, path, frames, found) {
    const attempts = choices.map((choice) => this.problems(choice, value, path, frames));
    if (attempts.some((attempt) => attempt.length === 0)) return [];
    const closest = attempts.reduce((best, attempt) =>
      attempt.length < best.length ? attempt : best,
    );
    return [
      found(
        'anyOf',
        `fits none of ${choices.length}; closest: ${closest.map(describe).join('; ')}`,
      ),
    ];
  }
}

/** @param {unknown} value @returns {value is Record<string, unknown>} */
const isObject = (value) => value !== null && typeof value === 'object' && !Array.isArray(value);

/** @param {Schema} document @param {string} ref */
const followOnce = (document, ref) =>
  ref
    .slice(2)
    .split('/')
    .map((part) => part.replace(/~1/g, '/').replace(/~0/g, '~'))
    .reduce((at, part) => at?.[part], document) ?? {};

/** @type {Record<string, (value: unknown) => boolean>} */
const kTypes = {
  object: isObject,
  array: Array.isArray,
  string: (value) => typeof value === 'string',
  boolean: (value) => typeof value === 'boolean',
  integer: Number.isInteger,
  number: (value) => typeof value === 'number',
};

/**
 * @param {Schema} schema @param {unknown} value
 * @param {(rule: string, detail: string) => Problem} found @returns {Problem[]}
 */
function ownProblems(schema, value, found) {
  if (schema.type && !kTypes[schema.type]?.(value))
    return [found('type', `${JSON.stringify(value)} is no ${schema.type}`)];
  const problems = [];
  if (schema.enum && !schema.enum.includes(value))
    problems.push(found('enum', `${JSON.stringify(value)} is none of ${schema.enum.join(', ')}`));
  if (schema.format === 'date-time' && typeof value === 'string' && !kDateTime.test(value))
    problems.push(found('format', `${value} is no date and time`));
  if (isObject(value))
    for (const key of schema.required ?? [])
      if (value[key] === undefined) problems.push(found('required', `"${key}" is missing`));
  if (typeof value === 'string' && schema.maxLength && value.length > schema.maxLength)
    problems.push(found('maxLength', `longer than ${schema.maxLength}`));
  if (Array.isArray(value) && schema.minItems && value.length < schema.minItems)
    problems.push(found('minItems', `fewer than ${schema.minItems}`));
  return problems;
}

/** @param {Problem} problem */
export function describe({ path, rule, detail, frames }) {
  const last = frames.at(-1);
  return `${path.join('.') || '(body)'}: ${rule}: ${detail}${last ? ` [${last.name}.${path.slice(last.depth).join('.')}]` : ''}`;
}
