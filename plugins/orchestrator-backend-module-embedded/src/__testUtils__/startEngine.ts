import { LoggerService } from '@backstage/backend-plugin-api';
import { mockServices } from '@backstage/backend-test-utils';
import { DEFAULT_LIMITS, EmbeddedConfig } from '../config';
import { EmbeddedEngine } from '../engine';
import { EngineChild, forkEngine } from '../supervisor';

export interface StartOptions extends Partial<EmbeddedConfig> {
  logger?: LoggerService;
  /** Gets each process that is started. */
  onProcess?: (child: EngineChild) => void;
}

/** An engine with a real process, reading a folder. */
export async function startEngine(
  workflows: string,
  { logger, onProcess, ...config }: StartOptions = {},
): Promise<EmbeddedEngine> {
  const engine = EmbeddedEngine.create({
    readConfig: () => ({
      workflows,
      properties: `${workflows}/application.properties`,
      secrets: {},
      egressAllow: ['*'],
      limits: DEFAULT_LIMITS,
      ...config,
    }),
    logger: logger ?? mockServices.logger.mock(),
    fork: options => {
      const child = forkEngine({
        ...options,
        // Jest transforms nothing in other processes, so TypeScript needs what development has.
        execArgv: [
          '--require',
          require.resolve('@backstage/cli-node/config/nodeTransform.cjs'),
        ],
      });
      onProcess?.(child);
      return child;
    },
  });
  await engine.start();
  return engine;
}
