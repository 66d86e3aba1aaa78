import { Query } from '@tanstack/react-query';

const longestMs = 60_000;

/**
 * When to ask again, for what no signal announces: each failure in a row doubles the wait, up to a
 * minute. Hidden tabs do not ask at all (TanStack Query's default).
 */
export function pollEvery(intervalMs: number) {
  return (query: Pick<Query, 'state'>): number => {
    const { fetchFailureCount, status } = query.state;
    const failures = status === 'error' ? Math.max(1, fetchFailureCount) : 0;
    return Math.min(longestMs, intervalMs * 2 ** failures);
  };
}
