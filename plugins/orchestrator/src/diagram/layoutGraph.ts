import dagre from '@dagrejs/dagre';
import { GraphEdge } from '@open-orchestrator/serverless-workflow/graph';
import { DrawnNode } from './drawing';

export type Direction = 'down' | 'right';

export interface Point {
  x: number;
  y: number;
}

export interface Layout {
  /** Top left corner of each node, by node id. */
  nodes: Map<string, Point>;
  /** The bends of each edge and the middle of its label, by edge id. */
  edges: Map<string, { points: Point[]; label: Point }>;
}

const labelHeight = 18;
const widthPerLetter = 6;
export const longestLabel = 160;

function labelWidth(label: string | undefined): number {
  return label ? Math.min(longestLabel, label.length * widthPerLetter + 14) : 0;
}

/** Places nodes and edges so that the flow runs in one direction and lines seldom cross. */
export function layoutGraph(
  nodes: DrawnNode[],
  edges: GraphEdge[],
  direction: Direction,
): Layout {
  const graph = new dagre.graphlib.Graph({ multigraph: true });
  graph.setGraph({
    rankdir: direction === 'down' ? 'TB' : 'LR',
    nodesep: 36,
    edgesep: 20,
    ranksep: direction === 'down' ? 36 : 48,
    marginx: 8,
    marginy: 8,
  });
  for (const { node, width, height } of nodes) {
    graph.setNode(node.id, { width, height });
  }
  for (const edge of edges) {
    graph.setEdge(
      edge.source,
      edge.target,
      {
        width: labelWidth(edge.label),
        height: edge.label ? labelHeight : 0,
        labelpos: 'c',
        // The way without trouble is the straight one.
        weight: edge.kind === 'transition' ? 4 : 1,
      },
      edge.id,
    );
  }
  dagre.layout(graph);
  return {
    nodes: new Map(
      nodes.map(({ node, width, height }) => {
        const { x, y } = graph.node(node.id);
        return [node.id, { x: x - width / 2, y: y - height / 2 }];
      }),
    ),
    edges: new Map(
      edges.map(({ id, source, target }) => {
        const { points, x, y } = graph.edge(source, target, id);
        const middle = points[Math.floor(points.length / 2)];
        return [id, { points, label: { x: x ?? middle.x, y: y ?? middle.y } }];
      }),
    ),
  };
}

/** An SVG path through points, rounded at the bends. */
export function roundedPath(points: Point[]): string {
  const [first, ...rest] = points;
  const last = rest[rest.length - 1];
  const bends = rest.slice(0, -1);
  const curves = bends.map((bend, index) => {
    const next = rest[index + 1];
    const end =
      next === last
        ? last
        : { x: (bend.x + next.x) / 2, y: (bend.y + next.y) / 2 };
    return `Q ${bend.x} ${bend.y} ${end.x} ${end.y}`;
  });
  const tail = curves.length > 0 ? curves.join(' ') : `L ${last.x} ${last.y}`;
  return `M ${first.x} ${first.y} ${tail}`;
}
