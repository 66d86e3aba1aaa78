import { InstanceDetail } from '@open-orchestrator/backstage-plugin-orchestrator-common';
import { Step } from './stepsOf';

/** The step at which a failed instance stands: the last that failed, as exactly as the engine tells. */
export function failedStepOf(
  { state, error }: InstanceDetail,
  steps: Step[],
): Step | undefined {
  if (state !== 'ERROR') return undefined;
  const failed = steps.filter(
    ({ node }) => node.status === 'failed' && !node.errorHandled,
  );
  const wholes = new Set(failed.map(({ node }) => node.parentNodeId));
  return (
    failed
      .filter(
        ({ node }) =>
          error?.nodeDefinitionId !== undefined &&
          node.definitionId === error.nodeDefinitionId,
      )
      .pop() ?? failed.filter(({ node }) => !wholes.has(node.id)).pop()
  );
}
