import { actionsOf, Located, State, statesOf, Workflow } from '../model';
import { Finding } from '../parse';
import { error } from './findings';

/** Java's Duration, which SonataFlow uses: days and less, no weeks, months or years. */
const DURATION =
  /^[-+]?P(?=.)(?:[-+]?\d+D)?(?:T(?=.)(?:[-+]?\d+H)?(?:[-+]?\d+M)?(?:[-+]?\d+(?:[.,]\d{0,9})?S)?)?$/i;

/** Whether a text is an ISO-8601 duration that SonataFlow can read. @public */
export function isDuration(text: string): boolean {
  return DURATION.test(text);
}

/** Time-outs and pauses that SonataFlow reads. */
export function validateDurations(workflow: Workflow): Finding[] {
  const { timeouts } = workflow;
  const places: Located<string | undefined>[] = [
    {
      value: timeouts.workflowExecTimeout?.duration,
      path: '/timeouts/workflowExecTimeout',
    },
    {
      value: awaitsEvents(workflow) ? timeouts.eventTimeout : undefined,
      path: '/timeouts/eventTimeout',
    },
    ...statesOf(workflow).flatMap(durationsOf),
  ];
  return places.flatMap(({ value, path }) =>
    !value?.trim() || isTimer(value) || isExpression(value)
      ? []
      : [
          error(
            path,
            'duration',
            `"${value}" is no ISO-8601 duration in days, hours, minutes and seconds, such as PT30S or P7D`,
          ),
        ],
  );
}

function durationsOf(state: Located<State>): Located<string | undefined>[] {
  const { value, path } = state;
  return [
    {
      value: awaitsEvent(value) ? value.timeouts.eventTimeout : undefined,
      path: `${path}/timeouts/eventTimeout`,
    },
    ...(value.type === 'sleep'
      ? [{ value: value.duration, path: `${path}/duration` }]
      : []),
    ...actionsOf(state).flatMap(action => [
      {
        value: action.value.sleep?.before,
        path: `${action.path}/sleep/before`,
      },
      { value: action.value.sleep?.after, path: `${action.path}/sleep/after` },
    ]),
  ];
}

/** A time-out of events that nothing waits for is not looked at. */
function awaitsEvents({ states }: Workflow): boolean {
  return states.some(awaitsEvent);
}

function awaitsEvent(state: State): boolean {
  return (
    state.type === 'event' ||
    state.type === 'callback' ||
    (state.type === 'switch' && state.eventConditions !== undefined)
  );
}

/** Java's Duration may be negative, but no timer may. */
function isTimer(text: string): boolean {
  return isDuration(text) && !text.trim().startsWith('-');
}

/** A duration begins with P, so whatever begins like jq is meant to be an expression. */
function isExpression(text: string): boolean {
  return /^\s*(?:[$.{("[]|fn:)/.test(text);
}
