import { createExpressions } from '../expression';
import { Workflow } from '../model';
import { Finding } from '../parse';
import { warning } from '../validate/findings';
import { expressionsOf } from './expressionsOf';

/** Expressions that fail as soon as they are evaluated; SonataFlow deploys them all the same. */
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
  return expressionsOf(workflow).flatMap(({ value, path, mayBeLiteral }) => {
    const problem = mayBeLiteral ? undefined : expressions.problem(value);
    if (!problem) return [];
    const { undefinedReference } = problem;
    if (undefinedReference === undefined) {
      return [
        warning(
          path,
          'expression-syntax',
          `This expression is not valid: ${problem.message}`,
        ),
      ];
    }
    return variables.has(undefinedReference)
      ? []
      : [
          warning(
            path,
            'expression-undefined',
            `${undefinedReference} is not in SonataFlow's ${workflow.expressionLang}`,
          ),
        ];
  });
}
