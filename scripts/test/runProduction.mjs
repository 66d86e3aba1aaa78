import { contractService } from '../../e2e/sonataflow/bed/contractService.mjs';
import {
  createDatabase,
  dropDatabases,
  environmentOf,
  postgresAt,
} from '../../e2e/sonataflow/bed/database.mjs';
import { sampleServices } from '../../e2e/sonataflow/bed/sampleServices.mjs';
import { startService } from '../../e2e/sonataflow/bed/startService.mjs';
import { freePorts } from './freePort.mjs';
import { playJourneys } from './runJourneys.mjs';
import { runJest } from './runPackageTests.mjs';
import { runProductionPortalOn } from './runProductionPortal.mjs';

const CONTRACT_TEST = 'SonataFlowEngine.contract';

/**
 * Tests on a real SonataFlow: the contract of engines, journeys through a portal in production mode,
 * and some through the portal as it is deployed. Databases are made for them and dropped.
 */
export async function runProduction(
  root,
  { application, browserPath, postgresUrl },
) {
  const postgres = postgresAt(postgresUrl);
  const prefix = `orchestrator_test_${process.pid}_`;
  const database = `${prefix}sonataflow`;
  const [app, backend, contract, port] = await freePorts(4);
  let service;
  try {
    await createDatabase(postgres, database);
    process.stdout.write('Starting SonataFlow …\n');
    service = await startService({
      name: 'test',
      application,
      port,
      postgres,
      database,
      properties: {
        ...contractService(contract),
        ...sampleServices(`http://localhost:${backend}`),
      },
    });
    const browserAndDatabase = {
      ...environmentOf(postgres),
      CHROME_PATH: browserPath,
    };
    return [
      await keepsContract(root, {
        ORCHESTRATOR_TEST_SONATAFLOW_URL: service.url,
        ORCHESTRATOR_TEST_SONATAFLOW_SERVICE_PORT: String(contract),
      }),
      await playJourneys(
        root,
        'Journeys in production mode',
        ['--config=production.config.ts'],
        {
          ...browserAndDatabase,
          E2E_APP_PORT: String(app),
          E2E_BACKEND_PORT: String(backend),
          E2E_DATABASE_PREFIX: `${prefix}portal_`,
          SONATAFLOW_URL: service.url,
        },
      ),
      await runProductionPortalOn(service, root, browserAndDatabase),
    ];
  } finally {
    await service?.stop();
    await dropDatabases(postgres, prefix);
  }
}

async function keepsContract(root, env) {
  const all = await runJest(
    root,
    'Contract on SonataFlow',
    [CONTRACT_TEST, '--testNamePattern=sonataflow, real'],
    env,
  );
  // What is skipped is the same contract on the simulated one, which ran before.
  return { ...all, skipped: 0 };
}
