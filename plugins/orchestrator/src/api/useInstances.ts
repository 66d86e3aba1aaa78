import { keepPreviousData, useQuery } from '@tanstack/react-query';
import { useApi } from '@backstage/core-plugin-api';
import { InstanceListQuery } from '@open-orchestrator/backstage-plugin-orchestrator-common';
import { pollEvery } from '../live/pollInterval';
import { orchestratorApiRef } from './orchestratorApiRef';
import { queryKeys } from './queryKeys';

/**
 * One page of instances.
 *
 * @param limit - how many rows to ask for now; unlike `query.limit` it may change while the list
 * stays the same
 */
export function useInstances(query: InstanceListQuery, limit = query.limit) {
  const api = useApi(orchestratorApiRef);
  return useQuery({
    queryKey: queryKeys.instances(query),
    queryFn: ({ signal }) =>
      api.listInstances({ ...query, ...(limit && { limit }) }, { signal }),
    placeholderData: keepPreviousData,
    refetchInterval: pollEvery(10_000),
  });
}
