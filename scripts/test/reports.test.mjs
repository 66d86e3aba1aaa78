import assert from 'node:assert/strict';
import { test } from 'node:test';
import { result } from './reportFile.mjs';
import { readPlaywright } from './runJourneys.mjs';
import { readJest } from './runPackageTests.mjs';
import { readTap } from './runScriptTests.mjs';

test('a runner that fails without a failed test counts as a failure', () => {
  assert.equal(result('Packages', 1, {}).failed, 1);
  assert.equal(result('Packages', 1, { failed: 3 }).failed, 3);
  assert.equal(result('Packages', 0, { passed: 5 }).failed, 0);
});

test('a Jest suite that could not start counts as a failure', () => {
  const report = {
    numPassedTests: 10,
    numFailedTests: 1,
    numRuntimeErrorTestSuites: 1,
    numPendingTests: 2,
    numTodoTests: 1,
  };
  assert.deepEqual(readJest(report), { passed: 10, failed: 2, skipped: 3 });
});

test('journeys that could not begin count as failures', () => {
  const stats = { expected: 0, unexpected: 0, flaky: 0, skipped: 4 };
  const errors = [{ message: 'the portal did not start' }];
  assert.deepEqual(readPlaywright({ stats, errors }), {
    passed: 0,
    failed: 1,
    skipped: 4,
  });
});

test('the totals of TAP are read', () => {
  const report = '# tests 7\n# pass 4\n# fail 1\n# cancelled 1\n# skipped 1\n';
  assert.deepEqual(readTap(report), { passed: 4, failed: 2, skipped: 1 });
});
