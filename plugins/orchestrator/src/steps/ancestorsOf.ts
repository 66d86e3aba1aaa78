import { InstanceNode } from '@open-orchestrator/backstage-plugin-orchestrator-common';

/** What a node is part of, from the inside out; ends even where nodes are part of each other. */
export function ancestorsOf(
  node: InstanceNode,
  byId: Map<string, InstanceNode>,
): InstanceNode[] {
  const ancestors: InstanceNode[] = [];
  const seen = new Set([node.id]);
  let current: InstanceNode | undefined = node;
  while (
    current?.parentNodeId !== undefined &&
    !seen.has(current.parentNodeId)
  ) {
    seen.add(current.parentNodeId);
    current = byId.get(current.parentNodeId);
    if (current) ancestors.push(current);
  }
  return ancestors;
}
