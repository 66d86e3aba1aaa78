import {
  EngineRefusedError,
  EngineUnreachableError,
} from '@open-orchestrator/backstage-plugin-orchestrator-node';
import {
  ADA,
  BATCH,
  BOB,
  EventBed,
  order,
  STRUCTURED,
} from '../__testUtils__/EventBed';
import { DENY, eventually } from '../__testUtils__/startPortal';
import { databaseIds } from '../__testUtils__/testDatabases';

describe.each(databaseIds)('events on %s', databaseId => {
  const bed = EventBed.forTestsOn(databaseId);
  const { start, send, undelivered, arrived } = bed;

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

  it('are refused when too many of their sender wait', async () => {
    await start({ config: { limits: { waitingEventsPerSender: 2 } } });
    bed.engine.failure = new EngineUnreachableError('down');
    await send([order(), order({ id: 'e2' })], BATCH);
    const third = await send(order({ id: 'e3' }));
    expect(third.status).toBe(429);
    expect(third.headers['retry-after']).toBeDefined();
    const other = await send(order(), STRUCTURED, BOB);
    expect(other.status).toBe(202);
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
      expect(await bed.knex('event_inbox')).toEqual([]);
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
      expect(await bed.knex('event_inbox')).toEqual([]);
      expect((await send([], BATCH)).status).toBe(400);
    });

    it('leave a trail, with types and without data', async () => {
      await send(order({ data: 'canary', kogitoprocrefid: 'i1' }));
      expect(bed.portal.audits).toContainEqual(
        expect.objectContaining({ eventId: 'event-send', outcome: 'failed' }),
      );
      expect(JSON.stringify(bed.portal.audits)).not.toContain('canary');
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
      expect(await bed.knex('event_inbox')).toEqual([]);
    });

    it('are refused in one of a batch too', async () => {
      const batch = [order({ type: 'order.approved' }), order({ id: 'e2' })];
      expect((await send(batch, BATCH)).status).toBe(403);
      expect(await bed.knex('event_inbox')).toEqual([]);
    });

    it('are taken when they start nothing', async () => {
      expect((await send(order({ type: 'order.approved' }))).status).toBe(202);
    });

    it('can’t be redelivered by him either', async () => {
      bed.engine.sendEvent = async () => {
        throw new EngineRefusedError('no');
      };
      const taken = await send(order(), STRUCTURED, BOB);
      await bed.knex('event_delivery').update({ state: 'undeliverable' });
      const path = `/events/${taken.body.items[0].id}/redeliver`;
      expect((await bed.portal.post(path, undefined, ADA)).status).toBe(403);
      expect((await bed.portal.post(path, undefined, BOB)).status).toBe(202);
    });
  });

  it('are forgotten when their time is over', async () => {
    await start({ config: { events: { retention: { days: 1 } } } });
    await send(order());
    await eventually(arrived, ids => expect(ids).toEqual(['e1']));
    await eventually(undelivered, items => expect(items).toEqual([]));
    await bed.portal.stop();

    await bed.knex('event_delivery').update({ delivered_at: 1 });
    await bed.knex('event_inbox').update({ received_at: 1 });
    await start({ config: { events: { retention: { days: 1 } } } });
    await eventually(
      () => Promise.all([bed.knex('event_delivery'), bed.knex('event_inbox')]),
      tables => expect(tables).toEqual([[], []]),
    );
  });
});
