import { CloudEvent } from './CloudEvent';
import {
  EngineCapabilities,
  EngineChanges,
  EngineDefinition,
  EngineDeployment,
  EngineHealth,
  EngineInstance,
  EngineInstanceSummary,
  EngineSummaries,
  EngineWindowPage,
  EngineWorkflow,
  InputProblem,
  RunOutcome,
  TimeWindow,
} from './model';

/** Options of every engine call. @public */
export interface EngineCallOptions {
  /** Aborts the call; the engine then rejects with the signal's reason. */
  signal?: AbortSignal;
}

/** Names one version of a workflow; without version the engine chooses the newest. @public */
export interface WorkflowVersionRef {
  workflowId: string;
  version?: string;
  /** Only an engine that keeps revisions (dev mode) can tell them apart. */
  revision?: string;
}

/** What is told of a run that can't be sent at once, since too many others are under way. @public */
export interface RunTurn {
  /** It has to wait; nothing of it is sent before its turn. */
  waits(): void;
  /** Its turn has come: it is sent once this resolves, and refused when it rejects. */
  comes(): Promise<void>;
}

/** @public */
export interface RunRequest extends EngineCallOptions {
  workflowId: string;
  version?: string;
  input: Record<string, unknown>;
  /** The plugin's own id of the instance; comes back in the summary as `businessKey`. */
  businessKey: string;
  headers?: Record<string, string>;
  /** Left unused by an engine in which nothing waits. */
  turn?: RunTurn;
}

/**
 * Where an event is sent. For a workflow without version it goes to the newest deployed version that
 * consumes its type; with one to that version and no other, for the instances of it that wait. Versions
 * at the same address get it together.
 *
 * @public
 */
export type EventTarget =
  | { kind: 'instance'; engineInstanceId: string }
  | { kind: 'workflow'; workflowId: string; version?: string };

/** That an instance was continued and has failed again already. @public */
export interface RetryFailure {
  errorMessage?: string;
}

/** @public */
export interface SendEventOptions extends EngineCallOptions {
  /** The same for every attempt to bring one event to one target. */
  deliveryId?: string;
  /** An earlier attempt may have arrived: whether it did is looked up as far as the engine can. */
  mayHaveArrived?: boolean;
}

/**
 * What executes workflows. The backend knows engines through this port only.
 *
 * Unless said otherwise a method rejects with {@link EngineUnreachableError} when the engine does
 * not answer, {@link EngineTimeoutError} when it is too slow, {@link EngineProtocolError} when it
 * answers wrongly and {@link EngineRefusedError} when it declines.
 *
 * @public
 */
export interface WorkflowEngine {
  /** Short name as written in configuration and stored with each instance, e.g. `embedded`. */
  readonly id: string;
  /** `dev` engines lose their instances when the process ends. */
  readonly mode: 'dev' | 'production';
  readonly capabilities: EngineCapabilities;
  /**
   * True when events for workflows go to one broker that hands them on: each is then sent once,
   * naming any of the workflows that consume it.
   */
  readonly hasEventBroker?: boolean;

  /** Connects and loads; the backend calls it once, before anything else. */
  start(): Promise<void>;
  /**
   * The process is about to end: what waits for its turn to be sent, now or later, is refused, for
   * another process to take up. What can be sent at once still is. Left out by an engine in which nothing
   * waits.
   */
  refuseWaiting?(): void;
  /** Releases everything; afterwards no listener is called. */
  stop(): Promise<void>;

  /** Each workflow once for each version, with source left out. */
  listWorkflows(options?: EngineCallOptions): Promise<EngineWorkflow[]>;
  /** Source text of a definition; undefined when unknown. */
  getDefinition(
    ref: WorkflowVersionRef,
    options?: EngineCallOptions,
  ): Promise<EngineDefinition | undefined>;
  /** The input schema with its references resolved; undefined when there is none. */
  getInputSchema(
    ref: WorkflowVersionRef,
    options?: EngineCallOptions,
  ): Promise<Record<string, unknown> | undefined>;
  /** Everything that is wrong with an input; empty when it may be run. */
  validateInput(
    ref: WorkflowVersionRef,
    input: Record<string, unknown>,
    options?: EngineCallOptions,
  ): Promise<InputProblem[]>;

