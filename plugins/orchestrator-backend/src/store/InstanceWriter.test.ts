import { EngineInstanceSummary } from '@open-orchestrator/backstage-plugin-orchestrator-node';
import { Knex } from 'knex';
import { instanceRecord } from '../__testUtils__/records';
import { SeededRandom } from '../__testUtils__/random';
import {
  clearDatabase,
  createDatabase,
  databaseIds,
} from '../__testUtils__/testDatabases';
import { isPostgres } from '../database';
import { InstanceStore } from './InstanceStore';
import { InstanceWriter } from './InstanceWriter';

const DISPATCHED = 1_700_000_000_000;
const at = (ms: number) => new Date(DISPATCHED + ms).toISOString();

describe.each(databaseIds)('InstanceWriter on %s', databaseId => {
  let knex: Knex;
  let store: InstanceStore;
  let writer: InstanceWriter;

  const summary = (
    fields: Partial<EngineInstanceSummary> = {},
  ): EngineInstanceSummary => ({
    engineInstanceId: 'e-1',
    workflowId: 'greet',
    state: 'ACTIVE',
    startedAt: at(10),
    ...fields,
  });

  const dispatchedRun = (id: string, fields = {}) =>
    writer.insert(
      instanceRecord({
        id,
        engineInstanceId: undefined,
        state: 'PENDING',
        startedAt: undefined,
        initiator: 'user:default/ada',
        createdAt: DISPATCHED,
        dispatchedAt: DISPATCHED,
        ...fields,
      }),
    );

  const all = async () => knex('instance').orderBy('id');

  beforeAll(async () => {
    knex = await createDatabase(databaseId);
  });

  beforeEach(async () => {
    await clearDatabase(knex);
    store = InstanceStore.create({ knex, engine: 'scripted' });
    writer = InstanceWriter.create({ knex, engine: 'scripted' });
  });

  afterAll(() => knex.destroy());

  it('lets the database plan by the rows that there are now', async () => {
    await knex.raw('ANALYZE instance');
    await writer.observe(
      Array.from({ length: 600 }, (_, i) =>
        summary({ engineInstanceId: `e-${i}` }),
      ),
      DISPATCHED + 20,
    );
    await writer.planAnew();
    // SQLite plans by its indexes alone.
    const { rows } = isPostgres(knex)
      ? await knex('pg_class')
          .where('relname', 'instance')
          .first('reltuples as rows')
      : { rows: (await all()).length };
    expect(rows).toBe(600);
  });

  it('adds an instance that was started elsewhere under the id of the engine', async () => {
    const { changedIds } = await writer.observe([summary()], DISPATCHED + 20);

    expect(changedIds).toEqual(['e-1']);
    expect(await store.find('e-1')).toMatchObject({
      id: 'e-1',
      engineInstanceId: 'e-1',
      createdAt: DISPATCHED + 10,
      state: 'ACTIVE',
    });
    expect((await store.find('e-1'))?.initiator).toBeUndefined();
  });

  it('changes nothing when it sees the same again', async () => {
    await writer.observe([summary()], DISPATCHED + 20);
    expect(await writer.observe([summary()], DISPATCHED + 30)).toEqual({
      changedIds: [],
      rivals: [],
    });
  });

  it('takes the later word on an instance that comes twice in one page', async () => {
    await writer.observe(
      [summary(), summary({ state: 'COMPLETED', endedAt: at(15) })],
      DISPATCHED + 20,
    );
    expect(await store.find('e-1')).toMatchObject({
      state: 'COMPLETED',
      durationMs: 5,
    });
    expect(await all()).toHaveLength(1);
  });

  it('stores nothing when what belongs to it can’t be stored', async () => {
    await expect(
      writer.observe([summary()], DISPATCHED + 20, async () => {
        throw new Error('lease lost');
      }),
    ).rejects.toThrow('lease lost');
    expect(await all()).toEqual([]);
  });

  describe('binding a run', () => {
    it('happens when the feed comes first and knows the key', async () => {
      await dispatchedRun('run-1');
      await writer.observe(
        [summary({ businessKey: 'run-1' })],
        DISPATCHED + 20,
      );

      expect(await store.find('run-1')).toMatchObject({
        engineInstanceId: 'e-1',
        state: 'ACTIVE',
        initiator: 'user:default/ada',
        createdAt: DISPATCHED,
      });
      expect(await all()).toHaveLength(1);
    });

    it('also finds a run whose start was unknown for long', async () => {
      await dispatchedRun('run-1', { attention: 'unconfirmed' });
      await writer.observe(
        [summary({ businessKey: 'run-1' })],
        DISPATCHED + 20,
      );

      const found = await store.find('run-1');
      expect(found).toMatchObject({ state: 'ACTIVE' });
      expect(found?.attention).toBeUndefined();
    });

    it('corrects a run that was thought not to have started', async () => {
      await dispatchedRun('run-1', {
        state: 'ABORTED',
        endReason: 'not-started',
        endedAt: DISPATCHED + 5,
        errorMessage: 'The engine could not be reached.',
      });
      await writer.observe(
        [summary({ businessKey: 'run-1' })],
        DISPATCHED + 20,
      );

      const found = await store.find('run-1');
      expect(found).toMatchObject({ state: 'ACTIVE', engineInstanceId: 'e-1' });
      expect(found?.endReason).toBeUndefined();
      expect(found?.endedAt).toBeUndefined();
      expect(found?.errorMessage).toBeUndefined();
    });

    it('makes a second claimant a row of its own, without initiator', async () => {
      await dispatchedRun('run-1');
      const { rivals } = await writer.observe(
        [
          summary({ businessKey: 'run-1' }),
          summary({ engineInstanceId: 'e-2', businessKey: 'run-1' }),
        ],
        DISPATCHED + 20,
      );

      expect(rivals).toEqual([{ runId: 'run-1', engineInstanceId: 'e-2' }]);
      expect((await store.find('run-1'))?.engineInstanceId).toBe('e-1');
      expect((await store.find('e-2'))?.initiator).toBeUndefined();
    });

    it.each([
      ['a child that inherited the key', { parentId: 'e-0' }],
      ['an instance of another workflow', { workflowId: 'other' }],
      ['an instance from before the request', { startedAt: at(-3_600_000) }],
    ])('is not done with %s', async (_, fields) => {
      await dispatchedRun('run-1');
      const { rivals } = await writer.observe(
        [summary({ businessKey: 'run-1', ...fields })],
        DISPATCHED + 20,
      );

      expect(rivals).toEqual([]);
      expect((await store.find('run-1'))?.engineInstanceId).toBeUndefined();
      expect((await store.find('e-1'))?.id).toBe('e-1');
    });

    it('is not done with a run that was never dispatched', async () => {
      await dispatchedRun('run-1', { dispatchedAt: undefined });
      await writer.observe(
        [summary({ businessKey: 'run-1' })],
        DISPATCHED + 20,
      );
      expect((await store.find('run-1'))?.engineInstanceId).toBeUndefined();
    });
  });

  describe('with a retention of one second', () => {
    const keeping = () =>
      InstanceWriter.create({ knex, engine: 'scripted', retentionMs: 1_000 });

    it('deletes what finished longer ago, and nothing else', async () => {
      await writer.insert(instanceRecord({ id: 'running', createdAt: 1 }));
      for (const [id, state, endedAt] of [
        ['failed', 'ERROR', 1],
        ['old', 'COMPLETED', 4_999],
        ['older', 'ABORTED', 1],
        ['recent', 'COMPLETED', 5_000],
      ] as const) {
        await writer.insert(instanceRecord({ id, state, endedAt }));
      }
      await writer.insert(
        instanceRecord({
          id: 'other',
          engine: 'other',
          state: 'COMPLETED',
          endedAt: 1,
        }),
      );

      expect(await keeping().deleteExpired(6_000, 1)).toBe(1);
      expect(await keeping().deleteExpired(6_000, 10)).toBe(1);
      expect(await keeping().deleteExpired(6_000, 10)).toBe(0);
      expect((await all()).map(({ id }) => id)).toEqual([
        'failed',
        'other',
        'recent',
        'running',
      ]);
    });

    it('takes in nothing that it would delete again', async () => {
      await keeping().observe(
        [
          summary({ state: 'COMPLETED', endedAt: at(0) }),
          summary({
            engineInstanceId: 'e-2',
            state: 'COMPLETED',
            endedAt: at(1_500),
          }),
        ],
        DISPATCHED + 2_000,
      );
      expect((await all()).map(({ id }) => id)).toEqual(['e-2']);
    });

    it('keeps everything without the setting', async () => {
      await writer.insert(instanceRecord({ state: 'COMPLETED', endedAt: 1 }));
      expect(await writer.deleteExpired(Date.now(), 10)).toBe(0);
    });
  });

  it('ends in the same rows whatever the order of observations', async () => {
    const history: [EngineInstanceSummary, number][] = [
      [summary(), DISPATCHED + 20],
      [summary({ state: 'ERROR' }), DISPATCHED + 30],
      [summary({ state: 'ERROR', errorMessage: 'no route' }), DISPATCHED + 40],
      [summary({ state: 'ACTIVE' }), DISPATCHED + 50],
      [summary({ state: 'COMPLETED' }), DISPATCHED + 60],
      [summary({ state: 'COMPLETED', endedAt: at(55) }), DISPATCHED + 70],
    ];
    const outcomes = new Set<string>();
    for (let seed = 1; seed <= 30; seed++) {
      await knex('instance').delete();
      const order = new SeededRandom(seed).shuffled(history);
      for (const [seen, observedAt] of [...order, history[5]]) {
        await writer.observe([seen], observedAt);
      }
      const [{ state, ended_at, error_message, duration_ms }] = await all();
      outcomes.add(
        JSON.stringify([
          state,
          Number(ended_at),
          error_message,
          Number(duration_ms),
        ]),
      );
    }
    expect([...outcomes]).toEqual([
      JSON.stringify(['COMPLETED', DISPATCHED + 55, null, 45]),
    ]);
  });
});
