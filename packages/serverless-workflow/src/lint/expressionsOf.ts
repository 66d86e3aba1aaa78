import {
  Action,
  actionsOf,
  EventDataFilter,
  Json,
  Located,
  located,
  producedEventsOf,
  State,
  statesOf,
  Workflow,
} from '../model';

/** A text of a definition that SonataFlow evaluates. */
export interface LocatedExpression extends Located<string> {
  /** SonataFlow keeps the text as it is when it is not a valid expression. */
  mayBeLiteral: boolean;
  /** SonataFlow refuses to build the workflow when it is not a valid expression. */
  isChecked: boolean;
}

/** All texts that are evaluated, in the order of the definition. */
export function expressionsOf(workflow: Workflow): LocatedExpression[] {
  const called = new Set(
    statesOf(workflow)
      .flatMap(actionsOf)
      .map(({ value }) => value.functionRef?.refName),
  );
  return [
    ...located(workflow.functions, '/functions').flatMap(({ value, path }) =>
      value.type === 'expression'
        ? expression(
            value.operation,
            `${path}/operation`,
            called.has(value.name),
          )
        : [],
    ),
    ...statesOf(workflow).flatMap(inState),
  ];
}

function expression(
  value: string | undefined,
  path: string,
  isChecked = true,
): LocatedExpression[] {
  return value === undefined
    ? []
    : [{ value, path, mayBeLiteral: false, isChecked }];
}

function inState(state: Located<State>): LocatedExpression[] {
  const { value, path } = state;
  const filter = `${path}/stateDataFilter`;
  return [
    ...expression(value.stateDataFilter?.input, `${filter}/input`),
    ...expression(value.stateDataFilter?.output, `${filter}/output`),
    ...ofType(state),
    ...actionsOf(state).flatMap(inAction),
    ...producedEventsOf(state).flatMap(event =>
      inData(event.value.data, `${event.path}/data`),
    ),
  ];
}

function ofType({ value, path }: Located<State>): LocatedExpression[] {
  switch (value.type) {
    case 'switch':
      return [
        ...located(value.dataConditions, `${path}/dataConditions`).flatMap(
          condition =>
            expression(
              condition.value.condition,
              `${condition.path}/condition`,
              false,
            ),
        ),
        ...located(value.eventConditions, `${path}/eventConditions`).flatMap(
          inEventFilter,
        ),
      ];
    case 'event':
      return located(value.onEvents, `${path}/onEvents`).flatMap(inEventFilter);
    case 'callback':
      return inEventFilter({ value, path });
    case 'foreach':
      return [
        ...expression(value.inputCollection, `${path}/inputCollection`, false),
        ...expression(
          value.outputCollection,
          `${path}/outputCollection`,
          false,
        ),
      ];
    default:
      return [];
  }
}

function inEventFilter({
  value,
  path,
}: Located<{ eventDataFilter?: EventDataFilter }>): LocatedExpression[] {
  const filter = `${path}/eventDataFilter`;
  return [
    ...expression(value.eventDataFilter?.data, `${filter}/data`),
    ...expression(value.eventDataFilter?.toStateData, `${filter}/toStateData`),
  ];
}

function inAction({ value, path }: Located<Action>): LocatedExpression[] {
  const { actionDataFilter, condition, eventRef, functionRef } = value;
  const filter = `${path}/actionDataFilter`;
  return [
    ...expression(condition, `${path}/condition`, false),
    ...expression(actionDataFilter?.fromStateData, `${filter}/fromStateData`),
    ...expression(actionDataFilter?.results, `${filter}/results`),
    ...expression(actionDataFilter?.toStateData, `${filter}/toStateData`),
    ...inData(functionRef?.arguments, `${path}/functionRef/arguments`),
    ...inData(eventRef?.data, `${path}/eventRef/data`),
  ];
}

/** Each text inside of arguments or the data of an event. */
function inData(data: Json | undefined, path: string): LocatedExpression[] {
  if (typeof data === 'string') {
    const mayBeLiteral = !isDelimited(data);
    return [{ value: data, path, mayBeLiteral, isChecked: false }];
  }
  if (typeof data !== 'object' || data === null) return [];
  return Object.entries(data).flatMap(([key, value]) =>
    inData(value, `${path}/${key.replace(/~/g, '~0').replace(/\//g, '~1')}`),
  );
}

function isDelimited(text: string): boolean {
  return /^\s*(?:\$\{|\{\{)/.test(text);
}
