import { parseDuration } from '../plan/duration';
import { WORKFLOW_DATA } from '../plan/Plan';
import { Draft } from './Draft';
import { divert } from './fail';
import { leave } from './flow';
import { TokenId } from './InstanceState';
import { WorkflowFailure } from './WorkflowFailure';

/** How long a timer runs: a duration, or an expression that gives one. */
export function resolveDelay(
  draft: Draft,
  delay: string,
  container: TokenId,
): number {
  const fixed = parseDuration(delay);
  if (fixed !== undefined) {
    return fixed;
  }
  const text = draft.environment.expressions.evaluateString(
    delay,
    draft.get(WORKFLOW_DATA, container),
    draft.expressionContext(container),
  );
  const delayMs = parseDuration(text);
  if (delayMs === undefined) {
    throw new WorkflowFailure(
      'IllegalArgumentException',
      `"${text}" is no ISO 8601 duration, e.g. PT30S`,
    );
  }
  return delayMs;
}

/** SonataFlow asks the error handlers for the code `TimedOut` before a timer lets the flow go on. */
export function timerFired(draft: Draft, id: TokenId): void {
  const token = draft.tokens.get(id);
  const node = token && draft.node(token.node);
  if (!token || node?.kind !== 'timer') {
    return;
  }
  const timedOut = new WorkflowFailure(
    'WorkItemExecutionException',
    'TimedOut',
    { code: 'TimedOut' },
  );
  if (!divert(draft, timedOut, token.container)) {
    leave(draft, id, node, token.container);
  }
}
