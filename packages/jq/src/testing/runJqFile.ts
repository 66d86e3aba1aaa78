import { readFileSync } from 'node:fs';
import { readJqTestFile } from './jqTestFile';
import { runJqTest } from './runJqTest';

/** Runs a file in the format of jq's own tests and prints what fails. */
function main([file]: string[]): number {
  if (file === undefined) {
    process.stderr.write('npm run conformance:jq -- FILE\n');
    return 2;
  }
  const counts = { passed: 0, failed: 0, skipped: 0 };
  for (const testCase of readJqTestFile(readFileSync(file, 'utf8'))) {
    const result = runJqTest(testCase);
    counts[result.outcome]++;
    const title = `${testCase.line}: ${testCase.program}\n`;
    if (result.outcome === 'failed') {
      const { expected, actual } = result;
      process.stdout.write(
        `FAILED ${title}  expected ${expected}\n  actual   ${actual}\n`,
      );
    } else if (result.outcome === 'skipped') {
      process.stdout.write(`SKIPPED (${result.reason}) ${title}`);
    }
  }
  const { passed, failed, skipped } = counts;
  process.stdout.write(
    `${passed} passed, ${failed} failed, ${skipped} skipped\n`,
  );
  return failed > 0 ? 1 : 0;
}

process.exitCode = main(process.argv.slice(2));
