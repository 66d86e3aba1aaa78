import { Draft } from './Draft';
import { Effect } from './Effect';
import { Token, TokenId } from './InstanceState';

/** How a token ends. */
export type End = Omit<Extract<Effect, { type: 'left' }>, 'type' | 'token'>;

/** Ends a token and what is inside of it. */
export function cancelToken(
  draft: Draft,
  token: Token,
  end: End = { status: 'aborted' },
): void {
  cancelMembers(draft, token.id);
  draft.remove(token.id);
  if (draft.blockedOn === token.id) {
    draft.blockedOn = undefined;
  }
  draft.effects.push({ type: 'left', token: token.id, ...end });
}

/** Ends what is inside of a container. */
export function cancelMembers(draft: Draft, container: TokenId): void {
  for (const member of draft.membersOf(container)) {
    if (draft.tokens.has(member.id)) {
      cancelToken(draft, member);
    }
  }
}
