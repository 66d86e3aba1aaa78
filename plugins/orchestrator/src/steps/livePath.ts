import { GraphEdge } from '@open-orchestrator/serverless-workflow/graph';
import {
  InstanceNode,
  InstanceState,
} from '@open-orchestrator/backstage-plugin-orchestrator-common';
import { NodeState, nodeStateOf } from '../states';
import { stepsOf } from './stepsOf';

/** What became of a state of the definition in one instance. */
export interface LiveState {
  state: NodeState;
  /** How often it was entered. */
  visits: number;
}

/** One time that a state was entered. */
export interface Visit {
  stateName: string;
  state: NodeState;
}

/** The way that an instance took through its definition. */
export interface LivePath {
  /** By state name: what its last visit came to. */
  states: Map<string, LiveState>;
  /** In the order in which the states were entered. */
  visits: Visit[];
}

/** Trouble first, then what goes on. */
const telling: NodeState[] = [
  'failed',
  'waiting',
  'running',
  'handled',
  'aborted',
  'completed',
  'skipped',
];

function mostTelling(states: NodeState[]): NodeState {
  return telling.find(state => states.includes(state)) ?? 'running';
}

/** What a node comes to, together with the nodes that it is made of. */
function stateOfWhole(whole: InstanceNode, parts: InstanceNode[]): NodeState {
  const states = parts.map(nodeStateOf);
  const open = states.filter(
    state => state === 'running' || state === 'waiting',
  );
  // A state that is left by an error handler is aborted: what aborted it tells more.
  const isStuck =
    whole.status === 'running' ? open.length === 0 : whole.status === 'aborted';
  if (isStuck && states.includes('failed')) return 'failed';
  return whole.status === 'running' && open.length > 0
    ? mostTelling(open)
    : nodeStateOf(whole);
}

/** The nodes of a visit that hold no others. */
function leavesUnder(
  whole: InstanceNode,
  partsOf: Map<string, InstanceNode[]>,
): InstanceNode[] {
  return (partsOf.get(whole.id) ?? []).flatMap(part => {
    const leaves = leavesUnder(part, partsOf);
    return leaves.length > 0 ? leaves : [part];
  });
}

/** What each node of a visit is made of; a visit may have ten thousand. */
function partsById(visit: InstanceNode[]): Map<string, InstanceNode[]> {
  const partsOf = new Map<string, InstanceNode[]>();
  for (const node of visit) {
    if (node.parentNodeId === undefined) continue;
    const parts = partsOf.get(node.parentNodeId);
    if (parts) parts.push(node);
    else partsOf.set(node.parentNodeId, [node]);
  }
  return partsOf;
}

function stateOfVisit(visit: InstanceNode[]): NodeState {
  const ids = new Set(visit.map(({ id }) => id));
  const wholes = visit.filter(
    ({ parentNodeId = '' }) => !ids.has(parentNodeId),
  );
  const partsOf = partsById(visit);
  return mostTelling(
    wholes.map(whole => stateOfWhole(whole, leavesUnder(whole, partsOf))),
  );
}

/** An engine that does not tell of error handlers lets them abort the state. */
function wasLeft(visit: InstanceNode[]): boolean {
  return visit.some(({ status }) => status === 'aborted');
}

/** Derives states and path from the nodes that an instance entered, given by enter time. */
export function livePath(nodes: InstanceNode[]): LivePath {
  const groups: { stateName: string; nodes: InstanceNode[] }[] = [];
  for (const { node, stateName, isTechnical } of stepsOf(nodes)) {
    if (stateName === undefined || isTechnical) continue;
    const current = groups[groups.length - 1];
    const isAgain =
      node.definitionId !== undefined &&
      node.definitionId === current?.nodes[0].definitionId;
    if (current?.stateName === stateName && !isAgain) {
      current.nodes.push(node);
    } else {
      groups.push({ stateName, nodes: [node] });
    }
  }
  const visits = groups.map((group, index) => {
    const state = stateOfVisit(group.nodes);
    // An instance goes on behind a failed state only by an error handler.
    const isHandled = state === 'failed' && index < groups.length - 1;
    return {
      stateName: group.stateName,
      state: isHandled && wasLeft(group.nodes) ? ('handled' as const) : state,
    };
  });
  const states = new Map<string, LiveState>();
  for (const { stateName, state } of visits) {
    const before = states.get(stateName)?.visits ?? 0;
    states.set(stateName, { state, visits: before + 1 });
  }
  return { states, visits };
}

/** Ids of the edges that the instance took. */
export function takenEdges(
  edges: GraphEdge[],
  { visits }: LivePath,
  instanceState: InstanceState | undefined,
): Set<string> {
  const taken = new Set<string>();
  const undoing = edges.filter(({ kind }) => kind === 'compensation');
  const isUndoing = ({ stateName }: Visit) =>
    undoing.some(({ target }) => target === `state:${stateName}`);
  const take = (source: Visit | undefined, target: string) => {
    const edge = edgeBetween(edges, source, target);
    if (edge) taken.add(edge.id);
  };
  // What undoes a state is done in passing: the way goes on from where it was asked for.
  const way = visits.filter(visit => !isUndoing(visit));
  way.forEach((visit, index) =>
    take(way[index - 1], `state:${visit.stateName}`),
  );
  for (const { target, id } of undoing) {
    if (visits.some(({ stateName }) => target === `state:${stateName}`)) {
      taken.add(id);
    }
  }
  if (instanceState === 'COMPLETED' && way.length > 0) {
    take(way[way.length - 1], 'end');
  }
  return taken;
}

function edgeBetween(
  edges: GraphEdge[],
  source: Visit | undefined,
  target: string,
): GraphEdge | undefined {
  const from = source ? `state:${source.stateName}` : 'start';
  const candidates = edges.filter(
    edge =>
      edge.source === from &&
      edge.target === target &&
      edge.kind !== 'compensation',
  );
  const hasFailed = source?.state === 'failed' || source?.state === 'handled';
  return (
    candidates.find(
      ({ kind }) => (kind === 'error' || kind === 'timeout') === hasFailed,
    ) ?? candidates[0]
  );
}
