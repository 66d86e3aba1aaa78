import { isError } from '@backstage/errors';
import {
  EngineNotCalledError,
  EngineProtocolError,
  EngineRefusedError,
  EngineTimeoutError,
  EngineUnreachableError,
  InstanceNotFoundError,
} from '@open-orchestrator/backstage-plugin-orchestrator-node';
import { EngineFailure, RequestTimeoutError } from '../channel';
import { EngineLostError, EngineNotRunningError } from '../supervisor';

/** The port's own error for one of the channel to the engine process, which says it all. */
export function toPortError(error: unknown): unknown {
  if (error instanceof EngineFailure) {
    switch (error.code) {
      case 'not-found':
        return new InstanceNotFoundError(error.message);
      case 'refused':
        return new EngineRefusedError(error.message);
      default:
        return new EngineProtocolError(error.message);
    }
  }
  if (error instanceof RequestTimeoutError) {
    return new EngineTimeoutError(error.message);
  }
  if (error instanceof EngineNotRunningError) {
    return new EngineNotCalledError(error.message);
  }
  if (error instanceof EngineLostError) {
    return new EngineUnreachableError(error.message);
  }
  // Whatever else fails is the pipe to the process; a signal's reason is given back as it is.
  return isError(error) && 'syscall' in error
    ? new EngineUnreachableError(error.message)
    : error;
}
