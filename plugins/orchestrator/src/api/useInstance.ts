import { useQuery } from '@tanstack/react-query';
import { useApi } from '@backstage/core-plugin-api';
import { pollEvery } from '../live/pollInterval';
import { isUnfinished } from '../states';
import { orchestratorApiRef } from './orchestratorApiRef';
import { queryKeys } from './queryKeys';

/** An instance, followed closely while it can still change. */
export function useInstance(instanceId: string) {
  const api = useApi(orchestratorApiRef);
  return useQuery({
    queryKey: queryKeys.instance(instanceId),
    queryFn: ({ signal }) => api.getInstance(instanceId, { signal }),
    refetchInterval: query =>
      pollEvery(
        query.state.data && !isUnfinished(query.state.data.state)
          ? 30_000
          : 2_000,
      )(query),
  });
}
