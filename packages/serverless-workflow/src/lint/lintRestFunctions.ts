import { located, Workflow } from '../model';
import { Finding } from '../parse';
import { describeOperation } from '../validate/describeOperation';
import { warning } from '../validate/findings';

/**
 * SonataFlow 10.1 names a Java class of a `rest:` function after the id of the workflow and fails to
 * build it when the id is no Java name. Seen by building such workflows; all others build.
 */
export function lintRestFunctions(workflow: Workflow): Finding[] {
  if (/^\w+$/.test(workflow.id)) return [];
  const first = located(workflow.functions, '/functions').find(
    ({ value }) => describeOperation(value).kind === 'rest',
  );
  return first
    ? [
        warning(
          first.path,
          'rest-function-id',
          `SonataFlow 10.1 can't build rest: functions of a workflow whose id has more than letters, digits and "_"`,
        ),
      ]
    : [];
}
