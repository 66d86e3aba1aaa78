import { readdirSync } from 'node:fs';
import { join } from 'node:path';
import { freePorts } from './freePort.mjs';
import { reportFile, result } from './reportFile.mjs';
import { run } from './run.mjs';

/** Starts a portal in dev mode and drives it through a browser. */
export async function runJourneys(root, patterns, browserPath) {
  const journeys = readdirSync(join(root, 'e2e', 'journeys')).filter(
    name => !name.includes('.production.'),
  );
  const chosen = patterns.filter(pattern =>
    journeys.some(journey => `e2e/journeys/${journey}`.includes(pattern)),
  );
  if (patterns.length > 0 && chosen.length === 0) {
    return result('Journeys', 0, {});
  }
  const [appPort, backendPort] = await freePorts(2);
  return playJourneys(root, 'Journeys', chosen, {
    CHROME_PATH: browserPath,
    E2E_APP_PORT: String(appPort),
    E2E_BACKEND_PORT: String(backendPort),
  });
}

/** Runs Playwright, with more arguments and environment. */
export async function playJourneys(root, name, args, env) {
  const { code, report } = await reportFile(file =>
    run(
      'yarn',
      ['workspace', 'e2e', 'run', '-B', 'playwright', 'test', ...args],
      {
        cwd: root,
        env: { ...process.env, ...env, PLAYWRIGHT_JSON_OUTPUT_NAME: file },
      },
    ),
  );
  return result(name, code, report ? readPlaywright(JSON.parse(report)) : {});
}

export function readPlaywright({ stats, errors }) {
  return {
    passed: stats.expected + stats.flaky,
    failed: stats.unexpected + (stats.unexpected === 0 ? errors.length : 0),
    skipped: stats.skipped,
  };
}
