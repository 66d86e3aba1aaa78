import { mockServices } from '@backstage/backend-test-utils';
import { DEFAULT_LIMITS, EmbeddedConfig } from '../config';
import { EmbeddedEngine } from '../engine';

/** An engine with a real process, reading a folder. */
export async function startEngine(
  workflows: string,
  more: Partial<EmbeddedConfig> = {},
): Promise<EmbeddedEngine> {
  const engine = EmbeddedEngine.create({
    readConfig: () => ({
      workflows,
      properties: `${workflows}/application.properties`,
      secrets: {},
      egressAllow: ['*'],
      limits: DEFAULT_LIMITS,
      ...more,
    }),
    logger: mockServices.logger.mock(),
    // Jest transforms nothing in other processes, so TypeScript needs what development has.
    execArgv: [
      '--require',
      require.resolve('@backstage/cli-node/config/nodeTransform.cjs'),
    ],
  });
  await engine.start();
  return engine;
}
