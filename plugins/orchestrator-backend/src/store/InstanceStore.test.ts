import { PermissionCriteria } from '@backstage/plugin-permission-common';
import { createConditionAuthorizer } from '@backstage/plugin-permission-node';
import {
  INSTANCE_STATES,
  instanceReadPermission,
} from '@open-orchestrator/backstage-plugin-orchestrator-common';
import { Knex } from 'knex';
import { SeededRandom } from '../__testUtils__/random';
import { instanceRecord } from '../__testUtils__/records';
import {
  clearDatabase,
  createDatabase,
  databaseIds,
} from '../__testUtils__/testDatabases';
import {
  createOrchestratorInstanceConditionalDecision,
  InstanceFilter,
  InstanceScope,
  orchestratorInstanceConditions,
  orchestratorInstanceRules,
} from '../authorization';
import { parseCursor, parseSorting } from './instancePaging';
import { InstanceRecord } from './InstanceRecord';
import { InstanceFilters } from './instanceSelection';
import { InstanceStore } from './InstanceStore';
import { InstanceWriter } from './InstanceWriter';

type Condition = Parameters<
  typeof createOrchestratorInstanceConditionalDecision
>[1];

const EVERYTHING: InstanceScope = { rows: 'all' };

describe.each(databaseIds)('InstanceStore on %s', databaseId => {
  let knex: Knex;
  let store: InstanceStore;
  let writer: InstanceWriter;

  beforeAll(async () => {
    knex = await createDatabase(databaseId);
  });

  beforeEach(async () => {
    await clearDatabase(knex);
    store = InstanceStore.create({ knex, engine: 'scripted' });
    writer = InstanceWriter.create({ knex, engine: 'scripted' });
  });

  afterAll(() => knex.destroy());

  const insert = async (...records: Partial<InstanceRecord>[]) => {
    for (const fields of records) {
      await writer.insert(instanceRecord(fields));
    }
  };

  /** All ids, page by page, forwards. */
  const walk = async (
    scope: InstanceScope,
    filters: InstanceFilters,
    sort: string,
    limit: number,
  ) => {
    const sorting = parseSorting(sort);
    const pages: string[][] = [];
    let cursor: string | undefined;
    let previousCursor: string | undefined;
    do {
      const page = await store.page(scope, filters, {
        sorting,
        limit,
        cursor: cursor === undefined ? undefined : parseCursor(cursor, sorting),
      });
      pages.push(page.records.map(({ id }) => id));
      previousCursor = page.previousCursor;
      cursor = page.nextCursor;
    } while (cursor !== undefined);
    return { pages, previousCursor };
  };

  /** All pages, backwards from the cursor before the last page. */
  const walkBack = async (sort: string, limit: number, from?: string) => {
    const sorting = parseSorting(sort);
    const pages: string[][] = [];
    let cursor = from;
    while (cursor !== undefined) {
      const page = await store.page(
        EVERYTHING,
        {},
        {
          sorting,
          limit,
          cursor: parseCursor(cursor, sorting),
        },
      );
      pages.unshift(page.records.map(({ id }) => id));
      cursor = page.previousCursor;
    }
    return pages;
  };

  describe('pages', () => {
    const SORTS = ['createdAt', 'endedAt', 'duration', 'workflowId', 'state'];

    beforeEach(async () => {
      const random = new SeededRandom(7);
      for (let i = 0; i < 23; i++) {
        const createdAt = 1_000 + random.below(6);
        const ended = random.below(2) === 0;
        await insert({
          id: `id-${String(i).padStart(2, '0')}`,
          createdAt,
          workflowId: random.pick(['a', 'b', 'c']),
          state: ended ? 'COMPLETED' : random.pick(['ACTIVE', 'ERROR']),
          endedAt: ended ? 2_000 + random.below(4) : undefined,
          durationMs: ended ? random.below(4) : undefined,
        });
      }
    });

    it.each([...SORTS, ...SORTS.map(key => `-${key}`)])(
      'cover every row once, forwards and backwards, by %s',
      async sort => {
        const inOne = (await walk(EVERYTHING, {}, sort, 100)).pages[0];
        expect(new Set(inOne).size).toBe(23);

        for (const limit of [1, 2, 5, 22, 23]) {
          const { pages, previousCursor } = await walk(
            EVERYTHING,
            {},
            sort,
            limit,
          );
          expect(pages.flat()).toEqual(inOne);
          const before = await walkBack(sort, limit, previousCursor);
          expect([...before.flat(), ...(pages.at(-1) ?? [])]).toEqual(inOne);
        }
      },
    );

    it.each(['endedAt', '-endedAt', 'duration', '-duration'])(
      'have rows without a value last, by %s',
      async sort => {
        const { pages } = await walk(EVERYTHING, {}, sort, 100);
        const states = [];
        for (const id of pages[0]) {
          states.push((await store.find(id))?.state === 'COMPLETED');
        }
        expect(states.lastIndexOf(true)).toBeLessThan(states.indexOf(false));
      },
    );

    it('stay where they are while rows are added before them', async () => {
      const sorting = parseSorting('-createdAt');
      const first = await store.page(EVERYTHING, {}, { sorting, limit: 5 });
      const expected = await store.page(
        EVERYTHING,
        {},
        {
          sorting,
          limit: 5,
          cursor: parseCursor(first.nextCursor!, sorting),
        },
      );
      await insert({ createdAt: 9_999 }, { createdAt: 9_998 });
      const second = await store.page(
        EVERYTHING,
        {},
        {
          sorting,
          limit: 5,
          cursor: parseCursor(first.nextCursor!, sorting),
        },
      );
      expect(second.records).toEqual(expected.records);
    });

    it('have no previous one at the beginning, and no next one at the end', async () => {
      const sorting = parseSorting('createdAt');
      const only = await store.page(EVERYTHING, {}, { sorting, limit: 23 });
      expect(only.previousCursor).toBeUndefined();
      expect(only.nextCursor).toBeUndefined();
    });
  });

  describe('conditions of a policy', () => {
    const WORKFLOWS = ['greet', 'onboard', 'restart'];
    const LABELS = ['infrastructure', 'assessment', 'none-has-this'];
    const USERS = ['user:default/ada', 'user:default/bob', 'user:default/eve'];
    const ENTITIES = ['component:default/pay', 'component:default/web'];
    const GROUPS = ['group:default/a', 'group:default/b'];

    beforeEach(async () => {
      await knex('workflow_label').insert([
        { engine: 'scripted', workflow_id: 'greet', label: 'infrastructure' },
        { engine: 'scripted', workflow_id: 'onboard', label: 'infrastructure' },
        { engine: 'scripted', workflow_id: 'onboard', label: 'assessment' },
        { engine: 'other', workflow_id: 'restart', label: 'assessment' },
      ]);
      await knex('entity_owner').insert([
        { entity_ref: ENTITIES[0], owner_ref: GROUPS[0] },
        { entity_ref: ENTITIES[0], owner_ref: GROUPS[1] },
        { entity_ref: ENTITIES[1], owner_ref: GROUPS[1] },
      ]);
      const random = new SeededRandom(3);
      for (let i = 0; i < 40; i++) {
        await insert({
          workflowId: random.pick(WORKFLOWS),
          initiator: random.pick([...USERS, undefined]),
          entityRef: random.pick([...ENTITIES, undefined]),
          state: random.pick(INSTANCE_STATES),
        });
      }
      // Rows of another engine are nobody's, whatever the policy says.
      await insert({ engine: 'other', initiator: USERS[0] });
    });

    const randomCondition = (
      random: SeededRandom,
      depth: number,
    ): Condition => {
      const kind = random.below(depth > 0 ? 8 : 5);
      const parts = () =>
        Array.from({ length: 1 + random.below(3) }, () =>
          randomCondition(random, depth - 1),
        ) as [Condition, ...Condition[]];
      const rules = orchestratorInstanceConditions;
      switch (kind) {
        case 0:
          return rules.isInitiator({
            initiators: random.some(USERS).map(user => user.toUpperCase()),
          });
        case 1:
          return rules.hasWorkflowId({ workflowIds: random.some(WORKFLOWS) });
        case 2:
          return rules.hasWorkflowLabel({ labels: random.some(LABELS) });
        case 3:
          return rules.hasEntityRef({ entityRefs: random.some(ENTITIES) });
        case 4:
          return rules.ownsEntity({ claims: random.some(GROUPS) });
        case 5:
          return { allOf: parts() };
        case 6:
          return { anyOf: parts() };
        default:
          return { not: randomCondition(random, depth - 1) };
      }
    };

    const mayRead = createConditionAuthorizer(
      Object.values(orchestratorInstanceRules),
    );

    it('give in SQL exactly the rows that they allow one by one', async () => {
      const records = (await knex('instance').where('engine', 'scripted')).map(
        row => row.id as string,
      );
      const resources = await store.resourcesOf(records);
      let someRows = 0;
      for (let seed = 1; seed <= 60; seed++) {
        const random = new SeededRandom(seed);
        const condition = randomCondition(random, 3);
        const decision = createOrchestratorInstanceConditionalDecision(
          instanceReadPermission,
          condition,
        );
        const allowed = resources
          .filter(resource => mayRead(decision, resource))
          .map(resource => resource!.id);
        const scope: InstanceScope = {
          rows: 'some',
          criteria: toCriteria(decision.conditions),
        };

        const { pages } = await walk(scope, {}, '-createdAt', 7);
        const counts = await store.counts(scope, {});

        expect({ seed, ids: pages.flat().sort() }).toEqual({
          seed,
          ids: allowed.sort(),
        });
        expect(counts.total).toBe(allowed.length);
        someRows += Number(allowed.length > 0 && allowed.length < 40);
      }
      // The policies are worth something: most of them allow some rows and not others.
      expect(someRows).toBeGreaterThan(20);
    });

    it('hide everything when they are a denial', async () => {
      expect(await store.counts({ rows: 'none' }, {})).toMatchObject({
        total: 0,
      });
      expect((await walk({ rows: 'none' }, {}, 'state', 5)).pages).toEqual([
        [],
      ]);
    });

    function toCriteria(
      conditions: PermissionCriteria<{ rule: string; params?: unknown }>,
    ): PermissionCriteria<InstanceFilter> {
      if ('allOf' in conditions) {
        return { allOf: conditions.allOf.map(toCriteria) } as never;
      }
      if ('anyOf' in conditions) {
        return { anyOf: conditions.anyOf.map(toCriteria) } as never;
      }
      if ('not' in conditions) {
        return { not: toCriteria(conditions.not) } as never;
      }
      const rule = Object.values(orchestratorInstanceRules).find(
        ({ name }) => name === conditions.rule,
      );
      return rule!.toQuery(conditions.params as never);
    }
  });

  describe('filters', () => {
    const ids = async (filters: InstanceFilters) =>
      (await walk(EVERYTHING, filters, 'createdAt', 50)).pages.flat();

    it('hold together', async () => {
      await insert(
        { id: 'a', workflowId: 'x', state: 'ERROR', createdAt: 10 },
        { id: 'b', workflowId: 'x', state: 'ACTIVE', createdAt: 20 },
        { id: 'c', workflowId: 'y', state: 'ERROR', createdAt: 30 },
      );
      expect(await ids({ workflowIds: ['x'], states: ['ERROR'] })).toEqual([
        'a',
      ]);
      expect(await ids({ createdAfter: 20, createdBefore: 30 })).toEqual(['b']);
      expect(await ids({ workflowIds: [] })).toEqual([]);
    });

    it('find the children of an instance by either of its ids', async () => {
      await insert(
        { id: 'run', engineInstanceId: 'e-1' },
        { id: 'child', parentId: 'e-1' },
        { id: 'stranger', parentId: 'e-2' },
      );
      expect(await ids({ parentId: 'run' })).toEqual(['child']);
      expect(await ids({ parentId: 'e-1' })).toEqual(['child']);
      expect(await ids({ parentId: 'unknown' })).toEqual([]);
    });

    it('give the oldest children first, and never leave out one that failed', async () => {
      const children = Array.from({ length: 120 }, (_, i) => ({
        id: `child-${String(i).padStart(3, '0')}`,
        parentId: 'run',
        createdAt: i,
        state: 'COMPLETED' as const,
      }));
      await insert(
        { id: 'run' },
        ...children.slice(0, 118),
        { ...children[118], state: 'ACTIVE' },
        { ...children[119], state: 'ERROR' },
      );
      const found = await store.children(EVERYTHING, 'run');

      expect(found.map(({ id }) => id)).toEqual(
        [...children.slice(0, 98), ...children.slice(118)].map(({ id }) => id),
      );
    });

    it('search the beginning of ids and references, and the middle of errors', async () => {
      const now = Date.now();
      await insert(
        { id: 'abc-1', engineInstanceId: 'zzz-1', createdAt: now },
        { id: 'def-2', reference: 'Order-7', createdAt: now + 1 },
        {
          id: 'ghi-3',
          state: 'ERROR',
          errorMessage: 'Host abc.example NOT found',
          createdAt: now + 2,
        },
      );
      expect(await ids({ search: 'abc' })).toEqual(['abc-1', 'ghi-3']);
      expect(await ids({ search: 'bc-1' })).toEqual([]);
      expect(await ids({ search: 'zzz' })).toEqual(['abc-1']);
      expect(await ids({ search: ' order-7 ' })).toEqual(['def-2']);
      expect(await ids({ search: 'not FOUND' })).toEqual(['ghi-3']);
    });

    it('search error texts in the asked time, or the last 30 days', async () => {
      const old = Date.now() - 40 * 24 * 3_600_000;
      await insert({
        id: 'old',
        state: 'ERROR',
        errorMessage: 'no route',
        createdAt: old,
      });
      expect(await ids({ search: 'route' })).toEqual([]);
      expect(await ids({ search: 'route', createdAfter: old })).toEqual([
        'old',
      ]);
    });

    it.each(['%', '_', '\\', "'", `"; drop table instance; --`, '${x}'])(
      'take %s literally',
      async text => {
        await insert(
          { id: 'plain', reference: 'plain' },
          { id: 'odd', reference: `${text}x` },
        );
        expect(await ids({ search: text })).toEqual(['odd']);
        expect(await ids({ initiator: text, entityRef: text })).toEqual([]);
      },
    );
  });

  describe('counts', () => {
    it('are by state, for the asked states only', async () => {
      await insert({}, {}, { state: 'ERROR' }, { state: 'COMPLETED' });
      expect(await store.counts(EVERYTHING, {})).toEqual({
        counts: {
          PENDING: 0,
          ACTIVE: 2,
          SUSPENDED: 0,
          ERROR: 1,
          COMPLETED: 1,
          ABORTED: 0,
        },
        total: 4,
        capped: false,
      });
      expect(await store.counts(EVERYTHING, { states: ['ERROR'] })).toEqual({
        counts: { ERROR: 1 },
        total: 1,
        capped: false,
      });
      expect(await store.counts(EVERYTHING, { states: [] })).toMatchObject({
        total: 0,
      });
    });

    it('stop at 10,000', async () => {
      await insert({ id: 'first' });
      await knex.raw(
        `insert into instance (id, engine, workflow_id, state, created_at, observed_at)
         with recursive numbers(n) as
           (select 1 union all select n + 1 from numbers where n < 10050)
         select 'bulk-' || n, 'scripted', 'greet', 'COMPLETED', n, n from numbers`,
      );
      expect(await store.counts(EVERYTHING, {})).toMatchObject({
        counts: { COMPLETED: 10_000, ACTIVE: 1 },
        total: 10_001,
        capped: true,
      });
    });
  });

  it('finds an instance by the id of the plugin before that of the engine', async () => {
    await insert(
      { id: 'x', engineInstanceId: 'e-1' },
      { id: 'y', engineInstanceId: 'x' },
    );
    expect((await store.find('x'))?.id).toBe('x');
    expect((await store.find('e-1'))?.id).toBe('x');
    expect(await store.find('unknown')).toBeUndefined();
  });
});
