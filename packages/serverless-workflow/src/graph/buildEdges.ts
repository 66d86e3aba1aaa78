import {
  located,
  Located,
  Outcome,
  outcomesOf,
  State,
  StateOutcome,
  statesOf,
  Workflow,
} from '../model';
import { stateId, timeoutOf } from './buildNodes';
import { withoutDelimiters } from './withoutDelimiters';
import { GraphEdge } from './WorkflowGraph';

/** SonataFlow's code of the error that a wait without its event ends with. */
const TIMED_OUT = 'TimedOut';

/** Edges between the nodes of `buildNodes`, the start and the end. */
export function buildEdges(workflow: Workflow): GraphEdge[] {
  const states = statesOf(workflow);
  return [
    ...buildStartEdge(workflow),
    ...states.flatMap(state => buildStateEdges(workflow, state)),
    ...states.flatMap(buildBranchEdges),
    ...states.flatMap(buildCompensationEdge),
  ];
}

/** Where the definition does not say, the specification begins with the first state. */
function buildStartEdge(workflow: Workflow): GraphEdge[] {
  const name = workflow.start?.stateName ?? workflow.states.at(0)?.name;
  return name === undefined
    ? []
    : [
        {
          id: 'edge:/start',
          source: 'start',
          target: stateId(name),
          kind: 'transition',
          path: '/start',
        },
      ];
}

function buildStateEdges(
  workflow: Workflow,
  state: Located<State>,
): GraphEdge[] {
  return outcomesOf(state).flatMap(outcome => {
    const { transition, end } = outcome.value;
    const edge = {
      source: stateId(state.value.name),
      ...describe(workflow, state.value, outcome),
      ...effectsOf(outcome.value),
    };
    return [
      ...(transition
        ? [
            {
              ...edge,
              id: `edge:${outcome.path}/transition`,
              target: stateId(transition.nextState),
              path: `${outcome.path}/transition`,
            },
          ]
        : []),
      ...(end
        ? [
            {
              ...edge,
              id: `edge:${outcome.path}/end`,
              target: 'end',
              path: `${outcome.path}/end`,
            },
          ]
        : []),
    ];
  });
}

function describe(
  workflow: Workflow,
  state: State,
  { reason }: StateOutcome,
): Pick<GraphEdge, 'kind' | 'label'> {
  const timeout = timeoutOf(workflow, state);
  switch (reason.kind) {
    case 'condition':
    case 'event':
      return { kind: 'condition', label: withoutDelimiters(reason.label) };
    case 'default':
      return timeout === undefined
        ? { kind: 'default' }
        : { kind: 'timeout', label: timeout };
    case 'error':
      return isTimeout(workflow, reason.errorRefs) && timeout !== undefined
        ? { kind: 'timeout', label: timeout }
        : { kind: 'error', label: reason.errorRefs.join(', ') };
    default:
      return { kind: 'transition' };
  }
}

function isTimeout(workflow: Workflow, errorRefs: string[]): boolean {
  return workflow.errors.some(
    ({ name, code }) => code === TIMED_OUT && errorRefs.includes(name),
  );
}

function effectsOf({
  transition,
  end,
}: Outcome): Pick<GraphEdge, 'produces' | 'compensates' | 'terminates'> {
  const produces = [
    ...(transition?.produceEvents ?? []),
    ...(end?.produceEvents ?? []),
  ].map(({ eventRef }) => eventRef);
  return {
    ...(produces.length > 0 ? { produces } : {}),
    ...(transition?.compensate || end?.compensate ? { compensates: true } : {}),
    ...(end?.terminate ? { terminates: true } : {}),
  };
}

function buildBranchEdges({ value, path }: Located<State>): GraphEdge[] {
  if (value.type !== 'parallel') return [];
  return located(value.branches, `${path}/branches`).map(branch => ({
    id: `edge:${branch.path}`,
    source: stateId(value.name),
    target: `branch:${branch.path}`,
    kind: 'branch',
    path: branch.path,
  }));
}

function buildCompensationEdge({ value, path }: Located<State>): GraphEdge[] {
  return value.compensatedBy === undefined
    ? []
    : [
        {
          id: `edge:${path}/compensatedBy`,
          source: stateId(value.name),
          target: stateId(value.compensatedBy),
          kind: 'compensation',
          path: `${path}/compensatedBy`,
        },
      ];
}
