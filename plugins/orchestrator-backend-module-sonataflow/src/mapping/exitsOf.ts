import { EngineNode } from '@open-orchestrator/backstage-plugin-orchestrator-node';
import { groupBy } from './groupBy';
import { iterationsOf } from './iterationsOf';
import { NodeEntry, waitsByType } from './readEntries';

/**
 * When each entry was left. SonataFlow writes an exit when its call stack unwinds, so that a step that
 * was long done seems to take as long as all that came after it: it ends at the latest when the next
 * one begins, and with what it is part of. A failure has no exit, but lets the stack unwind, so that it
 * was at the next exit of any other; a failed whole is open until it is retried.
 */
export function exitsOf(
  entries: NodeEntry[],
  statuses: ReadonlyMap<NodeEntry, EngineNode['status']>,
): Map<NodeEntry, number | undefined> {
  // What follows a skipped switch goes on in several ways at once: then nothing follows from order.
  const hasOneWay = !entries.some(
    entry => entry.type === 'Split' && statuses.get(entry) === 'skipped',
  );
  const next = hasOneWay ? followersOf(entries) : new Map();
  const times = entries.flatMap(({ exit }) => exit ?? []).sort((a, b) => a - b);
  const parents = new Set(entries.map(({ parent }) => parent));
  const exits = new Map<NodeEntry, number | undefined>();
  entries.forEach(entry => {
    const hasFailed = statuses.get(entry) === 'failed';
    const isDone = entry.caught !== undefined || !parents.has(entry);
    const exit =
      entry.exit ??
      (hasFailed && isDone
        ? times.find(time => time >= entry.enter)
        : undefined);
    const known = [
      exit,
      next.get(entry)?.enter,
      entry.parent && exits.get(entry.parent),
    ].filter(time => time !== undefined);
    exits.set(
      entry,
      exit === undefined
        ? undefined
        : Math.max(entry.enter, Math.min(...known)),
    );
  });
  return exits;
}

/** Joins are entered by the first branch, catches when the stack unwinds. */
const UNORDERED = new Set(['Join', 'BoundaryEventNode']);

/** What each entry is followed by, of what is part of the same and no alternative to it. */
function followersOf(entries: NodeEntry[]): Map<NodeEntry, NodeEntry> {
  const iterations = iterationsOf(entries);
  const followers = new Map<NodeEntry, NodeEntry>();
  const rows = groupBy(
    entries.filter(
      ({ parent, type }) => parent?.type !== 'Split' && !UNORDERED.has(type),
    ),
    ({ parent }) => parent,
  );
  for (const [parent, siblings] of rows) {
    let next: NodeEntry | undefined;
    let nextAct: NodeEntry | undefined;
    [...siblings].reverse().forEach(entry => {
      const follower = waitsByType(entry) ? nextAct : next;
      const isSameWay =
        parent?.type !== 'ForEachNode' ||
        (follower !== undefined &&
          iterations.has(entry) &&
          iterations.get(entry) === iterations.get(follower));
      if (follower && isSameWay) {
        followers.set(entry, follower);
      }
      next = entry;
      nextAct = waitsByType(entry) ? nextAct : entry;
    });
  }
  return followers;
}
