import { reportFile, result } from './reportFile.mjs';
import { run } from './run.mjs';

const POSTGRES = 'BACKSTAGE_TEST_DATABASE_POSTGRES15_CONNECTION_STRING';

/** Runs the tests of all packages with Jest. */
export function runPackageTests(root, patterns, postgresUrl) {
  return runJest(root, 'Packages', patterns, databasesOf(postgresUrl));
}

/** Where tests find a PostgreSQL beside SQLite; without an address they use only the latter. */
export function databasesOf(postgresUrl) {
  return postgresUrl ? { [POSTGRES]: postgresUrl } : {};
}

/** Runs Jest on the repository, with more arguments and environment. */
export async function runJest(root, name, args, env) {
  const { code, report } = await reportFile(file =>
    run(
      'backstage-cli',
      [
        ...['repo', 'test', '--watch=false', '--passWithNoTests'],
        ...['--json', `--outputFile=${file}`],
        // What is slow on a busy machine is not broken.
        '--testTimeout=60000',
        ...args,
      ],
      { cwd: root, env: { ...process.env, ...env } },
    ),
  );
  return result(name, code, report ? readJest(JSON.parse(report)) : {});
}

/** A suite that could not even start counts as one failure. */
export function readJest(report) {
  return {
    passed: report.numPassedTests,
    failed: report.numFailedTests + report.numRuntimeErrorTestSuites,
    skipped: report.numPendingTests + report.numTodoTests,
  };
}
