import {
  EngineProtocolError,
  EngineTimeoutError,
  EngineUnreachableError,
} from '@open-orchestrator/backstage-plugin-orchestrator-node';
import { HttpFailure } from './HttpFailure';

/** An answer of more bytes than are read: asking for less may help. */
export class AnswerTooLargeError extends EngineProtocolError {}

/**
 * The port's error for a request without a usable answer; any other error comes back as it is. The
 * name starts the message, e.g. `The Data Index`.
 */
export function toEngineError(error: unknown, name: string): unknown {
  if (!(error instanceof HttpFailure)) {
    return error;
  }
  switch (error.kind) {
    case 'timeout':
      return new EngineTimeoutError(`${name} did not answer in time`, error);
    case 'too-large':
      return new AnswerTooLargeError(
        `${name} answered with more than the portal reads`,
        error,
      );
    default:
      return new EngineUnreachableError(`${name} cannot be reached`, error);
  }
}
