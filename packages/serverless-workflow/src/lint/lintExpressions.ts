import { createExpressions } from '../expression';
import { Workflow } from '../model';
import { Finding } from '../parse';
import { error, warning } from '../validate/findings';
import { expressionsOf } from './expressionsOf';

/**
 * Expressions that fail as soon as they are evaluated. SonataFlow builds no workflow that has such a one
 * in a function or a filter; others it does not look at.
 */
export function lintExpressions(workflow: Workflow): Finding[] {
  const expressions = createExpressions({
    lang: workflow.expressionLang,
    constants: workflow.constants,
    functions: new Map(
      workflow.functions.flatMap(({ name, type, operation }) =>
        type === 'expression' ? [[name, operation]] : [],
      ),
    ),
  });
  const variables = new Set(
    workflow.states.flatMap(state =>
      state.type === 'foreach' ? `$${state.iterationParam}` : [],
    ),
  );
  return expressionsOf(workflow).flatMap(
    ({ value, path, mayBeLiteral, isChecked }) => {
      const problem = mayBeLiteral ? undefined : expressions.problem(value);
      if (!problem) return [];
      const { undefinedReference } = problem;
      const isRefused =
        isChecked &&
        workflow.expressionLang === 'jq' &&
        !undefinedReference?.startsWith('$');
      const finding = isRefused ? error : warning;
      if (undefinedReference === undefined) {
        return [
          finding(
            path,
            'expression-syntax',
            `This expression is not valid: ${problem.message}`,
          ),
        ];
      }
      return variables.has(undefinedReference)
        ? []
        : [
            finding(
              path,
              'expression-undefined',
              `${undefinedReference} is not in SonataFlow's ${workflow.expressionLang}`,
            ),
          ];
    },
  );
}
