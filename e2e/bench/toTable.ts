import { Measure } from './Measure';

const HEAD = ['', 'median', 'worst', 'limit', ''];

/** A table for people; a measure over its limit says so in words. */
export function toTable(measures: Measure[]): string {
  const rows = measures.map(({ name, medianMs, worstMs, limitMs }) => [
    name,
    `${medianMs} ms`,
    `${worstMs} ms`,
    `${limitMs} ms`,
    medianMs > limitMs ? 'TOO SLOW' : '',
  ]);
  const widths = HEAD.map((_, column) =>
    Math.max(...[HEAD, ...rows].map(row => row[column].length)),
  );
  const line = (row: string[]) =>
    row
      .map((cell, column) =>
        column === 0
          ? cell.padEnd(widths[column])
          : cell.padStart(widths[column]),
      )
      .join('  ')
      .trimEnd();
  return `${[HEAD, ...rows].map(line).join('\n')}\n`;
}
