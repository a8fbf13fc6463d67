// @ts-check
// The checker itself: it finds what is wrong, says where, and forgives only what it was told to.
import assert from 'node:assert/strict';
import { test } from 'node:test';
import { describe, SchemaCheck } from './schema-check.mjs';

const kDocument = {
  components: {
    schemas: {
      Thing: {
        allOf: [
          { $ref: '#/components/schemas/Base/allOf/0' },
          {
            type: 'object',
            required: ['type'],
            properties: {
              at: { type: 'string', format: 'date-time' },
              parts: { type: 'array', minItems: 1, items: { $ref: '#/components/schemas/Part' } },
            },
          },
        ],
      },
      Base: {
        allOf: [
          {
            type: 'object',
            properties: {
              type: { type: 'string' },
              note: { type: 'string', nullable: true },
              size: { oneOf: [{ type: 'integer' }, { type: 'string', enum: ['any'] }] },
            },
          },
        ],
      },
      Part: {
        type: 'object',
        required: ['id'],
        properties: {
          id: { type: 'string', maxLength: 3 },
          kind: { type: 'string', enum: ['a', 'b'] },
        },
      },
    },
  },
};
const kThing = { $ref: '#/components/schemas/Thing' };

test('a value that fits has no problem', () => {
  const check = new SchemaCheck(kDocument);
  for (const value of [
    { type: 't' },
    {
      type: 't',
      note: null,
      size: 3,
      at: '2026-03-02T09:00:00Z',
      parts: [{ id: 'x', kind: 'a' }],
      more: true,
    },
    { type: 't', size: 'any', at: '2026-03-02T09:00:00-05:00' },
  ]) {
    assert.deepEqual(check.problems(kThing, value), []);
  }
});

test('a value that does not fit is described with its place', () => {
  const cases = /** @type {[string, unknown, RegExp][]} */ ([
    ['missing', {}, /^\(body\): required: "type" is missing \[Thing\.\]$/],
    ['wrong type', { type: 7 }, /^type: type: 7 is no string/],
    ['null', { type: null }, /^type: type: null/],
    ['no object', [], /no object/],
    ['no choice fits', { type: 't', size: 'some' }, /^size: anyOf: fits none of 2/],
    ['bad time', { type: 't', at: 'today' }, /^at: format/],
    ['too few', { type: 't', parts: [] }, /^parts: minItems/],
    [
      'inside a list',
      { type: 't', parts: [{ id: 'x', kind: 'c' }] },
      /^parts\.\[\]\.kind: enum: "c" is none of a, b \[Part\.kind\]$/,
    ],
    ['too long', { type: 't', parts: [{ id: 'long' }] }, /maxLength/],
  ]);
  for (const [name, value, expected] of cases) {
    const [problem] = new SchemaCheck(kDocument).problems(kThing, value);
    assert.ok(problem, name);
    assert.match(describe(problem), expected, name);
  }
});

test('a known deviation is forgiven, in a choice as well, and nothing beside it', () => {
  const known = new SchemaCheck(
    kDocument,
    ({ path, rule }) => rule === 'enum' && path.at(-1) === 'kind',
  );
  assert.deepEqual(known.problems(kThing, { type: 't', parts: [{ id: 'x', kind: 'c' }] }), []);
  assert.deepEqual(
    known.problems({ oneOf: [{ $ref: '#/components/schemas/Part' }] }, { id: 'x', kind: 'c' }),
    [],
  );
  assert.equal(known.problems(kThing, { type: 't', parts: [{ kind: 'c' }] }).length, 1);
});
