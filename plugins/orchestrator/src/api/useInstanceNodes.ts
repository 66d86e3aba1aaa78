import { useQuery } from '@tanstack/react-query';
import { useApi } from '@backstage/core-plugin-api';
import { pollEvery } from '../live/pollInterval';
import { orchestratorApiRef } from './orchestratorApiRef';
import { queryKeys } from './queryKeys';

/** At most so many nodes are drawn; the page says how many there are. */
export const nodeLimit = 1000;

/** The nodes that an instance entered, read again as often as the instance itself. */
export function useInstanceNodes(instanceId: string, isFollowed: boolean) {
  const api = useApi(orchestratorApiRef);
  return useQuery({
    queryKey: queryKeys.nodes(instanceId),
    queryFn: ({ signal }) =>
      api.listInstanceNodes(instanceId, { limit: nodeLimit }, { signal }),
    refetchInterval: pollEvery(isFollowed ? 2_000 : 30_000),
  });
}
