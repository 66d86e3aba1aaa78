import { freePort } from '../../../scripts/test/freePort.mjs';
import { buildService } from './buildService.mjs';
import { createDatabase, postgresOf } from './database.mjs';
import { requireTools } from './findTools.mjs';
import { startService } from './startService.mjs';

const FIRST_PORT = 8080;

/** Builds the service when needed, makes its database, and starts it on a free port. */
export async function bringUp({ withContract = false, env, say }) {
  requireTools();
  const postgres = postgresOf(env);
  const database = withContract
    ? 'orchestrator_sonataflow_contract'
    : 'orchestrator_sonataflow';
  await createDatabase(postgres, database);
  const application = await buildService({ withContract, say });
  const port = await freePort(Number(env.SONATAFLOW_PORT ?? FIRST_PORT));
  say('Starting the SonataFlow service …\n');
  const service = await startService({ application, port, postgres, database });
  say(`SonataFlow and its Data Index answer at ${service.url}\n`);
  return { ...service, postgres };
}
