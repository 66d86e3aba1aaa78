import knexFactory, { Knex } from 'knex';
import { ScriptedEngine } from '../__testUtils__/ScriptedEngine';
import { eventually, Portal, startPortal } from '../__testUtils__/startPortal';
import {
  clearDatabase,
  createDatabase,
  databaseIds,
} from '../__testUtils__/testDatabases';

const RUN = '/workflows/greet/instances';

/** SQLite serves one process only. */
const servers = databaseIds.filter(([id]) => id !== 'SQLITE_3');

(servers.length > 0 ? describe : describe.skip)('two replicas', () => {
  let knex: Knex;
  let engine: ScriptedEngine;
  let first: Portal;
  let second: Portal;
  let knexOfFirst: Knex;

  const connect = () =>
    // A killed process says nothing of its lost connections either.
    knexFactory({ ...knex.client.config, log: { warn() {} } });

  const holderOf = async (lease: string) =>
    (await knex('lease').where('name', lease).first())?.holder;

  const states = async (portal: Portal) =>
    (await portal.get('/instances?sort=createdAt')).body.items.map(
      ({ id, state }: { id: string; state: string }) => [id, state],
    );

  /** As a process ends that is killed: nothing is given back, no connection is left. */
  const kill = async () => {
    await knexOfFirst.destroy();
  };

  beforeAll(async () => {
    knex = await createDatabase(servers[0][0]);
  });

  beforeEach(async () => {
    await clearDatabase(knex);
    engine = new ScriptedEngine().setWorkflows({
      id: 'greet',
      consumedEventTypes: ['order.placed'],
    });
    knexOfFirst = connect();
    first = await (
      await startPortal({ engine, knex: knexOfFirst })
    ).workflowsLoaded();
    second = await startPortal({ engine, knex });
  });

  afterEach(async () => {
    await second.stop();
    // A killed one can't even stop.
    await first.stop().catch(() => {});
    await knexOfFirst.destroy();
  });
  afterAll(() => knex.destroy());

  it('show the same, and only one of them reads the engine', async () => {
    const holder = await holderOf('feed:scripted');
    engine.put({ engineInstanceId: 'a' });
    await eventually(
      () => Promise.all([states(first), states(second)]),
      shown => expect(shown).toEqual([[['a', 'ACTIVE']], [['a', 'ACTIVE']]]),
    );
    expect(await holderOf('feed:scripted')).toBe(holder);
    expect((await second.get('/status')).body.feed.lease.holder).toBe(holder);
  });

  it('start one instance for one request, whichever of them is asked', async () => {
    const replies = await Promise.all(
      [first, second, first, second].map(portal =>
        portal.post(RUN, {}).set('Idempotency-Key', 'the-same'),
      ),
    );
    expect(new Set(replies.map(({ body }) => body.id)).size).toBe(1);
    expect(engine.runs).toHaveLength(1);
  });

  it('go on as one when the reading one is killed', async () => {
    const running = await first.post(RUN, {});
    const holder = await holderOf('feed:scripted');
    await kill();
    engine.put({
      engineInstanceId: running.body.engineInstanceId,
      state: 'COMPLETED',
    });
    engine.put({ engineInstanceId: 'later' });

    await eventually(
      () => states(second),
      shown =>
        expect(shown).toEqual([
          [running.body.id, 'COMPLETED'],
          ['later', 'ACTIVE'],
        ]),
      30_000,
    );
    expect(await holderOf('feed:scripted')).not.toBe(holder);
    const { body } = await second.get('/instances');
    expect(body.stale).toBe(false);
    expect(engine.runs).toHaveLength(1);
  });

  it('deliver each event once, also when the delivering one is killed', async () => {
    const send = (portal: Portal, id: string) =>
      portal
        .post('/events', {
          specversion: '1.0',
          id,
          source: '/shop',
          type: 'order.placed',
        })
        .set('Content-Type', 'application/cloudevents+json');
    await Promise.all([
      send(first, 'a'),
      send(second, 'a'),
      send(second, 'b'),
      send(first, 'b'),
    ]);
    await eventually(
      async () => engine.sent.map(({ event }) => event.id).sort(),
      ids => expect(ids).toEqual(['a', 'b']),
    );
    await kill();
    await send(second, 'c');
    await eventually(
      async () => engine.sent.map(({ event }) => event.id).sort(),
      ids => expect(ids).toEqual(['a', 'b', 'c']),
      30_000,
    );
  });
});
