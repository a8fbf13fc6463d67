// Some thousand answers of a sign-in, each from its number: oauth.mjs plays more, from any.
import assert from 'node:assert/strict';
import { test } from 'node:test';
import { run } from './oauth.mjs';

test('Whatever comes back from a sign-in, only the right answer is a grant, and nothing secret is repeated', async () => {
  const { granted } = await run((count) => count < 5000, 1);
  assert.ok(granted > 100, 'some are right');
});
