import { Json } from '../../model';
import { NodeId } from '../plan/Plan';
import { WorkflowFailure } from './WorkflowFailure';

/** Numbers the entered nodes of one instance in order. */
export type TokenId = number;

/** The container of the tokens that are in no composite. */
export const PROCESS_TOKEN: TokenId = 0;

/** A node that has been entered and not left: it waits, or contains others that do. */
export interface Token {
  readonly id: TokenId;
  readonly node: NodeId;
  readonly container: TokenId;
  /** Number of the tokens directly inside this one. */
  readonly members: number;
  /** Variables of a composite or iteration. */
  readonly variables?: Readonly<Record<string, Json>>;
  /** Which ways into a join have been taken. */
  readonly arrived?: readonly NodeId[];
  /** The first token of a race to go on cancels the others of the same race. */
  readonly race?: TokenId;
  readonly iteration?: number;
  /** Results of the iterations of a foreach so far, and how many are still to come. */
  readonly loop?: { readonly results: readonly Json[]; readonly open: number };
}

/** A node to be entered; the instance enters the topmost first. */
export interface Work {
  readonly node: NodeId;
  readonly container: TokenId;
  readonly from?: NodeId;
  /** Token that was set aside for the node. */
  readonly token?: TokenId;
  readonly next?: Work;
}

/** What `$WORKFLOW` tells about the last HTTP answer. */
export interface LastResponse {
  readonly responseHeaders?: Record<string, string>;
  readonly statusCode?: number;
  readonly statusMessage?: string;
}

/** Why an instance is in ERROR, and where it goes on when it is retried. */
export interface InstanceError {
  readonly failure: WorkflowFailure;
  readonly node?: NodeId;
  readonly container: TokenId;
}

export type InstanceStatus = 'ACTIVE' | 'COMPLETED' | 'ABORTED' | 'ERROR';

/** An instance between two events. Never changed: each step makes a new one. */
export interface InstanceState {
  readonly status: InstanceStatus;
  /** The workflow data. */
  readonly data: Json;
  /** Variables beside the workflow data. */
  readonly variables: Readonly<Record<string, Json>>;
  readonly lastResponse: LastResponse;
  readonly tokens: ReadonlyMap<TokenId, Token>;
  readonly nextToken: TokenId;
  readonly work: Work | undefined;
  /** The token whose call or sub-workflow must answer before anything else is done. */
  readonly blockedOn: TokenId | undefined;
  /** Compensations of the states that were completed, in that order. */
  readonly completed: readonly NodeId[];
  readonly error: InstanceError | undefined;
  /** Set while compensation runs before the instance ends as aborted. */
  readonly aborting: boolean;
  /** Nodes entered so far. */
  readonly steps: number;
}

/** An instance before its first event. */
export function newInstance(
  data: Json,
  variables: Record<string, Json>,
): InstanceState {
  return {
    status: 'ACTIVE',
    data,
    variables,
    lastResponse: {},
    tokens: new Map(),
    nextToken: 1,
    work: undefined,
    blockedOn: undefined,
    completed: [],
    error: undefined,
    aborting: false,
    steps: 0,
  };
}
