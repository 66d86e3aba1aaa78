import { InstanceState } from './types';

/** All states, in the order in which an interface offers them. @public */
export const INSTANCE_STATES: readonly InstanceState[] = [
  'PENDING',
  'ACTIVE',
  'SUSPENDED',
  'ERROR',
  'COMPLETED',
  'ABORTED',
];

/**
 * Whether an instance in this state can never change again. ERROR is not final: a failed instance
 * can be retried or aborted.
 *
 * @public
 */
export function isFinalState(state: InstanceState): boolean {
  return state === 'COMPLETED' || state === 'ABORTED';
}
