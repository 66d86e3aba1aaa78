import { Knex } from 'knex';
import { instanceRecord } from '../__testUtils__/records';
import {
  clearDatabase,
  createDatabase,
  databaseIds,
} from '../__testUtils__/testDatabases';
import { InstanceScope } from '../authorization';
import { InstanceRecord } from './InstanceRecord';
import { InstanceWriter } from './InstanceWriter';
import { WorkflowStatisticsReader } from './WorkflowStatisticsReader';

const NOW = Date.parse('2026-03-15T12:00:00Z');
const DAY_MS = 24 * 60 * 60 * 1000;
const EVERYTHING: InstanceScope = { rows: 'all' };

describe.each(databaseIds)('WorkflowStatisticsReader on %s', databaseId => {
  let knex: Knex;
  let writer: InstanceWriter;
  let reader: WorkflowStatisticsReader;

  beforeAll(async () => {
    knex = await createDatabase(databaseId);
    writer = InstanceWriter.create({ knex, engine: 'scripted' });
    reader = WorkflowStatisticsReader.create({ knex, engine: 'scripted' });
  });

  beforeEach(() => clearDatabase(knex));
  afterAll(() => knex.destroy());

  const insert = async (...records: Partial<InstanceRecord>[]) => {
    for (const fields of records) {
      await writer.insert(instanceRecord({ createdAt: NOW, ...fields }));
    }
  };

  const completed = (durationMs: number, fields = {}) => ({
    state: 'COMPLETED' as const,
    durationMs,
    ...fields,
  });

  const statisticsOf = async (id: string, scope: InstanceScope = EVERYTHING) =>
    (await reader.read(scope, [id], NOW)).get(id);

  it('are empty for a workflow that has not run', async () => {
    expect(await statisticsOf('greet')).toEqual({
      counts: {},
      total: 0,
      recent: [],
      perDay: [],
    });
  });

  it('count by state, and tell how many of those that ended succeeded', async () => {
    await insert(
      completed(1),
      completed(1),
      completed(1),
      { state: 'ERROR' },
      { state: 'ACTIVE' },
      { state: 'ABORTED', endReason: 'not-started' },
    );
    expect(await statisticsOf('greet')).toMatchObject({
      counts: { COMPLETED: 3, ERROR: 1, ACTIVE: 1, ABORTED: 1 },
      total: 6,
      successRatio: 0.75,
    });
  });

  it('tell no success of a workflow of which nothing ended', async () => {
    await insert({ state: 'ACTIVE' });
    expect(await statisticsOf('greet')).not.toHaveProperty('successRatio');
  });

  it.each([
    [[7], 7, 7],
    [[1, 2], 1, 2],
    [[1, 2, 3], 2, 3],
    [Array.from({ length: 100 }, (_, i) => i + 1), 50, 95],
    [Array.from({ length: 20 }, (_, i) => (i + 1) * 10), 100, 190],
  ])('take percentiles of %j by nearest rank', async (durations, p50, p95) => {
    await insert(
      ...durations.map(duration => completed(duration)),
      { state: 'ABORTED', durationMs: 99_999 },
      { state: 'ACTIVE' },
    );
    expect(await statisticsOf('greet')).toMatchObject({
      durationP50Ms: p50,
      durationP95Ms: p95,
    });
  });

  it('show the ten newest, newest first, and who ran the last', async () => {
    for (let i = 0; i < 12; i++) {
      await insert({
        id: `i-${String(i).padStart(2, '0')}`,
        createdAt: NOW - i * 1_000,
        initiator: `user:default/u${i}`,
      });
    }
    const statistics = await statisticsOf('greet');
    expect(statistics?.recent.map(({ id }) => id)).toEqual(
      Array.from({ length: 10 }, (_, i) => `i-${String(i).padStart(2, '0')}`),
    );
    expect(statistics).toMatchObject({
      lastInitiator: 'user:default/u0',
      lastCreatedAt: new Date(NOW).toISOString(),
    });
  });

  it('reach back 30 days, today included', async () => {
    const midnight = Date.parse('2026-02-14T00:00:00Z');
    await insert({ createdAt: midnight }, { createdAt: midnight - 1 });
    expect((await statisticsOf('greet'))?.total).toBe(1);
  });

  it('keep workflows apart, and those of another engine out', async () => {
    await insert(
      completed(5, { workflowId: 'a' }),
      completed(9, { workflowId: 'b' }),
      completed(1, { workflowId: 'a', engine: 'other' }),
    );
    const all = await reader.read(EVERYTHING, ['a', 'b', 'c'], NOW);
    expect(
      [...all].map(([id, { total, durationP50Ms }]) => [
        id,
        total,
        durationP50Ms,
      ]),
    ).toEqual([
      ['a', 1, 5],
      ['b', 1, 9],
      ['c', 0, undefined],
    ]);
  });

  it('count only what the caller may read', async () => {
    await insert(
      completed(5, { initiator: 'user:default/ada' }),
      completed(900, { initiator: 'user:default/bob' }),
    );
    const statistics = await statisticsOf('greet', {
      rows: 'some',
      criteria: { property: 'initiator', values: ['user:default/ada'] },
    });
    expect(statistics).toMatchObject({
      total: 1,
      durationP50Ms: 5,
      durationP95Ms: 5,
      lastInitiator: 'user:default/ada',
    });
    expect(statistics?.recent).toHaveLength(1);
  });

  it('need the same number of queries for many workflows as for one', async () => {
    let queries = 0;
    const counter = () => {
      queries += 1;
    };
    knex.on('query', counter);
    await reader.read(EVERYTHING, ['a'], NOW);
    const forOne = queries;
    queries = 0;
    await reader.read(
      EVERYTHING,
      Array.from({ length: 50 }, (_, i) => `w-${i}`),
      NOW,
    );
    knex.removeListener('query', counter);
    expect(queries).toBe(forOne);
  });

  it('tell the days that have instances, oldest first', async () => {
    await insert(
      completed(1),
      { createdAt: NOW - DAY_MS, state: 'ERROR' },
      { createdAt: NOW - DAY_MS, state: 'ERROR' },
      { createdAt: NOW - 3 * DAY_MS, state: 'ABORTED' },
    );
    const { perDay, total } = await reader.readWithDays(
      EVERYTHING,
      'greet',
      NOW,
    );
    expect(perDay).toEqual([
      { day: '2026-03-12', counts: { ABORTED: 1 } },
      { day: '2026-03-14', counts: { ERROR: 2 } },
      { day: '2026-03-15', counts: { COMPLETED: 1 } },
    ]);
    expect(total).toBe(4);
  });

  it('tell the same with the days as without', async () => {
    await insert(
      completed(1, { createdAt: NOW - DAY_MS, initiator: 'user:default/ada' }),
      completed(7),
      { state: 'ERROR', createdAt: NOW - 2 * DAY_MS },
      { state: 'ABORTED', endReason: 'not-started' },
    );
    const { perDay, ...others } = await reader.readWithDays(
      EVERYTHING,
      'greet',
      NOW,
    );
    expect({ ...others, perDay: [] }).toEqual(await statisticsOf('greet'));
    expect(perDay).toHaveLength(3);
  });

  it('tell nothing of days to who may read nothing', async () => {
    await insert(completed(1));
    expect(await reader.readWithDays({ rows: 'none' }, 'greet', NOW)).toEqual({
      counts: {},
      total: 0,
      recent: [],
      perDay: [],
    });
  });
});
