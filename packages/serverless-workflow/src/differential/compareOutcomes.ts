import { isDeepStrictEqual } from 'node:util';
import { NO_ANSWER, Outcome } from './Outcome';

/** How the outcomes differ. */
export interface Difference {
  what: 'data' | 'state' | 'nodes' | 'refusal';
  /** Why that is so, when it is known; see CONFORMANCE.md. */
  known?: string;
}

/** Nodes that only one of the engines shows: parts of a foreach, and the catching of an error. */
const INTERNAL_NODES =
  /^(?:ForEach(?:Split|Join)Node|Composite(?:NodeStart|NodeEnd)|BoundaryEventNode) /;

export function compareOutcomes(
  ours: Outcome,
  theirs: Outcome,
): Difference | undefined {
  if (ours.exception !== undefined && theirs.exception !== undefined) {
    return undefined;
  }
  if (theirs.exception?.includes('StackOverflowError')) {
    return { what: 'refusal', known: 'SonataFlow runs out of stack' };
  }
  if (theirs.exception === NO_ANSWER) {
    return { what: 'refusal', known: 'SonataFlow goes round in circles' };
  }
  if (ours.exception !== undefined || theirs.exception !== undefined) {
    return { what: 'refusal' };
  }
  const ourNodes = shown(ours);
  const theirNodes = shown(theirs);
  if (
    theirs.status === 5 &&
    theirNodes.length > ourNodes.length &&
    isDeepStrictEqual(theirNodes.slice(0, ourNodes.length), ourNodes)
  ) {
    return {
      what: 'nodes',
      known: 'SonataFlow starts the other elements after one has failed',
    };
  }
  if (ours.status !== theirs.status) {
    return { what: 'state' };
  }
  if (!isDeepStrictEqual(ours.data, theirs.data)) {
    return isDeepStrictEqual(withoutNulls(ours), withoutNulls(theirs))
      ? {
          what: 'data',
          known: 'SonataFlow keeps null in data that it has just made',
        }
      : { what: 'data' };
  }
  return isDeepStrictEqual(ourNodes, theirNodes)
    ? undefined
    : { what: 'nodes' };
}

function shown({ nodes }: Outcome): string[] {
  return nodes.filter(node => !INTERNAL_NODES.test(node));
}

function withoutNulls({ data }: Outcome): unknown {
  return JSON.parse(JSON.stringify(data), (_, value) => {
    if (Array.isArray(value)) {
      return value.filter(each => each !== undefined);
    }
    return value ?? undefined;
  });
}
