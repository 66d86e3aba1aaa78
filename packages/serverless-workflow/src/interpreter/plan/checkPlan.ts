import { PlanNode } from './Plan';
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
      return node.parameter === undefined
        ? 'ForEach has no variable name'
        : undefined;
    default:
      return undefined;
  }
}
