import path from 'node:path';
import { pathToFileURL } from 'node:url';
import { CheckedFile } from '../check';
import { ProblemSeverity } from '../parse';

const LEVELS: Record<ProblemSeverity, string> = {
  error: 'error',
  warning: 'warning',
  info: 'note',
};

/** SARIF 2.1.0, which code hosts show beside the lines of a change. */
export function formatSarif(files: CheckedFile[]): string {
  const problems = files.flatMap(file =>
    file.problems.map(problem => ({ ...problem, fileName: file.fileName })),
  );
  const rules = [...new Set(problems.map(({ code }) => code))].sort();
  const log = {
    $schema: 'https://json.schemastore.org/sarif-2.1.0.json',
    version: '2.1.0',
    runs: [
      {
        tool: {
          driver: {
            name: 'serverless-workflow',
            rules: rules.map(id => ({ id })),
          },
        },
        columnKind: 'utf16CodeUnits',
        results: problems.map(problem => ({
          ruleId: problem.code,
          level: LEVELS[problem.severity],
          message: { text: problem.message },
          locations: [
            {
              physicalLocation: {
                artifactLocation: { uri: uriOf(problem.fileName) },
                region: {
                  startLine: problem.line,
                  startColumn: problem.column,
                  endLine: problem.endLine,
                  endColumn: problem.endColumn,
                },
              },
            },
          ],
        })),
      },
    ],
  };
  return `${JSON.stringify(log, undefined, 2)}\n`;
}

/** Code hosts take what is relative as below the root of the repository. */
function uriOf(fileName: string): string {
  return path.isAbsolute(fileName)
    ? pathToFileURL(fileName).href
    : fileName.split('/').map(encodeURIComponent).join('/');
}
