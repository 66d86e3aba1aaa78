import { Instance } from '@open-orchestrator/backstage-plugin-orchestrator-common';
import { IndexedInstance } from './IndexedInstance';

/** Orders as the portal stores them, in words to compare with {@link factsOfIndexed}. */
export function factsOfStored(stored: readonly Instance[]): string[] {
  return stored
    .map(({ engineInstanceId, id, state }) => fact(engineInstanceId, id, state))
    .sort();
}

/** Orders as the Data Index has them, in words to compare with {@link factsOfStored}. */
export function factsOfIndexed(indexed: readonly IndexedInstance[]): string[] {
  return indexed
    .map(({ id, businessKey, state }) => fact(id, businessKey, state))
    .sort();
}

function fact(
  engineId: string | undefined,
  orderId: string | null,
  state: string,
): string {
  return `${engineId} is order ${orderId}, ${state}`;
}
