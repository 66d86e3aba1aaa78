import { Json } from '../../model';
import { ForEachNode, ITERATION_RESULT, WORKFLOW_DATA } from '../plan/Plan';
import { cancelMembers } from './cancel';
import { Draft } from './Draft';
import { fail } from './fail';
import { completeContainer, push } from './flow';
import { Token, Work } from './InstanceState';
import { toFailure, WorkflowFailure } from './WorkflowFailure';

/** Begins all iterations, one after the other; one that waits does not keep the next from beginning. */
export function enterForEach(
  draft: Draft,
  node: ForEachNode,
  token: Token,
): void {
  const { expressions, limits } = draft.environment;
  const items = expressions.evaluateCollection(
    node.collection,
    draft.get(WORKFLOW_DATA, token.container),
    draft.expressionContext(token.container),
  );
  if (items.length > limits.branches) {
    throw new WorkflowFailure(
      'RuntimeException',
      `The foreach state ${node.stateName} has ${items.length} elements; the limit (branches) is ${limits.branches}`,
    );
  }
  if (items.length === 0) {
    completeContainer(draft, token.id);
    return;
  }
  draft.put({ ...token, loop: { results: [], open: items.length } });
  push(
    draft,
    items.map((item, iteration) =>
      beginIteration(draft, node, token, item, iteration),
    ),
  );
}

function beginIteration(
  draft: Draft,
  node: ForEachNode,
  { id: container }: Token,
  item: Json,
  iteration: number,
): Work {
  const id = draft.newTokenId();
  const variables: Record<string, Json> = { [ITERATION_RESULT]: null };
  if (node.parameter !== undefined) {
    Object.defineProperty(variables, node.parameter, {
      value: item,
      enumerable: true,
    });
  }
  draft.put({ id, node: node.id, container, members: 0, iteration, variables });
  return { node: node.start ?? 0, container: id };
}

/** Collects the result of an iteration; the last one completes the state. */
export function endIteration(draft: Draft, iteration: Token): void {
  const result = draft.get(ITERATION_RESULT, iteration.id);
  cancelMembers(draft, iteration.id);
  draft.remove(iteration.id);
  const loop = draft.tokens.get(iteration.container);
  const node = loop && draft.node(loop.node);
  if (!loop?.loop || node?.kind !== 'foreach') {
    return;
  }
  // SonataFlow leaves out iterations that give nothing.
  const results =
    result === null ? loop.loop.results : [...loop.loop.results, result];
  const open = loop.loop.open - 1;
  draft.put({ ...loop, loop: { results, open } });
  if (open > 0) {
    return;
  }
  try {
    collect(draft, node, loop, results);
    completeContainer(draft, loop.id, [...results]);
  } catch (error) {
    draft.remove(loop.id);
    fail(draft, toFailure(error), node.id, loop.container, loop.id);
  }
}

function collect(
  draft: Draft,
  node: ForEachNode,
  loop: Token,
  results: readonly Json[],
): void {
  if (node.outputCollection === undefined) {
    return;
  }
  const assigned = draft.environment.expressions.assign(
    node.outputCollection,
    draft.get(WORKFLOW_DATA, loop.container),
    [...results],
    draft.expressionContext(loop.container),
  );
  draft.set(WORKFLOW_DATA, assigned, loop.container);
}
