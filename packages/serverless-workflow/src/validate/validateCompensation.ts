import { State, statesOf, Workflow } from '../model';
import { Finding } from '../parse';
import { error } from './findings';

/** `compensatedBy` leads to a chain of states that are there for nothing else. */
export function validateCompensation(workflow: Workflow): Finding[] {
  return statesOf(workflow).flatMap(({ value: state, path }) => {
    const name = state.compensatedBy;
    if (name === undefined) return [];
    const place = `${path}/compensatedBy`;
    if (state.usedForCompensation) {
      return [
        error(
          place,
          'compensation-nested',
          `Nested compensations are forbidden: "${state.name}" compensates and is compensated itself`,
        ),
      ];
    }
    return chainProblem(workflow, state, name).map(message =>
      error(place, 'compensation', message),
    );
  });
}

function chainProblem(
  workflow: Workflow,
  state: State,
  first: string,
): string[] {
  const seen = new Set<string>();
  for (let name: string | undefined = first; name !== undefined; ) {
    const next = workflow.states.find(candidate => candidate.name === name);
    if (!next) {
      return name === first
        ? [
            `State "${state.name}" refers to a compensation "${name}" which cannot be found`,
          ]
        : [];
    }
    if (!next.usedForCompensation) {
      return [
        `"${name}" compensates "${state.name}" but is not marked usedForCompensation`,
      ];
    }
    if (seen.has(name)) {
      return [`The compensation of "${state.name}" never ends`];
    }
    seen.add(name);
    name = next.transition?.nextState;
  }
  return [];
}
