import { readFileSync } from 'node:fs';
import { basename, join, relative } from 'node:path';
import { Json } from '../model';
import { CaseResult, ConformanceCase } from './ConformanceCase';
import { playStep, StepContext } from './playStep';
import { resourceFolder } from './Resources';
import { CaseDefinition, MakeTarget } from './Target';

/** Plays one case against an engine of its own. */
export async function playCase(
  conformanceCase: ConformanceCase,
  root: string,
  makeTarget: MakeTarget,
): Promise<CaseResult> {
  const { name, local, steps = [], needs_java: needsJava } = conformanceCase;
  const skipped = (reason: string): CaseResult => ({
    name,
    outcome: 'skipped',
    reason,
  });
  if (needsJava) {
    return skipped(`needs Java: ${needsJava}`);
  }
  if (local === undefined || steps.length === 0) {
    return skipped('the case has no steps');
  }
  const file = join(root, local);
  const folder = resourceFolder(file);
  const definitions = [local, ...(conformanceCase.also_deploy ?? [])].map(
    each => readDefinition(join(root, each), folder),
  );
  const target = makeTarget(conformanceCase, {
    root,
    folder,
    file,
    definitions,
  });
  const obstacle = await target.obstacle?.(conformanceCase, definitions);
  if (obstacle !== undefined) {
    target.close();
    return skipped(obstacle);
  }
  try {
    const [own, ...others] = definitions;
    const problems = await target.deploy(own);
    const otherProblems: string[] = [];
    for (const other of others) {
      otherProblems.push(...(await target.deploy(other)));
    }
    const context: StepContext = {
      target,
      problems,
      otherProblems,
      definition: own,
      variables: new Map<string, Json>(),
    };
    for (const [index, each] of steps.entries()) {
      const failure = await playStep(each, context);
      if (failure !== undefined) {
        return {
          name,
          outcome: 'failed',
          reason: `step ${index + 1} (${each.op}): ${failure}`,
        };
      }
    }
    return { name, outcome: 'passed' };
  } catch (error) {
    return {
      name,
      outcome: 'failed',
      reason: error instanceof Error ? error.stack : String(error),
    };
  } finally {
    target.close();
  }
}

function readDefinition(file: string, folder: string): CaseDefinition {
  return {
    text: readFileSync(file, 'utf8'),
    uri: relative(folder, file),
    fileName: basename(file),
  };
}
