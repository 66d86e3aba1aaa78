import { InstanceNode } from '@open-orchestrator/backstage-plugin-orchestrator-common';

export interface TimeLineRow {
  node: InstanceNode;
  /** How many nodes it is inside of. */
  depth: number;
  /** Begin and length of its bar, as parts of the whole. */
  start: number;
  length: number;
  durationMs: number;
}

const least = 0.004;

/** Nodes that only serve the engine: forks, joins and the like belong to no state. */
export function isTechnical(node: InstanceNode): boolean {
  return node.stateName === undefined;
}

/**
 * The nodes as rows: each under the one that it is part of, the rest in the order of their entry.
 *
 * @param now - where the bars of unfinished nodes end, in milliseconds
 */
export function timeLineRows(
  nodes: InstanceNode[],
  now: number,
): TimeLineRow[] {
  if (nodes.length === 0) return [];
  const ids = new Set(nodes.map(({ id }) => id));
  const children = new Map<string | undefined, InstanceNode[]>();
  for (const node of nodes) {
    const { parentNodeId } = node;
    const parent =
      parentNodeId !== undefined && ids.has(parentNodeId)
        ? parentNodeId
        : undefined;
    children.set(parent, [...(children.get(parent) ?? []), node]);
  }
  const endOf = (node: InstanceNode) =>
    node.exit === undefined ? now : Date.parse(node.exit);
  const from = Math.min(...nodes.map(({ enter }) => Date.parse(enter)));
  const whole = Math.max(1, Math.max(...nodes.map(endOf)) - from);

  const rowsUnder = (
    parent: string | undefined,
    depth: number,
  ): TimeLineRow[] =>
    (children.get(parent) ?? []).flatMap(node => {
      const enter = Date.parse(node.enter);
      const durationMs = Math.max(0, endOf(node) - enter);
      const length = Math.max(least, durationMs / whole);
      const start = Math.min((enter - from) / whole, 1 - length);
      return [
        { node, depth, start, length, durationMs },
        ...rowsUnder(node.id, depth + 1),
      ];
    });
  return rowsUnder(undefined, 0);
}
