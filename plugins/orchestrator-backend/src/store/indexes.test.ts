import { mockServices } from '@backstage/backend-test-utils';
import { catalogServiceMock } from '@backstage/plugin-catalog-node/testUtils';
import { Knex } from 'knex';
import { createDatabase, databaseIds } from '../__testUtils__/testDatabases';
import { isPostgres } from '../database';
import { DeliveryQueue } from '../events';
import { EntityOwners } from '../ownership';
import { InstanceFilters } from './instanceSelection';
import { parseSorting } from './instancePaging';
import { InstanceStore } from './InstanceStore';
import { InstanceWriter, whereUnfinished } from './InstanceWriter';
import { WorkflowStatisticsReader } from './WorkflowStatisticsReader';

const SCOPE = { rows: 'all' } as const;
const NOW = Date.parse('2026-03-15T12:00:00Z');

/** What a million rows make slow: none of it may read them all. */
describe.each(databaseIds)('with the indexes of %s', databaseId => {
  let knex: Knex;
  let store: InstanceStore;
  let writer: InstanceWriter;
  let statistics: WorkflowStatisticsReader;

  beforeAll(async () => {
    knex = await createDatabase(databaseId);
    const scope = { knex, engine: 'scripted' };
    store = InstanceStore.create(scope);
    writer = InstanceWriter.create({ ...scope, retentionMs: 1_000 });
    statistics = WorkflowStatisticsReader.create(scope);
  });

  afterAll(() => knex.destroy());

  const plan = async (sql: string, bindings: Knex.RawBinding[]) => {
    if (!isPostgres(knex)) {
      const steps = await knex.raw(`EXPLAIN QUERY PLAN ${sql}`, bindings);
      return steps.map(({ detail }: { detail: string }) => detail);
    }
    return knex.transaction(async transaction => {
      // An empty table is read whole, and sorted, otherwise.
      await transaction.raw('SET LOCAL enable_seqscan = off');
      await transaction.raw('SET LOCAL enable_sort = off');
      const { rows } = await transaction.raw(
        `EXPLAIN ${sql.replace(/\$\d+/g, '?').replaceAll('\\\\', '\\')}`,
        bindings,
      );
      return rows.map((row: Record<string, string>) => row['QUERY PLAN']);
    });
  };

  /** How the database goes about a piece of work. */
  const plansOf = async (work: () => Promise<unknown>) => {
    const queries: { sql: string; bindings: Knex.RawBinding[] }[] = [];
    const note = (query: (typeof queries)[number]) => queries.push(query);
    knex.on('query', note);
    await work();
    knex.removeListener('query', note);
    const plans: string[] = [];
    for (const { sql, bindings } of queries) {
      plans.push(...(await plan(sql, bindings)));
    }
    expect(plans).not.toEqual([]);
    return plans;
  };

  /** What the work reads of the table from one end to the other. */
  const wholeReads = async (work: () => Promise<unknown>) =>
    (await plansOf(work)).filter(
      step =>
        /Seq Scan on instance\b/.test(step) ||
        /^SCAN instance(?! USING)/.test(step),
    );

  it.each<[string, InstanceFilters]>([
    ['all', {}],
    ['those of a workflow', { workflowIds: ['greet'] }],
    ['those of a state', { states: ['ERROR'] }],
    [
      'those of a workflow in a state',
      { workflowIds: ['greet'], states: ['ERROR'] },
    ],
    ['those of an initiator', { initiator: 'user:default/ada' }],
    ['those about an entity', { entityRef: 'component:default/pay' }],
    ['children', { parentId: 'a' }],
    ['those of a time', { createdAfter: NOW, createdBefore: NOW + 1 }],
    ['what is searched for', { search: 'abc' }],
  ])('lists and counts %s', async (_, filters) => {
    expect(
      await wholeReads(() =>
        store.page(SCOPE, filters, {
          sorting: parseSorting('-createdAt'),
          limit: 10,
        }),
      ),
    ).toEqual([]);
    expect(await wholeReads(() => store.counts(SCOPE, filters))).toEqual([]);
  });

  it.each(
    ['createdAt', 'endedAt', 'duration', 'workflowId', 'state'].flatMap(key => [
      [key],
      [`-${key}`],
    ]),
  )('orders by %s without sorting all rows', async sort => {
    const plans = await plansOf(() =>
      store.page(SCOPE, {}, { sorting: parseSorting(sort), limit: 10 }),
    );
    expect(
      plans.filter(step =>
        isPostgres(knex)
          ? /(?<!Incremental )Sort {2}\(/.test(step)
          : step === 'USE TEMP B-TREE FOR ORDER BY',
      ),
    ).toEqual([]);
  });

  it.each<[string, () => Promise<unknown>]>([
    ['an instance by either id', () => store.find('a')],
    ['its children', () => store.children(SCOPE, 'a')],
    ['what rules may know', () => store.resourcesOf(['a', 'b'])],
    ['statistics', () => statistics.read(SCOPE, ['a', 'b'], NOW)],
    ['days of a workflow', () => statistics.readWithDays(SCOPE, 'a', NOW)],
    [
      'what is unfinished',
      async () =>
        knex('instance').where('engine', 'scripted').modify(whereUnfinished),
    ],
    [
      'what instances are about',
      () =>
        EntityOwners.create({
          knex,
          engine: { id: 'scripted' },
          catalog: catalogServiceMock(),
          auth: mockServices.auth(),
          logger: mockServices.logger.mock(),
        }).run({
          startedAt: NOW,
          signal: new AbortController().signal,
          ask: question => question(),
          checkLease: async () => {},
        }),
    ],
    ['what is kept no longer', () => writer.deleteExpired(NOW, 10)],
  ])('finds %s', async (_, work) => {
    expect(await wholeReads(work)).toEqual([]);
  });

  it('finds which events are kept no longer', async () => {
    const queue = DeliveryQueue.create({ knex, engine: 'scripted' });
    const before = { delivered: NOW, undeliverable: NOW };
    // Any index that begins with the engine would do to read all of them.
    expect(await plansOf(() => queue.deleteExpired(before, 10))).toContainEqual(
      expect.stringContaining('event_inbox_received'),
    );
  });
});
