import { Json } from './Json';

/** @public */
export interface FunctionRef {
  refName: string;
  /** An object or array whose texts may be expressions, or one expression. */
  arguments?: Json;
  /** `async` is ignored by SonataFlow. */
  invoke?: string;
  selectionSet?: string;
}

/** @public */
export interface EventRef {
  /** Event that the action sends. */
  triggerEventRef?: string;
  /** Ignored by SonataFlow. */
  resultEventRef?: string;
  /** Ignored by SonataFlow. */
  resultEventTimeout?: string;
  data?: Json;
  contextAttributes: Record<string, Json>;
  /** Ignored by SonataFlow. */
  invoke?: string;
}

/** @public */
export interface SubFlowRef {
  workflowId: string;
  /** Ignored by SonataFlow. */
  version?: string;
  /** Ignored by SonataFlow: the parent always waits. */
  invoke?: string;
  /** Ignored by SonataFlow. */
  onParentComplete?: string;
}

/** ISO-8601 durations or expressions. @public */
export interface ActionSleep {
  before?: string;
  after?: string;
}

/** @public */
export interface ActionDataFilter {
  /** Expression: what the action sees of the workflow data. */
  fromStateData?: string;
  /** False: the result is dropped. */
  useResults: boolean;
  /** Expression over the result. */
  results?: string;
  /** Path in the workflow data that takes the result. */
  toStateData?: string;
}

/** @public */
export interface ActionBase {
  id?: string;
  name?: string;
  /** Expression; the action is skipped when it is false. */
  condition?: string;
  sleep?: ActionSleep;
  actionDataFilter?: ActionDataFilter;
  /** Ignored by SonataFlow. */
  retryRef?: string;
  /** Ignored by SonataFlow. */
  retryableErrors?: Json;
  /** Ignored by SonataFlow. */
  nonRetryableErrors?: Json;
}

/** An action that calls a function. @public */
export interface FunctionAction extends ActionBase {
  functionRef: FunctionRef;
  eventRef?: undefined;
  subFlowRef?: undefined;
}

/** An action that sends an event. @public */
export interface EventAction extends ActionBase {
  functionRef?: undefined;
  eventRef: EventRef;
  subFlowRef?: undefined;
}

/** An action that runs another workflow and waits for it. @public */
export interface SubFlowAction extends ActionBase {
  functionRef?: undefined;
  eventRef?: undefined;
  subFlowRef: SubFlowRef;
}

/** Calls a function, sends an event or runs another workflow. @public */
export type Action = FunctionAction | EventAction | SubFlowAction;
