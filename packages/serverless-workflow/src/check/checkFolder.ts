import { Finding, SourceProblem } from '../parse';
import { CheckedWorkflow, CheckOptions, checkWorkflow } from './checkWorkflow';
import { checkTogether } from './checkTogether';

/** @public */
export interface DefinitionFile {
  fileName: string;
  text: string;
}

/** @public */
export interface FolderCheckOptions
  extends Pick<CheckOptions, 'limits' | 'target'> {
  /** Gives the text of what a file refers to. */
  lookup?: (uri: string, fileName: string) => string | undefined;
}

/** @public */
export interface CheckedFile extends CheckedWorkflow {
  fileName: string;
}

/**
 * Checks the definitions of a folder, each for itself and all of them together. Never throws.
 *
 * @public
 */
export function checkFolder(
  files: readonly DefinitionFile[],
  options: FolderCheckOptions = {},
): CheckedFile[] {
  const { lookup, ...rest } = options;
  const checked = files.map(({ fileName, text }) => ({
    fileName,
    ...checkWorkflow(text, {
      ...rest,
      fileName,
      ...(lookup ? { lookup: (uri: string) => lookup(uri, fileName) } : {}),
    }),
  }));
  const together = checkTogether(
    checked.flatMap(({ fileName, workflow }) =>
      workflow ? [{ fileName, workflow }] : [],
    ),
  );
  return checked.map(file => withFindings(file, together.get(file.fileName)));
}

function withFindings(
  file: CheckedFile,
  findings: Finding[] = [],
): CheckedFile {
  const problems: SourceProblem[] = [
    ...file.problems,
    ...findings.map(file.place),
  ];
  const isDeployable =
    file.isDeployable && !findings.some(({ severity }) => severity === 'error');
  return { ...file, problems, isDeployable };
}
