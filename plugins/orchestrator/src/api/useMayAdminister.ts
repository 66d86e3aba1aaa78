import { useQuery } from '@tanstack/react-query';
import { useApiHolder } from '@backstage/core-plugin-api';
import { permissionApiRef } from '@backstage/plugin-permission-react';
import { administerPermission } from '@open-orchestrator/backstage-plugin-orchestrator-common';
import { queryKeys } from './queryKeys';

/**
 * Whether the viewer may see status and deployment; false until the portal has said so. In a portal
 * without permissions everyone may.
 */
export function useMayAdminister(): boolean {
  const api = useApiHolder().get(permissionApiRef);
  const { data } = useQuery({
    queryKey: queryKeys.mayAdminister(),
    queryFn: () => api?.authorize({ permission: administerPermission }),
    enabled: api !== undefined,
    staleTime: 60_000,
  });
  return api === undefined || data?.result === 'ALLOW';
}
