import { structuredPatch } from 'diff';

/** One line of a comparison, or the lines that are left out because they are the same. */
export type DiffRow =
  | { kind: 'same'; text: string; before: number; after: number }
  | { kind: 'removed'; text: string; before: number }
  | { kind: 'added'; text: string; after: number }
  | { kind: 'gap'; count: number; before: number };

export interface Diff {
  rows: DiffRow[];
  added: number;
  removed: number;
}

/** Changes beyond this are not looked for: two such texts have nothing to do with each other. */
const maxEditLength = 20_000;

function hasLineEnd(text: string) {
  return text === '' || text.endsWith('\n') ? text : `${text}\n`;
}

/**
 * Compares two texts line by line.
 *
 * @param context - how many equal lines are kept around each change
 */
export function diffRows(before: string, after: string, context = 3): Diff {
  const patch = structuredPatch(
    '',
    '',
    hasLineEnd(before),
    hasLineEnd(after),
    undefined,
    undefined,
    { context, maxEditLength },
  );
  const rows: DiffRow[] = [];
  let [beforeLine, afterLine, added, removed] = [1, 1, 0, 0];
  const leaveOut = (count: number) => {
    if (count > 0) rows.push({ kind: 'gap', count, before: beforeLine });
    beforeLine += count;
    afterLine += count;
  };
  for (const hunk of patch?.hunks ?? []) {
    leaveOut(hunk.oldStart - beforeLine);
    for (const line of hunk.lines) {
      const text = line.slice(1);
      if (line.startsWith('-')) {
        rows.push({ kind: 'removed', text, before: beforeLine++ });
        removed++;
      } else if (line.startsWith('+')) {
        rows.push({ kind: 'added', text, after: afterLine++ });
        added++;
      } else if (line.startsWith(' ')) {
        rows.push({
          kind: 'same',
          text,
          before: beforeLine++,
          after: afterLine++,
        });
      }
    }
  }
  if (rows.length > 0) {
    const lines = hasLineEnd(before).split('\n').length - 1;
    leaveOut(lines - beforeLine + 1);
  }
  return { rows, added, removed };
}
