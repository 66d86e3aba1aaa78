/** @jest-environment node */
import fs from 'node:fs';
import path from 'node:path';
import { stringify } from 'yaml';
import { checkWorkflow } from '../check';
import { Chance } from '../differential/Chance';
import { generateQuestion } from '../differential/generateQuestion';
import { JsonObject } from '../model';
import { readDocument } from '../parse';
import { createWorkflowRuntime, WorkflowValidationError } from '../runtime';
import {
  sampleProperties,
  sampleResources,
  samples,
} from '../samples/readSamples';
import { mutateModel } from './mutateModel';
import { mutateText } from './mutateText';

const isLong = process.env.LONG_TESTS === '1';
const COUNT = isLong ? 10_000 : 400;
const FIRST_SEED = Number(process.env.FUZZ_SEED ?? 1);
/** Longer than any of them may take, on a machine that is busy with other things. */
const PATIENCE_MS = 20_000;

/** Definitions that are no part of the project are used when they are there. */
const OTHERS =
  process.env.CONFORMANCE_FOLDER ??
  path.resolve(__dirname, '../../../../../shared/conformance');

function definitionsOfOthers(): string[] {
  return fs.existsSync(OTHERS)
    ? fs
        .readdirSync(OTHERS, { recursive: true, encoding: 'utf8' })
        .filter(file => /\.sw\.(json|ya?ml)$/.test(file))
        .map(file => fs.readFileSync(path.join(OTHERS, file), 'utf8'))
    : [];
}

const ownTexts = samples.map(({ text }) => text);
const texts = [...ownTexts, ...(isLong ? definitionsOfOthers() : [])];
const lookup = (uri: string) =>
  Object.hasOwn(sampleResources, uri) ? sampleResources[uri] : undefined;

function mutated(chance: Chance, seed: number): string {
  if (chance.oneIn(4)) {
    return mutateText(chance.pick(texts), texts, chance);
  }
  const model = chance.oneIn(2)
    ? generateQuestion(seed).workflows[1]
    : readDocument(chance.pick(texts), 'any.sw.yaml');
  const changed = mutateModel(model ?? {}, chance);
  try {
    return chance.oneIn(2) ? stringify(changed) : JSON.stringify(changed);
  } catch {
    return JSON.stringify(changed);
  }
}

/** Runs a definition that was found to be fit; gives what became of it in a word. */
async function deployAndRun(
  checked: ReturnType<typeof checkWorkflow>,
): Promise<string> {
  const runtime = createWorkflowRuntime({
    http: {
      request: async () => ({
        status: 200,
        statusText: 'OK',
        headers: {},
        body: '{"a":1}',
      }),
    },
    clock: { now: () => 0, at: () => () => {} },
    properties: sampleProperties,
    limits: {
      turnMs: Infinity,
      steps: 500,
      expressionMs: 200,
      dataBytes: 200_000,
    },
  });
  const { workflow } = checked;
  if (!workflow) {
    return 'unreadable';
  }
  try {
    runtime.deploy({ workflow, revision: '1', resources: sampleResources });
    const input: JsonObject = { name: 'Ada', list: [1, 2], n: 1 };
    const result = await runtime.run({ workflowId: workflow.id, input });
    return result.outcome;
  } catch (error) {
    if (error instanceof WorkflowValidationError) {
      return `not deployable: ${error.message}`;
    }
    throw error;
  } finally {
    runtime.stop();
  }
}

describe('definitions that were tampered with', () => {
  it('give problems with places, and what is found fit can be deployed and run', async () => {
    const surprises: unknown[] = [];
    const outcomes: Record<string, number> = {};
    for (let seed = FIRST_SEED; seed < FIRST_SEED + COUNT; seed++) {
      const chance = new Chance(seed);
      for (let skip = 0; skip < 5; skip++) chance.below(2);
      const text = mutated(chance, seed);
      const begun = performance.now();
      try {
        const checked = checkWorkflow(text, {
          fileName: chance.oneIn(2) ? 'any.sw.json' : 'any.sw.yaml',
          target: 'embedded',
          lookup,
        });
        for (const { line, column, message } of checked.problems) {
          if (!(line >= 1 && column >= 1 && message)) {
            surprises.push({ seed, line, column, message });
          }
        }
        if (!checked.isDeployable && checked.problems.length === 0) {
          surprises.push({ seed, reason: 'refused without a reason' });
        }
        const outcome = checked.isDeployable
          ? await deployAndRun(checked)
          : 'refused by the check';
        // What other hosts have is not looked at by the check.
        if (
          /^not deployable/.test(outcome) &&
          !/ needs https?:/.test(outcome)
        ) {
          surprises.push({ seed, outcome });
        }
        const [word] = outcome.split(':');
        outcomes[word] = (outcomes[word] ?? 0) + 1;
      } catch (error) {
        surprises.push({
          seed,
          error: String(error),
          stack: (error as Error).stack,
        });
      }
      const tookMs = performance.now() - begun;
      if (tookMs > PATIENCE_MS) {
        surprises.push({ seed, tookMs });
      }
    }
    if (isLong) {
      process.stdout.write(`${JSON.stringify(outcomes)}\n`);
    }
    expect(surprises).toEqual([]);
    expect(outcomes.started).toBeGreaterThan(0);
    expect(outcomes['refused by the check']).toBeGreaterThan(0);
    expect(Object.keys(Object.prototype)).toEqual([]);
  }, 3_600_000);
});
