/** Channel of all signals of the orchestrator. @public */
export const ORCHESTRATOR_SIGNAL_CHANNEL = 'orchestrator';

/**
 * What is sent on {@link ORCHESTRATOR_SIGNAL_CHANNEL}. A signal carries no facts: who gets one asks
 * the API again, which decides what he may see.
 *
 * - `instances-changed`, to everyone, at most once a second: some instance changed.
 * - `workflows-changed`, to everyone: workflows were loaded, changed or removed.
 * - `instance-changed`, only to users who lately read that instance.
 *
 * @public
 */
export type OrchestratorSignal =
  | { type: 'instances-changed' }
  | { type: 'workflows-changed' }
  | { type: 'instance-changed'; instanceId: string };

/** Whether a received message is a signal of the orchestrator. @public */
export function isOrchestratorSignal(
  message: unknown,
): message is OrchestratorSignal {
  if (typeof message !== 'object' || message === null) {
    return false;
  }
  const { type, instanceId } = message as Record<string, unknown>;
  return (
    type === 'instances-changed' ||
    type === 'workflows-changed' ||
    (type === 'instance-changed' && typeof instanceId === 'string')
  );
}
