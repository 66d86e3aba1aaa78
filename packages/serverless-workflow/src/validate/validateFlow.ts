import {
  Outcome,
  OutcomeReason,
  outcomesOf,
  State,
  statesOf,
  Workflow,
} from '../model';
import { Finding } from '../parse';
import { duplicates, error, warning } from './findings';

const SUBJECTS: Record<OutcomeReason['kind'], string> = {
  next: 'State ',
  condition: 'A data condition of state ',
  event: 'An event condition of state ',
  default: 'The default condition of state ',
  error: 'A handler in onErrors of state ',
};

/** Start, transitions and ends: whether every state can be entered and left. */
export function validateFlow(workflow: Workflow): Finding[] {
  return [
    ...validateNames(workflow),
    ...validateStart(workflow),
    ...validateTargets(workflow),
    ...validateExits(workflow),
    ...validateEntries(workflow),
  ];
}

function validateNames(workflow: Workflow): Finding[] {
  const names = workflow.states.map(({ name }) => name);
  return duplicates(names).map(({ name, index }) =>
    error(
      `/states/${index}/name`,
      'state-duplicate',
      `There are duplicated states: "${name}" appears more than once`,
    ),
  );
}

function validateStart(workflow: Workflow): Finding[] {
  if (!workflow.start) {
    return [
      error('', 'start-missing', 'Workflow does not define a starting state'),
    ];
  }
  const { stateName } = workflow.start;
  return stateNamed(workflow, stateName)
    ? []
    : [
        error(
          '/start',
          'start-unknown',
          `There is no state for start "${stateName}"`,
        ),
      ];
}

function validateTargets(workflow: Workflow): Finding[] {
  return statesOf(workflow).flatMap(located =>
    outcomesOf(located).flatMap(({ value, path }) => {
      const next = value.transition?.nextState;
      if (next === undefined) return [];
      const target = stateNamed(workflow, next);
      const place = `${path}/transition`;
      if (!target) {
        return [
          error(
            place,
            'transition-unknown-state',
            `There is no state for transition "${next}" of "${located.value.name}"`,
          ),
        ];
      }
      return target.usedForCompensation && !located.value.usedForCompensation
        ? [
            error(
              place,
              'transition-to-compensation',
              `"${next}" is used for compensation, so no ordinary transition may lead to it`,
            ),
          ]
        : [];
    }),
  );
}

/** A state that compensates another one may end the chain by having no transition. */
function validateExits(workflow: Workflow): Finding[] {
  return statesOf(workflow).flatMap(located =>
    outcomesOf(located).flatMap(({ value, path, reason }) => {
      const optional = located.value.usedForCompensation;
      const owner = `${SUBJECTS[reason.kind]}"${located.value.name}"`;
      if (leadsTwice(value)) {
        return [
          // A condition or handler follows its transition.
          (reason.kind === 'next' ? error : warning)(
            path,
            'exit-ambiguous',
            `${owner} has both a transition and an end`,
          ),
        ];
      }
      return optional || leads(value)
        ? []
        : [
            error(
              path,
              'exit-missing',
              `${owner} has neither a transition nor an end: nothing connects it to what follows`,
            ),
          ];
    }),
  );
}

function leads({ transition, end }: Outcome): boolean {
  return transition !== undefined || end !== undefined;
}

function leadsTwice({ transition, end }: Outcome): boolean {
  return transition !== undefined && end !== undefined;
}

function validateEntries(workflow: Workflow): Finding[] {
  const entered = new Set([workflow.start?.stateName]);
  for (const located of statesOf(workflow)) {
    for (const { value } of outcomesOf(located)) {
      entered.add(value.transition?.nextState);
    }
  }
  return statesOf(workflow).flatMap(({ value, path }) =>
    entered.has(value.name) || value.usedForCompensation
      ? []
      : [
          error(
            path,
            'state-not-connected',
            `Nothing connects to state "${value.name}": no transition leads to it`,
          ),
        ],
  );
}

function stateNamed(workflow: Workflow, name: string): State | undefined {
  return workflow.states.find(state => state.name === name);
}
