import { globSync } from 'node:fs';
import { reportFile, result } from './reportFile.mjs';
import { run } from './run.mjs';

/** Runs the tests of the scripts with Node's own runner. */
export async function runScriptTests(root, patterns) {
  const files = globSync(
    '{.yarn/bootstrap,scripts,e2e/sonataflow}/**/*.test.mjs',
    {
      cwd: root,
    },
  ).filter(
    file =>
      patterns.length === 0 || patterns.some(pattern => file.includes(pattern)),
  );
  if (files.length === 0) {
    return result('Scripts', 0, {});
  }
  const { code, report = '' } = await reportFile(file =>
    run(
      process.execPath,
      [
        '--test',
        '--test-reporter=dot',
        '--test-reporter-destination=stdout',
        '--test-reporter=tap',
        `--test-reporter-destination=${file}`,
        ...files,
      ],
      { cwd: root },
    ),
  );
  return result('Scripts', code, readTap(report));
}

/** The totals at the end of a report in TAP. */
export function readTap(report) {
  const total = name =>
    Number(report.match(new RegExp(`^# ${name} (\\d+)$`, 'm'))?.[1] ?? 0);
  return {
    passed: total('pass'),
    failed: total('fail') + total('cancelled'),
    skipped: total('skipped') + total('todo'),
  };
}
