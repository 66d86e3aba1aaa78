import { existsSync, readFileSync, writeFileSync } from 'node:fs';
import { dirname, join, resolve } from 'node:path';
import { parseArgs } from 'node:util';
import { CaseResult, ConformanceCase } from './ConformanceCase';
import { EmbeddedTarget } from './EmbeddedTarget';
import { ListeningServices } from './ListeningServices';
import { playCase } from './playCase';
import { SonataFlowTarget } from './SonataFlowTarget';
import { MakeTarget } from './Target';

const USAGE = `npm run conformance -- --cases FILE --definitions DIR
    [--engine embedded|sonataflow] [--base-url URL] [--services-port PORT]
    [--json OUT] [--only NAME]`;

async function main(): Promise<number> {
  const { values } = parseArgs({
    options: {
      cases: { type: 'string' },
      definitions: { type: 'string' },
      engine: { type: 'string', default: 'embedded' },
      'base-url': { type: 'string' },
      'services-port': { type: 'string' },
      json: { type: 'string' },
      only: { type: 'string' },
    },
  });
  if (!values.cases || !values.definitions) {
    process.stderr.write(`${USAGE}\n`);
    return 2;
  }
  const cases: ConformanceCase[] = JSON.parse(
    readFileSync(values.cases, 'utf8'),
  );
  const root = rootOf(resolve(values.definitions), cases);
  const services =
    values['services-port'] === undefined
      ? undefined
      : await ListeningServices.listen(Number(values['services-port']), cases);
  const makeTarget = targetOf(values.engine, values['base-url'], services);
  const results: CaseResult[] = [];
  try {
    for (const each of cases) {
      if (values.only === undefined || each.name.includes(values.only)) {
        const result = await playCase(each, root, makeTarget);
        results.push(result);
        report(result);
      }
    }
  } finally {
    services?.close();
  }
  const count = (outcome: CaseResult['outcome']) =>
    results.filter(each => each.outcome === outcome).length;
  process.stdout.write(
    `${count('passed')} passed, ${count('failed')} failed, ${count(
      'skipped',
    )} skipped\n`,
  );
  if (values.json) {
    writeFileSync(values.json, `${JSON.stringify(results, undefined, 2)}\n`);
  }
  return count('failed') === 0 ? 0 : 1;
}

/** Cases name their files from the folder itself or from the one that holds it. */
function rootOf(folder: string, cases: ConformanceCase[]): string {
  const local = cases.find(each => each.local !== undefined)?.local;
  return local !== undefined && existsSync(join(folder, local))
    ? folder
    : dirname(folder);
}

function targetOf(
  engine: string,
  baseUrl: string | undefined,
  services: ListeningServices | undefined,
): MakeTarget {
  if (engine === 'embedded') {
    return (conformanceCase, place) =>
      new EmbeddedTarget(conformanceCase, place);
  }
  if (engine === 'sonataflow' && baseUrl) {
    return () => new SonataFlowTarget(baseUrl, services);
  }
  throw new Error(
    `--engine is embedded, or sonataflow with --base-url\n${USAGE}`,
  );
}

function report({ name, outcome, reason }: CaseResult): void {
  if (outcome === 'failed') {
    process.stdout.write(`FAILED  ${name}: ${reason}\n`);
  } else if (outcome === 'skipped') {
    process.stdout.write(`skipped ${name}: ${reason}\n`);
  }
}

main().then(
  code => {
    process.exitCode = code;
  },
  error => {
    process.stderr.write(`${error instanceof Error ? error.message : error}\n`);
    process.exitCode = 2;
  },
);
