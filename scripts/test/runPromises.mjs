import { reportFile, result } from './reportFile.mjs';
import { readPlaywright } from './runJourneys.mjs';
import { run } from './run.mjs';

/**
 * Proves the promises of the production mode on a bed of its own: a Data Index, two workflow services
 * and two replicas of the portal, which are killed, cut off and kept busy.
 *
 * @param form - `full`, or `short` for what takes some minutes
 * @param patterns - choose among the files
 */
export async function runPromises(root, { form, patterns = [] }) {
  const { code, report } = await reportFile(file =>
    run(
      'yarn',
      [
        ...['workspace', 'e2e', 'run', '-B', 'playwright', 'test'],
        ...['--config', 'promises/playwright.config.ts'],
        ...(form === 'short' ? ['--grep', '@short'] : []),
        ...patterns,
      ],
      {
        cwd: root,
        env: {
          ...process.env,
          PROMISES_FORM: form,
          PLAYWRIGHT_JSON_OUTPUT_NAME: file,
        },
      },
    ),
  );
  const found = report ? JSON.parse(report) : undefined;
  return {
    ...result('Promises', code, found ? readPlaywright(found) : {}),
    figures: found ? figuresOf(found) : [],
  };
}

/** What the tests measured, in their order. */
export function figuresOf(report) {
  const suites = report.suites ?? [];
  return suites.flatMap(suite => [
    ...figuresOf(suite),
    ...(suite.specs ?? [])
      .flatMap(({ tests }) => tests)
      .flatMap(({ annotations }) => annotations)
      .filter(({ type }) => type === 'figure')
      .map(({ description }) => description),
  ]);
}
