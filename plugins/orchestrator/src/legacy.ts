import {
  createApiFactory,
  createComponentExtension,
  createPlugin,
  createRoutableExtension,
  discoveryApiRef,
  fetchApiRef,
} from '@backstage/core-plugin-api';
import { OrchestratorClient } from '@open-orchestrator/backstage-plugin-orchestrator-common';
import { orchestratorApiRef } from './api/orchestratorApiRef';
import { rootRouteRef } from './routes';

export { orchestratorApiRef } from './api/orchestratorApiRef';
export type { OrchestratorApi } from './api/orchestratorApiRef';
export { isOrchestratorAvailable } from './entity/isOrchestratorAvailable';
export { orchestratorTranslationRef } from './translation';

/**
 * The plugin for Backstage's old frontend system.
 *
 * @public
 */
export const orchestratorPlugin = createPlugin({
  id: 'orchestrator',
  apis: [
    createApiFactory({
      api: orchestratorApiRef,
      deps: { discoveryApi: discoveryApiRef, fetchApi: fetchApiRef },
      factory: apis => OrchestratorClient.create(apis),
    }),
  ],
  routes: { root: rootRouteRef },
});

/**
 * All pages of the plugin, for a route such as `/orchestrator`.
 *
 * @public
 */
export const OrchestratorPage = orchestratorPlugin.provide(
  createRoutableExtension({
    name: 'OrchestratorPage',
    component: () => import('./OrchestratorPage').then(m => m.OrchestratorPage),
    mountPoint: rootRouteRef,
  }),
);

/**
 * The tab of an entity page; show it if {@link isOrchestratorAvailable}.
 *
 * @public
 */
export const EntityWorkflowsContent = orchestratorPlugin.provide(
  createComponentExtension({
    name: 'EntityWorkflowsContent',
    component: {
      lazy: () =>
        import('./entity/EntityWorkflowsContent').then(
          m => m.EntityWorkflowsContent,
        ),
    },
  }),
);

/**
 * The card of an entity's overview; show it if {@link isOrchestratorAvailable}.
 *
 * @public
 */
export const EntityWorkflowsCard = orchestratorPlugin.provide(
  createComponentExtension({
    name: 'EntityWorkflowsCard',
    component: {
      lazy: () =>
        import('./entity/EntityWorkflowsCard').then(m => m.EntityWorkflowsCard),
    },
  }),
);
