import { useQuery } from '@tanstack/react-query';
import { useApi } from '@backstage/core-plugin-api';
import { pollEvery } from '../live/pollInterval';
import { useFollowing } from '../live/useFollowing';
import { orchestratorApiRef } from './orchestratorApiRef';
import { queryKeys } from './queryKeys';

interface Options {
  /** False for who may not read it. */
  enabled: boolean;
  canChange: boolean;
}

/** Workflow data and input of an instance. */
export function useInstanceData(
  instanceId: string,
  { enabled, canChange }: Options,
) {
  const api = useApi(orchestratorApiRef);
  const isFollowed = useFollowing(canChange);
  return useQuery({
    queryKey: queryKeys.data(instanceId),
    queryFn: ({ signal }) => api.getInstanceData(instanceId, { signal }),
    enabled,
    refetchInterval: pollEvery(isFollowed ? 5_000 : 60_000),
  });
}
