import { readFileSync } from 'node:fs';
import { ExpressionCaseFile } from './ExpressionCase';
import { runExpressionCase } from './runExpressionCase';

/** Runs a file of expression cases and prints what fails. */
function main([path]: string[]): number {
  if (path === undefined) {
    process.stderr.write('npm run conformance:expressions -- FILE\n');
    return 2;
  }
  const file: ExpressionCaseFile = JSON.parse(readFileSync(path, 'utf8'));
  const counts = { passed: 0, failed: 0, skipped: 0 };
  for (const testCase of file.cases) {
    const result = runExpressionCase(testCase, file);
    counts[result.outcome]++;
    if (result.outcome === 'failed') {
      const expected = JSON.stringify(result.expected);
      const actual = JSON.stringify(result.actual);
      process.stdout.write(
        `FAILED ${result.title}\n  expected ${expected}\n  actual   ${actual}\n`,
      );
    } else if (result.outcome === 'skipped') {
      process.stdout.write(`SKIPPED (${result.reason}) ${result.title}\n`);
    }
  }
  const { passed, failed, skipped } = counts;
  process.stdout.write(
    `${passed} passed, ${failed} failed, ${skipped} skipped\n`,
  );
  return failed > 0 ? 1 : 0;
}

process.exitCode = main(process.argv.slice(2));
