import { createRouteRef, createSubRouteRef } from '@backstage/core-plugin-api';

export const rootRouteRef = createRouteRef({ id: 'orchestrator' });

export const workflowRouteRef = createSubRouteRef({
  id: 'orchestrator/workflow',
  parent: rootRouteRef,
  path: '/workflows/:workflowId',
});

export const workflowTabRouteRef = createSubRouteRef({
  id: 'orchestrator/workflow/tab',
  parent: rootRouteRef,
  path: '/workflows/:workflowId/:tab',
});

export const instancesRouteRef = createSubRouteRef({
  id: 'orchestrator/instances',
  parent: rootRouteRef,
  path: '/instances',
});

export const instanceRouteRef = createSubRouteRef({
  id: 'orchestrator/instance',
  parent: rootRouteRef,
  path: '/instances/:instanceId',
});

export const instanceTabRouteRef = createSubRouteRef({
  id: 'orchestrator/instance/tab',
  parent: rootRouteRef,
  path: '/instances/:instanceId/:tab',
});

export const statusRouteRef = createSubRouteRef({
  id: 'orchestrator/status',
  parent: rootRouteRef,
  path: '/status',
});

export const deploymentRouteRef = createSubRouteRef({
  id: 'orchestrator/deployment',
  parent: rootRouteRef,
  path: '/deployment',
});
