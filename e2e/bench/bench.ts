import { parseArgs } from 'node:util';
import { devMeasures } from './devMeasures';
import { engineMeasures } from './engineMeasures';
import { Figure } from './Figure';
import { Measure } from './Measure';
import { productionMeasures } from './productionMeasures';
import { toTable } from './toTable';

/** How much is measured with. */
interface Size {
  /** Finished instances that the Data Index has. */
  instances: number;
}

/** What can be measured, by the word that asks for it. */
const SUITES: Record<string, (size: Size) => Promise<(Measure | Figure)[]>> = {
  dev: devMeasures,
  engine: engineMeasures,
  production: ({ instances }) => productionMeasures(instances),
};

async function main(args: string[]): Promise<number> {
  const { values, positionals: names } = parseArgs({
    args,
    allowPositionals: true,
    options: {
      json: { type: 'boolean', default: false },
      instances: { type: 'string', default: '100000' },
    },
  });
  const instances = Number(values.instances);
  const unknown = names.find(name => !(name in SUITES));
  if (unknown !== undefined) {
    process.stderr.write(
      `There is no "${unknown}" to measure; there is ${Object.keys(SUITES).join(
        ' and ',
      )}\n`,
    );
    return 2;
  }
  if (!Number.isSafeInteger(instances) || instances < 1_000) {
    process.stderr.write('--instances takes a number, 1000 or more\n');
    return 2;
  }
  const measures: (Measure | Figure)[] = [];
  for (const name of names.length > 0 ? names : ['dev']) {
    measures.push(...(await SUITES[name]({ instances })));
  }
  process.stdout.write(
    values.json
      ? `${JSON.stringify(measures, undefined, 2)}\n`
      : toTable(measures),
  );
  return 0;
}

main(process.argv.slice(2)).then(
  code => {
    process.exitCode = code;
  },
  error => {
    process.stderr.write(`${error.stack}\n`);
    process.exitCode = 1;
  },
);
