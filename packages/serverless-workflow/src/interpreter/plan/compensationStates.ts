import { State } from '../../model';
import { PlanContext } from './PlanContext';

/** The states that one after the other undo another one, beginning with the first of them. */
export function compensationStates(
  context: PlanContext,
  first: State,
  findState: (name: string) => State | undefined,
): State[] {
  const states = new Set<State>();
  let next: State | undefined = first;
  while (next && !states.has(next)) {
    const state: State = next;
    states.add(state);
    if (state.compensatedBy !== undefined) {
      context.problem(
        `Serverless workflow specification forbids nested compensations, hence state ${state.name} is not valid`,
      );
    }
    next = state.transition && findState(state.transition.nextState);
    if (next && !next.usedForCompensation) {
      context.problem(
        `Compensation state can only have transition to other compensation state. State ${next.name} is not used for compensation`,
      );
      next = undefined;
    }
  }
  return [...states];
}
