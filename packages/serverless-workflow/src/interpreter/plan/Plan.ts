import { EventCorrelation, Json, Workflow } from '../../model';
import { ProduceData } from './ProduceData';
import { FunctionCall } from '../functions/FunctionCall';

/** Identifies a node of a plan; numbered as SonataFlow numbers them. */
export type NodeId = number;

/** The container of the nodes that stand in no composite. */
export const PROCESS: NodeId = 0;

/** The variable that holds the workflow data; other variables are temporary. */
export const WORKFLOW_DATA = 'workflowdata';

/** The variable of a foreach iteration that holds the result of its last action. */
export const ITERATION_RESULT = '_foreach_out_eval';

/** What every node has. `name` and `type` are what SonataFlow shows. */
export interface NodeBase {
  readonly id: NodeId;
  name: string;
  readonly type: string;
  readonly container: NodeId;
  /** Targets, in the order in which they are triggered. */
  readonly outgoing: NodeId[];
  stateName?: string;
  action?: string;
  branch?: string;
  /** The state of this node is undone by that compensation composite. */
  compensatedBy?: NodeId;
}

/** Begins an instance or the inside of a composite. */
export interface StartNode extends NodeBase {
  kind: 'start';
  /** Event that starts an instance here. */
  trigger?: { eventName: string; eventType: string };
}

/** Ends the instance or its composite. */
export interface EndNode extends NodeBase {
  kind: 'end';
  terminate: boolean;
  produce?: ProduceData;
}

/** Does something that needs nobody else. */
export interface ActionNode extends NodeBase {
  kind: 'action';
  effect: ActionEffect;
}

export type ActionEffect =
  | { do: 'nothing' }
  /** Merges fixed data into the workflow data. */
  | { do: 'inject'; data: Json }
  /** Sets `to` to the result of the expression over `from`. */
  | { do: 'evaluate'; expression: string; from: string; to: string }
  | { do: 'merge'; from: string; to: string }
  /** Puts `value` where the expression points in `model`. */
  | { do: 'collect'; expression: string; model: string; value: string }
  /** As `collect`, into a new object that becomes the workflow data. */
  | { do: 'collectFresh'; expression: string; value: string }
  | { do: 'set'; variable: string; value: Json }
  | { do: 'copy'; from: string; to: string }
  | { do: 'log'; level: string; message: string; model: string }
  | { do: 'produce'; produce: ProduceData }
  /** Fails the instance when the expression gives a text. */
  | { do: 'failWith'; expression: string }
  | { do: 'compensate' };

export interface SplitNode extends NodeBase {
  kind: 'split';
  /** All targets; the first one whose condition holds; all, of which the first to go on cancels the others. */
  mode: 'all' | 'conditions' | 'race';
  conditions: { expression: string; target: NodeId; isDefault: boolean }[];
  otherwise?: NodeId;
}

export interface JoinNode extends NodeBase {
  kind: 'join';
  /** Pass each token, wait for all incoming paths, wait for a number of them. */
  mode: 'pass' | 'all' | 'some';
  readonly incoming: NodeId[];
  /** For `some`: a number, or an expression over the workflow data. */
  needed?: number | string;
}

export interface CompositeNode extends NodeBase {
  kind: 'composite';
  start?: NodeId;
  readonly handlers: ErrorHandler[];
  isForCompensation: boolean;
}

export interface ForEachNode extends NodeBase {
  kind: 'foreach';
  start?: NodeId;
  readonly handlers: ErrorHandler[];
  collection: string;
  parameter?: string;
  outputCollection?: string;
}

/** Catches the failures of a composite that match the code. */
export interface ErrorHandler {
  code: string;
  boundary: NodeId;
}

/** Where the flow goes on after a failure. */
export interface BoundaryNode extends NodeBase {
  kind: 'boundary';
  attachedTo: NodeId;
}

export interface TimerNode extends NodeBase {
  kind: 'timer';
  /** ISO-8601 duration or expression. */
  delay: string;
}

/** Waits for an event. */
export interface EventNode extends NodeBase {
  kind: 'event';
  eventName: string;
  eventType: string;
  output: string;
}

/** Calls a function that does its work elsewhere. */
export interface WorkNode extends NodeBase {
  kind: 'work';
  call: FunctionCall;
  /** As written; texts in it may be expressions. */
  arguments?: Json;
  input: string;
  output: string;
}

export interface SubProcessNode extends NodeBase {
  kind: 'subProcess';
  workflowId: string;
  input: string;
  output: string;
}

export type PlanNode =
  | StartNode
  | EndNode
  | ActionNode
  | SplitNode
  | JoinNode
  | CompositeNode
  | ForEachNode
  | BoundaryNode
  | TimerNode
  | EventNode
  | WorkNode
  | SubProcessNode;

/**
 * A workflow translated into the graph of nodes that SonataFlow makes of it. Knows nothing of
 * instances.
 */
export interface Plan {
  readonly workflow: Workflow;
  readonly nodes: readonly (PlanNode | undefined)[];
  /** Where an instance begins that no event starts. */
  readonly start?: NodeId;
  /** Where instances begin that events start. */
  readonly eventStarts: readonly StartNode[];
  /** Types of the events that instances may wait for or start with. */
  readonly correlations: ReadonlyMap<string, readonly EventCorrelation[]>;
  readonly hasCompensation: boolean;
  readonly execTimeoutMs?: number;
}
