import {
  Action,
  actionsOf,
  Located,
  located,
  outcomesOf,
  State,
  statesOf,
  StateTimeouts,
  Workflow,
} from '../model';
import { Finding } from '../parse';
import { warning } from '../validate/findings';

/** A field that is there although SonataFlow does not look at it. */
type Ignored = Located<unknown> & { name: string; advice?: string };

/** What the specification promises and SonataFlow does not do. */
export function lintIgnored(workflow: Workflow): Finding[] {
  return [
    ...ignoredInWorkflow(workflow),
    ...statesOf(workflow).flatMap(ignoredInState),
  ]
    .filter(({ value }) => isSet(value))
    .map(({ name, path, advice }) =>
      warning(
        path,
        'ignored',
        `${name} is ignored in production${advice ? `: ${advice}` : ''}`,
      ),
    );
}

function isSet(value: unknown): boolean {
  return Array.isArray(value)
    ? value.length > 0
    : value !== undefined && value !== false;
}

function ignoredInWorkflow(workflow: Workflow): Ignored[] {
  const { workflowExecTimeout } = workflow.timeouts;
  return [
    {
      name: 'retries',
      value: workflow.retries,
      path: '/retries',
      advice: 'handle the error and transition back instead',
    },
    { name: 'autoRetries', value: workflow.autoRetries, path: '/autoRetries' },
    {
      name: 'auth',
      value: workflow.auth,
      path: '/auth',
      advice: 'credentials of OpenAPI services are application properties',
    },
    {
      name: 'schedule',
      value: workflow.start?.schedule,
      path: '/start/schedule',
      advice: 'let a scheduler outside start the workflow',
    },
    {
      name: 'interrupt',
      value: workflowExecTimeout?.interrupt,
      path: '/timeouts/workflowExecTimeout/interrupt',
    },
    {
      name: 'runBefore',
      value: workflowExecTimeout?.runBefore,
      path: '/timeouts/workflowExecTimeout/runBefore',
    },
    ...ignoredTimeouts(workflow.timeouts, '/timeouts'),
    ...located(workflow.functions, '/functions').map(({ value, path }) => ({
      name: 'authRef',
      value: value.authRef,
      path: `${path}/authRef`,
    })),
    ...located(workflow.events, '/events').map(({ value, path }) => ({
      name: 'dataOnly',
      value: !value.dataOnly,
      path: `${path}/dataOnly`,
      advice: 'a workflow sees the data of an event only',
    })),
  ];
}

function ignoredTimeouts(timeouts: StateTimeouts, path: string): Ignored[] {
  return (
    ['stateExecTimeout', 'actionExecTimeout', 'branchExecTimeout'] as const
  ).map(name => ({ name, value: timeouts[name], path: `${path}/${name}` }));
}

function ignoredInState(state: Located<State>): Ignored[] {
  const { value, path } = state;
  return [
    ...ignoredTimeouts(value.timeouts, `${path}/timeouts`),
    ...ignoredByType(state),
    ...outcomesOf(state).map(outcome => ({
      name: 'continueAs',
      value: outcome.value.end?.continueAs,
      path: `${outcome.path}/end/continueAs`,
    })),
    ...actionsOf(state).flatMap(ignoredInAction),
  ];
}

function ignoredByType({ value, path }: Located<State>): Ignored[] {
  switch (value.type) {
    case 'operation':
      return [actionMode(value.actionMode, path)];
    case 'event':
      return located(value.onEvents, `${path}/onEvents`).map(onEvents =>
        actionMode(onEvents.value.actionMode, onEvents.path),
      );
    case 'foreach':
      return [
        {
          name: 'batchSize',
          value: value.batchSize,
          path: `${path}/batchSize`,
        },
        {
          name: 'mode: parallel',
          value: value.mode === 'parallel',
          path: `${path}/mode`,
          advice: 'the elements are taken one after the other',
        },
      ];
    case 'parallel':
      return located(value.branches, `${path}/branches`).flatMap(branch =>
        ignoredTimeouts(branch.value.timeouts, `${branch.path}/timeouts`),
      );
    default:
      return [];
  }
}

function actionMode(mode: string | undefined, path: string): Ignored {
  return {
    name: 'actionMode: parallel',
    value: mode === 'parallel',
    path: `${path}/actionMode`,
    advice: 'actions run one after the other; use a parallel state',
  };
}

function ignoredInAction({ value, path }: Located<Action>): Ignored[] {
  const { functionRef, eventRef, subFlowRef } = value;
  return [
    { name: 'retryRef', value: value.retryRef, path: `${path}/retryRef` },
    {
      name: 'retryableErrors',
      value: value.retryableErrors,
      path: `${path}/retryableErrors`,
    },
    {
      name: 'nonRetryableErrors',
      value: value.nonRetryableErrors,
      path: `${path}/nonRetryableErrors`,
    },
    invokeAsync(functionRef?.invoke, `${path}/functionRef`),
    invokeAsync(eventRef?.invoke, `${path}/eventRef`),
    invokeAsync(subFlowRef?.invoke, `${path}/subFlowRef`),
    {
      name: 'resultEventRef',
      value: eventRef?.resultEventRef,
      path: `${path}/eventRef/resultEventRef`,
      advice: 'wait for the event in a callback state',
    },
    {
      name: 'onParentComplete',
      value: subFlowRef?.onParentComplete,
      path: `${path}/subFlowRef/onParentComplete`,
      advice: 'the parent always waits for its sub-workflow',
    },
    {
      name: 'version',
      value: subFlowRef?.version,
      path: `${path}/subFlowRef/version`,
      advice: 'the version that is deployed runs',
    },
  ];
}

function invokeAsync(invoke: string | undefined, path: string): Ignored {
  return {
    name: 'invoke: async',
    value: invoke === 'async',
    path: `${path}/invoke`,
    advice: 'the flow always waits',
  };
}
