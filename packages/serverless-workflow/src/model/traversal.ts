import { Action } from './Action';
import { State } from './State';
import { Outcome, ProduceEvent } from './Transition';
import { Workflow } from './Workflow';

/** A part of a workflow and its JSON Pointer. @public */
export interface Located<T> {
  value: T;
  path: string;
}

/** Why a flow leaves a state by a certain outcome. @public */
export type OutcomeReason =
  | { kind: 'next' }
  | { kind: 'condition'; label: string }
  | { kind: 'event'; label: string }
  | { kind: 'default' }
  | { kind: 'error'; errorRefs: string[] };

/** One way out of a state. @public */
export interface StateOutcome extends Located<Outcome> {
  reason: OutcomeReason;
}

/** All states with their places. @public */
export function statesOf(workflow: Workflow): Located<State>[] {
  return workflow.states.map((value, index) => ({
    value,
    path: `/states/${index}`,
  }));
}

/** The actions of a state, whichever part of it they are in. @public */
export function actionsOf({ value, path }: Located<State>): Located<Action>[] {
  switch (value.type) {
    case 'operation':
    case 'foreach':
      return located(value.actions, `${path}/actions`);
    case 'callback':
      return [{ value: value.action, path: `${path}/action` }];
    case 'event':
      return located(value.onEvents, `${path}/onEvents`).flatMap(onEvents =>
        located(onEvents.value.actions, `${onEvents.path}/actions`),
      );
    case 'parallel':
      return located(value.branches, `${path}/branches`).flatMap(branch =>
        located(branch.value.actions, `${branch.path}/actions`),
      );
    default:
      return [];
  }
}

/** All ways out of a state: its own, its conditions' and its error handlers'. @public */
export function outcomesOf({ value, path }: Located<State>): StateOutcome[] {
  const own: StateOutcome[] =
    value.type === 'switch' ? [] : [{ value, path, reason: { kind: 'next' } }];
  const errors = located(value.onErrors, `${path}/onErrors`).map(
    (handler): StateOutcome => ({
      ...handler,
      reason: { kind: 'error', errorRefs: handler.value.errorRefs },
    }),
  );
  return [...own, ...conditionsOf({ value, path }), ...errors];
}

function conditionsOf({ value, path }: Located<State>): StateOutcome[] {
  if (value.type !== 'switch') return [];
  const data = located(value.dataConditions, `${path}/dataConditions`).map(
    (condition): StateOutcome => ({
      ...condition,
      reason: {
        kind: 'condition',
        label: condition.value.name ?? condition.value.condition,
      },
    }),
  );
  const events = located(value.eventConditions, `${path}/eventConditions`).map(
    (condition): StateOutcome => ({
      ...condition,
      reason: {
        kind: 'event',
        label: condition.value.name ?? condition.value.eventRef,
      },
    }),
  );
  const otherwise = value.defaultCondition
    ? [
        {
          value: value.defaultCondition,
          path: `${path}/defaultCondition`,
          reason: { kind: 'default' as const },
        },
      ]
    : [];
  return [...data, ...events, ...otherwise];
}

/** Events that are sent when a state is left. @public */
export function producedEventsOf(
  state: Located<State>,
): Located<ProduceEvent>[] {
  return outcomesOf(state).flatMap(({ value, path }) => [
    ...located(
      value.transition?.produceEvents,
      `${path}/transition/produceEvents`,
    ),
    ...located(value.end?.produceEvents, `${path}/end/produceEvents`),
  ]);
}

/** The elements of a list with their places. @public */
export function located<T>(
  list: readonly T[] | undefined,
  path: string,
): Located<T>[] {
  return (list ?? []).map((value, index) => ({
    value,
    path: `${path}/${index}`,
  }));
}
