import { devMeasures } from './devMeasures';
import { engineMeasures } from './engineMeasures';
import { Figure } from './Figure';
import { Measure } from './Measure';
import { productionMeasures } from './productionMeasures';
import { toTable } from './toTable';

/** What can be measured, by the word that asks for it. */
const SUITES: Record<string, () => Promise<(Measure | Figure)[]>> = {
  dev: devMeasures,
  engine: engineMeasures,
  production: productionMeasures,
};

async function main(args: string[]): Promise<number> {
  const names = args.filter(arg => arg !== '--json');
  const unknown = names.find(name => !(name in SUITES));
  if (unknown !== undefined) {
    process.stderr.write(
      `There is no "${unknown}" to measure; there is ${Object.keys(SUITES).join(
        ' and ',
      )}\n`,
    );
    return 2;
  }
  const measures: (Measure | Figure)[] = [];
  for (const name of names.length > 0 ? names : ['dev']) {
    measures.push(...(await SUITES[name]()));
  }
  process.stdout.write(
    args.includes('--json')
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
