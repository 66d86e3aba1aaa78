import assert from 'node:assert/strict';
import { test } from 'node:test';
import { figuresOf } from './runPromises.mjs';

const spec = (...descriptions) => ({
  tests: [
    {
      annotations: descriptions.map(description => ({
        type: 'figure',
        description,
      })),
    },
  ],
});

test('figures are gathered from all suites, and nothing else is', () => {
  const other = { type: 'skip', description: 'no figure' };
  const report = {
    suites: [
      { specs: [spec('a'), { tests: [{ annotations: [other] }] }] },
      { specs: [], suites: [{ specs: [spec('b', 'c')] }] },
    ],
  };
  assert.deepEqual(figuresOf(report), ['a', 'b', 'c']);
});

test('a report without suites has no figures', () => {
  assert.deepEqual(figuresOf({}), []);
});
