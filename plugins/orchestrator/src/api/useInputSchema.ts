import { useQuery } from '@tanstack/react-query';
import { useApi } from '@backstage/core-plugin-api';
import { orchestratorApiRef } from './orchestratorApiRef';
import { queryKeys } from './queryKeys';

interface Choice {
  /** The newest version unless one is chosen. */
  version?: string;
  /** An earlier instance whose input is wanted too. */
  prefillFrom?: string;
}

/** Schema of a workflow's input and, with `prefillFrom`, the input of that earlier instance. */
export function useInputSchema(
  workflowId: string,
  { version, prefillFrom }: Choice = {},
) {
  const api = useApi(orchestratorApiRef);
  return useQuery({
    queryKey: queryKeys.inputSchema(workflowId, version, prefillFrom),
    queryFn: ({ signal }) =>
      api.getWorkflowInputSchema(
        workflowId,
        { ...(version && { version }), ...(prefillFrom && { prefillFrom }) },
        { signal },
      ),
    // Someone may be filling the form in: it only changes when the workflow does.
    staleTime: Infinity,
    refetchOnWindowFocus: false,
  });
}
