import {
  coreServices,
  createBackendModule,
} from '@backstage/backend-plugin-api';
import { orchestratorEngineExtensionPoint } from '@open-orchestrator/backstage-plugin-orchestrator-node';
import { parseEmbeddedConfig } from './config';
import { EmbeddedEngine } from './engine';

/**
 * Adds the dev mode engine to the orchestrator. It reads its configuration and starts only when
 * `orchestrator.engine` picks it.
 *
 * @public
 */
export const orchestratorModuleEmbedded = createBackendModule({
  pluginId: 'orchestrator',
  moduleId: 'embedded',
  register(reg) {
    reg.registerInit({
      deps: {
        engines: orchestratorEngineExtensionPoint,
        config: coreServices.rootConfig,
        logger: coreServices.logger,
      },
      async init({ engines, config, logger }) {
        engines.addEngine(
          EmbeddedEngine.create({
            readConfig: () => parseEmbeddedConfig(config, process.cwd()),
            logger: logger.child({ engine: 'embedded' }),
          }),
        );
      },
    });
  },
});
