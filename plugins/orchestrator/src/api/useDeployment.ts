import { useQuery } from '@tanstack/react-query';
import { useApi } from '@backstage/core-plugin-api';
import { pollEvery } from '../live/pollInterval';
import { orchestratorApiRef } from './orchestratorApiRef';
import { queryKeys } from './queryKeys';

/** Dev mode: the workflow folder and what became of each file. */
export function useDeployment() {
  const api = useApi(orchestratorApiRef);
  return useQuery({
    queryKey: queryKeys.deployment(),
    queryFn: ({ signal }) => api.getDeployment({ signal }),
    refetchInterval: pollEvery(5_000),
  });
}
