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

/** Needs an engine that several replicas can share. */
const REPLICAS = 'replicas.portal.ts';

/** What depends on the engine. */
const ON_SONATAFLOW = ['instances.portal.ts', REPLICAS].map(
  name => `${FOLDER}/${name}`,
);

/** Builds the portal as it is deployed, and signs in to it. */
export async function runProductionPortal(
  root,
  patterns,
  { browserPath, postgresUrl },
) {
  const files = readdirSync(join(root, FOLDER))
    .filter(name => name.endsWith('.portal.ts') && name !== REPLICAS)
    .map(name => `${FOLDER}/${name}`);
  const chosen = patterns.filter(pattern =>
    files.some(file => file.includes(pattern)),
  );
  if (patterns.length > 0 && chosen.length === 0) {
    return result(NAME, 0, {});
  }
  return playPortal(root, NAME, chosen, {
    ...environmentOf(postgresAt(postgresUrl)),
    CHROME_PATH: browserPath,
  });
}

/**
 * What the portal as it is deployed does on a real SonataFlow. It is built already: by
 * {@link runProductionPortal}.
 */
export function runProductionPortalOn(service, root, env) {
  return playPortal(root, `${NAME} on SonataFlow`, ON_SONATAFLOW, {
    ...env,
    SONATAFLOW_URL: service.url,
    PRODUCTION_PORTAL_INSTALLED: 'true',
  });
}

async function playPortal(root, name, files, env) {
  const [port] = await freePorts(1);
  return playJourneys(
    root,
    name,
    ['--config=production-portal/playwright.config.ts', ...files],
    { ...env, PRODUCTION_PORTAL_PORT: String(port) },
  );
}
