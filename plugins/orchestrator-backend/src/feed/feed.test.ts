import {
  EngineChanges,
  EngineProtocolError,
  EngineNotCalledError,
} from '@open-orchestrator/backstage-plugin-orchestrator-node';
import { Knex } from 'knex';
import { ScriptedEngine } from '../__testUtils__/ScriptedEngine';
import { eventually, Portal, startPortal } from '../__testUtils__/startPortal';
import {
  clearDatabase,
  createDatabase,
  databaseIds,
} from '../__testUtils__/testDatabases';

/** A call that is not answered before it is aborted. */
const hanging = <T>() =>
  jest.fn(
    (signal?: AbortSignal) =>
      new Promise<T>((_, reject) => {
        signal?.addEventListener('abort', () => reject(signal.reason));
      }),
  );

describe.each(databaseIds)('the feed on %s', databaseId => {
  let knex: Knex;
  let engine: ScriptedEngine;
  let portal: Portal;

  const start = async () => {
    portal = await (await startPortal({ engine, knex })).workflowsLoaded();
  };

  const items = async () =>
    (await portal.get('/instances?sort=createdAt')).body.items;

  const seen = (count: number) =>
    eventually(items, found => expect(found).toHaveLength(count));

  beforeAll(async () => {
    knex = await createDatabase(databaseId);
  });

  beforeEach(async () => {
    await clearDatabase(knex);
    engine = new ScriptedEngine().setWorkflows({ id: 'greet', name: 'Greet' });
  });

  afterEach(() => portal.stop());
  afterAll(() => knex.destroy());

  it('shows what ran before the portal did', async () => {
    engine.put({ engineInstanceId: 'early', state: 'COMPLETED' });
    await start();
    await eventually(items, found =>
      expect(found).toEqual([
        expect.objectContaining({ id: 'early', state: 'COMPLETED' }),
      ]),
    );
  });

  it('goes on where it was when the portal comes back', async () => {
    await start();
    engine.put({ engineInstanceId: 'first' });
    await seen(1);
    await portal.stop();

    engine.put({ engineInstanceId: 'meanwhile' });
    engine.put({ engineInstanceId: 'first', state: 'COMPLETED' });
    await start();
    await eventually(items, found =>
      expect(
        found.map(({ id, state }: { id: string; state: string }) => [
          id,
          state,
        ]),
      ).toEqual([
        ['first', 'COMPLETED'],
        ['meanwhile', 'ACTIVE'],
      ]),
    );
  });

  it('finds an end that the index told too late for its cursor', async () => {
    await start();
    engine.put({ engineInstanceId: 'late' });
    await seen(1);

    engine.putSilently({ engineInstanceId: 'late', state: 'COMPLETED' });
    engine.put({ engineInstanceId: 'another' });
    await eventually(items, ([late]) => expect(late.state).toBe('COMPLETED'));
  });

  describe('with an engine that shows some changes late', () => {
    const late = (from: number, count: number) =>
      Array.from({ length: count }, (_, i) => ({
        engineInstanceId: `late-${from + i}`,
        workflowId: 'greet',
        state: 'COMPLETED' as const,
      }));

    it('looks back page by page, and goes on there when the portal comes back', async () => {
      const cursors: (string | undefined)[] = [];
      engine.lateChanges = async cursor => {
        cursors.push(cursor);
        const page = Number(cursor ?? 0);
        return {
          summaries: late(page * 10, 10),
          nextCursor: String(page + 1),
          more: page !== 2,
        };
      };
      await start();
      await seen(25);
      const { body } = await portal.get('/instances/counts');
      expect(body.total).toBe(30);
      await portal.stop();

      await start();
      await eventually(
        async () => cursors,
        given => expect(given.slice(0, 4)).toEqual([undefined, '1', '2', '3']),
      );
    });

    it('shows what is new while a look back takes its time', async () => {
      const looks = hanging<EngineChanges>();
      engine.lateChanges = (_cursor, _limit, options) => looks(options?.signal);
      await start();
      await eventually(
        async () => looks.mock.calls,
        calls => expect(calls).toHaveLength(1),
      );

      engine.put({ engineInstanceId: 'new' });
      await seen(1);
      engine.putSilently({ engineInstanceId: 'new', state: 'ERROR' });
      await eventually(items, ([found]) => expect(found.state).toBe('ERROR'));
      const { body } = await portal.get('/instances');
      expect(body.stale).toBe(false);
      expect(looks).toHaveBeenCalledTimes(1);
    });

    it('tells when looking back fails, and shows what is new all the same', async () => {
      engine.lateChanges = async () => {
        throw new EngineProtocolError('a page that can not be read');
      };
      await start();
      engine.put({ engineInstanceId: 'new' });
      await seen(1);
      await eventually(
        () => portal.get('/status'),
        ({ body }) =>
          expect(body.feed).toMatchObject({
            stale: false,
            lastError: expect.stringContaining('can not be read'),
          }),
      );
      engine.lateChanges = undefined;
      await eventually(
        () => portal.get('/status'),
        ({ body }) => expect(body.feed.lastError).toBeUndefined(),
      );
    });
  });

  it('shows what is new while the workflows can not be read', async () => {
    await start();
    const lists = hanging<never>();
    engine.listWorkflows = options => lists(options?.signal);
    engine.setWorkflows({ id: 'greet' });
    await eventually(
      async () => lists.mock.calls,
      calls => expect(calls).toHaveLength(1),
    );
    engine.put({ engineInstanceId: 'new' });
    await seen(1);
    expect(lists).toHaveBeenCalledTimes(1);
  });

  it('marks an unfinished instance that the engine no longer knows', async () => {
    await start();
    engine.put({ engineInstanceId: 'lost' });
    await seen(1);

    engine.remove('lost');
    engine.put({ engineInstanceId: 'another' });
    await eventually(items, ([lost]) =>
      expect(lost).toMatchObject({
        state: 'ACTIVE',
        attention: 'unknown-to-engine',
        detailsGone: true,
      }),
    );
  });

  it('calls a run no lost one while the index is behind its service', async () => {
    await start();
    engine.onRun = async () => ({
      outcome: 'started',
      engineInstanceId: 'not-indexed-yet',
    });
    const { body } = await portal.post('/workflows/greet/instances', {});
    engine.put({ engineInstanceId: 'read-meanwhile' });
    await seen(2);
    engine.put({ engineInstanceId: 'and-another' });
    await seen(3);

    const detail = await portal.get(`/instances/${body.id}`);
    expect(detail.body).toMatchObject({ state: 'ACTIVE' });
    expect(detail.body.attention).toBeUndefined();
    expect(detail.body.detailsGone).toBeUndefined();
  });

  it('calls a run lost that the index does not show for minutes', async () => {
    await start();
    engine.onRun = async () => ({
      outcome: 'started',
      engineInstanceId: 'never-indexed',
    });
    await portal.post('/workflows/greet/instances', {});
    await knex('instance').update({ created_at: Date.now() - 180_000 });
    engine.put({ engineInstanceId: 'read-meanwhile' });

    await eventually(items, ([lost]) =>
      expect(lost).toMatchObject({ attention: 'unknown-to-engine' }),
    );
  });

  it('reads many instances in pages', async () => {
    for (let i = 0; i < 1_300; i++) {
      engine.put({ engineInstanceId: `many-${i}`, state: 'COMPLETED' });
    }
    await start();
    await eventually(
      () => portal.get('/instances/counts'),
      ({ body }) => expect(body.total).toBe(1_300),
    );
  });

  it('shows workflows as they come, change and go', async () => {
    await start();
    engine.setWorkflows({ id: 'greet', name: 'Greet all' }, { id: 'new' });
    await portal.workflowsLoaded();
    engine.setWorkflows({ id: 'new' });
    await portal.workflowsLoaded();

    const { body } = await portal.get('/workflows/greet');
    expect(body).toMatchObject({
      name: 'Greet all',
      availability: {
        state: 'unavailable',
        reason: 'This version is no longer deployed.',
      },
      allowed: {
        run: { allowed: false, reason: 'The workflow is no longer deployed.' },
      },
    });
    expect((await portal.post('/workflows/greet/instances')).status).toBe(404);
  });

  describe('while the engine is down', () => {
    beforeEach(async () => {
      await start();
      engine.put({ engineInstanceId: 'known' });
      await seen(1);
      engine.failure = new EngineNotCalledError(
        'connect ECONNREFUSED 10.0.0.7',
      );
    });

    it('lists answer from the store, and say how old they are', async () => {
      const asOf = Date.now() - 60_000;
      // A pass that began before the engine went down may still succeed.
      await eventually(
        async () => {
          await knex('feed').update({ as_of: asOf });
          return Promise.all([
            portal.get('/instances'),
            portal.get('/workflows'),
          ]);
        },
        ([instances, workflows]) => {
          expect(instances.body).toMatchObject({
            items: [{ id: 'known' }],
            stale: true,
            asOf: new Date(asOf).toISOString(),
          });
          expect(workflows.body).toMatchObject({
            stale: true,
            items: [{ id: 'greet' }],
          });
        },
      );
      expect((await portal.get('/instances/counts')).body.total).toBe(1);
    });

    it('an instance shows its summary', async () => {
      const { status, body } = await portal.get('/instances/known');
      expect(status).toBe(200);
      expect(body).toMatchObject({ id: 'known', engineUnreachable: true });
    });

    it('an instance shows its summary when the engine answers nonsense', async () => {
      engine.failure = new EngineProtocolError('<html>');
      const { status, body } = await portal.get('/instances/known');
      expect(status).toBe(200);
      expect(body).toMatchObject({ id: 'known', engineUnreachable: true });
    });

    it.each([
      ['post', '/workflows/greet/instances'],
      ['post', '/instances/known/abort'],
      ['get', '/instances/known/data'],
      ['get', '/instances/known/nodes'],
      ['get', '/workflows/greet/definition'],
    ] as const)('%s %s answers 503 and a sentence', async (method, path) => {
      const { status, body } =
        method === 'get' ? await portal.get(path) : await portal.post(path);
      expect(status).toBe(503);
      expect(body.error.message).toContain('does not answer');
      expect(JSON.stringify(body)).not.toContain('10.0.0.7');
    });

    it('the administrator sees why', async () => {
      await eventually(
        async () => {
          engine.put({});
          return portal.get('/status');
        },
        ({ body }) =>
          expect(body).toMatchObject({
            health: { reachable: false },
            feed: { lastError: expect.stringContaining('ECONNREFUSED') },
          }),
      );
    });

    it('all is well again without a restart', async () => {
      engine.failure = undefined;
      engine.put({ engineInstanceId: 'after' });
      await seen(2);
      const { body } = await portal.get('/status');
      expect(body.feed.lastError).toBeUndefined();
    });
  });

  describe('with a dev engine', () => {
    beforeEach(() => {
      engine = new ScriptedEngine({ mode: 'dev' }).setWorkflows({
        id: 'greet',
      });
    });

    it('forgets the rows of an earlier start', async () => {
      await start();
      engine.put({ engineInstanceId: 'before' });
      await seen(1);
      await portal.stop();

      engine = new ScriptedEngine({ mode: 'dev' }).setWorkflows({
        id: 'greet',
      });
      await start();
      expect(await items()).toEqual([]);
    });

    it('leaves the rows of another engine alone', async () => {
      const other = new ScriptedEngine({ id: 'production' });
      other.setWorkflows({ id: 'greet' }).put({ engineInstanceId: 'kept' });
      const dev = engine;
      engine = other;
      await start();
      await seen(1);
      await portal.stop();

      engine = dev;
      await start();
      expect(await items()).toEqual([]);
      expect(await knex('instance')).toHaveLength(1);
    });
  });
});
