import { Located, located, State, statesOf, Workflow } from '../model';
import { Finding } from '../parse';
import { error } from './findings';

/** What a state of a certain type has to have. */
export function validateStates(workflow: Workflow): Finding[] {
  return statesOf(workflow).flatMap(state => validateState(workflow, state));
}

function validateState(workflow: Workflow, state: Located<State>): Finding[] {
  switch (state.value.type) {
    case 'switch':
      return validateSwitch(workflow, state);
    case 'event':
      return validateEventState(state);
    case 'parallel':
      return validateParallel(state);
    case 'foreach':
      return validateForEach(state);
    default:
      return [];
  }
}

function validateSwitch(
  workflow: Workflow,
  { value, path }: Located<State>,
): Finding[] {
  if (value.type !== 'switch') return [];
  if (value.stateDataFilter) {
    return [
      error(
        `${path}/stateDataFilter`,
        'switch-filter',
        `SonataFlow can't build "${value.name}": a switch state takes no stateDataFilter. Filter in the state before it`,
      ),
    ];
  }
  const conditions = value.dataConditions ?? value.eventConditions;
  if (conditions.length === 0) {
    return [
      error(
        path,
        'switch-empty',
        `No dataConditions or eventConditions where found for the switch state "${value.name}" that belongs to the serverless workflow: "${workflow.name}".`,
      ),
    ];
  }
  if (conditions.length === 1 && !value.defaultCondition) {
    return [
      error(
        path,
        'switch-single-way',
        `"${value.name}" has only one way out, which SonataFlow refuses: "Split does not have more than one outgoing connection". Add a defaultCondition`,
      ),
    ];
  }
  const timeout = value.timeouts.eventTimeout ?? workflow.timeouts.eventTimeout;
  return value.eventConditions && value.defaultCondition && !timeout
    ? [
        error(
          path,
          'switch-timeout-missing',
          `The "eventTimeout" configuration is required for the "eventConditions" based switch state "${value.name}" that belongs to the serverless workflow: "${workflow.name}".`,
        ),
      ]
    : [];
}

function validateEventState({ value, path }: Located<State>): Finding[] {
  if (value.type !== 'event') return [];
  if (value.onEvents.length === 0) {
    return [
      error(path, 'event-state-empty', `"${value.name}" waits for no event`),
    ];
  }
  return located(value.onEvents, `${path}/onEvents`).flatMap(onEvents =>
    onEvents.value.eventRefs.length > 0
      ? []
      : [
          error(
            onEvents.path,
            'event-state-empty',
            `An entry of onEvents of "${value.name}" names no event`,
          ),
        ],
  );
}

function validateParallel({ value, path }: Located<State>): Finding[] {
  if (value.type !== 'parallel') return [];
  if (value.branches.length === 0) {
    return [error(path, 'parallel-empty', `"${value.name}" has no branches`)];
  }
  if (value.branches.length === 1) {
    return [
      error(
        path,
        'parallel-single-branch',
        `"${value.name}" has only one branch, which SonataFlow refuses: "Split does not have more than one outgoing connection". Make it an operation state`,
      ),
    ];
  }
  return value.completionType === 'atLeast' && value.numCompleted === undefined
    ? [
        error(
          path,
          'parallel-count-missing',
          `"${value.name}" waits for atLeast so many branches, but numCompleted is missing`,
        ),
      ]
    : [];
}

function validateForEach({ value, path }: Located<State>): Finding[] {
  return value.type === 'foreach' && !value.iterationParam
    ? [
        error(
          path,
          'foreach-parameter-missing',
          `"${value.name}" needs an iterationParam: SonataFlow refuses a foreach state without one ("ForEach has no variable name")`,
        ),
      ]
    : [];
}
