import { Workflow } from '../model';
import { Finding } from '../parse';
import { error } from './findings';
import { isRemote } from './findOperationProblem';
import { validateCompensation } from './validateCompensation';
import { validateDurations } from './validateDurations';
import { validateErrors } from './validateErrors';
import { validateEvents } from './validateEvents';
import { validateFlow } from './validateFlow';
import { validateFunctions } from './validateFunctions';
import { ValidateOptions } from './ValidateOptions';
import { validateStates } from './validateStates';

/**
 * What keeps SonataFlow from building the workflow, in SonataFlow's words where it has any. Expects
 * a model that was read without errors and whose references are resolved. No findings of severity
 * `error` means that the workflow can be deployed.
 *
 * @public
 */
export function validateWorkflow(
  workflow: Workflow,
  options: ValidateOptions = {},
): Finding[] {
  return [
    ...validateFlow(workflow),
    ...validateStates(workflow),
    ...validateFunctions(workflow, options),
    ...validateEvents(workflow),
    ...validateErrors(workflow),
    ...validateCompensation(workflow),
    ...validateDurations(workflow),
    ...validateSchemaFiles(workflow, options),
  ];
}

function validateSchemaFiles(
  { dataInputSchema, outputSchema }: Workflow,
  { lookup }: ValidateOptions,
): Finding[] {
  const places = [
    { schema: dataInputSchema?.schema, path: '/dataInputSchema' },
    { schema: outputSchema?.schema, path: '/extensions' },
  ];
  return places.flatMap(({ schema, path }) =>
    typeof schema === 'string' &&
    !isRemote(schema) &&
    lookup &&
    lookup(schema) === undefined
      ? [error(path, 'schema-missing', `There is no file ${schema}`)]
      : [],
  );
}