  /** Starts an instance. Never rejects for a failure of the workflow itself; see {@link RunOutcome}. */
  run(request: RunRequest): Promise<RunOutcome>;
  /** Full detail; undefined when the engine does not know (or no longer keeps) the instance. */
  getInstance(
    engineInstanceId: string,
    options?: EngineCallOptions,
  ): Promise<EngineInstance | undefined>;
  /**
   * Stops an instance. Rejects with {@link InstanceNotFoundError} when it is unknown or has ended, and
   * with {@link EngineRefusedError} when it has not but can't be reached; see `attention`.
   */
  abort(engineInstanceId: string, options?: EngineCallOptions): Promise<void>;
  /**
   * Continues a failed instance from its failed node; resolves once the engine took it, with a
   * {@link RetryFailure} when the engine tells at once that it failed again.
   * Rejects with {@link InstanceNotFoundError}, or {@link EngineRefusedError} when it is not in ERROR.
   */
  retry(
    engineInstanceId: string,
    options?: EngineCallOptions,
  ): Promise<RetryFailure | void>;
  /**
   * Goes on behind the failed node as if it had ended, without its result; resolves once the engine
   * took it. Present exactly when the capability `skip` is. Resolves and rejects as
   * {@link WorkflowEngine.retry}.
   */
  skip?(
    engineInstanceId: string,
    options?: EngineCallOptions,
  ): Promise<RetryFailure | void>;
  /**
   * Leaves an open node of an unfinished instance and enters it again, e.g. one that waits for an
   * answer that got lost. Present exactly when the capability `retriggerNode` is.
   *
   * @param nodeId - {@link EngineNode}'s `id`, of a node that was entered and not left
   *
   * Resolves as {@link WorkflowEngine.retry}. Rejects with {@link InstanceNotFoundError}, or {@link EngineRefusedError} when the instance has
   * no such open node.
   */
  retriggerNode?(
    engineInstanceId: string,
    nodeId: string,
    options?: EngineCallOptions,
  ): Promise<RetryFailure | void>;
  /**
   * Lets a timer that an instance waits for fire at another time. Present exactly when the capability
   * `rescheduleTimer` is.
   *
   * @param timerId - `timerId` of one of the instance's waits
   * @param at - ISO-8601 in UTC; a moment that has passed lets it fire at once
   *
   * Rejects with {@link InstanceNotFoundError}, or {@link EngineRefusedError} when the instance waits
   * for no such timer.
   */
  rescheduleTimer?(
    engineInstanceId: string,
    timerId: string,
    at: string,
    options?: EngineCallOptions,
  ): Promise<void>;
  /**
   * Merges into the workflow data of an unfinished instance: objects deeply, everything else replaces
   * what was there. Present exactly when the capability `updateData` is.
   *
   * Rejects with {@link InstanceNotFoundError}, or {@link EngineRefusedError} when the engine can't
   * make the change, e.g. because it is no object's.
   */
  updateData?(
    engineInstanceId: string,
    patch: Record<string, unknown>,
    options?: EngineCallOptions,
  ): Promise<void>;
  /**
   * Sends an event; resolves when the engine accepted it, which does not prove an effect, or when an
   * earlier attempt of the same delivery turns out to have arrived. Rejects with
   * {@link EngineNotCalledError} when nothing was sent.
   */
  sendEvent(
    event: CloudEvent,
    target: EventTarget,
    options?: SendEventOptions,
  ): Promise<void>;

  /**
   * Summaries of instances that started, ended or failed since the cursor (from the beginning
   * without one), oldest first. May repeat; the reader is idempotent.
   */
  changes(
    cursor: string | undefined,
    limit: number,
    options?: EngineCallOptions,
  ): Promise<EngineChanges>;
  /**
   * Summaries of what changed some time ago, once more, for what `changes` can't tell: instances that
   * become visible behind newer ones, or fail without a new time. Has a cursor of its own, with
   * which it may be called as rarely as the reader likes. An engine whose `changes` misses nothing
   * leaves it out.
   */
  lateChanges?(
    cursor: string | undefined,
    limit: number,
    options?: EngineCallOptions,
  ): Promise<EngineChanges>;
  /** The present summary of the given instances; those the engine does not know are listed apart. */
  summaries(
    engineInstanceIds: string[],
    options?: EngineCallOptions,
  ): Promise<EngineSummaries>;
  /** Summaries by start time, for reconciling the past. */
  window(
    window: TimeWindow,
    page: { offset: number; limit: number },
    options?: EngineCallOptions,
  ): Promise<EngineWindowPage>;
  /**
   * How many instances started in a window; undefined when the engine can't tell at the moment.
   * Present exactly when the capability `counts` is. For telling progress, not for deciding.
   */
  count?(
    window: TimeWindow,
    options?: EngineCallOptions,
  ): Promise<number | undefined>;
  /** Called when something changed, to wake a reader; returns the function that unsubscribes. */
  onChange?(listener: () => void): () => void;
  /**
   * Called when workflows were loaded or removed; returns the function that unsubscribes.
   */
  onWorkflowsChanged?(listener: () => void): () => void;

  /** Dev mode only: the loaded state of the workflow folder. */
  deployment?(): Promise<EngineDeployment>;
  /** Never rejects. */
  health(options?: EngineCallOptions): Promise<EngineHealth>;
}

export type { EngineInstanceSummary };
