import { State } from '../../model';
import { parseDuration } from './duration';
import { PlanContext } from './PlanContext';

const HINT =
  'When configured, it must be set with a greater than zero ISO 8601 time duration. For example PT30S. ' +
  "Or a valid expression, for example $CONST.myDuration, where 'myDuration' is defined in the constant section of the workflow. " +
  'Note: month based durations like P2M (period of two months) are not valid since the month duration might vary. ' +
  'In that case you can use PT60D instead.';

/** The state's own `eventTimeout`, else the workflow's. Reports one that is no duration or expression. */
export function resolveEventTimeout(
  context: PlanContext,
  state: State,
): string | undefined {
  const { workflow, expressions } = context;
  const own = state.timeouts.eventTimeout;
  const timeout = own ?? workflow.timeouts.eventTimeout;
  if (
    timeout !== undefined &&
    parseDuration(timeout) === undefined &&
    !expressions.isValid(timeout)
  ) {
    const place =
      own === undefined
        ? `the serverless workflow: "${workflow.name}"`
        : `the state "${state.name}" in the serverless workflow: "${workflow.name}"`;
    context.problem(
      `An invalid "eventTimeout": "${timeout}" configuration was provided for ${place}. ${HINT}`,
    );
  }
  return timeout;
}
