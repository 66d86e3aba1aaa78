import {
  InstanceFilterQuery,
  InstanceListQuery,
  UndeliveredEventQuery,
} from '@open-orchestrator/backstage-plugin-orchestrator-common';

/** Names of what is asked, in one place, so that a signal can say what has become old. */
export const queryKeys = {
  mode: () => ['mode'] as const,
  may: (permission: string) => ['may', permission] as const,
  mayBulk: (action: string) => ['may-bulk', action] as const,
  status: () => ['status'] as const,
  undelivered: (query: UndeliveredEventQuery) =>
    ['undelivered', query] as const,
  deployment: () => ['deployment'] as const,
  workflows: () => ['workflows'] as const,
  workflow: (workflowId: string) => ['workflow', workflowId] as const,
  definition: (workflowId: string, version?: string, revision?: string) =>
    ['definition', workflowId, version, revision] as const,
  inputSchema: (workflowId: string, version?: string, prefillFrom?: string) =>
    ['input-schema', workflowId, version, prefillFrom] as const,
  instances: (query: InstanceListQuery) => ['instances', query] as const,
  counts: (filter: InstanceFilterQuery) => ['counts', filter] as const,
  instance: (instanceId: string) => ['instance', instanceId] as const,
  nodes: (instanceId: string) => ['nodes', instanceId] as const,
  data: (instanceId: string) => ['data', instanceId] as const,
};
