import { existsSync } from 'node:fs';
import { freePort } from '../../../scripts/test/freePort.mjs';
import { Problem } from '../../../.yarn/bootstrap/explain.mjs';
import { buildDefinitions } from './buildDefinitions.mjs';
import { conformanceCases } from './conformanceCases.mjs';
import { createDatabase, postgresOf } from './database.mjs';
import { requireTools } from './findTools.mjs';
import { gatherDefinitions } from './gatherDefinitions.mjs';
import { startService } from './startService.mjs';

const NAME = 'definitions';
const FIRST_PORT = 8080;

/**
 * Starts a service with workflows of any folder; those that can't be in it are left out and named.
 *
 * @param folder - the folder
 * @param casesFile - only the workflows of these conformance cases, with what they need
 * @param servicesPort - the first port of the services of the cases
 */
export async function bringUpDefinitions({
  folder,
  casesFile,
  servicesPort,
  database = 'orchestrator_sonataflow_definitions',
  port,
  env,
  say,
}) {
  requireTools();
  for (const path of [folder, casesFile]) {
    if (path && !existsSync(path)) {
      throw new Problem(`There is no ${path}.`);
    }
  }
  const postgres = postgresOf(env);
  await createDatabase(postgres, database);
  const { properties, ...wanted } = casesFile
    ? conformanceCases({ file: casesFile, folder, servicesPort })
    : {};
  const { resources, leftOut } = gatherDefinitions({ folder, ...wanted });
  leftOut.forEach(({ name, reason }) => say(`Left out ${name}: ${reason}\n`));
  const { application } = await buildDefinitions({
    name: NAME,
    resources,
    say,
  });
  const service = await startService({
    name: NAME,
    application,
    port: port ?? (await freePort(Number(env.SONATAFLOW_PORT ?? FIRST_PORT))),
    postgres,
    database,
    properties,
  });
  say(`SonataFlow answers at ${service.url}\n`);
  return { ...service, postgres, database };
}
