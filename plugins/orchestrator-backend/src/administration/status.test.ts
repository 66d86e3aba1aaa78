import { EngineUnreachableError } from '@open-orchestrator/backstage-plugin-orchestrator-node';
import { Knex } from 'knex';
import { ScriptedEngine } from '../__testUtils__/ScriptedEngine';
import { eventually, Portal, startPortal } from '../__testUtils__/startPortal';
import {
  clearDatabase,
  createDatabase,
  databaseIds,
} from '../__testUtils__/testDatabases';

describe.each(databaseIds)('the status on %s', databaseId => {
  let knex: Knex;
  let engine: ScriptedEngine;
  let portal: Portal;

  const status = async () => (await portal.get('/status')).body;

  beforeAll(async () => {
    knex = await createDatabase(databaseId);
  });
  beforeEach(async () => {
    await clearDatabase(knex);
    engine = new ScriptedEngine().setWorkflows(
      { id: 'a', serviceUrl: 'http://one.test' },
      {
        id: 'b',
        serviceUrl: 'http://one.test',
        consumedEventTypes: ['order.placed'],
        availability: {
          state: 'unavailable',
          reason: 'GET http://me:canary@one.test refused',
        },
      },
      { id: 'c' },
    );
    portal = await (await startPortal({ engine, knex })).workflowsLoaded();
  });
  afterEach(() => portal.stop());
  afterAll(() => knex.destroy());

  it('names each service with its workflows, the worst of them counts', async () => {
    expect((await status()).services).toEqual([
      {
        workflows: [{ id: 'c', version: '1.0' }],
        availability: { state: 'available' },
        seenAt: expect.any(String),
      },
      {
        address: 'http://one.test',
        workflows: [
          { id: 'a', version: '1.0' },
          { id: 'b', version: '1.0' },
        ],
        availability: {
          state: 'unavailable',
          reason: 'GET http://one.test refused',
        },
        seenAt: expect.any(String),
      },
    ]);
  });

  it('says who reads the engine, since when, and how far lists lag', async () => {
    const { feed } = await eventually(status, ({ feed: now }) =>
      expect(now.lagMs).toBeGreaterThanOrEqual(0),
    );
    expect(feed.lease).toEqual({
      holder: expect.stringContaining(`/${process.pid}/`),
      held: true,
      since: expect.any(String),
    });
    await knex('lease').update({ holder: 'gone', expires_at: 1 });
    await eventually(status, now =>
      expect(now.feed.lease.holder).toContain(`/${process.pid}/`),
    );
  });

  it('counts what the event inbox holds', async () => {
    const send = (id: string) =>
      portal
        .post('/events', {
          specversion: '1.0',
          id,
          source: '/shop',
          type: 'order.placed',
        })
        .set('Content-Type', 'application/cloudevents+json');
    await send('e1');
    await eventually(status, ({ events }) =>
      expect(events).toEqual({
        waiting: 0,
        undeliverable: 0,
        deliveredLastHour: 1,
      }),
    );
    engine.failure = new EngineUnreachableError('down');
    await send('e2');
    await send('e3');
    await knex('event_delivery')
      .where('state', 'waiting')
      .limit(1)
      .update({ last_error: 'POST http://me:canary@one.test' });
    expect((await status()).events).toMatchObject({
      waiting: 2,
      oldestWaitingAt: expect.any(String),
    });
  });

  it('tells of a long first read how far it has come', async () => {
    await portal.stop();
    engine = new ScriptedEngine();
    const changes = engine.changes.bind(engine);
    let release: () => void = () => {};
    const held = new Promise<void>(resolve => {
      release = resolve;
    });
    engine.changes = async (cursor, limit) => {
      if (Number(cursor ?? 0) >= 1_000) {
        await held;
      }
      return changes(cursor, limit);
    };
    for (let i = 0; i < 1_200; i++) {
      engine.put({ engineInstanceId: `many-${i}`, state: 'COMPLETED' });
    }
    await clearDatabase(knex);
    portal = await startPortal({ engine, knex });
    await eventually(status, ({ feed }) =>
      expect(feed).toMatchObject({
        backfillRead: 1_000,
        backfill: '1000 instances read so far',
      }),
    );
    expect((await status()).feed.backfillPercent).toBeUndefined();
    engine.count = async () => 1_250;
    expect((await status()).feed.backfillPercent).toBe(80);
    engine.count = async () => {
      throw new EngineUnreachableError('down');
    };
    expect((await status()).feed.backfillPercent).toBeUndefined();
    release();
    const { feed } = await eventually(status, now =>
      expect(now.feed.backfillRead).toBeUndefined(),
    );
    expect(feed.backfill).toBeUndefined();
  });

  it('tells no credentials, wherever an error names them', async () => {
    engine.failure = new EngineUnreachableError(
      'POST https://user:canary@index.test failed with Bearer canary-token',
    );
    const body = await eventually(
      async () => {
        engine.put({});
        return status();
      },
      ({ feed }) => expect(feed.lastError).toContain('index.test'),
    );
    expect(JSON.stringify(body)).not.toContain('canary');
  });
});
