import { Workflow } from '../model';
import { Finding } from '../parse';
import { lintExpressions } from './lintExpressions';
import { lintIgnored } from './lintIgnored';
import { lintRestFunctions } from './lintRestFunctions';
import { lintUnreachable } from './lintUnreachable';
import { lintUnused } from './lintUnused';

/**
 * What a workflow may be deployed with and its author should still know: parts that SonataFlow
 * ignores, that nothing uses or reaches, and expressions that can only fail. Expects a model that was
 * read without errors.
 *
 * @public
 */
export function lintWorkflow(workflow: Workflow): Finding[] {
  return [
    ...lintIgnored(workflow),
    ...lintUnreachable(workflow),
    ...lintUnused(workflow),
    ...lintExpressions(workflow),
    ...lintRestFunctions(workflow),
  ];
}
