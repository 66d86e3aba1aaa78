import { Action } from './Action';
import { Json, JsonObject } from './Json';
import { Outcome } from './Transition';

/** Expressions that replace the workflow data before and after a state. @public */
export interface StateDataFilter {
  input?: string;
  output?: string;
}

/** @public */
export interface EventDataFilter {
  /** False: the event's data is dropped. */
  useData: boolean;
  /** Expression over the event's data. */
  data?: string;
  /** Path in the workflow data that takes it. */
  toStateData?: string;
}

/** @public */
export interface StateTimeouts {
  /** ISO-8601 duration or expression. */
  eventTimeout?: string;
  /** Ignored by SonataFlow. */
  stateExecTimeout?: Json;
  /** Ignored by SonataFlow. */
  actionExecTimeout?: string;
  /** Ignored by SonataFlow. */
  branchExecTimeout?: string;
}

/** What follows when a state fails with one of the named errors. @public */
export interface OnError extends Outcome {
  /** Names of error definitions; `errorRef` and `errorRefs` both end up here. */
  errorRefs: string[];
}

/** What every state has. @public */
export interface StateBase extends Outcome {
  id?: string;
  name: string;
  stateDataFilter?: StateDataFilter;
  timeouts: StateTimeouts;
  onErrors: OnError[];
  /** Name of the state that undoes this one. */
  compensatedBy?: string;
  usedForCompensation: boolean;
  metadata: JsonObject;
}

/** Adds fixed data. @public */
export interface InjectState extends StateBase {
  type: 'inject';
  data: Json;
}

/** Carries out actions, one after the other. @public */
export interface OperationState extends StateBase {
  type: 'operation';
  /** `parallel` is ignored by SonataFlow. */
  actionMode?: string;
  actions: Action[];
}

/** @public */
export interface DataCondition extends Outcome {
  name?: string;
  /** Expression. */
  condition: string;
  metadata: JsonObject;
}

/** @public */
export interface EventCondition extends Outcome {
  name?: string;
  eventRef: string;
  eventDataFilter?: EventDataFilter;
  metadata: JsonObject;
}

/** @public */
export interface SwitchStateBase extends StateBase {
  type: 'switch';
  defaultCondition?: Outcome;
}

/** Goes where the first true condition says. @public */
export interface DataSwitchState extends SwitchStateBase {
  dataConditions: DataCondition[];
  eventConditions?: undefined;
}

/** Goes where the first event says. @public */
export interface EventSwitchState extends SwitchStateBase {
  dataConditions?: undefined;
  eventConditions: EventCondition[];
}

/** @public */
export type SwitchState = DataSwitchState | EventSwitchState;

/** @public */
export interface SleepState extends StateBase {
  type: 'sleep';
  /** ISO-8601 duration or expression. */
  duration: string;
}

/** @public */
export interface OnEvents {
  eventRefs: string[];
  /** `parallel` is ignored by SonataFlow. */
  actionMode?: string;
  actions: Action[];
  eventDataFilter?: EventDataFilter;
}

/** Waits for one or all of its events; as the start state its events start instances. @public */
export interface EventState extends StateBase {
  type: 'event';
  /** True: the first event goes on. False: all of them are awaited. */
  exclusive: boolean;
  onEvents: OnEvents[];
}

/** Carries out an action, then waits for an event. @public */
export interface CallbackState extends StateBase {
  type: 'callback';
  action: Action;
  eventRef: string;
  eventDataFilter?: EventDataFilter;
}

/** Carries out its actions for each element of a list, in order. @public */
export interface ForEachState extends StateBase {
  type: 'foreach';
  /** Expression. */
  inputCollection: string;
  /** Expression: where the list of results goes. */
  outputCollection?: string;
  /** Name of the variable that holds the element. */
  iterationParam?: string;
  /** Ignored by SonataFlow. */
  batchSize?: Json;
  actions: Action[];
  /** Ignored by SonataFlow. */
  mode?: string;
}

/** @public */
export interface Branch {
  /** `Branch <position>` when the definition has no name. */
  name: string;
  timeouts: StateTimeouts;
  actions: Action[];
}

/** Carries out branches, each on its own copy of the data. @public */
export interface ParallelState extends StateBase {
  type: 'parallel';
  branches: Branch[];
  completionType: 'allOf' | 'atLeast';
  /** Number of branches that `atLeast` waits for: a number, or an expression. */
  numCompleted?: number | string;
}

/** @public */
export type State =
  | InjectState
  | OperationState
  | SwitchState
  | SleepState
  | EventState
  | CallbackState
  | ForEachState
  | ParallelState;

/** @public */
export type StateType = State['type'];
