import path from 'node:path';
import { parseArgs } from 'node:util';
import { CheckedFile, checkFolder } from '../check';
import { formatJunit } from './formatJunit';
import { formatSarif } from './formatSarif';
import { formatText } from './formatText';
import { lookupIn, readDefinitions } from './readDefinitions';
import { writeReport } from './writeReport';

/** How a checked folder is told. */
type Format = (
  files: CheckedFile[],
  isFine: (file: CheckedFile) => boolean,
) => string;

const FORMATS: Record<string, Format> = {
  text: formatText,
  junit: formatJunit,
  sarif: formatSarif,
};

const USAGE = `Usage: serverless-workflow validate <folder> [options]

Checks all *.sw.json, *.sw.yaml and *.sw.yml files in the folder and below it.

  --format text|junit|sarif      what to print; text when not given
  --output <file>                write that to a file, and print text
  --target sonataflow|embedded   what the workflows are to run on; sonataflow when not given
  --strict                       warnings count as errors

Ends with 0 when all can be deployed, with 1 when not, with 2 when it could not check.
`;

/** What a command line tool prints and ends with. */
export interface CliResult {
  exitCode: 0 | 1 | 2;
  output: string;
  /** Goes to standard error. */
  complaint?: string;
}

/** Carries out a command line, given without the names of Node and of the script. */
export function runCli(args: string[]): CliResult {
  try {
    const { values, positionals } = parseArgs({
      args,
      allowPositionals: true,
      options: {
        format: { type: 'string', default: 'text' },
        output: { type: 'string' },
        target: { type: 'string', default: 'sonataflow' },
        strict: { type: 'boolean', default: false },
        help: { type: 'boolean', short: 'h', default: false },
      },
    });
    if (values.help) return { exitCode: 0, output: USAGE };
    const [command, folder, ...others] = positionals;
    if (command !== 'validate' || folder === undefined || others.length > 0) {
      return { exitCode: 2, output: '', complaint: USAGE };
    }
    return validate(folder, values);
  } catch (error) {
    const message = error instanceof Error ? error.message : String(error);
    return { exitCode: 2, output: '', complaint: `${message}\n` };
  }
}

function validate(
  folder: string,
  {
    format,
    output,
    target,
    strict,
  }: { format: string; output?: string; target: string; strict: boolean },
): CliResult {
  if (!Object.hasOwn(FORMATS, format)) {
    throw new Error(
      `There is no format "${format}": use text, junit or sarif.`,
    );
  }
  if (target !== 'sonataflow' && target !== 'embedded') {
    throw new Error(
      `There is no target "${target}": use sonataflow or embedded.`,
    );
  }
  const definitions = readDefinitions(folder);
  if (definitions.length === 0) {
    throw new Error(`There are no workflows in ${folder}.`);
  }
  const prefix = prefixOf(folder);
  const files = checkFolder(definitions, {
    target,
    lookup: lookupIn(folder),
  }).map(file => ({
    ...file,
    fileName: path.posix.join(prefix, file.fileName),
  }));
  const isFine = ({ isDeployable, problems }: CheckedFile) =>
    isDeployable &&
    !(strict && problems.some(({ severity }) => severity === 'warning'));
  const report = FORMATS[format](files, isFine);
  if (output !== undefined) writeReport(output, report);
  return {
    exitCode: files.every(isFine) ? 0 : 1,
    output: output === undefined ? report : formatText(files),
  };
}

/**
 * How the folder is named from where the tool was started, in a pipeline the root of the repository:
 * terminals and code hosts look there for the files that are named.
 */
function prefixOf(folder: string): string {
  const absolute = path.resolve(folder);
  const relative = path.relative(process.cwd(), absolute);
  const isBelow = !/^\.\.(?:$|[\\/])/.test(relative);
  return (isBelow && !path.isAbsolute(relative) ? relative : absolute)
    .split(path.sep)
    .join('/');
}
