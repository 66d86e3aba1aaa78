import { EventDefinition } from './EventDefinition';
import { FunctionDefinition } from './FunctionDefinition';
import { Json, JsonObject } from './Json';
import { State } from './State';

/** A JSON Schema of a workflow's input or output. @public */
export interface DataSchema {
  /** The schema itself, or the URI of the file that holds it. */
  schema: string | JsonObject;
  /** False: SonataFlow logs violations and goes on. */
  failOnValidationErrors: boolean;
}

/** An error that `onErrors` can refer to. @public */
export interface ErrorDefinition {
  name: string;
  /** What SonataFlow compares with the failure: an HTTP status, a class name or a message. */
  code?: string;
  description?: string;
}

/** Where an instance begins. @public */
export interface Start {
  stateName: string;
  /** Ignored by SonataFlow. */
  schedule?: Json;
}

/** @public */
export interface WorkflowTimeouts {
  /** ISO-8601 duration after which the instance is aborted. */
  workflowExecTimeout?: WorkflowExecTimeout;
  /** ISO-8601 duration or expression; the default of all states that wait for events. */
  eventTimeout?: string;
  /** Ignored by SonataFlow. */
  stateExecTimeout?: Json;
  /** Ignored by SonataFlow. */
  actionExecTimeout?: string;
  /** Ignored by SonataFlow. */
  branchExecTimeout?: string;
}

/** @public */
export interface WorkflowExecTimeout {
  duration: string;
  /** Ignored by SonataFlow. */
  interrupt?: boolean;
  /** Ignored by SonataFlow. */
  runBefore?: string;
}

/** An entry of `extensions`, as written. @public */
export interface Extension extends JsonObject {
  extensionid: string;
}

/** The parts of a definition that may live in a file of their own. @public */
export type WorkflowPart =
  | 'auth'
  | 'constants'
  | 'errors'
  | 'events'
  | 'functions'
  | 'retries'
  | 'secrets'
  | 'timeouts';

/**
 * A Serverless Workflow 0.8 definition in one normal form: shorthands are written out, defaults
 * are filled in as SonataFlow does, and booleans written as text are booleans. Fields have the
 * specification's names.
 *
 * @public
 */
export interface Workflow {
  id: string;
  key?: string;
  /** The id when the definition has no name. */
  name: string;
  /** `1.0` when the definition has no version. */
  version: string;
  specVersion?: string;
  description?: string;
  annotations: string[];
  metadata: JsonObject;
  /** Missing is an error for SonataFlow, unlike in the specification. */
  start?: Start;
  dataInputSchema?: DataSchema;
  /** From the extension `workflow-output-schema`. */
  outputSchema?: DataSchema;
  /** Aliases that function operations may use, from the extension `workflow-uri-definitions`. */
  uriDefinitions: Record<string, string>;
  expressionLang: 'jq' | 'jsonpath';
  /** Only an end with `terminate` ends the instance. */
  keepActive: boolean;
  timeouts: WorkflowTimeouts;
  constants: JsonObject;
  secrets: string[];
  functions: FunctionDefinition[];
  events: EventDefinition[];
  errors: ErrorDefinition[];
  /** Ignored by SonataFlow. */
  retries: Json[];
  /** Ignored by SonataFlow. */
  auth: Json[];
  /** Ignored by SonataFlow. */
  autoRetries: boolean;
  extensions: Extension[];
  states: State[];
  /** URIs of parts that are not in the definition itself; see `resolveReferences`. */
  references: Partial<Record<WorkflowPart, string>>;
}
