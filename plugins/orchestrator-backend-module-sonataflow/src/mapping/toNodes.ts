import {
  EngineNode,
  InstanceState,
} from '@open-orchestrator/backstage-plugin-orchestrator-node';
import { JsonRecord, recordsOf, textOf } from '../dataIndex/json';
import { DefinitionDetail } from '../workflows/Definition';
import { errorText } from './errorText';
import { exitsOf } from './exitsOf';
import { iterationsOf } from './iterationsOf';
import { NodeEntry, readEntries } from './readEntries';
import { statusesOf } from './statusesOf';
import { normalTimestamp } from './timestamp';

/**
 * The nodes that an instance entered, in order of entering. SonataFlow lists them in no order of its
 * own, and among them helpers that no author wrote; those are left out unless they failed.
 */
export function toNodes(
  instance: JsonRecord,
  state: InstanceState,
  detail: DefinitionDetail | undefined,
): EngineNode[] {
  const entries = readEntries(instance.nodes, detail);
  const statuses = statusesOf(entries, state);
  const exits = exitsOf(entries, statuses);
  const iterations = iterationsOf(entries);
  const children = childrenOf(
    entries,
    recordsOf(instance.childProcessInstances),
  );
  return entries
    .filter(entry => isWorthShowing(entry, statuses.get(entry)))
    .map(entry => {
      const exit = exits.get(entry);
      const message = textOf(entry.row.errorMessage) ?? entry.caught;
      return {
        id: entry.id,
        definitionId: textOf(entry.row.definitionId),
        name: nameOf(entry),
        type: entry.type,
        stateName: entry.place?.stateName,
        branch: entry.place?.branch,
        parentNodeId: entry.parent?.id,
        status: statuses.get(entry) ?? 'running',
        enter: normalTimestamp(entry.row.enter) ?? new Date(0).toISOString(),
        exit: exit === undefined ? undefined : new Date(exit).toISOString(),
        errorMessage: message && errorText(message),
        errorHandled: entry.caught === undefined ? undefined : true,
        timer: entry.place?.timer,
        iteration: iterations.get(entry),
        childInstanceId: children.get(entry),
        input: entry.row.inputArgs ?? undefined,
        output: entry.row.outputArgs ?? undefined,
      };
    });
}

/** SonataFlow calls every foreach state `ForEach`, and timers by numbers. */
function nameOf({ row, place, type }: NodeEntry): string {
  const name = textOf(row.name) ?? '';
  if (type === 'ForEachNode' || type === 'TimerNode') {
    return place?.stateName ?? name;
  }
  const isNamedByParts = place?.branch !== undefined || place?.joinId;
  return place?.action ?? (isNamedByParts ? place.name : name);
}

/** Sub-workflows by what started them: they start after that was entered. */
function childrenOf(
  entries: NodeEntry[],
  rows: JsonRecord[],
): Map<NodeEntry, string | undefined> {
  const free = rows
    .map(child => ({
      id: textOf(child.id),
      workflowId: textOf(child.processId),
      start: normalTimestamp(child.start) ?? '',
    }))
    .sort((a, b) => a.start.localeCompare(b.start));
  const children = new Map<NodeEntry, string | undefined>();
  entries
    .filter(({ type }) => type === 'SubProcessNode')
    .forEach(entry => {
      const enter = normalTimestamp(entry.row.enter) ?? '';
      const index = free.findIndex(
        child =>
          child.workflowId === textOf(entry.row.name) && child.start >= enter,
      );
      if (index >= 0) {
        children.set(entry, free.splice(index, 1)[0].id);
      }
    });
  return children;
}

/** `Join-Report`, `ExclusiveSplit_7` and the like: what SonataFlow puts between nodes. */
const CONNECTOR =
  /^(?:Join-.*|(?:Exclusive(?:Split|Join)|EventSplit|Split|Join)_.*)$/;

/**
 * `EmbeddedStart`, `EmbeddedEnd`, connectors and scripts without an action are how SonataFlow builds
 * states.
 */
function isWorthShowing(
  entry: NodeEntry,
  status: EngineNode['status'] | undefined,
): boolean {
  const { row, type, place } = entry;
  const name = textOf(row.name) ?? '';
  const isHelper =
    place?.isHelper ||
    name === 'EmbeddedStart' ||
    name === 'EmbeddedEnd' ||
    ((type === 'Split' || type === 'Join') && CONNECTOR.test(name)) ||
    (name === 'Script' && place?.action === undefined);
  return !isHelper || status === 'failed';
}
