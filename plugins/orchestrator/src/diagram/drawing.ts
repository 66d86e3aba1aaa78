import {
  GraphEdge,
  GraphNode,
  WorkflowGraph,
} from '@open-orchestrator/serverless-workflow/graph';

/** A line inside a node: an action of the state, or a branch of a parallel one. */
export interface DrawnLine {
  kind: 'function' | 'event' | 'workflow' | 'branch';
  label: string;
}

export interface DrawnNode {
  node: GraphNode;
  lines: DrawnLine[];
  /** Lines left out because there are too many. */
  moreCount: number;
  width: number;
  height: number;
}

const shownLines = 4;
const headHeight = 52;
const liveHeadHeight = 60;
const lineHeight = 20;
const padding = 8;

/**
 * What is drawn of a graph: actions and branches become lines inside their state, so that the
 * picture shows the flow and nothing else.
 *
 * @param isLive - leaves room for the state of each node
 */
export function drawn(
  graph: WorkflowGraph,
  isLive: boolean,
): {
  nodes: DrawnNode[];
  edges: GraphEdge[];
} {
  const branches = new Map<string, GraphNode[]>();
  for (const node of graph.nodes) {
    if (node.parent !== undefined) {
      const siblings = branches.get(node.parent) ?? [];
      branches.set(node.parent, [...siblings, node]);
    }
  }
  return {
    nodes: graph.nodes
      .filter(({ parent }) => parent === undefined)
      .map(node => drawNode(node, branches.get(node.id) ?? [], isLive)),
    edges: graph.edges.filter(({ kind }) => kind !== 'branch'),
  };
}

function drawNode(
  node: GraphNode,
  branches: GraphNode[],
  isLive: boolean,
): DrawnNode {
  if (node.kind === 'start' || node.kind === 'end') {
    return { node, lines: [], moreCount: 0, width: 76, height: 32 };
  }
  const all: DrawnLine[] = [
    ...(node.actions ?? []).map(({ kind, label }) => ({ kind, label })),
    ...branches.map(({ label }) => ({ kind: 'branch' as const, label })),
  ];
  const lines = all.length > shownLines ? all.slice(0, shownLines - 1) : all;
  const moreCount = all.length - lines.length;
  const lineCount = lines.length + (moreCount > 0 ? 1 : 0);
  return {
    node,
    lines,
    moreCount,
    width: 216,
    height:
      (isLive ? liveHeadHeight : headHeight) +
      (lineCount ? lineCount * lineHeight + padding : 0),
  };
}
