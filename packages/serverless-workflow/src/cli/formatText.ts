import { CheckedFile } from '../check';

/** For people: one line a problem, then the line of the definition, then a summary. */
export function formatText(files: CheckedFile[]): string {
  const lines = files.flatMap(({ fileName, problems }) =>
    problems.flatMap(({ line, column, severity, code, message, excerpt }) => [
      `${fileName}:${line}:${column} ${severity} ${code}: ${message}`,
      ...(excerpt.trim() ? [`    ${excerpt.trim()}`] : []),
    ]),
  );
  return [...lines, summaryOf(files), ''].join('\n');
}

function summaryOf(files: CheckedFile[]): string {
  const count = (severity: string) =>
    files
      .flatMap(({ problems }) => problems)
      .filter(problem => problem.severity === severity).length;
  return [
    plural(files.length, 'workflow'),
    plural(count('error'), 'error'),
    plural(count('warning'), 'warning'),
  ].join(', ');
}

function plural(count: number, noun: string): string {
  return `${count} ${noun}${count === 1 ? '' : 's'}`;
}
