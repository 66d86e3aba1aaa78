import { keepPreviousData, useQuery } from '@tanstack/react-query';
import { useApi } from '@backstage/core-plugin-api';
import { UndeliveredEventQuery } from '@open-orchestrator/backstage-plugin-orchestrator-common';
import { pollEvery } from '../live/pollInterval';
import { orchestratorApiRef } from './orchestratorApiRef';
import { queryKeys } from './queryKeys';

/** One page of the events that a workflow has not accepted. */
export function useUndeliveredEvents(query: UndeliveredEventQuery) {
  const api = useApi(orchestratorApiRef);
  return useQuery({
    queryKey: queryKeys.undelivered(query),
    queryFn: ({ signal }) => api.listUndeliveredEvents(query, { signal }),
    placeholderData: keepPreviousData,
    refetchInterval: pollEvery(10_000),
  });
}
