import {
  CloudEvent,
  EngineNotCalledError,
  EngineProtocolError,
  EngineRefusedError,
  EngineTimeoutError,
  EngineUnreachableError,
  EngineWorkflow,
} from '@open-orchestrator/backstage-plugin-orchestrator-node';
import { Knex } from 'knex';
import { ScriptedEngine } from '../__testUtils__/ScriptedEngine';
import {
  DENY,
  eventually,
  Portal,
  PortalOptions,
  startPortal,
} from '../__testUtils__/startPortal';
import {
  clearDatabase,
  createDatabase,
  databaseIds,
} from '../__testUtils__/testDatabases';

const STRUCTURED = 'application/cloudevents+json';
const BATCH = 'application/cloudevents-batch+json';
const ADA = 'user:default/ada';
const BOB = 'user:default/bob';

const order = (fields: Partial<CloudEvent> = {}): CloudEvent => ({
  specversion: '1.0',
  id: 'e1',
  source: '/shop',
  type: 'order.placed',
  data: { amount: 7 },
  ...fields,
});

describe.each(databaseIds)('events on %s', databaseId => {
  let knex: Knex;
  let engine: ScriptedEngine;
  let portal: Portal;

  const start = async (options: PortalOptions = {}) => {
    engine = new ScriptedEngine().setWorkflows(
      {
        id: 'ship',
        startsByEvent: true,
        consumedEventTypes: ['order.placed'],
      },
      { id: 'approve', consumedEventTypes: ['order.approved'] },
      {
        id: 'bill',
        serviceUrl: 'http://one.test',
        consumedEventTypes: ['order.closed'],
      },
      {
        id: 'thank',
        serviceUrl: 'http://one.test',
        consumedEventTypes: ['order.closed'],
      },
    );
    portal = await (
      await startPortal({ engine, knex, ...options })
    ).workflowsLoaded();
  };

  const send = (body: unknown, type = STRUCTURED, user = ADA) =>
    portal.post('/events', body, user).set('Content-Type', type);

  const undelivered = async (query = '') =>
    (await portal.get(`/events/undelivered${query}`)).body.items;

  const arrived = async () => engine.sent.map(({ event }) => event.id);

  /** Waits for these attempts at the only event, each made without the pause before it. */
  const attemptedInVain = async (each: number[]) => {
    for (const attempts of each) {
      await eventually(undelivered, ([event]) =>
        expect(event).toMatchObject({ attempts, state: 'waiting' }),
      );
      await knex('event_delivery').update({ next_attempt_at: 0 });
    }
  };

  beforeAll(async () => {
    knex = await createDatabase(databaseId);
  });
  beforeEach(() => clearDatabase(knex));
  afterEach(() => portal.stop());
  afterAll(() => knex.destroy());

  it('are taken once when batches repeat them at the same time in any order', async () => {
    await start({ config: { limits: { runBurst: 1_000 } } });
    const events = Array.from({ length: 40 }, (_, i) => order({ id: `e${i}` }));
    const batches = Array.from({ length: 8 }, (_, i) =>
      i % 2 === 0 ? events : [...events].reverse(),
    );

    const answers = await Promise.all(
      batches.map(batch => send(JSON.stringify(batch), BATCH)),
    );

    expect(answers.map(({ status }) => status)).toEqual(batches.map(() => 202));
    const items = answers.flatMap(({ body }) => body.items);
    expect(
      items.filter(({ duplicate }: { duplicate: boolean }) => !duplicate),
    ).toHaveLength(events.length);
    await eventually(arrived, ids =>
      expect([...ids].sort()).toEqual(events.map(({ id }) => id).sort()),
    );
  });

  it('are slowed down when they start workflows too quickly', async () => {
    await start({ config: { limits: { runBurst: 1, runsPerMinute: 1 } } });
    expect((await send(order())).status).toBe(202);
    const tooQuick = await send(order({ id: 'e2' }));
    expect(tooQuick.status).toBe(429);
    expect(tooQuick.headers['retry-after']).toBeDefined();
    const startsNothing = order({ id: 'e3', type: 'order.approved' });
    expect((await send(startsNothing)).status).toBe(202);
  });

  describe('that can’t be taken', () => {
    beforeEach(() => start({ config: { limits: { eventBytes: 2_000 } } }));

    it('are refused when they are none, or would steer the engine', async () => {
      const wrong: [name: string, event: unknown][] = [
        ['without a type', order({ type: undefined })],
        ['without an id', order({ id: undefined })],
        ['with an empty source', order({ source: '' })],
        ['of another version', { ...order(), specversion: '0.3' }],
        ['with a NUL in its subject', order({ subject: 'a\u0000b' })],
        ['with half a character in its id', order({ id: 'a\ud800' })],
        ['with an object as extension', order({ traceparent: { a: 1 } })],
        ['with a name that is none', order({ 'Ce-Id': 'x' })],
        ['with data that is no JSON', order({ data_base64: 'AAAA' })],
        ['of text', order({ datacontenttype: 'text/plain', data: 'x' })],
        ['that is a list', [order()]],
        ['with an id that no index holds', order({ id: 'é'.repeat(200) })],
        ['for a named instance', order({ kogitoprocrefid: 'i1' })],
        ['for a named workflow', order({ kogitoprocid: 'ship' })],
        ['with a business key', order({ kogitobusinesskey: 'x' })],
        ['with any word of the engine', order({ kogitoanything: 'x' })],
        ['with credentials', order({ authorization: 'Bearer x' })],
        ['with a cookie', order({ cookie: 'a=b' })],
        ['with another host', order({ host: 'elsewhere.test' })],
      ];
      for (const [name, event] of wrong) {
        const { status, body } = await send(event);
        expect({ name, status, error: body.error.name }).toEqual({
          name,
          status: 400,
          error: 'InputError',
        });
      }
      expect(await knex('event_inbox')).toEqual([]);
    });

    it('are refused when no workflow consumes the type', async () => {
      const { status, body } = await send(order({ type: 'order.lost' }));
      expect(status).toBe(422);
      expect(body.error.message).toBe(
        'No deployed workflow consumes events of type "order.lost".',
      );
    });

    it('are refused when they are too large', async () => {
      const { status } = await send(order({ data: 'x'.repeat(2_000) }));
      expect(status).toBe(413);
    });

    it('are refused in a format that holds no event', async () => {
      expect((await send({ amount: 7 }, 'application/json')).status).toBe(415);
      expect((await send('<a/>', 'application/xml')).status).toBe(415);
    });

    it('take all others of their batch with them', async () => {
      const { status, body } = await send(
        [order(), order({ id: 'e2', kogitoprocrefid: 'i1' })],
        BATCH,
      );
      expect(status).toBe(400);
      expect(body.error.details).toEqual([
        {
          path: '/1/kogitoprocrefid',
          message: 'kogitoprocrefid may be set by the portal only',
        },
      ]);
      expect(await knex('event_inbox')).toEqual([]);
      expect((await send([], BATCH)).status).toBe(400);
    });

    it('leave a trail, with types and without data', async () => {
      await send(order({ data: 'canary', kogitoprocrefid: 'i1' }));
      expect(portal.audits).toContainEqual(
        expect.objectContaining({ eventId: 'event-send', outcome: 'failed' }),
      );
      expect(JSON.stringify(portal.audits)).not.toContain('canary');
    });
  });

  describe('of someone who may not run the workflow that they start', () => {
    beforeEach(() =>
      start({
        policy: ({ name }, user) =>
          name === 'orchestrator.workflow.run' && user === ADA
            ? DENY
            : { result: 'ALLOW' as never },
      }),
    );

    it('are refused', async () => {
      const { status, body } = await send(order());
      expect(status).toBe(403);
      expect(body.error.message).toContain('orchestrator.workflow.run');
      expect(await knex('event_inbox')).toEqual([]);
    });

    it('are refused in one of a batch too', async () => {
      const batch = [order({ type: 'order.approved' }), order({ id: 'e2' })];
      expect((await send(batch, BATCH)).status).toBe(403);
      expect(await knex('event_inbox')).toEqual([]);
    });

    it('are taken when they start nothing', async () => {
      expect((await send(order({ type: 'order.approved' }))).status).toBe(202);
    });

    it('can’t be redelivered by him either', async () => {
      engine.sendEvent = async () => {
        throw new EngineRefusedError('no');
      };
      const taken = await send(order(), STRUCTURED, BOB);
      await knex('event_delivery').update({ state: 'undeliverable' });
      const path = `/events/${taken.body.items[0].id}/redeliver`;
      expect((await portal.post(path, undefined, ADA)).status).toBe(403);
      expect((await portal.post(path, undefined, BOB)).status).toBe(202);
    });
  });

  describe('taken', () => {
    beforeEach(() => start());

    it('reach the workflow that consumes them, unchanged', async () => {
      const { status, body } = await send(order({ subject: 'o-1' }));
      expect(status).toBe(202);
      expect(body.items).toEqual([
        {
          id: expect.any(String),
          eventId: 'e1',
          source: '/shop',
          duplicate: false,
        },
      ]);
      await eventually(arrived, ids => expect(ids).toEqual(['e1']));
      expect(engine.sent).toEqual([
        {
          event: order({ subject: 'o-1' }),
          target: { kind: 'workflow', workflowId: 'ship' },
        },
      ]);
      await eventually(undelivered, items => expect(items).toEqual([]));
    });

    it('may come with their attributes in headers', async () => {
      const { status } = await send({ amount: 7 }, 'application/json')
        .set('ce-specversion', '1.0')
        .set('ce-id', 'caf%C3%A9')
        .set('ce-source', '/shop')
        .set('ce-type', 'order.placed');
      expect(status).toBe(202);
      await eventually(arrived, ids => expect(ids).toEqual(['café']));
      expect(engine.sent[0].event.data).toEqual({ amount: 7 });
    });

    it('reach a service once, however many of its workflows want them', async () => {
      await send(order({ type: 'order.closed' }));
      await eventually(arrived, ids => expect(ids).toEqual(['e1']));
    });

    describe('by a workflow with an older version at another service', () => {
      const older: Partial<EngineWorkflow> & { id: string } = {
        id: 'pay',
        version: '1.0',
        serviceUrl: 'http://old.test',
        consumedEventTypes: ['pay.done'],
      };
      const newer = { ...older, version: '2.0', serviceUrl: 'http://new.test' };
      const starts = { startsByEvent: true, startingEventTypes: ['pay.done'] };

      async function targets(
        ...workflows: (Partial<EngineWorkflow> & { id: string })[]
      ) {
        engine.setWorkflows(...workflows);
        await portal.workflowsLoaded();
        expect((await send(order({ type: 'pay.done' }))).status).toBe(202);
        await eventually(undelivered, items => expect(items).toEqual([]));
        return engine.sent.map(({ target }) => target);
      }

      const newest = {
        kind: 'workflow',
        workflowId: 'pay',
        version: undefined,
      };
      const only = (version: string) => ({ ...newest, version });

      it('reach the instances of both that wait', async () => {
        const sent = await targets(older, newer);
        expect(sent).toHaveLength(2);
        expect(sent).toEqual(
          expect.arrayContaining([only('2.0'), only('1.0')]),
        );
      });

      it('start the newest, and resume those of the older one', async () => {
        const sent = await targets(
          {
            ...older,
            startsByEvent: true,
            startingEventTypes: ['pay.begun'],
          },
          { ...newer, ...starts },
        );
        expect(sent).toHaveLength(2);
        expect(sent).toEqual(
          expect.arrayContaining([only('2.0'), only('1.0')]),
        );
      });

      it.each([
        ['starts by them', { ...older, ...starts }],
        ['may start by them', { ...older, startsByEvent: true }],
        ['is at the same address', { ...older, serviceUrl: 'http://new.test' }],
      ])('wait for the newest alone when the older one %s', async (_, old) => {
        expect(await targets(old, newer)).toEqual([only('2.0')]);
      });

      it('do not reach the older one when it is not deployed', async () => {
        const gone = {
          ...older,
          availability: { state: 'unavailable' as const },
        };
        expect(await targets(gone, newer)).toEqual([newest]);
      });

      it('do not reach its service when another workflow starts there', async () => {
        const other = { ...older, id: 'log', ...starts };
        const newOther = { ...newer, id: 'log', ...starts };
        expect(await targets(older, newer, other, newOther)).toEqual([
          { ...only('2.0'), workflowId: 'log' },
        ]);
      });

      it('go to the older one alone when only that consumes them', async () => {
        const sent = await targets(older, { ...newer, consumedEventTypes: [] });
        expect(sent).toEqual([newest]);
        expect(await knex('event_delivery').pluck('target')).toEqual([
          'http://old.test',
        ]);
      });
    });

    it('go to a broker once, however many services want them', async () => {
      engine.setWorkflows(
        {
          id: 'one',
          serviceUrl: 'http://one.test',
          consumedEventTypes: ['order.closed'],
        },
        {
          id: 'two',
          serviceUrl: 'http://two.test',
          consumedEventTypes: ['order.closed'],
        },
      );
      await portal.workflowsLoaded();
      await send(order({ id: 'to-each', type: 'order.closed' }));
      await eventually(arrived, ids =>
        expect(ids).toEqual(['to-each', 'to-each']),
      );
      engine.hasEventBroker = true;
      await send(order({ id: 'to-broker', type: 'order.closed' }));
      await eventually(arrived, ids =>
        expect(ids).toEqual(['to-each', 'to-each', 'to-broker']),
      );
      await eventually(undelivered, items => expect(items).toEqual([]));
    });

    it('are known again when their sender repeats them, and only then', async () => {
      const first = await send(order());
      const again = await send([order(), order({ id: 'e2' })], BATCH);
      expect(again.body.items).toEqual([
        { ...first.body.items[0], duplicate: true },
        expect.objectContaining({ eventId: 'e2', duplicate: false }),
      ]);
      const other = await send(order(), STRUCTURED, BOB);
      expect(other.body.items[0].duplicate).toBe(false);
      await eventually(
        async () => engine.sent.map(({ event }) => event.id).sort(),
        ids => expect(ids).toEqual(['e1', 'e1', 'e2']),
      );
    });

    it('are stored once when they come many times at once', async () => {
      const replies = await Promise.all(
        Array.from({ length: 8 }, () => send(order())),
      );
      const items = replies.flatMap(({ body }) => body.items);
      expect(new Set(items.map(({ id }) => id)).size).toBe(1);
      expect(items.filter(({ duplicate }) => !duplicate)).toHaveLength(1);
      await eventually(arrived, ids => expect(ids).toEqual(['e1']));
    });
  });

  describe('that one target takes badly', () => {
    /** Ids of events that are refused, as long as they are in here. */
    let refused: Set<string>;

    beforeEach(async () => {
      await start({ config: { events: { attempts: 2 } } });
      refused = new Set();
      const take = engine.sendEvent.bind(engine);
      engine.sendEvent = async (event, target) => {
        if (refused.has(event.id)) {
          throw new EngineRefusedError(`no ${event.id}`);
        }
        return take(event, target);
      };
    });

    it('hold up those behind them, and nothing else, until they are given up', async () => {
      refused.add('bad');
      await send(
        [
          order({ id: 'bad', subject: 'o-1' }),
          order({ id: 'behind', subject: 'o-1' }),
          order({ id: 'aside', subject: 'o-2' }),
        ],
        BATCH,
      );
      await eventually(arrived, ids =>
        expect(ids).toEqual(['aside', 'behind']),
      );
      const [bad] = await undelivered('?state=undeliverable');
      expect(bad).toMatchObject({
        eventId: 'bad',
        source: '/shop',
        type: 'order.placed',
        subject: 'o-1',
        target: 'ship',
        state: 'undeliverable',
        attempts: 2,
        lastError: 'no bad',
        sender: ADA,
      });
      expect(bad.nextAttemptAt).toBeUndefined();
      expect(portal.audits).toContainEqual(
        expect.objectContaining({
          eventId: 'event-deliver',
          outcome: 'failed',
        }),
      );
    });

    it('hold up nobody else’s', async () => {
      refused.add('bad');
      await send(order({ id: 'bad', subject: 'o-1' }));
      await send(order({ id: 'of-bob', subject: 'o-1' }), STRUCTURED, BOB);
      await eventually(arrived, ids => expect(ids).toEqual(['of-bob']));
    });

    it('can be delivered again, by the id of event or delivery', async () => {
      refused.add('bad');
      const { body } = await send(order({ id: 'bad' }));
      const given = await eventually(
        () => undelivered('?state=undeliverable'),
        items => expect(items).toHaveLength(1),
      );
      const first = await portal.post(
        `/events/${given[0].id}/redeliver`,
        undefined,
      );
      expect(first.status).toBe(202);
      expect(first.body).toEqual({ deliveries: 1 });
      const tooSoon = await portal.post(
        `/events/${given[0].id}/redeliver`,
        undefined,
      );
      expect(tooSoon.status).toBe(409);

      await eventually(
        () => undelivered('?state=undeliverable'),
        items => expect(items).toHaveLength(1),
      );
      refused.clear();
      await portal.post(`/events/${body.items[0].id}/redeliver`, undefined);
      await eventually(arrived, ids => expect(ids).toEqual(['bad']));
      await eventually(undelivered, items => expect(items).toEqual([]));
      const late = await portal.post(
        `/events/${body.items[0].id}/redeliver`,
        undefined,
      );
      expect(late.status).toBe(409);
      expect(late.body.error.message).toBe('The event is delivered.');
    });

    it('go to what replaced the version that they were for', async () => {
      const pay = { id: 'pay', consumedEventTypes: ['pay.done'] };
      const started = { startsByEvent: true, serviceUrl: 'http://old.test' };
      const at = (version: string) => ({
        ...pay,
        version,
        serviceUrl: 'http://new.test',
      });
      const deploy = async (version: string) => {
        engine.setWorkflows({ ...pay, ...started }, at(version));
        await eventually(
          async () => (await portal.get('/workflows/pay')).body.versions,
          versions => expect(versions?.[0].version).toBe(version),
        );
      };
      await deploy('2.0');
      refused.add('for-2');
      const { body } = await send(order({ id: 'for-2', type: 'pay.done' }));
      await eventually(
        () => undelivered('?state=undeliverable'),
        items => expect(items).toHaveLength(1),
      );

      await deploy('3.0');
      refused.clear();
      await portal.post(`/events/${body.items[0].id}/redeliver`, undefined);
      await eventually(arrived, ids => expect(ids).toEqual(['for-2']));
      expect(engine.sent[0].target).toMatchObject({ version: '3.0' });
    });

    it.each([
      ['arrived', {}],
      ['may have arrived', { state: 'undeliverable', may_have_arrived: true }],
    ])(
      'stay with the version that they were for when they %s where they start a workflow',
      async (_, elsewhere) => {
        const pay = (version: string, host: string, startingType: string) => ({
          id: 'pay',
          version,
          serviceUrl: `http://${host}.test`,
          startsByEvent: true,
          consumedEventTypes: ['pay.done'],
          startingEventTypes: [startingType],
        });
        const newer = pay('2.0', 'new', 'pay.done');
        const take = engine.sendEvent.bind(engine);
        engine.sendEvent = async (event, target) => {
          if (target.kind === 'workflow' && target.version === '1.0') {
            throw new EngineRefusedError('Version 1.0 was replaced');
          }
          return take(event, target);
        };
        engine.setWorkflows(pay('1.0', 'old', 'pay.begun'), newer);
        await portal.workflowsLoaded();
        await send(order({ id: 'twice', type: 'pay.done' }));
        const [parked] = await eventually(
          () => undelivered('?state=undeliverable'),
          items => expect(items).toHaveLength(1),
        );
        await eventually(arrived, ids => expect(ids).toEqual(['twice']));
        await knex('event_delivery')
          .where('target', 'http://new.test')
          .update({ state: 'delivered', ...elsewhere });

        engine.setWorkflows(pay('3.0', 'old', 'pay.done'), newer);
        await eventually(
          async () => (await portal.get('/workflows/pay')).body.versions,
          versions => expect(versions[0].version).toBe('3.0'),
        );
        engine.sendEvent = take;
        await portal.post(`/events/${parked.id}/redeliver`, undefined);
        await eventually(arrived, ids => expect(ids).toHaveLength(2));
        expect(engine.sent[1].target).toMatchObject({ version: '1.0' });
      },
    );

    it('are none when nobody sent them', async () => {
      const { status } = await portal.post('/events/none/redeliver', undefined);
      expect(status).toBe(404);
    });

    it('are listed in pages', async () => {
      refused = new Set(['a', 'b', 'c']);
      await send(
        ['a', 'b', 'c'].map(id => order({ id, subject: id })),
        BATCH,
      );
      await eventually(
        () => undelivered('?state=undeliverable'),
        items => expect(items).toHaveLength(3),
      );
      const ids: string[] = [];
      let cursor = '';
      do {
        const { body } = await portal.get(
          `/events/undelivered?limit=2${cursor && `&cursor=${cursor}`}`,
        );
        ids.push(
          ...body.items.map((item: { eventId: string }) => item.eventId),
        );
        cursor = body.nextCursor ?? '';
      } while (cursor);
      expect(ids).toEqual(['c', 'b', 'a']);
      const wrong = await portal.get('/events/undelivered?cursor=x');
      expect(wrong.status).toBe(400);
    });
  });

  it('leave others their way when one target hangs', async () => {
    await start({ config: { limits: { runBurst: 1_000 } } });
    let hanging = 0;
    let mostHanging = 0;
    const take = engine.sendEvent.bind(engine);
    engine.sendEvent = async (event, target, options) => {
      if (event.type !== 'order.placed') {
        return take(event, target, options);
      }
      mostHanging = Math.max(mostHanging, ++hanging);
      return new Promise((_, reject) => {
        options?.signal?.addEventListener('abort', () => {
          hanging -= 1;
          reject(options.signal?.reason);
        });
      });
    };
    const hung = Array.from({ length: 30 }, (_, i) =>
      order({ id: `hung-${i}`, subject: `o-${i}` }),
    );
    await send(hung, BATCH);
    await eventually(
      async () => hanging,
      count => expect(count).toBe(6),
    );
    await send(order({ id: 'other', type: 'order.approved' }));
    await eventually(arrived, ids => expect(ids).toEqual(['other']));
    expect(mostHanging).toBe(6);
  });

  describe('while the target can’t be reached', () => {
    it('wait, survive the portal, and arrive once and in order', async () => {
      await start();
      engine.failure = new EngineUnreachableError('down');
      const ids = Array.from({ length: 60 }, (_, i) => `e${i}`);
      for (const third of [0, 20, 40]) {
        const batch = ids
          .slice(third, third + 20)
          .map((id, i) => order({ id, subject: `o-${i % 3}` }));
        expect((await send(batch, BATCH)).status).toBe(202);
        // A sender that got no answer sends again.
        await send(batch, BATCH);
      }
      await eventually(
        () => undelivered('?limit=100'),
        items => {
          expect(items).toHaveLength(60);
          expect(items.at(-1).lastError).toBe('down');
        },
      );
      await portal.stop();

      await start();
      await knex('event_delivery').update({ next_attempt_at: 0 });
      await eventually(
        async () => engine.sent,
        sent => expect(sent).toHaveLength(60),
      );
      for (const subject of ['o-0', 'o-1', 'o-2']) {
        const numbers = engine.sent
          .filter(({ event }) => event.subject === subject)
          .map(({ event }) => Number(event.id.slice(1)));
        const places = numbers.map(n => Math.floor(n / 20) * 100 + (n % 20));
        expect(places).toEqual(places.toSorted((a, b) => a - b));
      }
    });

    it.each([
      ['was not called', new EngineNotCalledError('down'), false],
      ['refused', new EngineRefusedError('no'), false],
      ['was cut off', new EngineUnreachableError('cut'), true],
      ['did not answer', new EngineTimeoutError('slow'), true],
      ['answered what it should not', new EngineProtocolError('?'), true],
    ])(
      'tell whether they may have arrived at one that %s',
      async (_, failure, mayHaveArrived) => {
        await start();
        engine.failure = failure;
        await send(order());
        await eventually(undelivered, ([event]) =>
          expect(event).toMatchObject({
            lastError: failure.message,
            mayHaveArrived,
          }),
        );
        engine.failure = undefined;
        engine.deliveries.length = 0;
        await knex('event_delivery').update({ next_attempt_at: 0 });
        await eventually(arrived, ids => expect(ids).toEqual(['e1']));
        const [{ id }] = await knex('event_delivery');
        expect(engine.deliveries).toEqual([{ deliveryId: id, mayHaveArrived }]);
      },
    );

    it('may have arrived in an attempt that ended with the portal', async () => {
      await start();
      engine.sendEvent = (_event, _target, { signal } = {}) =>
        new Promise((_, reject) => {
          signal?.addEventListener('abort', () => reject(signal.reason));
        });
      await send(order());
      await eventually(undelivered, ([event]) =>
        expect(event).toMatchObject({ attempts: 1, mayHaveArrived: true }),
      );
      await portal.stop();

      await start();
      await knex('event_delivery').update({ next_attempt_at: 0 });
      await eventually(arrived, ids => expect(ids).toEqual(['e1']));
      expect(engine.deliveries).toEqual([
        { deliveryId: expect.any(String), mayHaveArrived: true },
      ]);
    });

    it('stay in doubt, once they are, until they are delivered', async () => {
      await start({ config: { events: { attempts: 1 } } });
      engine.failure = new EngineTimeoutError('slow');
      await send(order());
      await eventually(undelivered, ([event]) =>
        expect(event.lastError).toBe('slow'),
      );
      engine.failure = new EngineRefusedError('no');
      await knex('event_delivery').update({ next_attempt_at: 0 });
      const [event] = await eventually(
        () => undelivered('?state=undeliverable'),
        items => expect(items).toHaveLength(1),
      );
      expect(event.mayHaveArrived).toBe(true);
      engine.deliveries.length = 0;
      engine.failure = undefined;
      await portal.post(`/events/${event.id}/redeliver`, undefined);
      await eventually(arrived, ids => expect(ids).toEqual(['e1']));
      expect(engine.deliveries).toEqual([
        { deliveryId: event.id, mayHaveArrived: true },
      ]);
    });

    it('are given up when it takes too long', async () => {
      await start({ config: { events: { giveUpAfter: { hours: 1 } } } });
      engine.failure = new EngineUnreachableError('down');
      await send(order());
      await eventually(undelivered, ([event]) =>
        expect(event.attempts).toBeGreaterThan(0),
      );
      expect((await undelivered())[0].state).toBe('waiting');

      await knex('event_delivery').update({
        waiting_since: Date.now() - 3_600_000,
        next_attempt_at: 0,
      });
      await eventually(undelivered, ([event]) =>
        expect(event.state).toBe('undeliverable'),
      );
    });

    it('are given up later when it only answers what makes no sense', async () => {
      await start({ config: { events: { attempts: 1 } } });
      engine.failure = new EngineProtocolError('HTTP 500');
      await send(order());
      await attemptedInVain([1, 2, 3]);
      await eventually(undelivered, ([event]) =>
        expect(event).toMatchObject({
          attempts: 4,
          state: 'undeliverable',
          lastError: 'HTTP 500',
        }),
      );
    });

    it('are given up at the second "no" of two, whatever makes no sense before', async () => {
      await start({ config: { events: { attempts: 2 } } });
      const failures = [
        new EngineProtocolError('HTTP 500'),
        new EngineRefusedError('no'),
        new EngineProtocolError('HTTP 500'),
        new EngineRefusedError('no'),
      ];
      engine.sendEvent = async () => {
        throw failures.shift() ?? new Error('asked too often');
      };
      await send(order());
      await attemptedInVain([1, 2, 3]);
      await eventually(undelivered, ([event]) =>
        expect(event).toMatchObject({ attempts: 4, state: 'undeliverable' }),
      );
    });

    it('are refused when too many of their sender wait', async () => {
      await start({ config: { limits: { waitingEventsPerSender: 2 } } });
      engine.failure = new EngineUnreachableError('down');
      await send([order(), order({ id: 'e2' })], BATCH);
      const third = await send(order({ id: 'e3' }));
      expect(third.status).toBe(429);
      expect(third.headers['retry-after']).toBeDefined();
      const other = await send(order(), STRUCTURED, BOB);
      expect(other.status).toBe(202);
    });
  });

  it('are forgotten when their time is over', async () => {
    await start({ config: { events: { retention: { days: 1 } } } });
    await send(order());
    await eventually(arrived, ids => expect(ids).toEqual(['e1']));
    await eventually(undelivered, items => expect(items).toEqual([]));
    await portal.stop();

    await knex('event_delivery').update({ delivered_at: 1 });
    await knex('event_inbox').update({ received_at: 1 });
    await start({ config: { events: { retention: { days: 1 } } } });
    await eventually(
      () => Promise.all([knex('event_delivery'), knex('event_inbox')]),
      tables => expect(tables).toEqual([[], []]),
    );
  });
});
