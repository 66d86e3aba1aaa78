import { useMemo } from 'react';
import { useRouteRef } from '@backstage/core-plugin-api';
import {
  deploymentRouteRef,
  instanceRouteRef,
  instancesRouteRef,
  instanceTabRouteRef,
  rootRouteRef,
  statusRouteRef,
  workflowRouteRef,
  workflowTabRouteRef,
} from './routes';

export type WorkflowTab = 'instances' | 'definition' | 'run';
export type InstanceTab = 'data' | 'related' | 'definition' | 'compare';

/** Addresses of the plugin's pages; the first tab of a page is the page itself. */
export interface Links {
  workflows(): string;
  workflow(workflowId: string, tab?: WorkflowTab): string;
  instances(query?: Record<string, string>): string;
  instance(instanceId: string, tab?: InstanceTab): string;
  deployment(): string;
  status(): string;
}

export function useLinks(): Links {
  const root = useRouteRef(rootRouteRef);
  const workflow = useRouteRef(workflowRouteRef);
  const workflowTab = useRouteRef(workflowTabRouteRef);
  const instances = useRouteRef(instancesRouteRef);
  const instance = useRouteRef(instanceRouteRef);
  const instanceTab = useRouteRef(instanceTabRouteRef);
  const deployment = useRouteRef(deploymentRouteRef);
  const status = useRouteRef(statusRouteRef);
  return useMemo(
    () => ({
      workflows: () => root(),
      workflow: (workflowId, tab) =>
        tab ? workflowTab({ workflowId, tab }) : workflow({ workflowId }),
      instances: query =>
        query ? `${instances()}?${new URLSearchParams(query)}` : instances(),
      instance: (instanceId, tab) =>
        tab ? instanceTab({ instanceId, tab }) : instance({ instanceId }),
      deployment: () => deployment(),
      status: () => status(),
    }),
    [
      root,
      workflow,
      workflowTab,
      instances,
      instance,
      instanceTab,
      deployment,
      status,
    ],
  );
}
