import { useMutation, useQueryClient } from '@tanstack/react-query';
import { useApi } from '@backstage/core-plugin-api';
import { orchestratorApiRef } from './orchestratorApiRef';
import { queryKeys } from './queryKeys';

/** What became of a redelivery of several events. */
export interface Redelivery {
  /** Deliveries that wait again. */
  deliveries: number;
  failures: { id: string; message: string }[];
}

/** Has events delivered again that were given up; one that fails does not stop the others. */
export function useRedeliverEvents() {
  const api = useApi(orchestratorApiRef);
  const client = useQueryClient();
  return useMutation({
    mutationFn: async (ids: string[]): Promise<Redelivery> => {
      const redelivery: Redelivery = { deliveries: 0, failures: [] };
      for (const id of ids) {
        try {
          const { deliveries } = await api.redeliverEvent(id);
          redelivery.deliveries += deliveries;
        } catch (error) {
          const message = error instanceof Error ? error.message : '';
          redelivery.failures.push({ id, message });
        }
      }
      return redelivery;
    },
    onSettled: () =>
      Promise.all([
        client.invalidateQueries({ queryKey: ['undelivered'] }),
        client.invalidateQueries({ queryKey: queryKeys.status() }),
      ]),
  });
}
