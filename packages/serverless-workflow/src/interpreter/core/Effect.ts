import { Json } from '../../model';
import { CallRequest } from '../functions/FunctionCall';
import { NodeId } from '../plan/Plan';
import { TokenId } from './InstanceState';

/** What a step wants done, in order. */
export type Effect =
  /** For the history of the instance. */
  | {
      type: 'entered';
      token: TokenId;
      node: NodeId;
      container: TokenId;
      iteration?: number;
    }
  | {
      type: 'left';
      token: TokenId;
      status: 'completed' | 'aborted' | 'failed';
      error?: string;
      /** The workflow goes on from the failure by a handler of its own. */
      isHandled?: true;
      output?: Json;
    }
  /** Carry out a call and answer with `answered` or `unanswered`. */
  | { type: 'call'; token: TokenId; request: CallRequest; input?: Json }
  /** Run a sub-workflow and answer with `childWaits`, `childEnded` or `childRefused`. */
  | {
      type: 'startChild';
      token: TokenId;
      workflowId: string;
      data: Json;
      variables: Record<string, Json>;
    }
  /** Send `timer` after a while. */
  | { type: 'setTimer'; token: TokenId; delayMs: number }
  /** From now on the instance waits for events of the type. */
  | { type: 'await'; token: TokenId; eventType: string }
  | {
      type: 'publish';
      eventType: string;
      data: Json;
      attributes: Record<string, Json>;
    }
  | { type: 'log'; level: string; message: string };
