import assert from 'node:assert/strict';
import { test } from 'node:test';
import { summarize } from './summarize.mjs';

const packages = { name: 'Packages', passed: 40, failed: 1, skipped: 2 };
const journeys = { name: 'Journeys', passed: 8, failed: 0, skipped: 0 };

test('the last line is the sum over all kinds of tests', () => {
  const { text, failed } = summarize([packages, journeys], []);
  assert.equal(text.trimEnd().split('\n').at(-1), '48 passed, 1 failed');
  assert.equal(failed, 1);
});

test('what was skipped or not run is said, with the reason', () => {
  const { text } = summarize([packages], ['the journeys: no browser']);
  assert.match(text, /Packages: 40 passed, 1 failed, 2 skipped/);
  assert.match(text, /Not run:\n- the journeys: no browser/);
});
