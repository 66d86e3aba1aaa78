import { InstanceNode } from '@open-orchestrator/backstage-plugin-orchestrator-common';

/** A node of an instance as people look at it. */
export interface Step {
  node: InstanceNode;
  /** The state of the definition that it belongs to, by itself or through what it is part of. */
  stateName: string | undefined;
  /** Its own name, or that of the state where the engine's name says nothing. */
  title: string;
  /** Only serves the engine, such as a fork; nothing that anybody wrote. */
  isTechnical: boolean;
}

const technicalTypes = ['StartNode', 'EndNode', 'Join'];

/** SonataFlow's names for nodes that no definition has, such as `Join-Notify` or `Split_2`. */
const technicalName =
  /^(Script|EmbeddedStart|EmbeddedEnd)$|^(Join|Split|EventSplit|ExclusiveSplit|ExclusiveJoin)[-_]/;

function isTechnical({ type, name, status, stateName }: InstanceNode): boolean {
  // What an instance stands still at is never left out.
  if (status === 'failed' || status === 'waiting') return false;
  const isFork = type === 'Split' && name === `${stateName}Start`;
  return technicalTypes.includes(type) || technicalName.test(name) || isFork;
}

/** The nodes as steps, in the same order. */
export function stepsOf(nodes: InstanceNode[]): Step[] {
  const byId = new Map(nodes.map(node => [node.id, node]));
  const stateOf = (
    node: InstanceNode | undefined,
    depth = 0,
  ): string | undefined => {
    if (!node || node.stateName !== undefined) return node?.stateName;
    const isRound = node.parentNodeId === undefined || depth > nodes.length;
    return isRound
      ? undefined
      : stateOf(byId.get(node.parentNodeId ?? ''), depth + 1);
  };
  return nodes.map(node => {
    const stateName = stateOf(node);
    const isUnnamed = node.type === 'ForEachNode' && stateName !== undefined;
    return {
      node,
      stateName,
      title: isUnnamed ? stateName : node.name,
      isTechnical: isTechnical(node),
    };
  });
}
