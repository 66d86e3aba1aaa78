import { useQuery } from '@tanstack/react-query';
import { useApi } from '@backstage/core-plugin-api';
import { orchestratorApiRef } from './orchestratorApiRef';
import { queryKeys } from './queryKeys';

/** Schema of a workflow's input and, with `prefillFrom`, the input of that earlier instance. */
export function useInputSchema(workflowId: string, prefillFrom?: string) {
  const api = useApi(orchestratorApiRef);
  return useQuery({
    queryKey: queryKeys.inputSchema(workflowId, prefillFrom),
    queryFn: ({ signal }) =>
      api.getWorkflowInputSchema(
        workflowId,
        prefillFrom ? { prefillFrom } : {},
        { signal },
      ),
    // Someone may be filling the form in: it only changes when the workflow does.
    staleTime: Infinity,
    refetchOnWindowFocus: false,
  });
}
