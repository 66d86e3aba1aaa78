import { LoggerService } from '@backstage/backend-plugin-api';
import { mockServices } from '@backstage/backend-test-utils';
import { DEFAULT_LIMITS, EmbeddedConfig } from '../config';
import { EmbeddedEngine, EmbeddedEngineOptions } from '../engine';
import { EngineChild, forkEngine, ForkOptions } from '../supervisor';
import { inProcessChild } from './inProcessChild';

export interface StartOptions extends Partial<EmbeddedConfig> {
  logger?: LoggerService;
  /** How the process is started; by default there is none. */
  fork?: EmbeddedEngineOptions['fork'];
}

/** An engine that reads a folder. */
export async function startEngine(
  workflows: string,
  { logger, fork, ...config }: StartOptions = {},
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
    fork: fork ?? inProcessChild,
  });
  await engine.start();
  return engine;
}

/** A process as the portal starts it. */
export function realProcess(options: ForkOptions): EngineChild {
  return forkEngine({
    ...options,
    // Jest transforms nothing in other processes, so TypeScript needs what development has.
    execArgv: [
      '--require',
      require.resolve('@backstage/cli-node/config/nodeTransform.cjs'),
    ],
  });
}
