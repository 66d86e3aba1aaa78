import { actionsOf, statesOf, Workflow } from '../model';
import { Finding } from '../parse';
import { error } from '../validate/findings';

/** A definition among others, by the name that messages call it. @public */
export interface NamedWorkflow {
  fileName: string;
  workflow: Workflow;
}

/**
 * What only shows when the definitions of a folder are seen together: ids that occur twice, and
 * sub-workflows that are missing. Findings are listed by file name; files without any are left out.
 *
 * @public
 */
export function checkTogether(
  workflows: readonly NamedWorkflow[],
): Map<string, Finding[]> {
  const findings = new Map<string, Finding[]>();
  const firstFile = new Map<string, string>();
  for (const { fileName, workflow } of workflows) {
    if (!firstFile.has(workflow.id)) firstFile.set(workflow.id, fileName);
  }
  for (const { fileName, workflow } of workflows) {
    const own = [
      ...duplicateId(workflow, fileName, firstFile.get(workflow.id)),
      ...missingSubFlows(workflow, firstFile),
    ];
    if (own.length > 0) findings.set(fileName, own);
  }
  return findings;
}

function duplicateId(
  workflow: Workflow,
  fileName: string,
  first: string | undefined,
): Finding[] {
  return first === undefined || first === fileName
    ? []
    : [
        error(
          '/id',
          'workflow-duplicate',
          `Duplicated item found with id ${workflow.id}: ${first} has it already`,
        ),
      ];
}

function missingSubFlows(
  workflow: Workflow,
  known: ReadonlyMap<string, string>,
): Finding[] {
  return statesOf(workflow)
    .flatMap(actionsOf)
    .flatMap(({ value, path }) =>
      value.subFlowRef && !known.has(value.subFlowRef.workflowId)
        ? [
            error(
              `${path}/subFlowRef`,
              'subflow-unknown',
              `There is no workflow "${value.subFlowRef.workflowId}" to run here`,
            ),
          ]
        : [],
    );
}
