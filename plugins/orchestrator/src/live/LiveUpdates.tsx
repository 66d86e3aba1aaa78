import { useEffect } from 'react';
import { QueryClient, useQueryClient } from '@tanstack/react-query';
import { useApiHolder } from '@backstage/core-plugin-api';
import { signalApiRef } from '@backstage/plugin-signals-react';
import {
  isOrchestratorSignal,
  ORCHESTRATOR_SIGNAL_CHANNEL,
  OrchestratorSignal,
} from '@open-orchestrator/backstage-plugin-orchestrator-common';

function outdatedBy(signal: OrchestratorSignal): unknown[][] {
  switch (signal.type) {
    case 'instances-changed':
      return [['instances'], ['counts'], ['workflows'], ['workflow']];
    case 'workflows-changed':
      return [
        ['workflows'],
        ['workflow'],
        ['definition'],
        ['input-schema'],
        ['deployment'],
        ['mode'],
      ];
    case 'instance-changed':
      return [
        ['instance', signal.instanceId],
        ['nodes', signal.instanceId],
        ['data', signal.instanceId],
      ];
    default:
      return [];
  }
}

function apply(client: QueryClient, signal: OrchestratorSignal) {
  for (const queryKey of outdatedBy(signal)) {
    // What is out of sight is read when it is looked at again.
    client.invalidateQueries({
      queryKey,
      refetchType: document.hidden ? 'none' : 'active',
    });
  }
}

/**
 * Reads again what a signal says has changed. Without signals in the portal the pages still poll.
 * Subscribes by itself rather than through `useSignal`, which keeps only the last of the messages
 * that arrive together.
 */
export function LiveUpdates() {
  const signals = useApiHolder().get(signalApiRef);
  const client = useQueryClient();
  useEffect(() => {
    const subscription = signals?.subscribe(
      ORCHESTRATOR_SIGNAL_CHANNEL,
      message => {
        if (isOrchestratorSignal(message)) apply(client, message);
      },
    );
    return () => subscription?.unsubscribe();
  }, [signals, client]);
  return null;
}
