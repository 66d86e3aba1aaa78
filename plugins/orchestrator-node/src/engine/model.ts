import type { components } from '@open-orchestrator/backstage-plugin-orchestrator-common';

type Schemas = components['schemas'];

/** SonataFlow's own instance states. @public */
export type InstanceState = Schemas['InstanceState'];

/**
 * What an engine can do beyond the port's required methods; each but `retry` stands for an optional
 * method, `counts` for `count`.
 *
 * @public
 */
export interface EngineCapabilities {
  retry: boolean;
  skip: boolean;
  retriggerNode: boolean;
  updateData: boolean;
  rescheduleTimer: boolean;
  counts: boolean;
  deployment: boolean;
}

/** One version of a workflow as the engine tells it. Times are ISO-8601 in UTC. @public */
export interface EngineWorkflow {
  id: string;
  version: string;
  /** Hash of the loaded content. */
  revision: string;
  name: string;
  description?: string;
  /** Annotations of the definition; they serve as labels. */
  annotations: string[];
  metadata: Record<string, unknown>;
  hasInputSchema: boolean;
  /** True when an instance starts only by an event. */
  startsByEvent: boolean;
  /** Event types that the definition consumes. */
  consumedEventTypes: string[];
  /** Those of them of which an event may start an instance; left out, any may if one starts by events. */
  startingEventTypes?: string[];
  serviceUrl?: string;
  availability: Schemas['Availability'];
  loadedAt?: string;
  /**
   * True when the text of the definition can't be read at present. What stands only there (revision,
   * description, annotations, input schema, event types) is then missing or a guess: what was told of
   * the same version before still holds.
   */
  isUnread?: boolean;
}

/** @public */
export interface EngineDefinition {
  workflowId: string;
  version: string;
  revision: string;
  format: 'json' | 'yaml';
  source: string;
}

/** One violation of the input schema. @public */
export interface InputProblem {
  /** JSON Pointer into the input; empty for the input itself. */
  path: string;
  message: string;
}

/** What became of a run request. @public */
export type RunOutcome =
  /** Started; the instance may run, wait or be finished. */
  | { outcome: 'started'; engineInstanceId: string; state?: InstanceState }
  /** Started and failed: the instance exists in state ERROR. */
  | { outcome: 'failed'; engineInstanceId: string; message: string }
  /** Nothing started. `unreachable`: no connection to the engine could be made (503 to the caller). */
  | {
      outcome: 'refused';
      reason: 'input' | 'unknown-workflow' | 'limit' | 'engine' | 'unreachable';
      message: string;
      problems?: InputProblem[];
    }
  /** It can't be told whether an instance started. */
  | { outcome: 'unknown'; message: string };

/** The part of an instance that lists need; no workflow data. Times are ISO-8601 in UTC. @public */
export interface EngineInstanceSummary {
  engineInstanceId: string;
  workflowId: string;
  workflowVersion?: string;
  revision?: string;
  state: InstanceState;
  businessKey?: string;
  startedAt?: string;
  endedAt?: string;
  parentId?: string;
  rootId?: string;
  errorMessage?: string;
  errorNode?: string;
  waitingFor?: string;
  /** Why it ended other than by finishing: `aborted`, `timed-out`, `engine-lost`. */
  endReason?: string;
  /**
   * Why a person should look at an unfinished instance: `version-not-deployed` (its service runs
   * another version now, which can't reach it), `not-at-service` (its service no longer knows it).
   */
  attention?: string;
  /**
   * Values of {@link EngineInstanceSummary.attention} of which the engine can't say at present whether
   * they hold: one of them that was told before stays.
   */
  undecidedAttention?: string[];
}

/** @public */
export interface EngineInstance extends EngineInstanceSummary {
  data: unknown;
  input?: unknown;
  nodes: EngineNode[];
  error?: Schemas['InstanceError'];
  waits: Schemas['InstanceWait'][];
  childIds: string[];
  /** True when only the summary is kept. */
  detailsGone?: boolean;
}

/** One entered step of an instance. @public */
export type EngineNode = Schemas['Node'];

/** @public */
export interface EngineChanges {
  summaries: EngineInstanceSummary[];
  nextCursor: string;
  /** True when another page is ready at once. */
  more: boolean;
}

/** @public */
export interface EngineSummaries {
  summaries: EngineInstanceSummary[];
  /**
   * Those that the engine is sure not to have. One that it could not read this time is neither here
   * nor among the summaries.
   */
  unknownIds: string[];
}

/** Half-open interval of start times. @public */
export interface TimeWindow {
  from: string;
  to: string;
  states?: InstanceState[];
}

/** @public */
export interface EngineWindowPage {
  summaries: EngineInstanceSummary[];
  more: boolean;
}

/** @public */
export type EngineDeployment = Schemas['Deployment'];

/** @public */
export type EngineHealth = Schemas['Status']['health'];
