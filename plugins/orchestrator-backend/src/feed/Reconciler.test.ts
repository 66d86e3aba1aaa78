import { mockServices } from '@backstage/backend-test-utils';
import { Knex } from 'knex';
import { instanceRecord } from '../__testUtils__/records';
import { ScriptedEngine } from '../__testUtils__/ScriptedEngine';
import {
  clearDatabase,
  createDatabase,
  databaseIds,
} from '../__testUtils__/testDatabases';
import { ChangePublisher } from '../live';
import { InstanceWriter } from '../store';
import { Reconciler } from './Reconciler';
import { RivalReporter } from './RivalReporter';

const NOW = Date.parse('2026-03-15T12:00:00Z');
const HOUR_MS = 3_600_000;

describe.each(databaseIds)('Reconciler on %s', databaseId => {
  let knex: Knex;
  let startedAt: number;
  const auditor = mockServices.auditor.mock({
    createEvent: async () => ({
      success: async () => {},
      fail: async () => {},
    }),
  });

  const reconcilerOf = (engine: ScriptedEngine) =>
    Reconciler.create({
      engine,
      writer: InstanceWriter.create({ knex, engine: engine.id }),
      publisher: { instancesChanged() {} } as unknown as ChangePublisher,
      rivals: RivalReporter.create({ auditor }),
    });

  /** Passes that are as far apart as they may be close. */
  const passes = async (reconciler: Reconciler, count: number) => {
    for (let i = 0; i < count; i++) {
      startedAt += 10_000;
      await reconciler.run({
        startedAt,
        signal: new AbortController().signal,
        ask: question => question(),
        checkLease: async () => {},
      });
    }
  };

  beforeAll(async () => {
    knex = await createDatabase(databaseId);
  });

  beforeEach(async () => {
    startedAt = NOW;
    await clearDatabase(knex);
  });

  afterAll(() => knex.destroy());

  it('finds what no cursor showed, however it was committed', async () => {
    const engine = new ScriptedEngine();
    for (let hours = 0.5; hours < 40; hours += 5) {
      engine.putSilently({
        state: 'COMPLETED',
        startedAt: new Date(NOW - hours * HOUR_MS).toISOString(),
      });
    }
    await passes(reconcilerOf(engine), 40);
    expect(await knex('instance')).toHaveLength(8);
  });

  it('tells of a second instance that carries the key of a run', async () => {
    const engine = new ScriptedEngine();
    const writer = InstanceWriter.create({ knex, engine: engine.id });
    const dispatchedAt = NOW - HOUR_MS / 2;
    await writer.insert(
      instanceRecord({ id: 'run', engineInstanceId: 'first', dispatchedAt }),
    );
    engine.putSilently({
      engineInstanceId: 'second',
      businessKey: 'run',
      startedAt: new Date(dispatchedAt).toISOString(),
    });
    await passes(reconcilerOf(engine), 1);
    expect(auditor.createEvent).toHaveBeenCalledWith(
      expect.objectContaining({
        eventId: 'instance-claim',
        meta: { instanceId: 'run', engineInstanceId: 'second' },
      }),
    );
  });

  it('pages through a window that holds much', async () => {
    const engine = new ScriptedEngine();
    for (let i = 0; i < 1_001; i++) {
      engine.putSilently({ startedAt: new Date(NOW - 60_000).toISOString() });
    }
    await passes(reconcilerOf(engine), 3);
    expect(await knex('instance')).toHaveLength(1_001);
  });

  it('begins anew after a week', async () => {
    const engine = new ScriptedEngine();
    const reconciler = reconcilerOf(engine);
    await passes(reconciler, 169);
    engine.putSilently({ startedAt: new Date(NOW - 60_000).toISOString() });
    await passes(reconciler, 2);
    expect(await knex('instance')).toEqual([]);
    await passes(reconciler, 200);
    expect(await knex('instance')).toHaveLength(1);
  });

  it('asks no dev engine', async () => {
    const engine = new ScriptedEngine({ mode: 'dev' });
    await passes(reconcilerOf(engine), 3);
    expect(engine.calls).toEqual([]);
  });
});
