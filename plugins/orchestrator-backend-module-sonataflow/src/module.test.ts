import { createBackendPlugin } from '@backstage/backend-plugin-api';
import { mockServices, startTestBackend } from '@backstage/backend-test-utils';
import {
  orchestratorEngineExtensionPoint,
  WorkflowEngine,
} from '@open-orchestrator/backstage-plugin-orchestrator-node';
import orchestratorModuleSonataflow from './index';

async function registeredEngines(orchestrator: object): Promise<string[]> {
  const engines: WorkflowEngine[] = [];
  await startTestBackend({
    features: [
      createBackendPlugin({
        pluginId: 'orchestrator',
        register(reg) {
          reg.registerExtensionPoint(orchestratorEngineExtensionPoint, {
            addEngine: engine => engines.push(engine),
          });
          reg.registerInit({ deps: {}, async init() {} });
        },
      }),
      orchestratorModuleSonataflow,
      mockServices.rootConfig.factory({ data: { orchestrator } }),
    ],
  });
  return engines.map(({ id, mode }) => `${id} (${mode})`);
}

describe('the sonataflow module', () => {
  it('registers the engine when it is configured', async () => {
    await expect(
      registeredEngines({
        sonataflow: { dataIndex: { url: 'http://localhost:1/graphql' } },
      }),
    ).resolves.toEqual(['sonataflow (production)']);
  });

  it('keeps out of the way of another engine', async () => {
    await expect(registeredEngines({ engine: 'embedded' })).resolves.toEqual(
      [],
    );
  });

  it('stops the start when it is chosen but not configured', async () => {
    await expect(registeredEngines({ engine: 'sonataflow' })).rejects.toThrow(
      'orchestrator.sonataflow.dataIndex.url is not configured',
    );
  });
});
