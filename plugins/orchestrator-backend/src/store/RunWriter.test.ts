import { EngineInstanceSummary } from '@open-orchestrator/backstage-plugin-orchestrator-node';
import { Knex } from 'knex';
import { instanceRecord } from '../__testUtils__/records';
import { eventually } from '../__testUtils__/startPortal';
import {
  clearDatabase,
  createDatabase,
  databaseIds,
} from '../__testUtils__/testDatabases';
import { isPostgres, isUniqueViolation } from '../database';
import { InstanceRecord, instanceToRow } from './InstanceRecord';
import { InstanceStore } from './InstanceStore';
import { InstanceWriter } from './InstanceWriter';
import { RunWriter } from './RunWriter';

const DISPATCHED = 1_700_000_000_000;
const ADA = 'user:default/ada';
const at = (ms: number) => new Date(DISPATCHED + ms).toISOString();

describe.each(databaseIds)('RunWriter on %s', databaseId => {
  let knex: Knex;
  let store: InstanceStore;
  let feed: InstanceWriter;
  let runs: RunWriter;

  const run = (id: string, fields: Partial<InstanceRecord> = {}) =>
    instanceRecord({
      id,
      engineInstanceId: undefined,
      state: 'PENDING',
      startedAt: undefined,
      initiator: ADA,
      createdAt: DISPATCHED,
      dispatchedAt: DISPATCHED,
      ...fields,
    });

  const shown = (
    fields: Partial<EngineInstanceSummary> = {},
  ): EngineInstanceSummary => ({
    engineInstanceId: 'e-1',
    workflowId: 'greet',
    state: 'ACTIVE',
    startedAt: at(10),
    ...fields,
  });

  /**
   * Lets all rows be stored at once where a database does that: each statement has counted when it
   * comes upon a row of the same id, of which it can't know yet whether it will stay.
   */
  const heldUp = async <T>(ids: string[], work: () => Promise<T>) => {
    if (!isPostgres(knex)) {
      return work();
    }
    const other = await knex.transaction();
    await other('instance').insert(
      ids.map(id => instanceToRow(run(id, { initiator: undefined }))),
    );
    const done = work();
    await eventually(
      async () => {
        await other.raw('SELECT pg_stat_clear_snapshot()');
        return other('pg_stat_activity')
          .where('wait_event_type', 'Lock')
          .whereRaw('datname = current_database()');
      },
      waiting => expect(waiting).toHaveLength(ids.length),
    ).finally(() => other.rollback());
    return done;
  };

  beforeAll(async () => {
    knex = await createDatabase(databaseId);
  });

  beforeEach(async () => {
    await clearDatabase(knex);
    const scope = { knex, engine: 'scripted' };
    store = InstanceStore.create(scope);
    feed = InstanceWriter.create(scope);
    runs = RunWriter.create(scope);
  });

  afterAll(() => knex.destroy());

  describe('storing a run', () => {
    it('keeps every field of it', async () => {
      const record = run('run-1', {
        workflowVersion: '2',
        reference: 'ticket 7',
        entityRef: 'component:default/payments',
        idempotencyKey: 'k',
        requestHash: 'h',
      });
      expect(await runs.insertWithin(record, 100)).toBe(true);
      expect(await store.find('run-1')).toEqual(record);
    });

    it('takes one statement far below the quota', async () => {
      const statements: string[] = [];
      const note = ({ sql }: { sql: string }) => statements.push(sql);
      knex.on('query', note);
      await runs.insertWithin(run('run-1'), 5_000);
      knex.removeListener('query', note);
      expect(statements).toHaveLength(1);
    });

    it.each([
      ['far below the quota', 5_000],
      ['near the quota', 2],
    ])('refuses a key that is in use, %s', async (_, quota) => {
      const key = { idempotencyKey: 'k' };
      await runs.insertWithin(run('run-1', key), quota);
      const refused = runs.insertWithin(run('run-2', key), quota);
      expect(await refused.catch(isUniqueViolation)).toBe(true);
      expect(await knex('instance')).toHaveLength(1);
    });

    it('stores no more runs of one initiator than his quota, however they come', async () => {
      for (const state of ['ERROR', 'COMPLETED', 'SUSPENDED'] as const) {
        await feed.insert(run(state, { state }));
      }
      const ids = ['run-1', 'run-2', 'run-3', 'run-4'];
      const stored = await heldUp(ids, () =>
        Promise.all(ids.map(id => runs.insertWithin(run(id), 4))),
      );
      expect(stored.filter(Boolean)).toHaveLength(3);
      const initiator = 'user:default/bob';
      expect(await runs.insertWithin(run('bobs', { initiator }), 1)).toBe(true);
    });
  });

  describe('confirming a run', () => {
    beforeEach(() => runs.insertWithin(run('run-1'), 100));

    const active = { engineInstanceId: 'e-1', state: 'ACTIVE' } as const;

    it('gives the row as it is now', async () => {
      const confirmed = await runs.confirm('run-1', active);
      expect(confirmed).toMatchObject({ id: 'run-1', ...active });
      expect(await store.find('run-1')).toEqual(confirmed);
      expect((await store.find('e-1'))?.id).toBe('run-1');
    });

    it('keeps the message of one that failed at once', async () => {
      const failed = { state: 'ERROR', errorMessage: 'no route' } as const;
      await runs.confirm('run-1', { engineInstanceId: 'e-1', ...failed });
      expect(await store.find('run-1')).toMatchObject(failed);
    });

    it('ends the doubt about one that was unconfirmed', async () => {
      await feed.update('run-1', { attention: 'unconfirmed' });
      const confirmed = await runs.confirm('run-1', active);
      expect(confirmed?.attention).toBeUndefined();
    });

    it('changes nothing when the feed came first and knew the key', async () => {
      await feed.observe(
        [shown({ businessKey: 'run-1', state: 'SUSPENDED' })],
        DISPATCHED + 20,
      );
      expect(await runs.confirm('run-1', active)).toMatchObject({
        engineInstanceId: 'e-1',
        state: 'SUSPENDED',
        initiator: ADA,
        createdAt: DISPATCHED,
      });
      expect(await knex('instance')).toHaveLength(1);
    });

    it('makes one row of two when the feed came first without the key', async () => {
      await feed.observe(
        [shown({ state: 'COMPLETED', endedAt: at(30) })],
        DISPATCHED + 40,
      );
      const confirmed = await runs.confirm('run-1', active);

      expect(await knex('instance')).toHaveLength(1);
      expect(confirmed).toMatchObject({
        id: 'run-1',
        state: 'COMPLETED',
        initiator: ADA,
      });
      expect(await store.find('e-1')).toEqual(confirmed);
    });

    it('keeps who wants it stopped of the row that came first', async () => {
      const wanted = {
        abortRequestedAt: DISPATCHED + 45,
        abortedBy: 'user:default/bob',
        abortReason: 'too many',
        abortPending: true,
        abortDueAt: DISPATCHED + 50,
      };
      await feed.observe([shown()], DISPATCHED + 40);
      await feed.update('e-1', wanted);
      expect(await runs.confirm('run-1', active)).toMatchObject(wanted);
    });

    it('leaves a run with its instance when another is answered', async () => {
      await runs.confirm('run-1', active);
      const other = await runs.confirm('run-1', {
        engineInstanceId: 'e-2',
        state: 'COMPLETED',
      });
      expect(other).toMatchObject({ engineInstanceId: 'e-1', state: 'ACTIVE' });
    });

    it('finds nothing of a run that is gone', async () => {
      expect(await runs.confirm('run-0', active)).toBeUndefined();
    });
  });
});
