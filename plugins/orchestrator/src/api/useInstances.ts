import { keepPreviousData, useQuery } from '@tanstack/react-query';
import { useApi } from '@backstage/core-plugin-api';
import { InstanceListQuery } from '@open-orchestrator/backstage-plugin-orchestrator-common';
import { pollEvery } from '../live/pollInterval';
import { orchestratorApiRef } from './orchestratorApiRef';
import { queryKeys } from './queryKeys';

/** One page of instances. */
export function useInstances(query: InstanceListQuery) {
  const api = useApi(orchestratorApiRef);
  return useQuery({
    queryKey: queryKeys.instances(query),
    queryFn: ({ signal }) => api.listInstances(query, { signal }),
    placeholderData: keepPreviousData,
    refetchInterval: pollEvery(10_000),
  });
}
