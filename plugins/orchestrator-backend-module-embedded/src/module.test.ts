import { mockServices, startTestBackend } from '@backstage/backend-test-utils';
import {
  orchestratorEngineExtensionPoint,
  WorkflowEngine,
} from '@open-orchestrator/backstage-plugin-orchestrator-node';
import module from './index';

async function register(embedded: object): Promise<WorkflowEngine[]> {
  const engines: WorkflowEngine[] = [];
  await startTestBackend({
    extensionPoints: [
      [
        orchestratorEngineExtensionPoint,
        { addEngine: (engine: WorkflowEngine) => engines.push(engine) },
      ],
    ],
    features: [
      module,
      mockServices.rootConfig.factory({
        data: { orchestrator: { embedded } },
      }),
    ],
  });
  return engines;
}

describe('the module', () => {
  it('adds an engine without starting it or reading its settings', async () => {
    const engines = await register({ nonsense: true });

    expect(engines).toEqual([
      expect.objectContaining({ id: 'embedded', mode: 'dev' }),
    ]);
    expect(await engines[0].health()).toEqual({
      reachable: false,
      message: 'The engine was not started.',
    });
  });

  it('refuses wrong settings when the engine is started', async () => {
    const [engine] = await register({ nonsense: true });

    await expect(engine.start()).rejects.toThrow(
      'Unknown setting orchestrator.embedded.nonsense; known are workflows, properties, secrets, egress, limits, poll.',
    );
  });
});
