import { mockServices } from '@backstage/backend-test-utils';
import { describeWorkflowEngine } from '@open-orchestrator/backstage-plugin-orchestrator-node/testing';
import { SimulatedSonataFlow } from '../__testUtils__/SimulatedSonataFlow';
import { AddressPattern } from '../service/AddressPattern';
import { SonataFlowEngine } from './SonataFlowEngine';

/**
 * A running SonataFlow that has the workflows of the contract, e.g. the one of e2e/sonataflow. It
 * calls the service of the contract at the port that it was started with.
 */
const REAL_URL = process.env.ORCHESTRATOR_TEST_SONATAFLOW_URL;
const REAL_SERVICE_PORT = Number(
  process.env.ORCHESTRATOR_TEST_SONATAFLOW_SERVICE_PORT ?? 8099,
);

/** Which services may be called, when the Data Index is a service of its own. */
const REAL_SERVICES = process.env.ORCHESTRATOR_TEST_SONATAFLOW_SERVICES;

async function startEngine(
  url: string,
  services: string = url,
): Promise<SonataFlowEngine> {
  const engine = SonataFlowEngine.create({
    config: {
      dataIndex: { url: new URL('/graphql', url), timeoutMs: 30_000, tls: {} },
      services: [
        {
          match: AddressPattern.parse(services),
          allowPrivate: true,
          tls: {},
          timeoutMs: 30_000,
        },
      ],
    },
    logger: mockServices.logger.mock(),
  });
  await engine.start();
  return engine;
}

describeWorkflowEngine('sonataflow, simulated', {
  create: async service => {
    const simulated = await SimulatedSonataFlow.start(service);
    const engine = await startEngine(simulated.url);
    return {
      engine,
      dispose: async () => {
        await engine.stop();
        await simulated.close();
      },
    };
  },
});

if (REAL_URL) {
  describeWorkflowEngine('sonataflow, real', {
    servicePort: REAL_SERVICE_PORT,
    patienceMs: 20_000,
    create: async () => {
      const engine = await startEngine(REAL_URL, REAL_SERVICES);
      return { engine, dispose: () => engine.stop() };
    },
  });
} else {
  process.stdout.write(
    'Left out: the contract against a real SonataFlow; ORCHESTRATOR_TEST_SONATAFLOW_URL is not set\n',
  );
}
