import { EngineNode } from '@open-orchestrator/backstage-plugin-orchestrator-node';
import { JsonRecord, recordOf, recordsOf, textOf } from '../dataIndex/json';
import { EventChoice } from './sourceFacts';

/** A node that the definition consists of. */
export interface DefinitionNode {
  id: string;
  name: string;
  type: string;
  /** State of the definition that the node belongs to. */
  stateName?: string;
  branch?: string;
  action?: string;
  /** The node that it is part of: a composite, or the fork of its state. */
  parentId?: string;
  /** Of a fork the join, at which its branches end. */
  joinId?: string;
  /** Of what catches errors: in which node, and of which code. */
  caught?: { id: string; code: string };
  timer?: EngineNode['timer'];
  /** How SonataFlow builds a state; its parts belong to what it is part of itself. */
  isHelper?: boolean;
}

/** What only grows while nodes are put together. */
type Nodes = DefinitionNode[];

const COMPOSITE = 'CompositeContextNode';
const SPLIT = 'Split';
const JOIN = 'Join';
const BOUNDARY = 'BoundaryEventNode';

/**
 * The nodes of a definition by id. The Data Index keeps them flat, and tells the state of some only:
 * the rest follows from how SonataFlow numbers what it builds.
 *
 * @param choices - the states that go on by one of several events
 */
export function toDefinitionNodes(
  rows: unknown,
  choices: EventChoice[] = [],
): Map<string, DefinitionNode> {
  const nodes = recordsOf(rows)
    .map(toDefinitionNode)
    .sort((a, b) => Number(a.id) - Number(b.id));
  const assigned = new Set(nodes.filter(({ stateName }) => stateName));
  nestInComposites(nodes);
  nestInForks(nodes);
  nestInChoices(nodes, choices);
  markHelpers(nodes, assigned);
  nodes
    .filter(({ type }) => type === 'TimerNode')
    .forEach(node => {
      node.timer = purposeOf(node, nodes, assigned);
    });
  return new Map(nodes.map(node => [node.id, node]));
}

function toDefinitionNode(row: JsonRecord): DefinitionNode {
  const metadata = recordOf(row.metadata) ?? {};
  return {
    id: textOf(row.uniqueId) ?? textOf(row.id) ?? '',
    name: textOf(row.name) ?? '',
    type: textOf(row.type) ?? '',
    stateName: textOf(metadata.state),
    branch: textOf(metadata.branch),
    action: textOf(metadata.action),
  };
}

/**
 * What lies between an `EmbeddedStart` and its `EmbeddedEnd` is part of the composite right before;
 * what catches its errors comes right behind.
 */
function nestInComposites(nodes: Nodes) {
  const open: DefinitionNode[] = [];
  let closed: DefinitionNode | undefined;
  nodes.forEach((node, index) => {
    closed = node.type === BOUNDARY ? closed : undefined;
    node.caught = closed && caughtBy(node, closed);
    if (node.name === 'EmbeddedStart' && index > 0) {
      open.push(nodes[index - 1]);
    }
    const parent = open.at(-1);
    if (parent && parent !== node) {
      node.parentId = parent.id;
      node.stateName ??= parent.stateName;
    }
    if (node.name === 'EmbeddedEnd') {
      closed = open.pop();
    }
  });
}

/** SonataFlow names it by what it is attached to, of which a foreach state has no name. */
function caughtBy(
  { name }: DefinitionNode,
  attachedTo: DefinitionNode,
): DefinitionNode['caught'] {
  const prefix = [attachedTo.name, 'null']
    .map(each => `Error-${each}-`)
    .find(each => name.startsWith(each));
  return prefix === undefined
    ? undefined
    : { id: attachedTo.id, code: name.slice(prefix.length) };
}

