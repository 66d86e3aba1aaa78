import type { InstanceSummarySnapshot } from '@open-orchestrator/serverless-workflow/runtime';
import { KeptInstances } from './KeptInstances';

function keep(limits: { maxFinished: number; maxBytes: number }, size = 10) {
  const evicted: string[] = [];
  const forget = jest.fn();
  const kept = KeptInstances.create({
    ...limits,
    runtime: { heldBytes: () => size, forget },
    onEvicted: ids => evicted.push(...ids),
  });
  const note = (
    id: string,
    state: InstanceSummarySnapshot['state'],
    revision = 'r1',
  ) => kept.note({ id, state, revision } as InstanceSummarySnapshot);
  return { kept, note, evicted, forget };
}

const nextTurn = () =>
  new Promise(resolve => {
    setImmediate(resolve);
  });

describe('KeptInstances', () => {
  it('drops the details of those that finished first when there are too many', async () => {
    const { note, evicted, forget } = keep({ maxFinished: 2, maxBytes: 1_000 });

    note('a', 'ACTIVE');
    note('b', 'COMPLETED');
    note('c', 'ABORTED');
    note('a', 'COMPLETED');
    note('d', 'ERROR');
    await nextTurn();

    expect(evicted).toEqual(['b', 'c']);
    expect(forget.mock.calls).toEqual([['b'], ['c']]);
  });

  it('drops them when they are too large together', async () => {
    const { note, evicted } = keep({ maxFinished: 100, maxBytes: 30 });

    ['a', 'b', 'c', 'd'].forEach(id => note(id, 'COMPLETED'));
    await nextTurn();

    expect(evicted).toEqual(['a']);
  });

  it('never drops what has not finished', async () => {
    const { note, evicted } = keep({ maxFinished: 1, maxBytes: 10 });

    ['a', 'b', 'c'].forEach(id => note(id, 'ACTIVE'));
    await nextTurn();

    expect(evicted).toEqual([]);
  });

  it('keeps a failed instance that was retried', async () => {
    const { note, evicted } = keep({ maxFinished: 1, maxBytes: 1_000 });

    note('failed', 'ERROR');
    note('failed', 'ACTIVE');
    note('a', 'COMPLETED');
    note('b', 'COMPLETED');
    await nextTurn();

    expect(evicted).toEqual(['a']);
  });

  it('counts unfinished instances by revision', () => {
    const { kept, note } = keep({ maxFinished: 10, maxBytes: 1_000 });

    note('a', 'ACTIVE', 'old');
    note('b', 'ACTIVE', 'new');
    note('c', 'ACTIVE', 'new');
    note('c', 'COMPLETED', 'new');
    note('d', 'COMPLETED', 'ended');

    expect(Object.fromEntries(kept.byRevision())).toEqual({
      old: 1,
      new: 1,
      ended: 0,
    });
  });
});
