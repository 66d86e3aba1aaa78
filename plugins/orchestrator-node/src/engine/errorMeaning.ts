import { isError } from '@backstage/errors';
import {
  EngineNotCalledError,
  EngineProtocolError,
  EngineRefusedError,
  EngineTimeoutError,
  EngineUnreachableError,
  InstanceNotFoundError,
} from './errors';

/**
 * Whether an error of the port proves that the engine did nothing of what was wanted: it was not
 * called, it declined, or it has no such instance. Any other error may hide that it was done.
 *
 * @public
 */
export function provesNoEffect(error: unknown): boolean {
  return (
    error instanceof EngineNotCalledError ||
    error instanceof EngineRefusedError ||
    error instanceof InstanceNotFoundError
  );
}

/**
 * Whether the engine said nothing at all: it can't be reached, was cut off, or took longer than it
 * was given. Such an error proves nothing, unless {@link provesNoEffect} says so too.
 *
 * @public
 */
export function isSilence(error: unknown): boolean {
  return (
    error instanceof EngineUnreachableError ||
    error instanceof EngineTimeoutError ||
    // The reason of a signal from `AbortSignal.timeout`.
    (isError(error) && error.name === 'TimeoutError')
  );
}

/**
 * Whether nothing was learned from the engine: it said nothing, or nothing that makes sense.
 *
 * @public
 */
export function tellsNothing(error: unknown): boolean {
  return isSilence(error) || error instanceof EngineProtocolError;
}
