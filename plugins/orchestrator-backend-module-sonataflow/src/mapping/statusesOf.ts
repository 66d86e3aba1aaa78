import {
  EngineNode,
  InstanceState,
} from '@open-orchestrator/backstage-plugin-orchestrator-node';
import { textOf } from '../dataIndex/json';
import { groupBy } from './groupBy';
import { isOpen, NodeEntry, waitsByType } from './readEntries';

type Status = EngineNode['status'];

const CANCELLED = new Map<unknown, Status>([
  ['ABORTED', 'aborted'],
  ['OBSOLETE', 'aborted'],
  ['SKIPPED', 'skipped'],
  ['ERROR', 'failed'],
]);

/** What wholes come to through their parts, the most telling first. */
const OF_PARTS: Status[] = ['failed', 'waiting', 'running'];

/** What became of each entry; that of a whole follows from its parts. */
export function statusesOf(
  entries: NodeEntry[],
  state: InstanceState,
): Map<NodeEntry, Status> {
  const statuses = new Map<NodeEntry, Status>();
  const parts = groupBy(entries, ({ parent }) => parent);
  const entriesOf = groupBy(entries, ({ definitionId }) => definitionId);
  // Parts are entered after what they are part of.
  [...entries].reverse().forEach(entry => {
    const own = parts.get(entry) ?? [];
    const others = entriesOf.get(entry.definitionId) ?? [];
    const status =
      ownStatus(entry, others, state) ??
      statusOfWhole(own, statuses, state) ??
      openStatus(entry, state);
    statuses.set(entry, status);
  });
  return statuses;
}

/** What the entry tells by itself; undefined when it is open. */
function ownStatus(
  entry: NodeEntry,
  others: NodeEntry[],
  state: InstanceState,
): Status | undefined {
  const cancelled = CANCELLED.get(entry.row.cancelType);
  if (cancelled) return cancelled;
  if (entry.caught !== undefined) return 'failed';
  if (isSkipped(entry, others)) return 'skipped';
  if (entry.exit !== undefined) return 'completed';
  if (textOf(entry.row.errorMessage) !== undefined) return 'failed';
  if (!isOpen(entry) || state === 'ABORTED' || state === 'COMPLETED') {
    return 'aborted';
  }
  return undefined;
}

/**
 * A failed node that is skipped gets another entry, which was never entered and says neither whether
 * it was retriggered.
 */
function isSkipped({ row }: NodeEntry, others: NodeEntry[]): boolean {
  return (
    row.retrigger === null &&
    textOf(row.exit) !== undefined &&
    others.some(other => textOf(other.row.errorMessage) !== undefined)
  );
}

function statusOfWhole(
  parts: NodeEntry[],
  statuses: ReadonlyMap<NodeEntry, Status>,
  state: InstanceState,
): Status | undefined {
  // A later attempt counts for those before it; iterations each count.
  const latest = new Map(
    parts.map(part => [
      part.parent?.type === 'ForEachNode' ? part : part.definitionId,
      part,
    ]),
  );
  const told = [...latest.values()]
    .filter(part => part.exit === undefined)
    .map(part => statuses.get(part));
  return OF_PARTS.filter(
    status => status !== 'failed' || state === 'ERROR',
  ).find(status => told.includes(status));
}

/** In a failed instance nothing goes on but what is elsewhere or waits. */
function openStatus(entry: NodeEntry, state: InstanceState): Status {
  if (waitsByType(entry)) return 'waiting';
  const isElsewhere = entry.type === 'SubProcessNode';
  return state === 'ERROR' && !isElsewhere ? 'aborted' : 'running';
}
