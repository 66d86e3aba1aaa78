import {
  BulkRequest,
  BulkResult,
} from '@open-orchestrator/backstage-plugin-orchestrator-common';
import { BulkItem, BulkTarget, countBulk, runBulk } from './runBulk';

const ids = (count: number) =>
  Array.from({ length: count }, (_, index) => `i${index}`);

/** Answers one request after the other, and keeps what was asked. */
function scripted(answer: (request: BulkRequest, turn: number) => BulkResult) {
  const requests: BulkRequest[] = [];
  const send = async (request: BulkRequest) => {
    requests.push(request);
    return answer(request, requests.length);
  };
  return { requests, send };
}

const done = (list: string[]): BulkItem[] =>
  list.map(id => ({ id, outcome: 'done' }));

async function outcomes(
  send: (request: BulkRequest) => Promise<BulkResult>,
  target: BulkTarget,
) {
  const items: BulkItem[] = [];
  for await (const batch of runBulk(send, target, '')) items.push(...batch);
  return items;
}

describe('runBulk', () => {
  it('acts on named instances in batches, each once', async () => {
    const { requests, send } = scripted(request => ({
      results: done(request.ids ?? []),
      total: 0,
      more: false,
    }));
    const items = await outcomes(send, { ids: ids(120) });

    expect(items.map(({ id }) => id)).toEqual(ids(120));
    expect(requests.map(request => request.ids?.length)).toEqual([50, 50, 20]);
  });

  it('goes on with a filter until nothing more is meant', async () => {
    const { requests, send } = scripted((_request, turn) => ({
      results: done([`a${turn}`]),
      total: 3 - turn,
      more: turn < 3,
    }));
    const items = await outcomes(send, { filter: { state: ['ERROR'] } });

    expect(items.map(({ id }) => id)).toEqual(['a1', 'a2', 'a3']);
    expect(requests[0]).toEqual({ filter: { state: ['ERROR'] } });
  });

  it('ends when the same instances fail over and over', async () => {
    const { requests, send } = scripted(() => ({
      results: [{ id: 'a', outcome: 'failed' }],
      total: 1000,
      more: true,
    }));
    await outcomes(send, { filter: {} });

    expect(requests).toHaveLength(2);
  });

  it('passes the reason on', async () => {
    const { requests, send } = scripted(() => ({
      results: [],
      total: 0,
      more: false,
    }));
    await runBulk(send, { ids: ['a'] }, 'Wrong release').next();

    expect(requests).toEqual([{ ids: ['a'], reason: 'Wrong release' }]);
  });
});

describe('countBulk', () => {
  it('adds up what the API counts of each part, and does nothing', async () => {
    const { requests, send } = scripted(request => ({
      results: [],
      total: request.ids?.length ?? 0,
      more: false,
    }));

    expect(await countBulk(send, { ids: ids(700) })).toBe(700);
    expect(requests.map(({ preview }) => preview)).toEqual([true, true]);
  });
});
