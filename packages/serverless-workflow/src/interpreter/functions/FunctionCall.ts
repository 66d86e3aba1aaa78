import { Json } from '../../model';
import { HttpResponse } from '../../runtime/HttpClient';

/** What a function sees when it is called. */
export interface CallInput {
  /** Arguments after evaluation; undefined when the action gives none. */
  args: Json | undefined;
  /** What the action sees of the workflow data. */
  data: Json;
  instance: CallingInstance;
  /** Evaluates an expression over `data`, e.g. one in the metadata of the function. */
  evaluate: (expression: string) => Json | undefined;
}

/** The instance on whose behalf a function is called; goes out as `kogitoproc…` headers. */
export interface CallingInstance {
  id: string;
  workflowId: string;
  workflowVersion: string;
  state: number;
  rootId?: string;
  rootWorkflowId?: string;
  parentId?: string;
  businessKey?: string;
  headers: Readonly<Record<string, string>>;
}

/** A request that is sent for a function. */
export interface CallRequest {
  method: string;
  url: string;
  headers: Record<string, string>;
  body?: string;
  timeoutMs: number;
  /** Get a token first and send it as bearer. */
  token?: TokenRequest;
}

/** A request of the OAuth 2 client credentials grant. */
export interface TokenRequest {
  url: string;
  headers: Record<string, string>;
  body: string;
}

/** What a function gives back. */
export interface CallResult {
  result: Json;
  /** Seen as `$WORKFLOW.responseHeaders` from then on. */
  responseHeaders?: Record<string, string>;
  /** Seen as `$WORKFLOW.statusCode` and `$WORKFLOW.statusMessage`. */
  status?: { code: number; message: string };
}

/**
 * A function that does its work outside of the interpreter, prepared for one action of one workflow.
 * Throws WorkflowFailure when it can't be called or has failed.
 */
export interface FunctionCall {
  /** A request to be sent, or the result when none is needed. */
  prepare(input: CallInput): { request: CallRequest } | CallResult;
  /** Reads the answer to the request. */
  complete(response: HttpResponse, request: CallRequest): CallResult;
}
