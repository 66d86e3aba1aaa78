import { useQuery } from '@tanstack/react-query';
import { useApi } from '@backstage/core-plugin-api';
import { pollEvery } from '../live/pollInterval';
import { orchestratorApiRef } from './orchestratorApiRef';
import { queryKeys } from './queryKeys';

/** Which engine runs, and whether it forgets. */
export function useMode() {
  const api = useApi(orchestratorApiRef);
  return useQuery({
    queryKey: queryKeys.mode(),
    queryFn: ({ signal }) => api.getMode({ signal }),
    refetchInterval: pollEvery(30_000),
  });
}
