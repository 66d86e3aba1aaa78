import { Json } from '../../model';
import { HttpResponse } from '../../runtime/HttpClient';
import { CallRequest } from '../functions/FunctionCall';
import { NodeId } from '../plan/Plan';
import { TokenId } from './InstanceState';
import { WorkflowFailure } from './WorkflowFailure';

/** What happens to an instance. */
export type InstanceEvent =
  /** Begins at the plan's start or at the given node. */
  | { type: 'start'; node?: NodeId }
  /** Goes on with what a step has left to do. */
  | { type: 'continue' }
  /** The answer to a call. */
  | {
      type: 'answered';
      token: TokenId;
      request: CallRequest;
      response: HttpResponse;
    }
  /** A call got no answer. */
  | { type: 'unanswered'; token: TokenId; failure: WorkflowFailure }
  | { type: 'timer'; token: TokenId }
  /** An event of a type that the instance may wait for. */
  | { type: 'event'; eventType: string; data: Json }
  /** A sub-workflow ran to its first wait. */
  | { type: 'childWaits'; token: TokenId }
  /** A sub-workflow ended. */
  | { type: 'childEnded'; token: TokenId; data: Json }
  /** A sub-workflow could not be started. */
  | { type: 'childRefused'; token: TokenId; failure: WorkflowFailure }
  /** Someone changed the workflow data. */
  | { type: 'update'; data: Json }
  | { type: 'retry' }
  /** Goes on behind the failed node, without its result. */
  | { type: 'skip' }
  /** Leaves an open node and enters it again. */
  | { type: 'retrigger'; token: TokenId }
  | { type: 'abort' };
