import { Figure, isMissed } from './Figure';
import { Measure } from './Measure';

const HEAD = ['', 'median', 'worst', 'limit', ''];

/** A table for people; what misses its limit says so in words. */
export function toTable(measured: (Measure | Figure)[]): string {
  const rows = measured.map(each =>
    'medianMs' in each ? measureRow(each) : figureRow(each),
  );
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

function measureRow({ name, medianMs, worstMs, limitMs }: Measure): string[] {
  return [
    name,
    `${medianMs} ms`,
    `${worstMs} ms`,
    `${limitMs} ms`,
    medianMs > limitMs ? 'TOO SLOW' : '',
  ];
}

function figureRow(figure: Figure): string[] {
  const { name, value, unit, goal } = figure;
  const limit = goal && ('atMost' in goal ? goal.atMost : goal.atLeast);
  const word = goal && 'atMost' in goal ? 'at most' : 'at least';
  return [
    name,
    `${rounded(value)} ${unit}`,
    '',
    goal ? `${word} ${limit} ${unit}` : '',
    isMissed(figure) ? 'MISSED' : '',
  ];
}

function rounded(value: number): number {
  return value < 10 ? Math.round(value * 100) / 100 : Math.round(value);
}
