import { useMutation, useQueryClient } from '@tanstack/react-query';
import { useApi } from '@backstage/core-plugin-api';
import { RunRequest } from '@open-orchestrator/backstage-plugin-orchestrator-common';
import { orchestratorApiRef } from './orchestratorApiRef';

interface Run {
  request: RunRequest;
  /** The same key never starts a second instance. */
  idempotencyKey: string;
}

/** Runs a workflow; answers with the instance. */
export function useRunWorkflow(workflowId: string) {
  const api = useApi(orchestratorApiRef);
  const client = useQueryClient();
  return useMutation({
    mutationFn: ({ request, idempotencyKey }: Run) =>
      api.runWorkflow(workflowId, request, { idempotencyKey }),
    onSuccess: () => {
      client.invalidateQueries({ queryKey: ['instances'] });
      client.invalidateQueries({ queryKey: ['counts'] });
      client.invalidateQueries({ queryKey: ['workflows'] });
    },
  });
}
