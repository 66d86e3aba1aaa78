/** Names of the fields that an object may have, each with the shape of what it holds. */
export interface Shape {
  [field: string]: Shape | 'anything';
}

const any = 'anything';

function fields(names: string): Shape {
  return Object.fromEntries(names.split(' ').map(name => [name, any]));
}

const produceEvent = fields('eventRef data contextAttributes');
const outcome: Shape = {
  transition: {
    ...fields('nextState compensate'),
    produceEvents: produceEvent,
  },
  end: {
    ...fields('terminate compensate continueAs'),
    produceEvents: produceEvent,
  },
};
const eventDataFilter = fields('useData data toStateData');
const timeouts = fields(
  'eventTimeout stateExecTimeout actionExecTimeout branchExecTimeout',
);
const action: Shape = {
  ...fields('id name condition retryRef retryableErrors nonRetryableErrors'),
  functionRef: fields('refName arguments invoke selectionSet'),
  eventRef: fields(
    'triggerEventRef resultEventRef resultEventTimeout data contextAttributes invoke',
  ),
  subFlowRef: fields('workflowId version invoke onParentComplete'),
  sleep: fields('before after'),
  actionDataFilter: fields('fromStateData useResults results toStateData'),
};
const state: Shape = {
  ...fields('id name type compensatedBy usedForCompensation metadata'),
  ...outcome,
  stateDataFilter: fields('input output'),
  timeouts,
  onErrors: { ...fields('errorRef errorRefs'), ...outcome },
};

/** What states have beyond what all of them have, by their type. */
export const stateShapes: Record<string, Shape> = {
  inject: { ...state, data: any },
  operation: { ...state, actionMode: any, actions: action },
  switch: {
    ...state,
    dataConditions: { ...fields('name condition metadata'), ...outcome },
    eventConditions: {
      ...fields('name eventRef metadata'),
      ...outcome,
      eventDataFilter,
    },
    defaultCondition: outcome,
  },
  sleep: { ...state, duration: any },
  event: {
    ...state,
    exclusive: any,
    onEvents: {
      ...fields('eventRefs actionMode'),
      actions: action,
      eventDataFilter,
    },
  },
  callback: { ...state, action, eventRef: any, eventDataFilter },
  foreach: {
    ...state,
    ...fields('inputCollection outputCollection iterationParam batchSize mode'),
    actions: action,
  },
  parallel: {
    ...state,
    ...fields('completionType numCompleted'),
    branches: { name: any, timeouts, actions: action },
  },
};

/** A workflow without its states. */
export const workflowShape: Shape = {
  ...fields(
    'id key name description version annotations dataInputSchema secrets constants states',
  ),
  ...fields(
    'specVersion expressionLang metadata autoRetries retries auth keepActive extensions',
  ),
  start: fields('stateName schedule'),
  timeouts: {
    ...timeouts,
    workflowExecTimeout: fields('duration interrupt runBefore'),
  },
  errors: fields('name code description'),
  functions: fields('name operation type authRef metadata'),
  events: {
    ...fields('name source type kind dataOnly metadata'),
    correlation: fields('contextAttributeName contextAttributeValue'),
  },
};
