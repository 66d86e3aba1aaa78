import { Json, Workflow } from '../model';
import { HttpClient } from './HttpClient';
import { Clock } from './Clock';

export type { Json };

/** A CloudEvent 1.0 in its JSON form. @public */
export interface RuntimeEvent {
  specversion: '1.0';
  id: string;
  source: string;
  type: string;
  time?: string;
  subject?: string;
  datacontenttype?: string;
  data?: Json;
  [extension: string]: Json | undefined;
}

/** SonataFlow's instance states, without those it never reaches. @public */
export type RuntimeInstanceState = 'ACTIVE' | 'COMPLETED' | 'ABORTED' | 'ERROR';

/** One entered step of an instance, named and typed as SonataFlow does. @public */
export interface NodeSnapshot {
  id: string;
  definitionId: string;
  name: string;
  /** SonataFlow's node type, e.g. `ActionNode`, `CompositeContextNode`, `Split`, `TimerNode`. */
  type: string;
  /** The state of the definition that the node belongs to. */
  stateName?: string;
  parentNodeId?: string;
  status:
    | 'running'
    | 'waiting'
    | 'completed'
    | 'failed'
    | 'aborted'
    | 'skipped';
  /** ISO-8601 in UTC. */
  enter: string;
  exit?: string;
  errorMessage?: string;
  /** The workflow went on from the failure by an error handler. */
  errorHandled?: true;
  iteration?: number;
  branch?: string;
  childInstanceId?: string;
  input?: Json;
  output?: Json;
}

/** What an instance waits for. @public */
export interface WaitSnapshot {
  kind: 'event' | 'timer';
  /** Names the timer to `rescheduleTimer`. */
  timerId?: string;
  nodeName?: string;
  eventName?: string;
  eventType?: string;
  since?: string;
  until?: string;
}

/** @public */
export interface ErrorSnapshot {
  message: string;
  nodeName?: string;
  nodeDefinitionId?: string;
  /** Status of a failed HTTP call. */
  statusCode?: number;
  /** The called address without its query. */
  url?: string;
}

/** @public */
export interface InstanceSummarySnapshot {
  id: string;
  workflowId: string;
  workflowVersion: string;
  revision: string;
  state: RuntimeInstanceState;
  businessKey?: string;
  startedAt: string;
  endedAt?: string;
  parentId?: string;
  rootId?: string;
  error?: ErrorSnapshot;
  waits: WaitSnapshot[];
  /** Why it ended other than by finishing. */
  endReason?: 'aborted' | 'timed-out';
}

/** @public */
export interface InstanceSnapshot extends InstanceSummarySnapshot {
  data: Json;
  input?: Json;
  nodes: NodeSnapshot[];
  childIds: string[];
}

/** A node of a workflow as SonataFlow's management add-on lists it. @public */
export interface NodeDefinition {
  id: string;
  name: string;
  type: string;
  stateName?: string;
  action?: string;
  branch?: string;
}

/** What became of a run. @public */
export type RuntimeRunResult =
  /** It ran to its first wait or its end. */
  | { outcome: 'started'; instance: InstanceSummarySnapshot; data: Json }
  /** It started and is in ERROR. `status` is what SonataFlow would answer over HTTP. */
  | {
      outcome: 'failed';
      instance: InstanceSummarySnapshot;
      message: string;
      status: number;
    }
  /** Nothing started. */
  | {
      outcome: 'refused';
      reason: 'input' | 'unknown-workflow' | 'limit' | 'engine';
      message: string;
      problems?: { path: string; message: string }[];
      status: number;
    };

/** Ceilings that stop a runaway workflow with a clear error. @public */
export interface RuntimeLimits {
  /** Unfinished instances at once. */
  instances: number;
  /** Nodes entered by one instance. */
  steps: number;
  /** Size of the workflow data of one instance, as JSON text. */
  dataBytes: number;
  /** Depth of sub-workflows. */
  subflowDepth: number;
  /** Iterations or branches of one state. */
  branches: number;
  /** Wall time of one expression. */
  expressionMs: number;
  /** Wall time after which others have their turn; nothing is stopped by it. */
  turnMs: number;
}

