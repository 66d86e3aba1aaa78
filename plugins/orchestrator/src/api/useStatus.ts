import { useQuery } from '@tanstack/react-query';
import { useApi } from '@backstage/core-plugin-api';
import { pollEvery } from '../live/pollInterval';
import { orchestratorApiRef } from './orchestratorApiRef';
import { queryKeys } from './queryKeys';

/** How engine, feed and event inbox fare. */
export function useStatus() {
  const api = useApi(orchestratorApiRef);
  return useQuery({
    queryKey: queryKeys.status(),
    queryFn: ({ signal }) => api.getStatus({ signal }),
    refetchInterval: pollEvery(5_000),
  });
}
