import { mockServices } from '@backstage/backend-test-utils';
import { EngineNotCalledError } from '@open-orchestrator/backstage-plugin-orchestrator-node';
import { Knex } from 'knex';
import { instanceRecord } from '../__testUtils__/records';
import { ScriptedEngine } from '../__testUtils__/ScriptedEngine';
import {
  clearDatabase,
  createDatabase,
  databaseIds,
} from '../__testUtils__/testDatabases';
import { InstanceAccess } from '../instances';
import { ChangePublisher } from '../live';
import { InstanceRecord, InstanceStore, InstanceWriter } from '../store';
import { AbortService } from './AbortService';
import { PendingAborts } from './PendingAborts';

const NOW = Date.parse('2026-03-15T12:00:00Z');
const { signal } = new AbortController();

describe.each(databaseIds)('PendingAborts on %s', databaseId => {
  let knex: Knex;
  let engine: ScriptedEngine;
  let store: InstanceStore;
  let writer: InstanceWriter;
  let pending: PendingAborts;
  let audited: string[];
  let logger: ReturnType<typeof mockServices.logger.mock>;
  let now: number;

  const wanted = (id: string, fields: Partial<InstanceRecord> = {}) => {
    engine.put({ engineInstanceId: id });
    return writer.insert(
      instanceRecord({
        id,
        abortPending: true,
        abortRequestedAt: NOW,
        abortDueAt: NOW,
        ...fields,
      }),
    );
  };

  /** Makes the engine fail for some instances, and notes for which it was asked. */
  const failFor = (isHopeless: (id: string) => boolean) => {
    const asked: string[] = [];
    const succeed = engine.abort.bind(engine);
    engine.abort = async id => {
      asked.push(id);
      if (isHopeless(id)) {
        throw new EngineNotCalledError('down');
      }
      await succeed(id);
    };
    return asked;
  };

  const stateOf = async (id: string) => (await store.find(id))?.state;

  beforeAll(async () => {
    knex = await createDatabase(databaseId);
  });

  beforeEach(async () => {
    await clearDatabase(knex);
    now = NOW;
    jest.spyOn(Date, 'now').mockImplementation(() => now);
    engine = new ScriptedEngine();
    const scope = { knex, engine: engine.id };
    store = InstanceStore.create(scope);
    writer = InstanceWriter.create(scope);
    audited = [];
    const auditor = mockServices.auditor.mock({
      createEvent: async () => ({
        success: async () => void audited.push('succeeded'),
        fail: async () => void audited.push('failed'),
      }),
    });
    logger = mockServices.logger.mock();
    pending = PendingAborts.create({
      ...scope,
      auditor,
      logger,
      aborts: AbortService.create({
        engine,
        store,
        writer,
        access: {} as InstanceAccess,
        publisher: { instancesChanged() {} } as unknown as ChangePublisher,
      }),
    });
  });

  afterEach(() => jest.restoreAllMocks());

  afterAll(() => knex.destroy());

  it('lets none that always fails stand before another', async () => {
    for (let i = 0; i < 25; i++) {
      await wanted(`hopeless-${i}`, { abortDueAt: NOW - 100 + i });
    }
    await wanted('able');
    failFor(id => id !== 'able');

    await pending.run({ signal });
    await pending.run({ signal });

    expect(await stateOf('able')).toBe('ABORTED');
  });

  it('asks less and less often, and without end', async () => {
    await wanted('hopeless');
    const asked = failFor(() => true);
    const minutes: number[] = [];
    for (let minute = 0; minute < 60; minute++) {
      now = NOW + minute * 60_000;
      await pending.run({ signal });
      if (asked.splice(0).length > 0) {
        minutes.push(minute);
      }
    }
    const pauses = minutes.slice(1).map((minute, i) => minute - minutes[i]);
    expect([pauses[0], ...pauses.slice(-3)]).toEqual([1, 5, 5, 5]);
  });

  it('asks for several at a time, and not for all', async () => {
    for (let i = 0; i < 20; i++) {
      await wanted(`some-${i}`);
    }
    let running = 0;
    let most = 0;
    engine.abort = async () => {
      running += 1;
      most = Math.max(most, running);
      await new Promise(resolve => {
        setImmediate(resolve);
      });
      running -= 1;
    };
    await pending.run({ signal });
    expect(most).toBe(10);
  });

  it('tells of the first failure and of the end only', async () => {
    await wanted('late');
    let isDown = true;
    const asked = failFor(() => isDown);
    for (let attempt = 0; attempt < 5; attempt++) {
      await pending.run({ signal });
      now += 60_000;
    }
    expect(asked).toHaveLength(5);
    expect(audited).toEqual(['failed']);
    expect(logger.warn).toHaveBeenCalledTimes(1);

    isDown = false;
    await pending.run({ signal });
    await pending.run({ signal });
    expect(audited).toEqual(['failed', 'succeeded']);
    expect(await stateOf('late')).toBe('ABORTED');
  });

  it.each([
    ['ABORTED', 'succeeded'],
    ['COMPLETED', 'failed'],
  ] as const)('tells of one that is %s meanwhile', async (state, outcome) => {
    await wanted('ended', { state });
    const asked = failFor(() => false);
    await pending.run({ signal });
    await pending.run({ signal });
    expect(asked).toEqual([]);
    expect(audited).toEqual([outcome]);
  });

  it('leaves an instance to who asks the engine for it just now', async () => {
    await wanted('claimed', { abortDueAt: NOW + 1 });
    const asked = failFor(() => false);
    await pending.run({ signal });
    expect(asked).toEqual([]);
  });
});
