import {
  Action,
  actionsOf,
  located,
  Located,
  State,
  statesOf,
  Workflow,
} from '../model';
import { withoutDelimiters } from './withoutDelimiters';
import { GraphAction, GraphNode } from './WorkflowGraph';

/** A node for each state and each branch. */
export function buildNodes(workflow: Workflow): GraphNode[] {
  const ids = new Set<string>();
  return statesOf(workflow).flatMap(state => {
    const id = unusedId(stateId(state.value.name), ids);
    ids.add(id);
    return [
      buildStateNode(workflow, state, id),
      ...buildBranchNodes(workflow, state, id),
    ];
  });
}

/** The node of the state with that name. */
export function stateId(name: string): string {
  return `state:${name}`;
}

function unusedId(id: string, used: ReadonlySet<string>): string {
  let candidate = id;
  for (let count = 2; used.has(candidate); count += 1) {
    candidate = `${id}#${count}`;
  }
  return candidate;
}

function buildStateNode(
  workflow: Workflow,
  state: Located<State>,
  id: string,
): GraphNode {
  const { value, path } = state;
  const detail = detailOf(value);
  const timeout = timeoutOf(workflow, value);
  return {
    id,
    kind: 'state',
    label: value.name,
    stateName: value.name,
    stateType: value.type,
    ...(detail ? { detail } : {}),
    ...(timeout ? { timeout } : {}),
    ...(value.usedForCompensation ? { isCompensation: true } : {}),
    ...(value.type === 'parallel'
      ? {}
      : { actions: buildActions(workflow, actionsOf(state)) }),
    path,
  };
}

function buildBranchNodes(
  workflow: Workflow,
  { value, path }: Located<State>,
  parent: string,
): GraphNode[] {
  if (value.type !== 'parallel') return [];
  return located(value.branches, `${path}/branches`).map(branch => ({
    id: `branch:${branch.path}`,
    kind: 'branch',
    label: branch.value.name,
    stateName: value.name,
    stateType: 'parallel',
    actions: buildActions(
      workflow,
      located(branch.value.actions, `${branch.path}/actions`),
    ),
    parent,
    path: branch.path,
  }));
}

function buildActions(
  workflow: Workflow,
  actions: Located<Action>[],
): GraphAction[] {
  return actions.map(({ value, path }) => {
    const { condition } = value;
    const call = callOf(workflow, value);
    return {
      label: value.name ?? call.target,
      ...call,
      ...(condition === undefined
        ? {}
        : { condition: withoutDelimiters(condition) }),
      path,
    };
  });
}

function callOf(
  workflow: Workflow,
  action: Action,
): Pick<GraphAction, 'kind' | 'target' | 'functionType'> {
  if (action.functionRef) {
    const target = action.functionRef.refName;
    const definition = workflow.functions.find(({ name }) => name === target);
    return {
      kind: 'function',
      target,
      ...(definition ? { functionType: definition.type } : {}),
    };
  }
  return action.eventRef
    ? { kind: 'event', target: action.eventRef.triggerEventRef ?? '' }
    : { kind: 'workflow', target: action.subFlowRef.workflowId };
}

function detailOf(state: State): string | undefined {
  switch (state.type) {
    case 'sleep':
      return state.duration;
    case 'foreach':
      return withoutDelimiters(state.inputCollection);
    case 'callback':
      return state.eventRef;
    case 'event':
      return state.onEvents.flatMap(({ eventRefs }) => eventRefs).join(', ');
    case 'switch':
      return state.eventConditions?.map(({ eventRef }) => eventRef).join(', ');
    case 'parallel':
      return state.completionType === 'atLeast'
        ? `${state.numCompleted ?? '?'} / ${state.branches.length}`
        : undefined;
    default:
      return undefined;
  }
}

/** How long a state waits for its events. */
export function timeoutOf(
  workflow: Workflow,
  state: State,
): string | undefined {
  const waits =
    state.type === 'event' ||
    state.type === 'callback' ||
    (state.type === 'switch' && state.eventConditions !== undefined);
  return waits
    ? state.timeouts.eventTimeout ?? workflow.timeouts.eventTimeout
    : undefined;
}
