import { InstanceNode } from '@open-orchestrator/backstage-plugin-orchestrator-common';
import { ancestorsOf } from './ancestorsOf';

/** A node of an instance as people look at it. */
export interface Step {
  node: InstanceNode;
  /** The state of the definition that it belongs to, by itself or through what it is part of. */
  stateName: string | undefined;
  /** Its own name, or that of the state where the engine's name says nothing. */
  title: string;
  /** Which attempt it is, from 1, if there were several. */
  attempt?: number;
  /** True for a failed attempt after which there was another. */
  isOvercome: boolean;
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

/** Names that an engine gives where nobody gave any. */
function isUnnamed({ type, name }: InstanceNode): boolean {
  return type === 'ForEachNode' || /^TimerNode_\d+$/.test(name);
}

interface Attempt {
  /** From 1. */
  number: number;
  isLast: boolean;
}

/** A failed step that was entered again within the same state was tried again. */
function attemptsOf(nodes: InstanceNode[]): Map<InstanceNode, Attempt> {
  const groups = new Map<string, InstanceNode[]>();
  for (const node of nodes) {
    if (node.definitionId === undefined) continue;
    const { parentNodeId, definitionId, iteration } = node;
    const key = JSON.stringify([parentNodeId, definitionId, iteration]);
    const group = groups.get(key);
    if (group) group.push(node);
    else groups.set(key, [node]);
  }
  const loops = new Set(
    nodes.filter(({ type }) => type === 'ForEachNode').map(({ id }) => id),
  );
  const attempts = new Map<InstanceNode, Attempt>();
  for (const group of groups.values()) {
    const isLoop =
      loops.has(group[0].parentNodeId ?? '') &&
      group[0].iteration === undefined;
    const wasTriedAgain = group
      .slice(0, -1)
      .some(({ status, errorHandled }) => status === 'failed' && !errorHandled);
    if (wasTriedAgain && !isLoop) {
      group.forEach((node, index) =>
        attempts.set(node, {
          number: index + 1,
          isLast: index === group.length - 1,
        }),
      );
    }
  }
  return attempts;
}

/** The nodes as steps, in the same order. */
export function stepsOf(nodes: InstanceNode[]): Step[] {
  // Old Data Indexes assign no node to a state: then that says nothing about any of them.
  const areAssigned = nodes.some(({ stateName }) => stateName !== undefined);
  const byId = new Map(nodes.map(node => [node.id, node]));
  const attempts = attemptsOf(nodes);
  return nodes.map(node => {
    const { stateName } =
      [node, ...ancestorsOf(node, byId)].find(
        each => each.stateName !== undefined,
      ) ?? node;
    return {
      node,
      stateName,
      title: isUnnamed(node) ? stateName ?? node.name : node.name,
      attempt: attempts.get(node)?.number,
      isOvercome: attempts.get(node)?.isLast === false,
      isTechnical: isTechnical(node, areAssigned && stateName === undefined),
    };
  });
}
