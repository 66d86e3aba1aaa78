import {
  EngineNode,
  InstanceState,
} from '@open-orchestrator/backstage-plugin-orchestrator-node';
import { JsonRecord, recordsOf, textOf } from '../dataIndex/json';
import { DefinitionDetail, DefinitionNode } from '../workflows/Definition';
import { errorText } from './errorText';
import { normalTimestamp } from './timestamp';
import { isLeft, isWaitingNode } from './waits';

const COMPOSITES = new Set(['CompositeContextNode', 'ForEachNode']);

const CANCELLED = new Map<unknown, EngineNode['status']>([
  ['ABORTED', 'aborted'],
  ['OBSOLETE', 'aborted'],
  ['SKIPPED', 'skipped'],
  ['ERROR', 'failed'],
]);

interface ReadNode {
  row: JsonRecord;
  node: EngineNode;
  place?: DefinitionNode;
  /** How a person's action left the node, which SonataFlow 10.1 does not say. */
  leftAs?: EngineNode['status'];
}

/**
 * The nodes that an instance entered, in order of entering. SonataFlow lists them in no order of its
 * own, and among them helpers that no author wrote; those are left out unless they failed.
 */
export function toNodes(
  instance: JsonRecord,
  state: InstanceState,
  detail: DefinitionDetail | undefined,
): EngineNode[] {
  const rows = recordsOf(instance.nodes);
  const read = rows
    .map(row => ({ ...readNode(row, detail), leftAs: leftAs(row, rows) }))
    .sort(byEnter);
  const failedStates = new Set(
    read
      .filter(({ node }) => node.errorMessage && !node.exit)
      .map(({ node }) => node.stateName),
  );
  const nodesByDefinition = groupByDefinition(read);
  const waits = read.some(({ row }) => isWaitingNode(row));
  read.forEach(entry => {
    entry.node.status = statusOf(entry, state, failedStates, waits);
    entry.node.parentNodeId = parentOf(entry, nodesByDefinition)?.id;
  });
  linkChildren(read, recordsOf(instance.childProcessInstances));
  return read.filter(isWorthShowing).map(({ node }) => node);
}

/**
 * A node that was entered again while it waited keeps its entry without an exit. A failed node that is
 * skipped gets another entry, which was never entered and says neither whether it was retriggered.
 */
function leftAs(
  row: JsonRecord,
  rows: JsonRecord[],
): EngineNode['status'] | undefined {
  if (isWaitingNode(row)) {
    return isLeft(row, rows) ? 'aborted' : undefined;
  }
  const isSkipEntry =
    row.retrigger === null &&
    textOf(row.exit) !== undefined &&
    rows.some(
      other =>
        other.definitionId === row.definitionId &&
        textOf(other.errorMessage) !== undefined,
    );
  return isSkipEntry ? 'skipped' : undefined;
}

function readNode(
  row: JsonRecord,
  detail: DefinitionDetail | undefined,
): ReadNode {
  const definitionId = textOf(row.definitionId);
  const place = detail?.nodes.get(definitionId ?? '');
  const message = textOf(row.errorMessage);
  return {
    row,
    place,
    node: {
      id: textOf(row.id) ?? '',
      definitionId,
      name: nameOf(row, place),
      type: textOf(row.type) ?? '',
      stateName: place?.stateName,
      branch: place?.branch,
      status: 'running',
      enter: normalTimestamp(row.enter) ?? new Date(0).toISOString(),
      exit: normalTimestamp(row.exit),
      errorMessage: message && errorText(message),
      input: row.inputArgs ?? undefined,
      output: row.outputArgs ?? undefined,
    },
  };
}

/** SonataFlow calls every foreach state `ForEach`. */
function nameOf(row: JsonRecord, place: DefinitionNode | undefined): string {
  const name = textOf(row.name) ?? '';
  return row.type === 'ForEachNode'
    ? place?.stateName ?? name
    : place?.action ?? name;
}

/** Nodes of the same millisecond come in the order of the definition. */
function byEnter(a: ReadNode, b: ReadNode): number {
  if (a.node.enter !== b.node.enter) {
    return a.node.enter < b.node.enter ? -1 : 1;
  }
  return Number(a.node.definitionId) - Number(b.node.definitionId);
}

function statusOf(
  { row, node, leftAs: left }: ReadNode,
  state: InstanceState,
  failedStates: Set<string | undefined>,
  instanceWaits: boolean,
): EngineNode['status'] {
  const cancelled = CANCELLED.get(row.cancelType);
  if (cancelled) return cancelled;
  if (left) return left;
  if (node.exit) return 'completed';
  if (node.errorMessage) return 'failed';
  if (state === 'ABORTED' || state === 'COMPLETED') return 'aborted';
  if (COMPOSITES.has(node.type)) {
    if (state === 'ERROR' && failedStates.has(node.stateName)) return 'failed';
    return instanceWaits ? 'waiting' : 'running';
  }
  return isWaitingNode(row) ? 'waiting' : 'running';
}

/** The composite that was entered last before the node, of those that the definition puts it in. */
function parentOf(
  { node, place }: ReadNode,
  nodesByDefinition: Map<string | undefined, EngineNode[]>,
): EngineNode | undefined {
  return place?.parentId === undefined
    ? undefined
    : nodesByDefinition
        .get(place.parentId)
        ?.findLast(other => other.enter <= node.enter);
}

function groupByDefinition(
  read: ReadNode[],
): Map<string | undefined, EngineNode[]> {
  const groups = new Map<string | undefined, EngineNode[]>();
  read.forEach(({ node }) => {
    const group = groups.get(node.definitionId);
    if (group) {
      group.push(node);
    } else {
      groups.set(node.definitionId, [node]);
    }
  });
  return groups;
}

/** Children start after the node that starts them was entered. */
function linkChildren(read: ReadNode[], children: JsonRecord[]) {
  const free = children
    .map(child => ({
      id: textOf(child.id),
      workflowId: textOf(child.processId),
      start: normalTimestamp(child.start) ?? '',
    }))
    .sort((a, b) => a.start.localeCompare(b.start));
  read
    .filter(({ node }) => node.type === 'SubProcessNode')
    .forEach(({ row, node }) => {
      const index = free.findIndex(
        child =>
          child.workflowId === textOf(row.name) && child.start >= node.enter,
      );
      if (index >= 0) {
        node.childInstanceId = free.splice(index, 1)[0].id;
      }
    });
}

/** `Join-Report`, `ExclusiveSplit_7` and the like: what SonataFlow puts between nodes. */
const CONNECTOR =
  /^(?:Join-.*|(?:Exclusive(?:Split|Join)|EventSplit|Split|Join)_.*)$/;

/**
 * `EmbeddedStart`, `EmbeddedEnd`, connectors and scripts without an action are how SonataFlow builds
 * states.
 */
function isWorthShowing({ node, place }: ReadNode): boolean {
  const isHelper =
    node.name === 'EmbeddedStart' ||
    node.name === 'EmbeddedEnd' ||
    ((node.type === 'Split' || node.type === 'Join') &&
      CONNECTOR.test(node.name)) ||
    (node.name === 'Script' && place?.action === undefined);
  return !isHelper || node.status === 'failed';
}
