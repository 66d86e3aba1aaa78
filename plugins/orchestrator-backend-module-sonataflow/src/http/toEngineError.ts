import { LoggerService } from '@backstage/backend-plugin-api';
import {
  EngineNotCalledError,
  EngineProtocolError,
  EngineRefusedError,
  EngineTimeoutError,
  EngineUnreachableError,
} from '@open-orchestrator/backstage-plugin-orchestrator-node';
import { EgressRefusedError } from '@open-orchestrator/backstage-plugin-orchestrator-node/egress';
import { HttpFailure } from './HttpFailure';

/** An answer of more bytes than are read: asking for less may help. */
export class AnswerTooLargeError extends EngineProtocolError {}

/**
 * The port's error for a request without a usable answer; any other error comes back as it is. The
 * name starts the message, e.g. `The Data Index`. Addresses and causes go to the log only.
 */
export function toEngineError(
  error: unknown,
  name: string,
  logger: LoggerService,
): unknown {
  if (!(error instanceof HttpFailure)) {
    return error;
  }
  logger.debug(`${name}: ${error.message}`);
  if (error.cause instanceof EgressRefusedError) {
    return new EngineRefusedError(error.message);
  }
  switch (error.kind) {
    case 'timeout':
      return new EngineTimeoutError(`${name} did not answer in time`);
    case 'too-large':
      return new AnswerTooLargeError(
        `${name} answered with more than the portal reads`,
      );
    case 'not-sent':
      return new EngineNotCalledError(`${name} cannot be reached`);
    default:
      return new EngineUnreachableError(`${name} cannot be reached`);
  }
}
