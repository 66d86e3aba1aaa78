import { InstanceNode } from '@open-orchestrator/backstage-plugin-orchestrator-common';
import { ancestorsOf } from './ancestorsOf';

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

const technicalTypes = ['StartNode', 'EndNode', 'Join', 'BoundaryEventNode'];

/** SonataFlow's names for nodes that no definition has, such as `Join-Notify` or `Split_2`. */
const technicalName =
  /^(Script|EmbeddedStart|EmbeddedEnd)$|^(Join|Split|EventSplit|ExclusiveSplit|ExclusiveJoin)[-_]/;

function isTechnical(node: InstanceNode, isStray: boolean): boolean {
  const { type, name, status, stateName } = node;
  // What an instance stands still at is never left out.
  if (status === 'failed' || status === 'waiting') return false;
  const isFork = type === 'Split' && name === `${stateName}Start`;
  return (
    isStray ||
    isFork ||
    technicalTypes.includes(type) ||
    technicalName.test(name)
  );
}

/** The nodes as steps, in the same order. */
export function stepsOf(nodes: InstanceNode[]): Step[] {
  // Old Data Indexes assign no node to a state: then that says nothing about any of them.
  const areAssigned = nodes.some(({ stateName }) => stateName !== undefined);
  const byId = new Map(nodes.map(node => [node.id, node]));
  return nodes.map(node => {
    const { stateName } =
      [node, ...ancestorsOf(node, byId)].find(
        each => each.stateName !== undefined,
      ) ?? node;
    const isUnnamed = node.type === 'ForEachNode' && stateName !== undefined;
    return {
      node,
      stateName,
      title: isUnnamed ? stateName : node.name,
      isTechnical: isTechnical(node, areAssigned && stateName === undefined),
    };
  });
}
