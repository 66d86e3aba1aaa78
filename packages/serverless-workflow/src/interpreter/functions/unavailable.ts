import { WorkflowFailure } from '../core/WorkflowFailure';
import { FunctionCall } from './FunctionCall';

/** A function that fails whenever it is called. */
export function unavailable(message: string): FunctionCall {
  const fail = () => {
    throw new WorkflowFailure('IllegalStateException', message);
  };
  return { prepare: fail, complete: fail };
}
