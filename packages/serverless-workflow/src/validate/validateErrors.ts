import { located, statesOf, Workflow } from '../model';
import { Finding } from '../parse';
import { error } from './findings';

/** SonataFlow knows an error by its code only, so one without a code is as good as missing. */
export function validateErrors(workflow: Workflow): Finding[] {
  const known = new Set(
    workflow.errors.flatMap(({ name, code }) =>
      code === undefined ? [] : [name],
    ),
  );
  return statesOf(workflow).flatMap(state =>
    located(state.value.onErrors, `${state.path}/onErrors`).flatMap(handler => {
      const { errorRefs } = handler.value;
      if (errorRefs.length === 0) {
        return [
          error(
            handler.path,
            'error-handler-empty',
            'state errors should contain either errorRef or errorRefs property',
          ),
        ];
      }
      return errorRefs
        .filter(name => !known.has(name))
        .map(name =>
          error(
            `${handler.path}/errorRef`,
            'error-unknown',
            `Cannot find any error definition for errorRef ${name}${hint(
              workflow,
              name,
            )}`,
          ),
        );
    }),
  );
}

function hint(workflow: Workflow, name: string): string {
  return workflow.errors.some(definition => definition.name === name)
    ? ': SonataFlow requires a code in its definition'
    : '';
}
