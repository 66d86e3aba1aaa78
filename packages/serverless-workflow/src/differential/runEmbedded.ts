import { checkWorkflow } from '../check';
import { startTestRuntime } from '../testing';
import { Outcome } from './Outcome';
import { Question } from './generateQuestion';

const STATUS: Record<string, number> = {
  ACTIVE: 1,
  COMPLETED: 2,
  ABORTED: 3,
  ERROR: 5,
};

/** Runs a question on the runtime of this package. */
export async function runEmbedded({
  workflows,
  input,
}: Question): Promise<Outcome> {
  const refusal = refusalOf(workflows);
  if (refusal !== undefined) {
    return { nodes: [], exception: refusal };
  }
  try {
    const { start } = startTestRuntime({ workflows });
    const { state, data, nodes, error } = await start(input);
    return {
      status: STATUS[state],
      // As it would be read by somebody else; the engine's own objects have no prototype.
      data: JSON.parse(JSON.stringify(data)),
      nodes: nodes.map(({ type, definitionId }) => `${type} ${definitionId}`),
      error: error?.message,
    };
  } catch (error) {
    return { nodes: [], exception: String(error) };
  }
}

/** What the check has against the workflows, before anything is deployed. */
function refusalOf(workflows: Question['workflows']): string | undefined {
  return workflows
    .flatMap(workflow => checkWorkflow(JSON.stringify(workflow)).problems)
    .find(({ severity }) => severity === 'error')?.message;
}
