/** What the id of a workflow looks like; the API refuses others. @public */
export const WORKFLOW_ID_PATTERN = /^[A-Za-z0-9_][\w .-]{0,127}$/;

/** What the id of an instance looks like; the API refuses others. @public */
export const INSTANCE_ID_PATTERN = /^[A-Za-z0-9_-]{1,128}$/;

/**
 * Annotation of a catalog entity: ids of the workflows that belong to it, separated by commas.
 *
 * @public
 */
export const WORKFLOWS_ANNOTATION = 'orchestrator.io/workflows';

/**
 * The workflow ids in the value of {@link WORKFLOWS_ANNOTATION}, each once; what is no id is left out.
 *
 * @public
 */
export function parseWorkflowsAnnotation(value: string | undefined): string[] {
  const ids = (value ?? '').split(',').map(id => id.trim());
  return [...new Set(ids.filter(id => WORKFLOW_ID_PATTERN.test(id)))];
}