/** A parallel state is a fork and a composite for each branch, which only its actions tell of. */
function nestInForks(nodes: Nodes) {
  nodes
    .filter(({ type, parentId }) => type === COMPOSITE && !parentId)
    .forEach(composite => {
      const parts = nodes.filter(({ parentId }) => parentId === composite.id);
      const { stateName, branch } = parts.find(part => part.branch) ?? {};
      if (branch === undefined) return;
      const ofState = (type: string, name: string) =>
        nodes.find(
          node =>
            node.type === type &&
            node.stateName === stateName &&
            node.name === name,
        );
      // A former branch may have named the fork already.
      const fork =
        ofState(SPLIT, `${stateName}Start`) ?? ofState(SPLIT, stateName ?? '');
      const join = ofState(JOIN, `${stateName}End`);
      Object.assign(composite, {
        name: branch,
        stateName,
        branch,
        parentId: fork?.id,
      });
      parts.forEach(part => {
        part.stateName ??= stateName;
        part.branch ??= branch;
      });
      if (fork && stateName) {
        fork.name = stateName;
        fork.joinId = join?.id;
      }
    });
}

/**
 * What a state with event conditions waits for comes behind all states, in their order: the timer of
 * its time limit, then an event for each condition.
 */
function nestInChoices(nodes: Nodes, choices: EventChoice[]) {
  const loose = nodes.filter(
    ({ stateName, parentId, type }) =>
      !stateName && !parentId && (type === 'EventNode' || type === 'TimerNode'),
  );
  const owners = choices.flatMap(({ stateName, eventRefs }) =>
    eventRefs.map(eventRef => ({ stateName, eventRef })),
  );
  const events = loose.filter(({ type }) => type === 'EventNode');
  const isAsExpected =
    events.length === owners.length &&
    events.every(({ name }, index) => name === owners[index].eventRef);
  if (!isAsExpected) return;
  events.forEach((event, index) =>
    becomePart(event, owners[index].stateName, nodes),
  );
  loose.forEach((node, index) => {
    const next = loose.slice(index).find(({ type }) => type === 'EventNode');
    if (node.type === 'TimerNode' && next?.stateName) {
      becomePart(node, next.stateName, nodes);
    }
  });
}

function becomePart(node: DefinitionNode, stateName: string, nodes: Nodes) {
  node.stateName = stateName;
  node.parentId = nodes.find(
    ({ name, type }) => type === SPLIT && name === stateName,
  )?.id;
}

/**
 * Composites inside of a state, which are named like it, and those around what undoes others; forks
 * and joins inside of a state; what asks for compensation, such as `Roll back-56`.
 */
function markHelpers(nodes: Nodes, assigned: ReadonlySet<DefinitionNode>) {
  const byId = new Map(nodes.map(node => [node.id, node]));
  nodes
    .filter(node => !assigned.has(node) && isHelper(node))
    .forEach(node => {
      node.isHelper = true;
    });
  nodes.forEach(node => {
    let parent = byId.get(node.parentId ?? '');
    while (parent?.isHelper) {
      parent = byId.get(parent.parentId ?? '');
      node.parentId = parent?.id;
    }
  });
}

function isHelper(node: DefinitionNode): boolean {
  const { type, name, parentId, stateName, branch } = node;
  const isInside = parentId !== undefined;
  switch (type) {
    case COMPOSITE:
      return isInside
        ? branch === undefined && name === stateName
        : stateName === undefined;
    case SPLIT:
    case JOIN:
      return isInside;
    default:
      return type === 'ActionNode' && !isInside && stateName === undefined;
  }
}

function purposeOf(
  node: DefinitionNode,
  nodes: Nodes,
  assigned: ReadonlySet<DefinitionNode>,
): EngineNode['timer'] {
  if (assigned.has(node)) return 'sleep';
  if (!node.parentId) return undefined;
  const competes = nodes.some(
    ({ id, name, parentId, type }) =>
      type === SPLIT &&
      (id === node.parentId ||
        (parentId === node.parentId && name.startsWith('EventSplit_'))),
  );
  return competes ? 'timeout' : 'pause';
}
