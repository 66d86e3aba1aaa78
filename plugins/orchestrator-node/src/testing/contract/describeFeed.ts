import { randomUUID } from 'node:crypto';
import type { EngineInstanceSummary, WorkflowEngine } from '../../engine';
import { contractWorkflowIds } from '../contractWorkflows';
import { EngineContract } from '../EngineContract';
import { eventually } from '../eventually';
import { start } from './instances';

/** Reads the feed to its end, page by page, and keeps the last word on each instance. */
async function readFeed(
  engine: WorkflowEngine,
  cursor: string | undefined,
  limit: number,
): Promise<{ known: Map<string, EngineInstanceSummary>; cursor: string }> {
  const known = new Map<string, EngineInstanceSummary>();
  let page = await engine.changes(cursor, limit);
  for (;;) {
    expect(page.summaries.length).toBeLessThanOrEqual(limit);
    page.summaries.forEach(each => known.set(each.engineInstanceId, each));
    if (!page.more) {
      return { known, cursor: page.nextCursor };
    }
    page = await engine.changes(page.nextCursor, limit);
  }
}

/** What the backend's instance store is made of. */
export function describeFeed(contract: () => EngineContract): void {
  const { approval, failing, greeting } = contractWorkflowIds;
  const later = <T>(assertion: () => Promise<T>) =>
    eventually(contract().patienceMs, assertion);

  /** One instance in each state that an engine reaches. */
  async function startOfEachKind() {
    const aborted = await start(contract(), approval);
    await contract().engine.abort(aborted);
    return {
      [await start(contract(), greeting, { name: 'Ada' })]: 'COMPLETED',
      [await start(contract(), approval)]: 'ACTIVE',
      [await start(contract(), failing)]: 'ERROR',
      [aborted]: 'ABORTED',
    };
  }

  describe('the feed', () => {
    it.each([1, 3, 1_000])(
      'tells every instance from the beginning, in pages of %i',
      async limit => {
        const { engine } = contract();
        const expected = await startOfEachKind();

        await later(async () => {
          const { known } = await readFeed(engine, undefined, limit);
          for (const [id, state] of Object.entries(expected)) {
            expect(known.get(id)?.state).toBe(state);
          }
        });
      },
    );

    it('tells what happened after a cursor', async () => {
      const { engine } = contract();
      const waiting = await start(contract(), approval);
      await later(async () => {
        const { summaries } = await engine.summaries([waiting]);
        expect(summaries).toMatchObject([{ state: 'ACTIVE' }]);
      });
      const { cursor } = await readFeed(engine, undefined, 100);

      await engine.abort(waiting);
      const started = await start(contract(), greeting, { name: 'Ada' });

      await later(async () => {
        const { known } = await readFeed(engine, cursor, 100);
        expect(known.get(waiting)?.state).toBe('ABORTED');
        expect(known.get(started)?.state).toBe('COMPLETED');
      });
    });

    it('says the same as the summaries do', async () => {
      const { engine } = contract();
      const ids = Object.keys(await startOfEachKind());

      await later(async () => {
        const { known } = await readFeed(engine, undefined, 1_000);
        const { summaries } = await engine.summaries(ids);
        expect(summaries).toHaveLength(ids.length);
        for (const summary of summaries) {
          expect(known.get(summary.engineInstanceId)).toEqual(summary);
        }
      });
    });
  });

  it('summaries name the ids that nobody knows', async () => {
    const { engine } = contract();
    const id = await start(contract(), greeting, { name: 'Ada' });
    const unknown = randomUUID();

    await later(async () => {
      const answer = await engine.summaries([unknown, id]);
      expect(answer.summaries).toMatchObject([{ engineInstanceId: id }]);
      expect(answer.unknownIds).toEqual([unknown]);
    });
    expect(await engine.summaries([])).toEqual({
      summaries: [],
      unknownIds: [],
    });
  });

  describe('a window', () => {
    /** The whole window, read in pages. */
    async function read(from: string, to: string, states?: ['ACTIVE']) {
      const { engine } = contract();
      const ids: string[] = [];
      for (let offset = 0; ; offset += 2) {
        const page = await engine.window(
          { from, to, states },
          { offset, limit: 2 },
        );
        ids.push(...page.summaries.map(each => each.engineInstanceId));
        if (!page.more) {
          return ids;
        }
      }
    }

    const FOREVER = ['2000-01-01T00:00:00Z', '2100-01-01T00:00:00Z'] as const;

    it('has each instance that started in it, once', async () => {
      const expected = Object.keys(await startOfEachKind());

      await later(async () => {
        const ids = await read(...FOREVER);
        expect(ids).toEqual(expect.arrayContaining(expected));
        expect(new Set(ids).size).toBe(ids.length);
      });
    });

    it('begins with its first moment and ends before its last', async () => {
      const { engine } = contract();
      const id = await start(contract(), greeting, { name: 'Ada' });
      const startedAt = await later(async () => {
        const [summary] = (await engine.summaries([id])).summaries;
        return new Date(summary.startedAt ?? '').toISOString();
      });
      const next = new Date(Date.parse(startedAt) + 1).toISOString();

      expect(await read(startedAt, next)).toContain(id);
      expect(await read(next, FOREVER[1])).not.toContain(id);
      expect(await read(FOREVER[0], startedAt)).not.toContain(id);
    });

    it('keeps to the wanted states', async () => {
      const started = Object.entries(await startOfEachKind());

      await later(async () => {
        const ids = await read(...FOREVER, ['ACTIVE']);
        for (const [id, state] of started) {
          expect(ids.includes(id)).toBe(state === 'ACTIVE');
        }
      });
    });
  });

  it('wakes its listeners until they unsubscribe', async () => {
    const { engine } = contract();
    const [staying, leaving] = [jest.fn(), jest.fn()];
    const stay = engine.onChange?.(staying);
    const leave = engine.onChange?.(leaving);
    if (!stay || !leave) {
      return;
    }
    leave();

    await start(contract(), greeting, { name: 'Ada' });

    await later(async () => expect(staying).toHaveBeenCalled());
    expect(leaving).not.toHaveBeenCalled();
    stay();
  });
}
