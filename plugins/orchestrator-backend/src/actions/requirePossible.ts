import { ConflictError } from '@backstage/errors';
import { InstanceRecord } from '../store';

/**
 * The engine's id of an instance that can take an action.
 *
 * @param obstacle - why it can't in its present state
 * @throws ConflictError when it can't, or the engine has not confirmed it yet
 */
export function requirePossible(
  { engineInstanceId }: InstanceRecord,
  obstacle: string | undefined,
): string {
  if (obstacle !== undefined || engineInstanceId === undefined) {
    throw new ConflictError(
      obstacle ?? 'The workflow engine has not confirmed this instance yet.',
    );
  }
  return engineInstanceId;
}
