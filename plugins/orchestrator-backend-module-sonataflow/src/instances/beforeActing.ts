import { isError } from '@backstage/errors';
import {
  EngineNotCalledError,
  EngineProtocolError,
  EngineTimeoutError,
  EngineUnreachableError,
} from '@open-orchestrator/backstage-plugin-orchestrator-node';

/**
 * What has to be learned before a service can be asked for something. When that fails the service saw
 * nothing of it, whatever it was that failed.
 *
 * @throws EngineNotCalledError when nothing was learned
 */
export async function beforeActing<T>(lookUp: Promise<T>): Promise<T> {
  try {
    return await lookUp;
  } catch (error) {
    if (
      error instanceof EngineProtocolError ||
      error instanceof EngineTimeoutError ||
      error instanceof EngineUnreachableError
    ) {
      throw new EngineNotCalledError(error.message);
    }
    // The reason of the caller's own `AbortSignal.timeout`.
    if (isError(error) && error.name === 'TimeoutError') {
      throw new EngineNotCalledError('The Data Index did not answer in time');
    }
    throw error;
  }
}
