import { EngineInstanceSummary } from '@open-orchestrator/backstage-plugin-orchestrator-node';
import { InstanceIndex } from './InstanceIndex';

function summary(
  id: string,
  more: Partial<EngineInstanceSummary> = {},
): EngineInstanceSummary {
  return {
    engineInstanceId: id,
    workflowId: 'w',
    state: 'ACTIVE',
    startedAt: '2026-01-01T00:00:00.000Z',
    ...more,
  };
}

function idsSince(index: InstanceIndex, cursor?: string, limit = 100) {
  const page = index.changesSince(cursor, limit);
  return {
    ids: page.summaries.map(({ engineInstanceId }) => engineInstanceId),
    cursor: page.nextCursor,
    more: page.more,
  };
}

const LATER = '2026-01-02T00:00:00.000Z';

describe('InstanceIndex', () => {
  describe('as a feed', () => {
    it('tells each instance once, where it changed last', () => {
      const index = InstanceIndex.create(10);
      index.put([summary('a'), summary('b')]);
      index.put([summary('a', { state: 'COMPLETED' })]);

      expect(idsSince(index).ids).toEqual(['b', 'a']);
    });

    it('pages without losing or repeating', () => {
      const index = InstanceIndex.create(10);
      index.put(['a', 'b', 'c'].map(id => summary(id)));

      const first = idsSince(index, undefined, 2);
      const second = idsSince(index, first.cursor, 2);

      expect(first).toMatchObject({ ids: ['a', 'b'], more: true });
      expect(second).toMatchObject({ ids: ['c'], more: false });
      expect(idsSince(index, second.cursor).ids).toEqual([]);
    });

    it('tells a change that came after the cursor', () => {
      const index = InstanceIndex.create(10);
      index.put([summary('a'), summary('b')]);
      const { cursor } = idsSince(index);

      index.put([summary('a', { waitingFor: 'event x' })]);

      expect(idsSince(index, cursor).ids).toEqual(['a']);
    });

    it.each([
      ['a garbled one', 'garbled'],
      ['one of an earlier start', 'abcdef01:1'],
      ['an empty one', ''],
    ])('begins at the beginning with %s', (_which, cursor) => {
      const index = InstanceIndex.create(10);
      index.put([summary('a'), summary('b')]);

      expect(idsSince(index, cursor).ids).toEqual(['a', 'b']);
    });

    it('says whether anything changed', () => {
      const index = InstanceIndex.create(10);

      expect(index.put([summary('a')])).toBe(true);
      expect(index.put([summary('a')])).toBe(false);
      expect(index.put([summary('a', { state: 'ERROR' })])).toBe(true);
    });

    it('stays small however often instances change', () => {
      const index = InstanceIndex.create(10);
      for (let turn = 0; turn < 5_000; turn++) {
        index.put([summary('a', { waitingFor: `event ${turn}` })]);
      }

      expect(idsSince(index, undefined, 1)).toMatchObject({
        ids: ['a'],
      });
    });
  });

  it('drops the oldest finished instances, never unfinished ones', () => {
    const index = InstanceIndex.create(2);
    index.put([summary('running'), summary('failed', { state: 'ERROR' })]);
    for (const id of ['a', 'b', 'c']) {
      index.put([summary(id, { state: 'COMPLETED' })]);
    }

    expect(index.summaries(['running', 'failed', 'a', 'b', 'c'])).toMatchObject(
      {
        summaries: ['running', 'failed', 'b', 'c'].map(engineInstanceId => ({
          engineInstanceId,
        })),
        unknownIds: ['a'],
      },
    );
  });

  it('drops failed instances whose details are gone', () => {
    const index = InstanceIndex.create(1);
    index.put([summary('failed', { state: 'ERROR' })]);
    index.markDetailsGone(['failed']);

    index.put([summary('a', { state: 'COMPLETED' })]);

    expect(index.get('failed')).toBeUndefined();
  });

  it('ends what had not ended when the engine is lost', () => {
    const index = InstanceIndex.create(10);
    index.put([
      summary('waiting', { waitingFor: 'event x' }),
      summary('failed', { state: 'ERROR', errorMessage: 'boom' }),
      summary('done', { state: 'COMPLETED', endedAt: LATER }),
    ]);
    const { cursor } = idsSince(index);

    index.loseUnfinished(LATER);

    expect(idsSince(index, cursor).ids).toEqual(['waiting', 'failed']);
    expect(index.get('waiting')).toEqual(
      summary('waiting', {
        state: 'ABORTED',
        endReason: 'engine-lost',
        endedAt: LATER,
        waitingFor: undefined,
      }),
    );
    expect(index.get('failed')).toMatchObject({ errorMessage: 'boom' });
    expect(index.get('done')).toMatchObject({ state: 'COMPLETED' });
    expect(index.areDetailsGone('done')).toBe(true);
  });

  it('finds the instance of a run request, not its sub-workflows', () => {
    const index = InstanceIndex.create(10);
    index.put([
      summary('child', { businessKey: 'key', parentId: 'parent' }),
      summary('parent', { businessKey: 'key' }),
    ]);

    expect(index.findByBusinessKey('key')?.engineInstanceId).toBe('parent');
    expect(index.findByBusinessKey('other')).toBeUndefined();
  });

  describe('window', () => {
    const index = InstanceIndex.create(10);
    index.put([
      summary('c', { startedAt: '2026-01-01T00:00:02Z' }),
      summary('b', { startedAt: '2026-01-01T00:00:01.5Z', state: 'ERROR' }),
      summary('a', { startedAt: '2026-01-01T00:00:02.000Z' }),
      summary('end', { startedAt: '2026-01-01T00:00:03Z' }),
    ]);
    const window = {
      from: '2026-01-01T00:00:01.500Z',
      to: '2026-01-01T00:00:03Z',
    };
    const ids = (page: { summaries: EngineInstanceSummary[] }) =>
      page.summaries.map(({ engineInstanceId }) => engineInstanceId);

    it('is half open, in order of start, ties by id', () => {
      const page = index.window(window, { offset: 0, limit: 10 });

      expect(ids(page)).toEqual(['b', 'a', 'c']);
      expect(page.more).toBe(false);
    });

    it('pages', () => {
      const first = index.window(window, { offset: 0, limit: 2 });
      const second = index.window(window, { offset: 2, limit: 2 });

      expect([ids(first), first.more]).toEqual([['b', 'a'], true]);
      expect([ids(second), second.more]).toEqual([['c'], false]);
    });

    it('keeps to the wanted states', () => {
      const page = index.window(
        { ...window, states: ['ERROR'] },
        { offset: 0, limit: 10 },
      );

      expect(ids(page)).toEqual(['b']);
    });
  });
});
