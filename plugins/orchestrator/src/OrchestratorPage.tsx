import { ErrorPage, Progress } from '@backstage/core-components';
import { lazy, Suspense } from 'react';
import { Route, Routes } from 'react-router-dom';
import { PluginRoot } from './PluginRoot';
import { WorkflowsPage } from './workflows/WorkflowsPage';

const DeploymentPage = lazy(() =>
  import('./deployment/DeploymentPage').then(m => ({
    default: m.DeploymentPage,
  })),
);
const InstancePage = lazy(() =>
  import('./instance/InstancePage').then(m => ({ default: m.InstancePage })),
);
const InstancesPage = lazy(() =>
  import('./instances/InstancesPage').then(m => ({ default: m.InstancesPage })),
);
const StatusPage = lazy(() =>
  import('./status/StatusPage').then(m => ({ default: m.StatusPage })),
);
const WorkflowPage = lazy(() =>
  import('./workflow/WorkflowPage').then(m => ({ default: m.WorkflowPage })),
);

/** All pages of the plugin; each is loaded when it is first opened. */
export function OrchestratorPage() {
  return (
    <PluginRoot>
      <Suspense fallback={<Progress />}>
        <Routes>
          <Route path="/" element={<WorkflowsPage />} />
          <Route
            path="/workflows/:workflowId/:tab?"
            element={<WorkflowPage />}
          />
          <Route path="/instances" element={<InstancesPage />} />
          <Route
            path="/instances/:instanceId/:tab?"
            element={<InstancePage />}
          />
          <Route path="/deployment" element={<DeploymentPage />} />
          <Route path="/status" element={<StatusPage />} />
          <Route
            path="*"
            element={<ErrorPage status="404" statusMessage="Not found" />}
          />
        </Routes>
      </Suspense>
    </PluginRoot>
  );
}
