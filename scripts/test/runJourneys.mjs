import { readdirSync } from 'node:fs';
import { join } from 'node:path';
import { freePort } from './freePort.mjs';
import { reportFile, result } from './reportFile.mjs';
import { run } from './run.mjs';

/** Starts a portal of its own and drives it through a browser. */
export async function runJourneys(root, patterns, browserPath) {
  const journeys = readdirSync(join(root, 'e2e', 'journeys'));
  const chosen = patterns.filter(pattern =>
    journeys.some(journey => `e2e/journeys/${journey}`.includes(pattern)),
  );
  if (patterns.length > 0 && chosen.length === 0) {
    return result('Journeys', 0, {});
  }
  // Apart from the usual ports, where other portals of this machine may start.
  const appPort = await freePort(20_000 + (process.pid % 10_000));
  const backendPort = await freePort(appPort + 1);
  const { code, report } = await reportFile(file =>
    run(
      'yarn',
      ['workspace', 'e2e', 'run', '-B', 'playwright', 'test', ...chosen],
      {
        cwd: root,
        env: {
          ...process.env,
          CHROME_PATH: browserPath,
          E2E_APP_PORT: String(appPort),
          E2E_BACKEND_PORT: String(backendPort),
          PLAYWRIGHT_JSON_OUTPUT_NAME: file,
        },
      },
    ),
  );
  return result(
    'Journeys',
    code,
    report ? readPlaywright(JSON.parse(report)) : {},
  );
}

export function readPlaywright({ stats, errors }) {
  return {
    passed: stats.expected + stats.flaky,
    failed: stats.unexpected + (stats.unexpected === 0 ? errors.length : 0),
    skipped: stats.skipped,
  };
}
