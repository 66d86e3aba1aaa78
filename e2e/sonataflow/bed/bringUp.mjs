import { freePort } from '../../../scripts/test/freePort.mjs';
import { buildService } from './buildService.mjs';
import { createDatabase, postgresOf } from './database.mjs';
import { requireTools } from './findTools.mjs';
import { CACHE } from './folders.mjs';
import { serviceSources } from './serviceSources.mjs';
import { startService } from './startService.mjs';

const FIRST_PORT = 8080;
const DATABASE = 'orchestrator_sonataflow';

/**
 * Builds a service when needed, makes its database, and starts it.
 *
 * @param name - names the build and the log
 * @param folders - folders of workflows, the samples by default
 * @param project - the folder of the Maven project
 * @param settings - lines for the application.properties that is built in
 * @param database - made when it is not there; SONATAFLOW_DATABASE or one of our own by default
 * @param port - the first free one from SONATAFLOW_PORT or 8080 on by default
 * @param properties - settings by key, for this start
 * @param cache - where builds and logs go
 * @param env - the environment, which tells where PostgreSQL is
 * @param say - is told what happens
 */
export async function bringUp({
  name = 'samples',
  folders,
  project,
  settings,
  database: wanted,
  port,
  properties,
  cache = CACHE,
  env,
  say,
}) {
  requireTools();
  const postgres = postgresOf(env);
  const database = wanted ?? env.SONATAFLOW_DATABASE ?? DATABASE;
  await createDatabase(postgres, database);
  const application = await buildService({
    name,
    sources: serviceSources({ folders, project, settings }),
    cache,
    say,
  });
  say('Starting the SonataFlow service …\n');
  const service = await startService({
    name,
    application,
    port: port ?? (await freePort(Number(env.SONATAFLOW_PORT ?? FIRST_PORT))),
    postgres,
    database,
    properties,
    cache,
  });
  say(`SonataFlow and its Data Index answer at ${service.url}\n`);
  return { ...service, postgres, database };
}
