import { useQuery, useQueryClient } from '@tanstack/react-query';
import { useApi } from '@backstage/core-plugin-api';
import {
  BulkRequest,
  isOrchestratorError,
} from '@open-orchestrator/backstage-plugin-orchestrator-common';
import { useCallback } from 'react';
import { orchestratorApiRef } from './orchestratorApiRef';
import { queryKeys } from './queryKeys';

type Action = 'abort' | 'retry';

/** Sends a request about several instances. */
export function useSendBulk(action: Action) {
  const api = useApi(orchestratorApiRef);
  return useCallback(
    (request: BulkRequest) =>
      action === 'abort'
        ? api.abortInstances(request)
        : api.retryInstances(request),
    [api, action],
  );
}

/** Says that any instance may have changed. */
export function useRefreshInstances() {
  const client = useQueryClient();
  return useCallback(
    () =>
      Promise.all([
        client.invalidateQueries({ queryKey: ['instances'] }),
        client.invalidateQueries({ queryKey: ['counts'] }),
        client.invalidateQueries({ queryKey: ['instance'] }),
      ]),
    [client],
  );
}

/**
 * Whether the viewer may ever do it to some instance. Asked about one instance, without doing
 * anything: the API refuses at once where the permission is denied for all of them.
 *
 * @param instanceId - undefined while there is none to ask about
 */
export function useMayBulk(action: Action, instanceId: string | undefined) {
  const send = useSendBulk(action);
  const { data } = useQuery({
    queryKey: queryKeys.mayBulk(action),
    queryFn: async () => {
      try {
        await send({ ids: instanceId ? [instanceId] : [], preview: true });
        return true;
      } catch (error) {
        if (isOrchestratorError(error) && error.status === 403) return false;
        throw error;
      }
    },
    enabled: instanceId !== undefined,
    staleTime: 5 * 60_000,
    refetchOnWindowFocus: false,
    retry: false,
  });
  return data ?? false;
}
