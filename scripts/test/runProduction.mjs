import { bringUp } from '../../e2e/sonataflow/bed/bringUp.mjs';
import { contractService } from '../../e2e/sonataflow/bed/contractService.mjs';
import {
  dropDatabases,
  environmentOf,
  postgresAt,
} from '../../e2e/sonataflow/bed/database.mjs';
import {
  CONTRACT,
  FAILING,
  SAMPLES,
} from '../../e2e/sonataflow/bed/folders.mjs';
import { DownloadProblem } from '../../e2e/sonataflow/bed/runMaven.mjs';
import { sampleServices } from '../../e2e/sonataflow/bed/sampleServices.mjs';
import { Problem } from '../../.yarn/bootstrap/explain.mjs';
import { freePorts } from './freePort.mjs';
import { result } from './reportFile.mjs';
import { playJourneys } from './runJourneys.mjs';
import { runJest } from './runPackageTests.mjs';

const CONTRACT_TEST = 'SonataFlowEngine.contract';

/**
 * Tests on a real SonataFlow: the contract of engines, and journeys through a portal in production
 * mode.
 *
 * @returns results, or the reason why there are none
 */
export async function runProduction(root, { browserPath, postgresUrl }) {
  const postgres = postgresAt(postgresUrl);
  const prefix = `orchestrator_test_${process.pid}_`;
  const [app, backend, contract, port] = await freePorts(4);
  let service;
  try {
    service = await bringUp({
      name: 'test',
      folders: [SAMPLES, FAILING, CONTRACT],
      database: `${prefix}sonataflow`,
      port,
      properties: {
        ...contractService(contract),
        ...sampleServices(`http://localhost:${backend}`),
      },
      env: environmentOf(postgres),
      say: text => process.stdout.write(text),
    });
    return {
      results: [
        await keepsContract(root, service.url, contract),
        await playJourneys(
          root,
          'Journeys in production mode',
          ['--config=production.config.ts'],
          {
            ...environmentOf(postgres),
            CHROME_PATH: browserPath,
            E2E_APP_PORT: String(app),
            E2E_BACKEND_PORT: String(backend),
            E2E_DATABASE_PREFIX: `${prefix}portal_`,
            SONATAFLOW_URL: service.url,
          },
        ),
      ],
    };
  } catch (error) {
    return whyNot(error);
  } finally {
    await service?.stop();
    await dropDatabases(postgres, prefix);
  }
}

async function keepsContract(root, url, servicePort) {
  const all = await runJest(
    root,
    'Contract on SonataFlow',
    [CONTRACT_TEST, '--testNamePattern=sonataflow, real'],
    {
      ORCHESTRATOR_TEST_SONATAFLOW_URL: url,
      ORCHESTRATOR_TEST_SONATAFLOW_SERVICE_PORT: String(servicePort),
    },
  );
  // What is skipped is the same contract on the simulated one, which ran before.
  return { ...all, skipped: 0 };
}

/** No download is no fault of what is tested; anything else is. */
function whyNot(error) {
  if (error instanceof DownloadProblem) {
    return { results: [], reason: error.message };
  }
  if (error instanceof Problem) {
    process.stderr.write(`\n${error.message}\n`);
    return { results: [result('SonataFlow', 1, {})] };
  }
  throw error;
}
