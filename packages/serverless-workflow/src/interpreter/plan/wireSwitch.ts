import {
  DataCondition,
  EventCondition,
  Outcome,
  SwitchState,
} from '../../model';
import { compileWait } from './compileEvents';
import { NodeId, PlanNode, SplitNode } from './Plan';
import { PlanContext } from './PlanContext';
import { resolveEventTimeout } from './resolveEventTimeout';

/** Where an outcome leads: to another state, by way of a node, or both unknown. */
export interface Followed {
  /** A state, whose entrance is known once all states are connected. */
  target?: { entrance(): PlanNode };
  first?: PlanNode;
}

/** Connects a node with what comes after it. */
type Follow = (outcome: Outcome, source: PlanNode) => Followed;

/** A switch that is being wired. */
interface Switch {
  container: NodeId;
  state: SwitchState;
  split: SplitNode;
}

/**
 * Connects a switch with all that it may lead to.
 *
 * @returns what remains to be done when all states are connected
 */
export function wireSwitch(
  context: PlanContext,
  wired: Switch,
  follow: Follow,
): () => void {
  const { eventConditions, dataConditions } = wired.state;
  if (eventConditions) {
    wireEvents(context, wired, eventConditions, follow);
    return () => {};
  }
  return wireData(wired, dataConditions, follow);
}

function wireEvents(
  context: PlanContext,
  { container, state, split }: Switch,
  conditions: readonly EventCondition[],
  follow: Follow,
): void {
  const { builder } = context;
  if (state.defaultCondition) {
    const timeout = resolveEventTimeout(context, state);
    if (timeout === undefined) {
      context.problem(
        `The "eventTimeout" configuration is required for the "eventConditions" based switch state "${state.name}" with a "defaultCondition"`,
      );
    }
    const timer = builder.timer(container, timeout ?? 'PT0S');
    builder.connect(split, timer);
    follow(state.defaultCondition, timer);
  }
  for (const condition of conditions) {
    const { eventRef, eventDataFilter } = condition;
    const wait = compileWait(
      context,
      container,
      state,
      eventRef,
      eventDataFilter,
    );
    builder.connect(split, wait.incoming);
    follow(condition, wait.outgoing);
  }
}

function wireData(
  { state: { defaultCondition }, split }: Switch,
  conditions: readonly DataCondition[],
  follow: Follow,
): () => void {
  const otherwise = defaultCondition && follow(defaultCondition, split);
  const ways = conditions.map(condition => ({
    condition,
    followed: follow(condition, split),
  }));
  return () => {
    if (otherwise) {
      split.otherwise = targetOf(otherwise)?.id;
    }
    for (const { condition, followed } of ways) {
      const target = targetOf(followed);
      if (target) {
        split.conditions.push({
          expression: condition.condition,
          target: target.id,
          isDefault: leadsTo(condition, defaultCondition),
        });
      }
    }
  };
}

function targetOf({ target, first }: Followed): PlanNode | undefined {
  return target?.entrance() ?? first;
}

/** SonataFlow never evaluates a condition that leads where the default leads. */
function leadsTo(
  { transition, end }: Outcome,
  other: Outcome | undefined,
): boolean {
  return (
    (transition !== undefined &&
      transition.nextState === other?.transition?.nextState) ||
    (end !== undefined && other?.end !== undefined)
  );
}
