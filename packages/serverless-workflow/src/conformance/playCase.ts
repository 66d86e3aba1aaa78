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
  const definition = join(root, local);
  const folder = resourceFolder(definition);
  const target = makeTarget(conformanceCase, { folder, definition });
  try {
    const files = [
      ...(conformanceCase.also_deploy ?? []).map(each => join(root, each)),
      definition,
    ];
    const definitions = files.map(file => readDefinition(file, folder));
    const problems = await target.deploy(definitions);
    const context: StepContext = {
      target,
      problems,
      definition: definitions[definitions.length - 1],
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
