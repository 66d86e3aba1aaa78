import { compile } from '../compile';
import { JqError, JqSyntaxError } from '../errors';
import { Run } from '../run/Run';
import { finite } from '../value/finite';
import { JqValue } from '../value/JqValue';
import { parseJson } from '../value/parseJson';
import { JqTestCase, JqTestResult, skipReason } from './jqTestFile';

/** As jq reads JSON: with a byte order mark, `nan` and infinite numbers. */
function readJson(text: string): JqValue {
  return parseJson(new Run([]), text.replace(/^\uFEFF/, ''));
}

function textOf(values: JqValue[]): string {
  return values.map(value => JSON.stringify(value)).join('\n');
}

function sameValues(a: JqValue[], b: JqValue[]): boolean {
  return compile('$a == $b', { variables: ['a', 'b'] }).evaluate(null, {
    variables: { a, b },
  })[0] as boolean;
}

/** Runs one case of a file in the format of jq's own tests. */
export function runJqTest(testCase: JqTestCase): JqTestResult {
  const reason = skipReason(testCase);
  if (reason) {
    return { outcome: 'skipped', reason };
  }
  return testCase.fails ? runFailing(testCase) : runSucceeding(testCase);
}

function runFailing({ program }: JqTestCase): JqTestResult {
  try {
    compile(program);
  } catch (error) {
    if (error instanceof JqSyntaxError) {
      return { outcome: 'passed' };
    }
    throw error;
  }
  return {
    outcome: 'failed',
    expected: 'a compile error',
    actual: 'it compiles',
  };
}

function runSucceeding(testCase: JqTestCase): JqTestResult {
  const expected = testCase.expected.map(text => finite(readJson(text)));
  let actual: JqValue[];
  try {
    actual = collect(testCase);
  } catch (error) {
    return {
      outcome: 'failed',
      expected: textOf(expected),
      actual: String(error),
    };
  }
  return sameValues(actual, expected)
    ? { outcome: 'passed' }
    : { outcome: 'failed', expected: textOf(expected), actual: textOf(actual) };
}

/** Outputs up to an error that the program does not catch, as jq's own runner counts them. */
function collect({ program, input }: JqTestCase): JqValue[] {
  const compiled = compile(program);
  const outputs: JqValue[] = [];
  try {
    // A slow machine is no reason to fail; the other limits hold.
    compiled.run(readJson(input), output => outputs.push(output), {
      budget: { timeMs: 60_000 },
    });
  } catch (error) {
    if (!(error instanceof JqError)) {
      throw error;
    }
  }
  return outputs;
}
