import { useMutation, useQueryClient } from '@tanstack/react-query';
import { useApi } from '@backstage/core-plugin-api';
import {
  ActionRequest,
  DataUpdateRequest,
  InstanceEventRequest,
} from '@open-orchestrator/backstage-plugin-orchestrator-common';
import { useState } from 'react';
import { orchestratorApiRef } from './orchestratorApiRef';
import { queryKeys } from './queryKeys';

function useAction<Request>(
  instanceId: string,
  mutationFn: (request: Request) => Promise<unknown>,
) {
  const client = useQueryClient();
  const [isRefreshing, setRefreshing] = useState(false);
  const refresh = async () => {
    setRefreshing(true);
    await Promise.all([
      client.invalidateQueries({ queryKey: queryKeys.instance(instanceId) }),
      client.invalidateQueries({ queryKey: queryKeys.nodes(instanceId) }),
      client.invalidateQueries({ queryKey: queryKeys.data(instanceId) }),
      client.invalidateQueries({ queryKey: ['instances'] }),
      client.invalidateQueries({ queryKey: ['counts'] }),
    ]);
    setRefreshing(false);
  };
  const mutation = useMutation({
    mutationFn,
    // Also after a refusal: the instance may have moved on meanwhile, and that is the reason.
    // Nobody waits for it: the outcome is known before, and a slow read would hold it back.
    onSettled: () => {
      refresh();
    },
  });
  return {
    ...mutation,
    /** True until what it changed was read again. */
    isUnderWay: mutation.isPending || isRefreshing,
  };
}

/** Stops an instance. */
export function useAbortInstance(instanceId: string) {
  const api = useApi(orchestratorApiRef);
  return useAction(instanceId, (request: ActionRequest) =>
    api.abortInstance(instanceId, request),
  );
}

/** Continues a failed instance from its failed node. */
export function useRetryInstance(instanceId: string) {
  const api = useApi(orchestratorApiRef);
  return useAction(instanceId, (request: ActionRequest) =>
    api.retryInstance(instanceId, request),
  );
}

/** Sends an event that the instance waits for. */
export function useSendEvent(instanceId: string) {
  const api = useApi(orchestratorApiRef);
  return useAction(instanceId, (request: InstanceEventRequest) =>
    api.sendInstanceEvent(instanceId, request),
  );
}

/** Leaves out the failed node of an instance. */
export function useSkipNode(instanceId: string) {
  const api = useApi(orchestratorApiRef);
  return useAction(instanceId, (request: ActionRequest) =>
    api.skipInstanceNode(instanceId, request),
  );
}

/** Enters an open node of an instance again. */
export function useRetriggerNode(instanceId: string, nodeId: string) {
  const api = useApi(orchestratorApiRef);
  return useAction(instanceId, (request: ActionRequest) =>
    api.retriggerInstanceNode(instanceId, nodeId, request),
  );
}

/** Lets a timer fire at another time; at once when that has passed. */
export function useRescheduleTimer(instanceId: string, timerId: string) {
  const api = useApi(orchestratorApiRef);
  return useAction(instanceId, (at: string) =>
    api.rescheduleInstanceTimer(instanceId, timerId, { at }),
  );
}

/** Merges an object into the workflow data of an instance. */
export function useUpdateData(instanceId: string) {
  const api = useApi(orchestratorApiRef);
  return useAction(instanceId, (request: DataUpdateRequest) =>
    api.updateInstanceData(instanceId, request),
  );
}
