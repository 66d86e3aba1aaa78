import { readdirSync } from 'node:fs';
import { join } from 'node:path';
import {
  environmentOf,
  postgresAt,
} from '../../e2e/sonataflow/bed/database.mjs';
import { freePorts } from './freePort.mjs';
import { result } from './reportFile.mjs';
import { playJourneys } from './runJourneys.mjs';

const NAME = 'Production portal';
const FOLDER = 'e2e/production-portal';

/** Builds the portal as it is deployed, and signs in to it. */
export async function runProductionPortal(
  root,
  patterns,
  { browserPath, postgresUrl },
) {
  const files = readdirSync(join(root, FOLDER))
    .filter(name => name.endsWith('.portal.ts'))
    .map(name => `${FOLDER}/${name}`);
  const chosen = patterns.filter(pattern =>
    files.some(file => file.includes(pattern)),
  );
  if (patterns.length > 0 && chosen.length === 0) {
    return result(NAME, 0, {});
  }
  const [port] = await freePorts(1);
  return playJourneys(
    root,
    NAME,
    ['--config=production-portal/playwright.config.ts', ...chosen],
    {
      ...environmentOf(postgresAt(postgresUrl)),
      CHROME_PATH: browserPath,
      PRODUCTION_PORTAL_PORT: String(port),
    },
  );
}
