import { Environment } from '../interpreter/core/Environment';
import { InstanceEvent } from '../interpreter/core/InstanceEvent';
import { InstanceState, TokenId } from '../interpreter/core/InstanceState';
import { Json } from '../model';
import { Deployment } from './Deployment';
import { History } from './History';

/** The node of another instance that waits for this one. */
export interface ParentLink {
  instance: Instance;
  token: TokenId;
}

/** A timer that runs for a node. */
export interface RunningTimer {
  dueMs: number;
  cancel: () => void;
}

/** One execution of a workflow with everything that belongs to it. */
export interface Instance {
  readonly id: string;
  readonly deployment: Deployment;
  readonly environment: Environment;
  readonly input: Json;
  readonly businessKey: string | undefined;
  readonly parent: ParentLink | undefined;
  readonly rootId: string | undefined;
  readonly depth: number;
  readonly startedMs: number;
  readonly history: History;
  readonly childIds: string[];
  readonly timers: Map<TokenId, RunningTimer>;
  readonly calls: Map<TokenId, AbortController>;
  /** Types of events that its nodes wait for. */
  readonly awaited: Map<TokenId, string>;
  /** Event attributes by which later events find it. */
  correlation: Readonly<Record<string, string>> | undefined;
  state: InstanceState;
  endedMs: number | undefined;
  endReason: 'aborted' | 'timed-out' | undefined;
  /** Has told its parent that it waits. */
  hasSettled: boolean;
  /** Violations that keep it from completing. */
  outputRejected: boolean;
  /** What has happened while it could not take it. */
  readonly mailbox: InstanceEvent[];
  /** Called when it next waits or ends. */
  readonly whenSettled: (() => void)[];
}

export function hasEnded({ state }: Instance): boolean {
  return state.status === 'COMPLETED' || state.status === 'ABORTED';
}

/**
 * Whether it waits, has failed or has ended, so that a caller can be told. One whose turn to begin has
 * not come yet has not settled.
 */
export function isSettled({ state }: Instance): boolean {
  const hasBegun = state.steps > 0;
  return (
    state.status !== 'ACTIVE' ||
    (hasBegun && !state.work && state.blockedOn === undefined)
  );
}
