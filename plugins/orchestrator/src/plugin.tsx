import AccountTreeIcon from '@mui/icons-material/AccountTreeOutlined';
import {
  ApiBlueprint,
  createFrontendPlugin,
  discoveryApiRef,
  fetchApiRef,
  PageBlueprint,
} from '@backstage/frontend-plugin-api';
import {
  EntityCardBlueprint,
  EntityContentBlueprint,
} from '@backstage/plugin-catalog-react/alpha';
import { OrchestratorClient } from '@open-orchestrator/backstage-plugin-orchestrator-common';
import { orchestratorApiRef } from './api/orchestratorApiRef';
import { isOrchestratorAvailable } from './entity/isOrchestratorAvailable';
import { rootRouteRef } from './routes';

const api = ApiBlueprint.make({
  params: define =>
    define({
      api: orchestratorApiRef,
      deps: { discoveryApi: discoveryApiRef, fetchApi: fetchApiRef },
      factory: apis => OrchestratorClient.create(apis),
    }),
});

const page = PageBlueprint.make({
  params: {
    path: '/orchestrator',
    title: 'Workflows',
    icon: <AccountTreeIcon fontSize="inherit" />,
    routeRef: rootRouteRef,
    // The pages bring their own header: it differs from page to page.
    noHeader: true,
    loader: () =>
      import('./OrchestratorPage').then(m => <m.OrchestratorPage />),
  },
});

const entityContent = EntityContentBlueprint.make({
  params: {
    path: '/workflows',
    title: 'Workflows',
    filter: isOrchestratorAvailable,
    loader: () =>
      import('./entity/EntityWorkflowsContent').then(m => (
        <m.EntityWorkflowsContent />
      )),
  },
});

const entityCard = EntityCardBlueprint.make({
  params: {
    type: 'content',
    filter: isOrchestratorAvailable,
    loader: () =>
      import('./entity/EntityWorkflowsCard').then(m => (
        <m.EntityWorkflowsCard />
      )),
  },
});

/**
 * The orchestrator's pages, its API client, and its part of the pages of catalog entities.
 *
 * @public
 */
export const orchestratorPlugin = createFrontendPlugin({
  pluginId: 'orchestrator',
  title: 'Orchestrator',
  icon: <AccountTreeIcon fontSize="inherit" />,
  info: { packageJson: () => import('../package.json') },
  routes: { root: rootRouteRef },
  extensions: [api, page, entityContent, entityCard],
});
