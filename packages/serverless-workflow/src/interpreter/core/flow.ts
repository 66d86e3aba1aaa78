import { Json } from '../../model';
import { JoinNode, PlanNode } from '../plan/Plan';
import { Draft } from './Draft';
import { TokenId, Work } from './InstanceState';
import { cancelMembers, cancelToken } from './cancel';

/** Puts things to do on top of what is left to do; the first of them comes first. */
export function push(draft: Draft, works: readonly Work[]): void {
  for (let index = works.length - 1; index >= 0; index--) {
    draft.work = { ...works[index], next: draft.work };
  }
}

/** A node is done: notes it and follows its ways out. */
export function leave(
  draft: Draft,
  id: TokenId,
  node: PlanNode,
  container: TokenId,
  output?: Json,
): void {
  draft.effects.push({ type: 'left', token: id, status: 'completed', output });
  const token = draft.tokens.get(id);
  if (token) {
    draft.remove(id);
    if (token.race !== undefined) {
      cancelRivals(draft, token.race, container);
    }
  }
  follow(draft, node, container);
}

/** Goes on to the targets of a node. */
export function follow(draft: Draft, node: PlanNode, container: TokenId): void {
  if (node.compensatedBy !== undefined) {
    draft.completed = [...draft.completed, node.compensatedBy];
  }
  push(
    draft,
    node.outgoing.map(target => ({
      node: target,
      container,
      from: node.id,
    })),
  );
}

function cancelRivals(draft: Draft, race: TokenId, container: TokenId): void {
  for (const rival of draft.membersOf(container)) {
    if (rival.race === race) {
      cancelToken(draft, rival);
    }
  }
}

/** All targets, each with a token set aside, so that the container is not taken for empty. */
export function fork(
  draft: Draft,
  node: PlanNode,
  container: TokenId,
  race: TokenId | undefined,
): void {
  push(
    draft,
    node.outgoing.map(target => {
      const token = draft.newTokenId();
      draft.put({ id: token, node: target, container, members: 0, race });
      return { node: target, container, from: node.id, token };
    }),
  );
}

/** Ends what is still going on inside a container, and the container with it. */
export function completeContainer(
  draft: Draft,
  id: TokenId,
  output?: Json,
): void {
  const token = draft.tokens.get(id);
  if (token) {
    cancelMembers(draft, id);
    leave(draft, id, draft.node(token.node), token.container, output);
  }
}

/** How many ways into a join must be taken before it lets the flow pass. */
export function isSatisfied(
  join: JoinNode,
  arrived: readonly number[],
  needed: number,
): boolean {
  return join.mode === 'some'
    ? arrived.length >= needed
    : join.incoming.every(from => arrived.includes(from));
}
