import { outcomesOf, statesOf, Workflow } from '../model';
import { Finding } from '../parse';
import { warning } from '../validate/findings';

/** States that other states lead to, but none that ever runs. */
export function lintUnreachable(workflow: Workflow): Finding[] {
  const targets = targetsByState(workflow);
  const entered = new Set([...targets.values()].flat());
  const reached = reachedFrom(workflow.start?.stateName, targets);
  return statesOf(workflow).flatMap(({ value, path }) =>
    reached.has(value.name) || !entered.has(value.name)
      ? []
      : [
          warning(
            path,
            'unreachable',
            `State "${value.name}" never runs: only states that never run lead to it`,
          ),
        ],
  );
}

function targetsByState(workflow: Workflow): Map<string, string[]> {
  return new Map(
    statesOf(workflow).map(state => {
      const next = outcomesOf(state).map(
        ({ value }) => value.transition?.nextState,
      );
      const targets = [...next, state.value.compensatedBy];
      return [state.value.name, targets.flatMap(target => target ?? [])];
    }),
  );
}

function reachedFrom(
  start: string | undefined,
  targets: ReadonlyMap<string, string[]>,
): Set<string> {
  const reached = new Set<string>();
  const open = start === undefined ? [] : [start];
  for (let name = open.pop(); name !== undefined; name = open.pop()) {
    if (!reached.has(name)) {
      reached.add(name);
      open.push(...(targets.get(name) ?? []));
    }
  }
  return reached;
}
