import { keepPreviousData, useQuery } from '@tanstack/react-query';
import { useApi } from '@backstage/core-plugin-api';
import { InstanceFilterQuery } from '@open-orchestrator/backstage-plugin-orchestrator-common';
import { pollEvery } from '../live/pollInterval';
import { orchestratorApiRef } from './orchestratorApiRef';
import { queryKeys } from './queryKeys';

/** How many instances match, by state. */
export function useInstanceCounts(filter: InstanceFilterQuery) {
  const api = useApi(orchestratorApiRef);
  return useQuery({
    queryKey: queryKeys.counts(filter),
    queryFn: ({ signal }) => api.countInstances(filter, { signal }),
    placeholderData: keepPreviousData,
    refetchInterval: pollEvery(10_000),
  });
}
