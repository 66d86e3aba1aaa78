import {
  coreServices,
  createBackendPlugin,
} from '@backstage/backend-plugin-api';
import { metricsServiceRef } from '@backstage/backend-plugin-api/alpha';
import { catalogServiceRef } from '@backstage/plugin-catalog-node';
import { eventsServiceRef } from '@backstage/plugin-events-node';
import { signalsServiceRef } from '@backstage/plugin-signals-node';
import { orchestratorEngineExtensionPoint } from '@open-orchestrator/backstage-plugin-orchestrator-node';
import { parseOrchestratorConfig } from './config';
import { migrate } from './database';
import { EngineRegistry } from './engine';
import { Orchestrator } from './Orchestrator';

/**
 * The backend of the orchestrator. Needs an engine module.
 *
 * @public
 */
export const orchestratorPlugin = createBackendPlugin({
  pluginId: 'orchestrator',
  register(reg) {
    const engines = EngineRegistry.create();
    reg.registerExtensionPoint(orchestratorEngineExtensionPoint, engines);
    reg.registerInit({
      deps: {
        config: coreServices.rootConfig,
        logger: coreServices.logger,
        lifecycle: coreServices.lifecycle,
        rootLifecycle: coreServices.rootLifecycle,
        database: coreServices.database,
        auth: coreServices.auth,
        httpAuth: coreServices.httpAuth,
        httpRouter: coreServices.httpRouter,
        permissions: coreServices.permissions,
        permissionsRegistry: coreServices.permissionsRegistry,
        auditor: coreServices.auditor,
        metrics: metricsServiceRef,
        catalog: catalogServiceRef,
        signals: signalsServiceRef,
        events: eventsServiceRef,
      },
      async init({ config, database, httpRouter, ...services }) {
        const { lifecycle, rootLifecycle } = services;
        const settings = parseOrchestratorConfig(config, engines.ids);
        const orchestrator = Orchestrator.create({
          ...services,
          settings,
          engine: engines.pick(settings.engine),
          knex: await migrate(database),
        });
        rootLifecycle.addBeforeShutdownHook(() => orchestrator.standDown());
        lifecycle.addShutdownHook(() => orchestrator.stop());
        await orchestrator.start();
        rootLifecycle.addStartupHook(() => orchestrator.begin());
        httpRouter.use(orchestrator.router);
        // Senders outside the portal prove themselves by a signature.
        httpRouter.addAuthPolicy({
          path: '/webhooks',
          allow: 'unauthenticated',
        });
      },
    });
  },
});
