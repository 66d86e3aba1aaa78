import {
  coreServices,
  createBackendModule,
} from '@backstage/backend-plugin-api';
import { orchestratorEngineExtensionPoint } from '@open-orchestrator/backstage-plugin-orchestrator-node';
import { parseSonataFlowConfig } from './config/parseSonataFlowConfig';
import { SonataFlowEngine } from './engine/SonataFlowEngine';

/**
 * Registers the engine `sonataflow` when `orchestrator.sonataflow` is configured.
 *
 * @public
 */
export const orchestratorModuleSonataflow = createBackendModule({
  pluginId: 'orchestrator',
  moduleId: 'sonataflow',
  register(reg) {
    reg.registerInit({
      deps: {
        engines: orchestratorEngineExtensionPoint,
        config: coreServices.rootConfig,
        logger: coreServices.logger,
      },
      async init({ engines, config, logger }) {
        const parsed = parseSonataFlowConfig(config);
        if (parsed) {
          engines.addEngine(
            SonataFlowEngine.create({ config: parsed, logger }),
          );
        }
      },
    });
  },
});
