import { reportFile, result } from './reportFile.mjs';
import { run } from './run.mjs';

/** Runs the tests of all packages with Jest. */
export async function runPackageTests(root, patterns, postgresUrl) {
  const { code, report } = await reportFile(file =>
    run(
      'backstage-cli',
      [
        ...['repo', 'test', '--watch=false', '--passWithNoTests'],
        ...['--json', `--outputFile=${file}`],
        // What is slow on a busy machine is not broken.
        '--testTimeout=60000',
        ...patterns,
      ],
      { cwd: root, env: testEnvironment(process.env, postgresUrl) },
    ),
  );
  return result('Packages', code, report ? readJest(JSON.parse(report)) : {});
}

function testEnvironment(env, postgresUrl) {
  const name = 'BACKSTAGE_TEST_DATABASE_POSTGRES15_CONNECTION_STRING';
  return postgresUrl ? { ...env, [name]: postgresUrl } : env;
}

/** A suite that could not even start counts as one failure. */
export function readJest(report) {
  return {
    passed: report.numPassedTests,
    failed: report.numFailedTests + report.numRuntimeErrorTestSuites,
    skipped: report.numPendingTests + report.numTodoTests,
  };
}
