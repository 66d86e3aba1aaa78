import { PROCESS } from '../plan/Plan';
import { cancelToken } from './cancel';
import { Draft } from './Draft';
import { end } from './enterNode';
import { follow } from './flow';
import { InstanceError, InstanceState, TokenId } from './InstanceState';

/** Goes on from the failed node, which is entered anew; the rest follows as if nothing had been. */
export function retry(draft: Draft): void {
  const error = takeError(draft);
  if (error) {
    draft.work = {
      node: error.node ?? draft.environment.plan.start ?? PROCESS,
      container: error.container,
      next: draft.work,
    };
  }
}

/** Goes on behind the failed node as if it had ended without a result. */
export function skip(draft: Draft): void {
  const error = takeError(draft);
  if (error?.node === undefined) {
    return;
  }
  const node = draft.node(error.node);
  if (node.kind === 'end') {
    end(draft, error.container, node.terminate);
  } else {
    follow(draft, node, error.container);
  }
}

/** Ends an open node, with all that is inside of it, and enters it again. */
export function retrigger(draft: Draft, id: TokenId): void {
  const token = draft.tokens.get(id);
  if (!token) {
    return;
  }
  const { node, container, race } = token;
  if (draft.error && isInside(draft, draft.error.container, id)) {
    takeError(draft);
  }
  cancelToken(draft, token);
  const again = draft.newTokenId();
  draft.put({ id: again, node, container, members: 0, race });
  draft.work = { node, container, token: again, next: draft.work };
}

/** Whether a container is, or is inside of, another one. */
export function isInside(
  { tokens }: Pick<InstanceState, 'tokens'>,
  container: TokenId,
  outer: TokenId,
): boolean {
  for (
    let token = tokens.get(container);
    token;
    token = tokens.get(token.container)
  ) {
    if (token.id === outer) {
      return true;
    }
  }
  return false;
}

function takeError(draft: Draft): InstanceError | undefined {
  const { error } = draft;
  if (draft.status !== 'ERROR' || !error) {
    return undefined;
  }
  draft.status = 'ACTIVE';
  draft.error = undefined;
  return error;
}
