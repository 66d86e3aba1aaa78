import { TimeLineRow } from '../instance/timeLineRows';

/** A step of one instance beside the same step of another; one of them may not have come there. */
export interface ComparedRow {
  key: string;
  depth: number;
  left?: TimeLineRow;
  right?: TimeLineRow;
}

/**
 * Puts the same steps of two instances side by side: the n-th entry into a step belongs to the n-th
 * entry of the other. What only one of them has comes behind what it came after.
 */
export function compareRows(
  left: TimeLineRow[],
  right: TimeLineRow[],
): ComparedRow[] {
  const lefts = keyed(left);
  const rights = new Map(keyed(right));
  const rows: ComparedRow[] = lefts.map(([key, row]) => ({
    key,
    depth: row.depth,
    left: row,
    right: rights.get(key),
  }));
  const known = new Set(lefts.map(([key]) => key));
  const additions = new Map<string | undefined, ComparedRow[]>();
  let before: string | undefined;
  for (const [key, row] of rights) {
    if (known.has(key)) {
      before = key;
    } else {
      const added = { key, depth: row.depth, right: row };
      additions.set(before, [...(additions.get(before) ?? []), added]);
    }
  }
  return [
    ...(additions.get(undefined) ?? []),
    ...rows.flatMap(row => [row, ...(additions.get(row.key) ?? [])]),
  ];
}

/** Each row by what it is part of, its name, and which of those it is. */
function keyed(rows: TimeLineRow[]): [string, TimeLineRow][] {
  const path: string[] = [];
  const seen = new Map<string, number>();
  return rows.map(row => {
    const { node, title } = row.step;
    path.length = row.depth;
    const name = JSON.stringify([...path, title, node.type, node.timer]);
    const count = (seen.get(name) ?? 0) + 1;
    seen.set(name, count);
    const key = `${name} ${count}`;
    path.push(key);
    return [key, row];
  });
}
