import { keepPreviousData, useQuery } from '@tanstack/react-query';
import { useApi } from '@backstage/core-plugin-api';
import { pollEvery } from '../live/pollInterval';
import { orchestratorApiRef } from './orchestratorApiRef';
import { queryKeys } from './queryKeys';

/** All workflows that the viewer may read; narrowed in the page, so that typing is instant. */
export function useWorkflows() {
  const api = useApi(orchestratorApiRef);
  return useQuery({
    queryKey: queryKeys.workflows(),
    queryFn: ({ signal }) => api.listWorkflows({}, { signal }),
    placeholderData: keepPreviousData,
    refetchInterval: pollEvery(15_000),
  });
}
