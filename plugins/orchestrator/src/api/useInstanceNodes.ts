import { useQuery, useQueryClient } from '@tanstack/react-query';
import { useApi } from '@backstage/core-plugin-api';
import { InstanceNodeList } from '@open-orchestrator/backstage-plugin-orchestrator-common';
import { pollEvery } from '../live/pollInterval';
import { useFollowing } from '../live/useFollowing';
import { readNodes } from './readNodes';
import { orchestratorApiRef } from './orchestratorApiRef';
import { queryKeys } from './queryKeys';

/** More nodes are read less often: a read costs the engine about so much for each. */
const pauseMsPerNode = 1;

/**
 * The nodes that an instance entered, read again as often as the instance itself. Long lists come
 * page by page: `total` says how many there are.
 */
export function useInstanceNodes(instanceId: string, canChange: boolean) {
  const api = useApi(orchestratorApiRef);
  const client = useQueryClient();
  const queryKey = queryKeys.nodes(instanceId);
  const isFollowed = useFollowing(canChange);
  return useQuery({
    queryKey,
    queryFn: ({ signal }) =>
      readNodes({
        before: client.getQueryData<InstanceNodeList>(queryKey),
        readPage: page => api.listInstanceNodes(instanceId, page, { signal }),
        // What has come is shown while the rest is still on its way.
        onProgress: list => client.setQueryData(queryKey, list),
      }),
    refetchInterval: query =>
      pollEvery(
        Math.max(
          isFollowed ? 2_000 : 30_000,
          (query.state.data?.total ?? 0) * pauseMsPerNode,
        ),
      )(query),
  });
}
