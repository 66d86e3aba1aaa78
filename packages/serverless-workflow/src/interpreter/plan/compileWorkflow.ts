import { EventCorrelation } from '../../model';
import { checkPlan } from './checkPlan';
import { parseDuration } from './duration';
import { NodeId, Plan, PlanNode, StartNode } from './Plan';
import { PlanContext } from './PlanContext';
import { StateWiring } from './StateWiring';

/**
 * Translates a workflow into its plan. What keeps it from running is reported to the context; the
 * plan is then not fit to be used.
 */
export function compileWorkflow(context: PlanContext): Plan {
  const { workflow, builder } = context;
  const all = new Map<string, StateWiring>();
  const findState = (name: string) => all.get(name);
  for (const state of workflow.states) {
    all.set(state.name, new StateWiring(state, context, findState));
  }
  const wirings = [...all.values()].filter(
    wiring => !wiring.state.usedForCompensation,
  );
  let start: NodeId | undefined;
  wirings.forEach(wiring => {
    start = wiring.addStart() ?? start;
  });
  wirings.forEach(wiring => wiring.addEnd());
  wirings.forEach(wiring => wiring.addNodes());
  wirings.forEach(wiring => wiring.addTransitions());
  wirings.forEach(wiring => wiring.addConnections());
  builder.nodes.forEach(orderConditions);
  checkPlan(context);
  const eventStarts = builder.nodes.filter(
    (node): node is StartNode => node?.kind === 'start' && !!node.trigger,
  );
  if (start === undefined && eventStarts.length === 0) {
    context.problem('Workflow does not define a starting state');
  }
  return {
    workflow,
    nodes: builder.nodes,
    start,
    eventStarts,
    correlations: correlationsByType(context),
    hasCompensation: builder.nodes.some(
      node => node?.compensatedBy !== undefined,
    ),
    execTimeoutMs: execTimeout(context),
  };
}

/**
 * SonataFlow evaluates the conditions of a switch in the order of the connections that it has made:
 * first those that end the workflow or do something on the way, then those to states in the order of
 * their definition. A condition that leads where the default leads counts as default, and the first of
 * those connections is taken.
 */
function orderConditions(node: PlanNode | undefined): void {
  if (node?.kind === 'split') {
    const place = (target: NodeId) => node.outgoing.indexOf(target);
    node.conditions.sort((a, b) => place(a.target) - place(b.target));
    const ways = node.conditions.filter(each => each.isDefault);
    if (ways.length > 0 && node.otherwise !== undefined) {
      const first = ways[0].target;
      node.otherwise =
        place(first) < place(node.otherwise) ? first : node.otherwise;
    }
  }
}

function correlationsByType(
  context: PlanContext,
): Map<string, readonly EventCorrelation[]> {
  return new Map(
    context.workflow.events
      .filter(event => event.correlation.length > 0)
      .map(event => [event.type ?? event.name, event.correlation]),
  );
}

function execTimeout(context: PlanContext): number | undefined {
  const duration = context.workflow.timeouts.workflowExecTimeout?.duration;
  if (duration === undefined) {
    return undefined;
  }
  const timeoutMs = parseDuration(duration);
  if (timeoutMs === undefined) {
    context.problem(
      `workflowExecTimeout "${duration}" is no ISO 8601 duration, e.g. PT30S`,
    );
  }
  return timeoutMs;
}
