import { Workflow } from '../model';
import { buildEdges } from './buildEdges';
import { buildNodes } from './buildNodes';
import { GraphEdge, GraphNode, WorkflowGraph } from './WorkflowGraph';

/**
 * Turns a workflow into nodes and edges to be laid out and drawn. Draws broken definitions, too: a
 * state that does not exist becomes a node of kind `missing`.
 *
 * @public
 */
export function buildGraph(workflow: Workflow): WorkflowGraph {
  const edges = buildEdges(workflow);
  const states = buildNodes(workflow);
  const endsSomewhere = edges.some(({ target }) => target === 'end');
  return {
    nodes: [
      { id: 'start', kind: 'start', label: 'Start', path: '/start' },
      ...states,
      ...missingNodes(states, edges),
      ...(endsSomewhere
        ? [{ id: 'end', kind: 'end' as const, label: 'End', path: '' }]
        : []),
    ],
    edges,
  };
}

function missingNodes(states: GraphNode[], edges: GraphEdge[]): GraphNode[] {
  const known = new Set(states.map(({ id }) => id));
  const missing = new Map<string, GraphNode>();
  for (const { target, path } of edges) {
    if (target !== 'end' && !known.has(target)) {
      const label = target.replace(/^state:/, '');
      missing.set(target, { id: target, kind: 'missing', label, path });
    }
  }
  return [...missing.values()];
}
