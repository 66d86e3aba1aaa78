import {
  BulkFilter,
  BulkRequest,
  BulkResult,
} from '@open-orchestrator/backstage-plugin-orchestrator-common';

/** Which instances are meant: named ones, or all that match. */
export type BulkTarget = { ids: string[] } | { filter: BulkFilter };

export type BulkItem = BulkResult['results'][number];

export type BulkAction = 'abort' | 'retry';

type Send = (request: BulkRequest) => Promise<BulkResult>;

/** So many at once that one sees it go on. */
const batchSize = 50;

/** The API takes no more in one request. */
const mostIds = 500;

function chunks(ids: string[], size: number): string[][] {
  const count = Math.ceil(ids.length / size);
  return Array.from({ length: count }, (_, index) =>
    ids.slice(index * size, (index + 1) * size),
  );
}

/** How many of the meant instances the caller may act on now. */
export async function countBulk(
  send: Send,
  target: BulkTarget,
): Promise<number> {
  const targets =
    'ids' in target
      ? chunks(target.ids, mostIds).map(ids => ({ ids }))
      : [target];
  let total = 0;
  for (const each of targets) {
    total += (await send({ ...each, preview: true })).total;
  }
  return total;
}

/**
 * Acts batch by batch and yields what became of each instance. One that fails matches the filter
 * again, so it may come back: what it came to last counts, and a batch of which everything is known
 * already is the last one.
 */
export async function* runBulk(
  send: Send,
  target: BulkTarget,
  reason: string,
): AsyncGenerator<BulkItem[]> {
  const why = reason ? { reason } : {};
  if ('ids' in target) {
    for (const ids of chunks(target.ids, batchSize)) {
      yield (await send({ ids, ...why })).results;
    }
    return;
  }
  const known = new Set<string>();
  for (;;) {
    const { results, more } = await send({ ...target, ...why });
    yield results;
    const hasNew = results.some(({ id }) => !known.has(id));
    results.forEach(({ id }) => known.add(id));
    if (!more || !hasNew) return;
  }
}
