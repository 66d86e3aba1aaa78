import { CheckedFile } from '../check';
import { SourceProblem } from '../parse';

/** XML 1.0 has no way to write these. */
// eslint-disable-next-line no-control-regex
const UNWRITABLE = /[\u0000-\u0008\u000B\u000C\u000E-\u001F\uFFFE\uFFFF]/g;

/** JUnit's XML, with a test case for each definition: it fails when the definition has errors. */
export function formatJunit(
  files: CheckedFile[],
  isFine: (file: CheckedFile) => boolean,
): string {
  const failed = files.filter(file => !isFine(file)).length;
  return [
    '<?xml version="1.0" encoding="UTF-8"?>',
    `<testsuites tests="${files.length}" failures="${failed}">`,
    `  <testsuite name="workflows" tests="${files.length}" failures="${failed}">`,
    ...files.flatMap(file => testCase(file, isFine(file))),
    '  </testsuite>',
    '</testsuites>',
    '',
  ].join('\n');
}

function testCase(
  { fileName, isDeployable, problems }: CheckedFile,
  isFine: boolean,
): string[] {
  const name = escapeXml(fileName);
  // What can be deployed and is not fine has warnings that count.
  const failing = isDeployable ? 'warning' : 'error';
  const isFailure = ({ severity }: SourceProblem) =>
    !isFine && severity === failing;
  const errors = problems.filter(isFailure);
  const others = problems.filter(problem => !isFailure(problem));
  const content = [
    ...(isFine
      ? []
      : [
          `      <failure message="${escapeXml(
            errors[0]?.message ?? '',
          )}">${describe(errors)}</failure>`,
        ]),
    ...(others.length > 0
      ? [`      <system-out>${describe(others)}</system-out>`]
      : []),
  ];
  const open = `    <testcase classname="workflows" name="${name}"`;
  return content.length > 0
    ? [`${open}>`, ...content, '    </testcase>']
    : [`${open}/>`];
}

function describe(problems: SourceProblem[]): string {
  return escapeXml(
    problems
      .map(
        ({ line, column, severity, code, message }) =>
          `${line}:${column} ${severity} ${code}: ${message}`,
      )
      .join('\n'),
  );
}

function escapeXml(text: string): string {
  return text
    .replace(UNWRITABLE, '\uFFFD')
    .replace(/&/g, '&amp;')
    .replace(/</g, '&lt;')
    .replace(/>/g, '&gt;')
    .replace(/"/g, '&quot;');
}
