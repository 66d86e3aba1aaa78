import { useQuery } from '@tanstack/react-query';
import { useApiHolder } from '@backstage/core-plugin-api';
import { permissionApiRef } from '@backstage/plugin-permission-react';
import {
  administerPermission,
  eventSendPermission,
} from '@open-orchestrator/backstage-plugin-orchestrator-common';
import { queryKeys } from './queryKeys';

type BasicPermission = typeof administerPermission;

/**
 * Whether the viewer has a permission; false until the portal has said so. In a portal without
 * permissions everyone has it.
 */
function useMay(permission: BasicPermission): boolean {
  const api = useApiHolder().get(permissionApiRef);
  const { data } = useQuery({
    queryKey: queryKeys.may(permission.name),
    queryFn: () => api?.authorize({ permission }),
    enabled: api !== undefined,
    staleTime: 60_000,
  });
  return api === undefined || data?.result === 'ALLOW';
}

/** Whether the viewer may see status and deployment. */
export function useMayAdminister(): boolean {
  return useMay(administerPermission);
}

/** Whether the viewer may send events, and so have them delivered again. */
export function useMaySendEvents(): boolean {
  return useMay(eventSendPermission);
}
