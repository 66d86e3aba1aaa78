import { groupBy } from './groupBy';
import { NodeEntry, waitsByType } from './readEntries';

/**
 * In which iteration of its foreach state each entry lies, from 0, as far as that is certain: each
 * iteration begins with an `EmbeddedStart`, but where steps wait, iterations overtake each other.
 */
export function iterationsOf(entries: NodeEntry[]): Map<NodeEntry, number> {
  const iterations = new Map<NodeEntry, number>();
  const loops = groupBy(
    entries.filter(({ parent }) => parent?.type === 'ForEachNode'),
    ({ parent }) => parent,
  );
  for (const parts of loops.values()) {
    const starts = parts.filter(isStart);
    const canOvertake = parts.some(
      part => waitsByType(part) || part.type === 'SubProcessNode',
    );
    const first = parts.find(part => !isStart(part))?.definitionId;
    for (const [definitionId, same] of groupBy(
      parts,
      part => part.definitionId,
    )) {
      const isInOrder = isStart(same[0]) || definitionId === first;
      if (isInOrder && same.length === starts.length) {
        same.forEach((part, index) => iterations.set(part, index));
      } else if (!canOvertake) {
        assignByTime(same, starts, iterations);
      }
    }
  }
  return iterations;
}

function isStart({ row }: NodeEntry): boolean {
  return row.name === 'EmbeddedStart';
}

/** Times have milliseconds only: of several iterations that may be meant, the earliest free one is. */
function assignByTime(
  same: NodeEntry[],
  starts: NodeEntry[],
  iterations: Map<NodeEntry, number>,
) {
  let begun = 0;
  let last = -1;
  same.forEach(part => {
    while (starts[begun] && starts[begun].enter < part.enter) {
      begun += 1;
    }
    last = Math.max(begun - 1, last + 1);
    if (last < starts.length) {
      iterations.set(part, last);
    }
  });
}
