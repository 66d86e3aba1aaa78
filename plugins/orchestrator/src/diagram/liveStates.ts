import { GraphEdge } from '@open-orchestrator/serverless-workflow/graph';
import {
  InstanceNode,
  InstanceState,
} from '@open-orchestrator/backstage-plugin-orchestrator-common';
import { NodeState } from '../states';

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

function isTopLevel(node: InstanceNode, byId: Map<string, InstanceNode>) {
  const parent =
    node.parentNodeId === undefined ? undefined : byId.get(node.parentNodeId);
  return parent?.stateName !== node.stateName;
}

/** Of the nodes of one visit, the state that tells most: trouble first, then what goes on. */
const telling: NodeState[] = [
  'failed',
  'waiting',
  'running',
  'aborted',
  'completed',
  'skipped',
];

function tellingState(nodes: InstanceNode[]): NodeState {
  const whole = nodes[0].status;
  // What a state got over does not count: only while it goes on do its parts tell more.
  if (whole !== 'running') return whole;
  const open = nodes.filter(({ exit }) => exit === undefined);
  return (
    telling.find(state => open.some(({ status }) => status === state)) ?? whole
  );
}

/** Where an instance begins and ends: of a state, but no visit to it. */
const edgeTypes = new Set(['StartNode', 'EndNode']);

/** Derives states and path from the nodes that an instance entered, given by enter time. */
export function livePath(nodes: InstanceNode[]): LivePath {
  const byId = new Map(nodes.map(node => [node.id, node]));
  const visits: InstanceNode[][] = [];
  for (const node of nodes) {
    if (node.stateName === undefined || edgeTypes.has(node.type)) continue;
    const current = visits[visits.length - 1];
    const isSame = current?.[0].stateName === node.stateName;
    if (isSame && !(isTopLevel(node, byId) && isComposite(current[0], nodes))) {
      current.push(node);
    } else {
      visits.push([node]);
    }
  }
  const states = new Map<string, LiveState>();
  for (const visit of visits) {
    const name = visit[0].stateName ?? '';
    states.set(name, {
      state: tellingState(visit),
      visits: (states.get(name)?.visits ?? 0) + 1,
    });
  }
  return { states, visited: visits.map(([first]) => first.stateName ?? '') };
}

/** True when a node holds others: then its like on the same level is another visit. */
function isComposite(node: InstanceNode, nodes: InstanceNode[]): boolean {
  return nodes.some(({ parentNodeId }) => parentNodeId === node.id);
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
