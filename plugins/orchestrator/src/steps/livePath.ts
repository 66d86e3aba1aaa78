import { GraphEdge } from '@open-orchestrator/serverless-workflow/graph';
import {
  InstanceNode,
  InstanceState,
} from '@open-orchestrator/backstage-plugin-orchestrator-common';
import { NodeState } from '../states';
import { stepsOf } from './stepsOf';

/** What became of a state of the definition in one instance. */
export interface LiveState {
  state: NodeState;
  /** How often it was entered. */
  visits: number;
}

/** The way that an instance took through its definition. */
export interface LivePath {
  /** By state name. */
  states: Map<string, LiveState>;
  /** Names of the states in the order in which they were entered. */
  visited: string[];
}

/** Trouble first, then what goes on. */
const telling: NodeState[] = [
  'failed',
  'waiting',
  'running',
  'aborted',
  'completed',
  'skipped',
];

function mostTelling(nodes: InstanceNode[]): NodeState {
  return (
    telling.find(state => nodes.some(({ status }) => status === state)) ??
    'running'
  );
}

/** What one visit of a state comes to. */
function stateOfVisit(visit: InstanceNode[]): NodeState {
  const ids = new Set(visit.map(({ id }) => id));
  const wholes = visit.filter(
    ({ parentNodeId = '' }) => !ids.has(parentNodeId),
  );
  const isOpen = wholes.some(({ exit }) => exit === undefined);
  // What a state got over does not count: its parts tell more only while it goes on.
  return mostTelling(
    isOpen ? visit.filter(({ exit }) => exit === undefined) : wholes,
  );
}

/** Derives states and path from the nodes that an instance entered, given by enter time. */
export function livePath(nodes: InstanceNode[]): LivePath {
  const visits: { stateName: string; nodes: InstanceNode[] }[] = [];
  for (const { node, stateName, isTechnical } of stepsOf(nodes)) {
    if (stateName === undefined || isTechnical) continue;
    const current = visits[visits.length - 1];
    const isAgain =
      node.definitionId !== undefined &&
      node.definitionId === current?.nodes[0].definitionId;
    if (current?.stateName === stateName && !isAgain) {
      current.nodes.push(node);
    } else {
      visits.push({ stateName, nodes: [node] });
    }
  }
  const states = new Map<string, LiveState>();
  for (const visit of visits) {
    states.set(visit.stateName, {
      state: stateOfVisit(visit.nodes),
      visits: (states.get(visit.stateName)?.visits ?? 0) + 1,
    });
  }
  return { states, visited: visits.map(({ stateName }) => stateName) };
}

/** Ids of the edges that the instance took. */
export function takenEdges(
  edges: GraphEdge[],
  { visited, states }: LivePath,
  instanceState: InstanceState | undefined,
): Set<string> {
  const taken = new Set<string>();
  const take = (source: string, target: string) => {
    const candidates = edges.filter(
      edge =>
        edge.source === source &&
        edge.target === target &&
        edge.kind !== 'compensation',
    );
    const hasFailed =
      states.get(source.replace(/^state:/, ''))?.state === 'failed';
    const fitting = candidates.find(
      ({ kind }) => (kind === 'error' || kind === 'timeout') === hasFailed,
    );
    const edge = fitting ?? candidates[0];
    if (edge) taken.add(edge.id);
  };
  visited.forEach((name, index) =>
    take(
      index === 0 ? 'start' : `state:${visited[index - 1]}`,
      `state:${name}`,
    ),
  );
  const last = visited[visited.length - 1];
  if (instanceState === 'COMPLETED' && last !== undefined) {
    take(`state:${last}`, 'end');
  }
  return taken;
}
