import { readFileSync } from 'node:fs';
import { parseArgs } from 'node:util';
import { compareOutcomes } from './compareOutcomes';
import { generateQuestion, Question } from './generateQuestion';
import { runEmbedded } from './runEmbedded';
import { SonataFlowExecutor } from './SonataFlowExecutor';

const USAGE = `npm run differential -- --libraries DIR [--count N] [--seed N] | [--questions FILE]`;

async function main(): Promise<number> {
  const { values } = parseArgs({
    options: {
      libraries: { type: 'string' },
      count: { type: 'string', default: '500' },
      seed: { type: 'string', default: '1' },
      questions: { type: 'string' },
    },
  });
  if (!values.libraries) {
    process.stderr.write(`${USAGE}\n`);
    return 2;
  }
  const executor = new SonataFlowExecutor(values.libraries);
  const known = new Map<string, number>();
  const questions = values.questions
    ? questionsIn(values.questions)
    : generated(Number(values.seed), Number(values.count));
  let same = 0;
  let different = 0;
  for (const [name, question] of questions) {
    const ours = await runEmbedded(question);
    const theirs = await executor.run(question);
    const difference = compareOutcomes(ours, theirs);
    if (!difference) {
      same++;
    } else if (difference.known !== undefined) {
      known.set(difference.known, (known.get(difference.known) ?? 0) + 1);
    } else {
      different++;
      process.stdout.write(
        `DIFFERENT ${name}, ${difference.what}\n${[question, ours, theirs]
          .map(each => `  ${JSON.stringify(each)}\n`)
          .join('')}`,
      );
    }
  }
  executor.close();
  known.forEach((times, reason) =>
    process.stdout.write(`${times} differ: ${reason}\n`),
  );
  process.stdout.write(`${same} same, ${different} different\n`);
  return different === 0 ? 0 : 1;
}

function* generated(
  first: number,
  count: number,
): Iterable<[string, Question]> {
  for (let seed = first; seed < first + count; seed++) {
    yield [`seed ${seed}`, generateQuestion(seed)];
  }
}

/** A file with a question as JSON in each line, whose `note` names it. */
function* questionsIn(file: string): Iterable<[string, Question]> {
  for (const line of readFileSync(file, 'utf8').split('\n').filter(Boolean)) {
    const { note, ...question } = JSON.parse(line);
    yield [String(note), question];
  }
}

main().then(
  code => {
    process.exitCode = code;
  },
  error => {
    process.stderr.write(`${error instanceof Error ? error.stack : error}\n`);
    process.exitCode = 2;
  },
);
