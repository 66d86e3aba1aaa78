import { NodeId, PlanNode } from '../plan/Plan';
import { cancelToken } from './cancel';
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
  if (token !== undefined) {
    draft.effects.push({
      type: 'left',
      token,
      status: 'failed',
      error: failure.message,
    });
  }
  const isCatchable =
    !(failure instanceof LimitFailure) &&
    (node === undefined || !UNCAUGHT_KINDS.includes(draft.node(node).kind));
  if (!(isCatchable && divert(draft, failure, container))) {
    draft.status = 'ERROR';
    draft.error = { failure, node, container };
    if (draft.aborting) {
      draft.work = undefined;
    }
  }
}

/** Goes to the handler of the failure; false when there is none. */
export function divert(
  draft: Draft,
  failure: WorkflowFailure,
  container: TokenId,
): boolean {
  let token = draft.tokens.get(container);
  while (token) {
    const boundary = handlerOf(draft, token, failure);
    if (boundary !== undefined) {
      cancelToken(draft, token);
      const isOpen = draft.node(boundary).container !== 0;
      draft.work = {
        node: boundary,
        container: isOpen ? token.container : PROCESS_TOKEN,
        next: draft.work,
      };
      return true;
    }
    token = draft.tokens.get(token.container);
  }
  return false;
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
