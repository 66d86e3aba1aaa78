import { useQuery } from '@tanstack/react-query';
import { useApi } from '@backstage/core-plugin-api';
import { pollEvery } from '../live/pollInterval';
import { orchestratorApiRef } from './orchestratorApiRef';
import { queryKeys } from './queryKeys';

export function useWorkflow(workflowId: string) {
  const api = useApi(orchestratorApiRef);
  return useQuery({
    queryKey: queryKeys.workflow(workflowId),
    queryFn: ({ signal }) => api.getWorkflow(workflowId, { signal }),
    refetchInterval: pollEvery(15_000),
  });
}