/** @public */
export interface RuntimeOptions {
  http: HttpClient;
  clock?: Clock;
  /** Keys of SonataFlow's `application.properties`. */
  properties?: Record<string, string>;
  /** Looks up `$SECRET.key`; properties are consulted next. */
  secret?: (key: string) => string | undefined;
  limits?: Partial<RuntimeLimits>;
  /** Where events that workflows produce go. */
  publish?: (event: RuntimeEvent) => void;
  /**
   * What becomes of functions whose code is Java, Python, Camel or gRPC: `refuse` the workflow when it
   * is deployed (default), or let the instance `fail` that calls one.
   */
  unavailableFunctions?: 'refuse' | 'fail';
  /** What `sysout` functions print. */
  log?: (record: {
    level: string;
    message: string;
    instanceId: string;
  }) => void;
}

/** @public */
export interface RunOptions {
  workflowId: string;
  input: Json;
  businessKey?: string;
  headers?: Record<string, string>;
}

/** What became of an attempt to step into an instance. @public */
export type StepInResult =
  | { outcome: 'done' }
  /** There is no such instance, or it has ended. */
  | { outcome: 'unknown' }
  /** Nothing was done. */
  | { outcome: 'refused'; reason: string };

/** Called after each change of an instance, in order. @public */
export type InstanceListener = (summary: InstanceSummarySnapshot) => void;

/**
 * Runs workflows in this process. Ephemeral: nothing is kept after the process ends.
 * @public
 */
export interface WorkflowRuntime {
  /**
   * Adds a workflow or replaces the one with the same id. Running instances keep what they started with.
   *
   * @throws WorkflowValidationError when the workflow can't be run
   */
  deploy(workflow: DeployableWorkflow): void;
  /** No further starts; running instances go on. */
  retire(workflowId: string): void;
  /** What the input schema finds wrong with an input; empty for a workflow without one. */
  validateInput(
    workflowId: string,
    input: Json,
  ): { path: string; message: string }[];
  /** Resolves when the instance first waits or ends, as SonataFlow's `POST /{workflowId}` does. */
  run(options: RunOptions): Promise<RuntimeRunResult>;
  /** Runs compensation, then ends the instance. False when it is unknown or has ended. */
  abort(instanceId: string): Promise<boolean>;
  /** Continues from the failed node; resolves at the next wait or end. */
  retry(instanceId: string): Promise<'retried' | 'not-in-error' | 'unknown'>;
  /** Continues behind the failed node, without its result; resolves at the next wait or end. */
  skip(instanceId: string): Promise<StepInResult>;
  /** Leaves an open node, named by the `id` of its snapshot, and enters it again. */
  retriggerNode(instanceId: string, nodeId: string): Promise<StepInResult>;
  /**
   * Lets a timer that the instance waits for fire at another time.
   *
   * @param dueMs - milliseconds since 1970; a moment that has passed lets it fire at once
   */
  rescheduleTimer(
    instanceId: string,
    timerId: string,
    dueMs: number,
  ): Promise<StepInResult>;
  /** Merges into the workflow data (SonataFlow's PATCH); false when unknown or ended. */
  updateData(instanceId: string, data: Json): Promise<boolean>;
  get(instanceId: string): InstanceSnapshot | undefined;
  /** About how many bytes of memory an instance holds; 0 for an unknown one. */
  heldBytes(instanceId: string): number;
  /** Summaries of all kept instances, in order of start. */
  list(): InstanceSummarySnapshot[];
  /** The nodes that instances of a workflow may enter; undefined when it is not deployed. */
  nodes(workflowId: string): NodeDefinition[] | undefined;
  /** Forgets an instance that has ended or failed. */
  forget(instanceId: string): void;
  /**
   * Delivers an event by SonataFlow's rules: correlation, `kogitoprocrefid`, business key, start,
   * broadcast. Resolves to the ids of the instances that it started or resumed.
   *
   * @param workflowId - delivers to this workflow only, as a message to one service does
   */
  sendEvent(event: RuntimeEvent, workflowId?: string): Promise<string[]>;
  subscribe(listener: InstanceListener): () => void;
  /** Ends all timers and calls; no listener is called afterwards. */
  stop(): void;
}

/** A parsed workflow with the texts that it refers to. @public */
export interface DeployableWorkflow {
  workflow: Workflow;
  revision: string;
  /** Texts of OpenAPI documents, schemas and constants files by the URI that the definition uses. */
  resources: Record<string, string>;
}
