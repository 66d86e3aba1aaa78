import { keepPreviousData, useQuery } from '@tanstack/react-query';
import { useApi } from '@backstage/core-plugin-api';
import { orchestratorApiRef } from './orchestratorApiRef';
import { queryKeys } from './queryKeys';

interface Choice {
  version?: string;
  /** The revision that an instance runs. */
  revision?: string;
}

/** Source text of a workflow; the newest version unless one is chosen. */
export function useWorkflowDefinition(
  workflowId: string,
  { version, revision }: Choice = {},
) {
  const api = useApi(orchestratorApiRef);
  return useQuery({
    queryKey: queryKeys.definition(workflowId, version, revision),
    queryFn: ({ signal }) =>
      api.getWorkflowDefinition(
        workflowId,
        { ...(version && { version }), ...(revision && { revision }) },
        { signal },
      ),
    placeholderData: keepPreviousData,
    // A revision never changes; the newest one is announced by a signal or found on return.
    staleTime: revision ? Infinity : 5_000,
  });
}
