import type {
  CloudEvent,
  EngineDefinition,
  EngineDeployment,
  EngineInstance,
  EngineInstanceSummary,
  EngineWorkflow,
  EventTarget,
  InputProblem,
  RunOutcome,
  WorkflowVersionRef,
} from '@open-orchestrator/backstage-plugin-orchestrator-node';
import type { EmbeddedConfig } from '../config/EmbeddedConfig';

/** What the engine process answers to the portal. */
export interface EngineMethods {
  /** Loads the workflow folder; everything else comes after it. */
  start(params: StartParams): void;
  listWorkflows(params: {}): EngineWorkflow[];
  getDefinition(ref: WorkflowVersionRef): EngineDefinition | undefined;
  getInputSchema(ref: WorkflowVersionRef): Record<string, unknown> | undefined;
  validateInput(params: {
    ref: WorkflowVersionRef;
    input: Record<string, unknown>;
  }): InputProblem[];
  run(params: RunParams): RunOutcome;
  getInstance(params: { id: string }): EngineInstance | undefined;
  abort(params: { id: string }): void;
  retry(params: { id: string }): void;
  skip(params: { id: string }): void;
  retriggerNode(params: { id: string; nodeId: string }): void;
  rescheduleTimer(params: { id: string; timerId: string; at: string }): void;
  updateData(params: { id: string; patch: Record<string, unknown> }): void;
  sendEvent(params: {
    event: CloudEvent;
    target: EventTarget;
    deliveryId?: string;
  }): void;
  deployment(params: {}): EngineDeployment;
  /** Answered as soon as the engine has time for it. */
  ping(params: {}): void;
}

export interface StartParams {
  config: EmbeddedConfig;
  /** Files whose loading ended an earlier process; they stay out until their content changes. */
  quarantine: FileContent[];
  /** What the earlier process ran last; used for files that can't be loaded now. */
  retained: RetainedFile[];
}

export interface RunParams {
  workflowId: string;
  version?: string;
  input: Record<string, unknown>;
  businessKey: string;
  headers?: Record<string, string>;
}

/** Names one content of one file. */
export interface FileContent {
  /** Relative to the workflow folder. */
  path: string;
  hash: string;
}

/** The last good content of a workflow file with the texts that it refers to. */
export interface RetainedFile {
  path: string;
  text: string;
  resources: Record<string, string>;
}

/** What the engine process tells without being asked. */
export interface EngineEvents {
  /** Sent at a steady pace; silence means that the process hangs. */
  heartbeat: {};
  /** Instances that started, ended, failed or wait for something else. */
  changed: { summaries: EngineInstanceSummary[] };
  /** Instances whose details are no longer kept. */
  evicted: { ids: string[] };
  workflowsChanged: {};
  /** Sent before a file is parsed and checked, so that a file that ends the process is known. */
  loading: FileContent;
  /** The file that was announced is through. */
  loaded: {};
  retain: RetainedFile;
  release: { path: string };
  log: { level: 'debug' | 'info' | 'warn' | 'error'; message: string };
}
