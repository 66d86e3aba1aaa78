import { WorkNode } from '../plan/Plan';
import { CallResult } from '../functions/FunctionCall';
import { Draft } from './Draft';
import { fail } from './fail';
import { leave } from './flow';
import { InstanceEvent } from './InstanceEvent';
import { Token, TokenId } from './InstanceState';
import { toFailure } from './WorkflowFailure';

/** Calls the function of a node; the instance does nothing else until the answer is there. */
export function beginCall(
  draft: Draft,
  node: WorkNode,
  token: TokenId,
  container: TokenId,
): void {
  const { expressions, instance } = draft.environment;
  const data = draft.get(node.input, container);
  const context = draft.expressionContext(container);
  const args =
    node.arguments === undefined
      ? undefined
      : expressions.evaluateArguments(node.arguments, data, context);
  const prepared = node.call.prepare({
    args,
    data,
    instance,
    evaluate: expression => expressions.evaluate(expression, data, context),
  });
  if ('result' in prepared) {
    finish(draft, node, { id: token, container }, prepared);
    return;
  }
  draft.put({ id: token, node: node.id, container, members: 0 });
  draft.blockedOn = token;
  draft.effects.push({
    type: 'call',
    token,
    request: prepared.request,
    input: args,
  });
}

/** Takes the answer of a call, or that there is none. */
export function completeCall(
  draft: Draft,
  event: Extract<InstanceEvent, { type: 'answered' | 'unanswered' }>,
): void {
  const token = draft.tokens.get(event.token);
  const node = token && draft.node(token.node);
  if (!token || node?.kind !== 'work') {
    return;
  }
  try {
    if (event.type === 'unanswered') {
      throw event.failure;
    }
    const result = node.call.complete(event.response, event.request);
    finish(draft, node, token, result);
  } catch (error) {
    draft.remove(token.id);
    fail(draft, toFailure(error), node.id, token.container, token.id);
  }
}

function finish(
  draft: Draft,
  node: WorkNode,
  token: Pick<Token, 'id' | 'container'>,
  { result, responseHeaders, status }: CallResult,
): void {
  draft.set(node.output, result, token.container);
  if (responseHeaders) {
    draft.lastResponse = { ...draft.lastResponse, responseHeaders };
  }
  if (status) {
    draft.lastResponse = {
      ...draft.lastResponse,
      statusCode: status.code,
      statusMessage: status.message,
    };
  }
  leave(draft, token.id, node, token.container, result);
}
