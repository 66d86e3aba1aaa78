import { ActionEffect, JoinNode, PlanNode } from './Plan';
import { PlanContext } from './PlanContext';

/**
 * Reports what SonataFlow's own check of a built process refuses although the specification allows it
 * (`RuleFlowProcessValidator`).
 */
export function checkPlan(context: PlanContext): void {
  for (const node of context.builder.nodes) {
    const problem = node && problemOf(node);
    if (node && problem !== undefined) {
      const name = context.builder.nameForOthers(node);
      context.problem(`Node '${name}' [${node.id}] ${problem}`);
    }
    if (node?.kind === 'join' && typeof node.needed === 'string') {
      checkNeeded(context, node);
    }
    if (node?.kind === 'action') {
      checkExpression(context, node.effect);
    }
  }
}

function checkNeeded(context: PlanContext, { name, id, needed }: JoinNode) {
  if (typeof needed === 'string' && !context.expressions.isValid(needed)) {
    context.problem(
      `Node '${name}' [${id}] Join has illegal n value: ${needed}`,
    );
  }
}

/**
 * SonataFlow looks at the expressions of functions and filters, not at conditions and collections. Its
 * reader of JSONPath finds fault with hardly anything.
 */
function checkExpression(context: PlanContext, effect: ActionEffect): void {
  if (
    effect.do !== 'evaluate' &&
    effect.do !== 'collect' &&
    effect.do !== 'collectFresh'
  ) {
    return;
  }
  const { workflow, expressions } = context;
  const problem =
    workflow.expressionLang === 'jq'
      ? expressions.problem(effect.expression)
      : undefined;
  if (problem && !problem.undefinedReference?.startsWith('$')) {
    context.problem(
      `Expression ${effect.expression} for language ${workflow.expressionLang} is not a valid one: ${problem.message}`,
    );
  }
}

function problemOf(node: PlanNode): string | undefined {
  switch (node.kind) {
    case 'split':
      return node.outgoing.length < 2
        ? `Split does not have more than one outgoing connection: ${node.outgoing.length}.`
        : undefined;
    case 'join':
      return node.incoming.length < 2
        ? `Join does not have more than one incoming connection: ${node.incoming.length}.`
        : undefined;
    case 'foreach':
      return !node.parameter ? 'ForEach has no variable name' : undefined;
    default:
      return undefined;
  }
}
