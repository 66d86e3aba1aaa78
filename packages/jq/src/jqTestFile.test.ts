/** @jest-environment node */
import { existsSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { readJqTestFile } from './testing/jqTestFile';
import { runJqTest } from './testing/runJqTest';

const FILE = join(__dirname, '../../../../shared/conformance/jq.test');

const own = `
# comments and blank lines are left out

.a | . + 1
{"a": 1}
2

%%FAIL
{(0): 1}
jq: error: Cannot use number (0) as object key

import "a" as a; a::b
null
1
`;

describe('a file in the format of the tests of jq', () => {
  it('is read into cases, of which those with modules are skipped', () => {
    const outcomes = readJqTestFile(own).map(testCase => [
      testCase.program,
      runJqTest(testCase).outcome,
    ]);
    expect(outcomes).toEqual([
      ['.a | . + 1', 'passed'],
      ['{(0): 1}', 'passed'],
      ['import "a" as a; a::b', 'skipped'],
    ]);
  });

  it('tells of cases that do not hold', () => {
    const [testCase] = readJqTestFile('. + 1\n1\n3\n');
    expect(runJqTest(testCase)).toEqual({
      outcome: 'failed',
      expected: '3',
      actual: '2',
    });
  });

  if (!existsSync(FILE)) {
    it.todo(`of jq itself is not run: there is no file ${FILE}`);
    return;
  }

  it('of jq itself passes but for modules', () => {
    const results = readJqTestFile(readFileSync(FILE, 'utf8')).map(
      testCase => ({
        program: testCase.program,
        ...runJqTest(testCase),
      }),
    );
    expect(results.filter(({ outcome }) => outcome === 'failed')).toEqual([]);
    expect(
      results.filter(({ outcome }) => outcome === 'passed').length,
    ).toBeGreaterThan(500);
  }, 60_000);
});
