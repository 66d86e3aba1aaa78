import { StateType } from '../model';

/** What a node of the picture stands for. @public */
export type GraphNodeKind =
  | 'start'
  | 'end'
  | 'state'
  /** One branch of a parallel state; `parent` is the state's node. */
  | 'branch'
  /** A state that a transition names and the definition does not have. */
  | 'missing';

/** One action of a state, in order. @public */
export interface GraphAction {
  /** Its name, else that of what it calls. */
  label: string;
  kind: 'function' | 'event' | 'workflow';
  /** Name of the function or event definition, or id of the workflow. */
  target: string;
  /** Type of the function, e.g. `rest`. */
  functionType?: string;
  /** Expression without which the action is skipped. */
  condition?: string;
  /** JSON Pointer into the definition. */
  path: string;
}

/** @public */
export interface GraphNode {
  /** Stays the same as long as the state keeps its name: `state:<name>`, `start`, `end`. */
  id: string;
  kind: GraphNodeKind;
  label: string;
  /** By which instances and their nodes name the state. */
  stateName?: string;
  stateType?: StateType;
  /** What matters most of the state as it stands in the definition: a duration, events, a list. */
  detail?: string;
  /** How long the state waits for events. */
  timeout?: string;
  /** The state runs only to undo another one. */
  isCompensation?: boolean;
  actions?: GraphAction[];
  /** Id of the node that this one is part of. */
  parent?: string;
  /** JSON Pointer into the definition. */
  path: string;
}

/** Why the flow takes an edge. @public */
export type GraphEdgeKind =
  | 'transition'
  /** No condition of the switch was true. */
  | 'default'
  /** A condition was true or, for a switch on events, an event came. */
  | 'condition'
  | 'error'
  /** No event came in time. */
  | 'timeout'
  /** From a state to the one that undoes it. */
  | 'compensation'
  /** From a parallel state to one of its branches. */
  | 'branch';

/** @public */
export interface GraphEdge {
  id: string;
  source: string;
  target: string;
  kind: GraphEdgeKind;
  /** Name or text of the condition, names of the errors or events, or the time waited. */
  label?: string;
  /** Names of the events that are sent on the way. */
  produces?: string[];
  /** What was done so far is undone on the way. */
  compensates?: boolean;
  /** The instance ends at once, whatever else still runs. */
  terminates?: boolean;
  /** JSON Pointer into the definition. */
  path: string;
}

/** A workflow as nodes and edges, without positions. @public */
export interface WorkflowGraph {
  nodes: GraphNode[];
  edges: GraphEdge[];
}
