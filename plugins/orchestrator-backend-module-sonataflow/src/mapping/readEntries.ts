import { JsonRecord, recordsOf, textOf } from '../dataIndex/json';
import { DefinitionDetail } from '../workflows/Definition';
import { DefinitionNode } from '../workflows/definitionNodes';
import { groupBy } from './groupBy';
import { parseTimestamp } from './timestamp';

/** One entry of an instance into a node. */
export interface NodeEntry {
  row: JsonRecord;
  id: string;
  definitionId: string;
  type: string;
  place?: DefinitionNode;
  /** Milliseconds since 1970. */
  enter: number;
  exit?: number;
  /** The entry that it is part of. */
  parent?: NodeEntry;
  /** The code of the error by which an error handler of the workflow left it. */
  caught?: string;
  /** True when it was left, though SonataFlow 10.1 gives it no exit. */
  isLeft: boolean;
}

const EVENT_NODE = 'EventNode';
const TIMER_NODE = 'TimerNode';
const FOREACH = 'ForEachNode';

/** Whether a node that is entered stays open until an event or a time comes. */
export function waitsByType({ type }: { type: string }): boolean {
  return type === EVENT_NODE || type === TIMER_NODE;
}

/** Whether an instance stands at an entry. */
export function isOpen({ exit, isLeft }: NodeEntry): boolean {
  return exit === undefined && !isLeft;
}

/**
 * The entries of an instance in order, each with what it is part of and whether it is still open:
 * SonataFlow gives no exit to what is left other than by being done.
 */
export function readEntries(
  rows: unknown,
  detail: DefinitionDetail | undefined,
): NodeEntry[] {
  const entries = recordsOf(rows)
    .map(row => toEntry(row, detail))
    .sort(byEnter);
  const latest = new Map<string, NodeEntry>();
  entries.forEach(entry => {
    entry.parent = latest.get(entry.place?.parentId ?? '');
    latest.set(entry.definitionId, entry);
  });
  const entriesOf = groupBy(entries, ({ definitionId }) => definitionId);
  endForks(entries, entriesOf);
  markCaught(entries, entriesOf);
  markThrowers(entries);
  markReentered(entriesOf);
  markOutlived(entries);
  return entries;
}

function toEntry(
  row: JsonRecord,
  detail: DefinitionDetail | undefined,
): NodeEntry {
  const definitionId = textOf(row.definitionId) ?? '';
  return {
    row,
    id: textOf(row.id) ?? '',
    definitionId,
    type: textOf(row.type) ?? '',
    place: detail?.nodes.get(definitionId),
    enter: parseTimestamp(row.enter) ?? 0,
    exit: parseTimestamp(row.exit),
    isLeft: false,
  };
}

/** Entries of the same millisecond come in the order of the definition. */
function byEnter(a: NodeEntry, b: NodeEntry): number {
  return a.enter - b.enter || Number(a.definitionId) - Number(b.definitionId);
}

type EntriesByDefinition = ReadonlyMap<string, NodeEntry[]>;

/** A fork is left at once; what it stands for ends with its join, or by the event that came first. */
function endForks(entries: NodeEntry[], entriesOf: EntriesByDefinition) {
  const parts = groupBy(entries, ({ parent }) => parent);
  entries
    .filter(({ type }) => type === 'Split')
    .forEach(fork => {
      const { joinId } = fork.place ?? {};
      const ways = parts.get(fork) ?? [];
      if (joinId !== undefined) {
        fork.exit = entriesOf
          .get(joinId)
          ?.find(({ enter }) => enter >= fork.enter)?.exit;
      } else if (ways.length > 0) {
        fork.exit = ways.find(({ exit }) => exit !== undefined)?.exit;
      }
    });
}

/** Each catch belongs to the last entry before it that was not left and that no other one caught. */
function markCaught(entries: NodeEntry[], entriesOf: EntriesByDefinition) {
  entries.forEach(({ place, enter }) => {
    if (!place?.caught) return;
    const { id, code } = place.caught;
    const origin = entriesOf
      .get(id)
      ?.findLast(
        entry =>
          entry.enter <= enter &&
          entry.exit === undefined &&
          entry.caught === undefined,
      );
    if (origin) {
      origin.caught = code;
      origin.isLeft = true;
    }
  });
}

/** What is still open in a whole whose error was caught is what threw it. */
function markThrowers(entries: NodeEntry[]) {
  const throwers = new Map<NodeEntry, NodeEntry>();
  entries.forEach(entry => {
    const { parent } = entry;
    const canThrow = entry.exit === undefined && !waitsByType(entry);
    if (parent?.caught !== undefined && canThrow) {
      throwers.set(parent, entry);
    }
  });
  throwers.forEach((thrower, whole) => {
    thrower.caught = whole.caught;
    thrower.isLeft = true;
  });
}

/** A node that waited and was entered again was left. Only iterations are in it at the same time. */
function markReentered(entriesOf: EntriesByDefinition) {
  for (const entries of entriesOf.values()) {
    const last = entries.at(-1);
    entries
      .filter(
        entry =>
          waitsByType(entry) &&
          entry.exit === undefined &&
          entry.parent?.type !== FOREACH &&
          last !== undefined &&
          last.enter > entry.enter,
      )
      .forEach(entry => {
        entry.isLeft = true;
      });
  }
}

/** What an entry was part of can't be outlived. Parts come after what they are part of. */
function markOutlived(entries: NodeEntry[]) {
  entries.forEach(entry => {
    const { parent } = entry;
    if (parent && entry.exit === undefined && !isOpen(parent)) {
      entry.isLeft = true;
    }
  });
}
