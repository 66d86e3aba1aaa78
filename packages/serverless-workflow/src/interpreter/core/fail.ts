import { NodeId, PlanNode } from '../plan/Plan';
import { cancelToken, End } from './cancel';
import { Draft, LimitFailure } from './Draft';
import { PROCESS_TOKEN, Token, TokenId } from './InstanceState';
import { matchErrorHandler } from './matchErrorHandler';
import { WorkflowFailure } from './WorkflowFailure';

/** SonataFlow's error handlers never catch what fails in these nodes, e.g. the `condition` of an action. */
const UNCAUGHT_KINDS: readonly PlanNode['kind'][] = [
  'split',
  'timer',
  'foreach',
];

/**
 * A node has failed. The innermost composite around it with a fitting handler is cancelled, and the
 * flow goes on there; without one the instance is in ERROR.
 */
export function fail(
  draft: Draft,
  failure: WorkflowFailure,
  node: NodeId | undefined,
  container: TokenId,
  token?: TokenId,
): void {
  const isCatchable =
    !(failure instanceof LimitFailure) &&
    (node === undefined || !UNCAUGHT_KINDS.includes(draft.node(node).kind));
  const handled = isCatchable
    ? handlerAround(draft, failure, container)
    : undefined;
  if (token !== undefined) {
    draft.effects.push({
      type: 'left',
      token,
      status: 'failed',
      error: failure.message,
      ...(handled && { isHandled: true }),
    });
  }
  if (handled) {
    goTo(draft, handled, { status: 'failed', isHandled: true });
  } else {
    draft.status = 'ERROR';
    draft.error = { failure, node, container };
    if (draft.aborting) {
      draft.work = undefined;
    }
  }
}

/** A handler and the composite that it is attached to. */
interface Handler {
  boundary: NodeId;
  token: Token;
}

/** The innermost handler of a failure in a container. */
function handlerAround(
  draft: Draft,
  failure: WorkflowFailure,
  container: TokenId,
): Handler | undefined {
  let token = draft.tokens.get(container);
  while (token) {
    const boundary = handlerOf(draft, token, failure);
    if (boundary !== undefined) {
      return { boundary, token };
    }
    token = draft.tokens.get(token.container);
  }
  return undefined;
}

function goTo(draft: Draft, { boundary, token }: Handler, end?: End): void {
  cancelToken(draft, token, end);
  const isOpen = draft.node(boundary).container !== 0;
  draft.work = {
    node: boundary,
    container: isOpen ? token.container : PROCESS_TOKEN,
    next: draft.work,
  };
}

/** Goes to the handler of what came instead of an end, e.g. a time limit; false without one. */
export function divert(
  draft: Draft,
  failure: WorkflowFailure,
  container: TokenId,
): boolean {
  const handler = handlerAround(draft, failure, container);
  if (handler) {
    goTo(draft, handler);
  }
  return handler !== undefined;
}

function handlerOf(
  draft: Draft,
  token: Token,
  failure: WorkflowFailure,
): NodeId | undefined {
  const node = draft.node(token.node);
  if (
    (node.kind !== 'composite' && node.kind !== 'foreach') ||
    token.iteration !== undefined
  ) {
    return undefined;
  }
  return matchErrorHandler(node.handlers, failure)?.boundary;
}
