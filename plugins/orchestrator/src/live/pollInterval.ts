import { Query } from '@tanstack/react-query';
import { isOrchestratorError } from '@open-orchestrator/backstage-plugin-orchestrator-common';

type PolledQuery = Pick<Query, 'state'>;

const longestMs = 60_000;

/** What the API refuses for a moment only: a request that took too long, or one too many. */
const passingRefusals = [408, 429];

/** How often a query had failed when its newest data came. */
interface LastSuccess {
  dataUpdateCount: number;
  errorUpdateCount: number;
}

const lastSuccesses = new WeakMap<PolledQuery, LastSuccess>();

/** TanStack Query's `fetchFailureCount` counts the attempts of one fetch only, so this counts anew. */
function failuresInRow(query: PolledQuery): number {
  const { dataUpdateCount, errorUpdateCount, status } = query.state;
  const known = lastSuccesses.get(query);
  if (known?.dataUpdateCount === dataUpdateCount) {
    return Math.max(0, errorUpdateCount - known.errorUpdateCount);
  }
  const failures = status === 'error' ? 1 : 0;
  lastSuccesses.set(query, {
    dataUpdateCount,
    errorUpdateCount: errorUpdateCount - failures,
  });
  return failures;
}

/** True for what stays refused until the viewer, the permissions or the address change. */
function isRefused({ state: { error } }: PolledQuery): boolean {
  return (
    isOrchestratorError(error) &&
    error.status >= 400 &&
    error.status < 500 &&
    !passingRefusals.includes(error.status)
  );
}

/**
 * When to ask again, for what no signal announces: each failure in a row doubles the wait, up to a
 * minute. What is refused is not asked for again by itself. Hidden tabs do not ask at all (TanStack
 * Query's default).
 */
export function pollEvery(intervalMs: number) {
  return (query: PolledQuery): number | false =>
    isRefused(query)
      ? false
      : Math.min(longestMs, intervalMs * 2 ** failuresInRow(query));
}
