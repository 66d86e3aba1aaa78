import {
  EngineNotCalledError,
  EngineProtocolError,
  EngineRefusedError,
  EngineTimeoutError,
  EngineUnreachableError,
} from '@open-orchestrator/backstage-plugin-orchestrator-node';
import { BATCH, EventBed, order } from '../__testUtils__/EventBed';
import { eventually } from '../__testUtils__/startPortal';
import { databaseIds } from '../__testUtils__/testDatabases';

describe.each(databaseIds)(
  'events whose target can’t be reached, on %s',
  databaseId => {
    const bed = EventBed.forTestsOn(databaseId);
    const { start, send, undelivered, arrived, attemptedInVain } = bed;

    it('wait, survive the portal, and arrive once and in order', async () => {
      await start();
      bed.engine.failure = new EngineUnreachableError('down');
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
      await bed.portal.stop();

      await start();
      await bed.knex('event_delivery').update({ next_attempt_at: 0 });
      await eventually(
        async () => bed.engine.sent,
        sent => expect(sent).toHaveLength(60),
      );
      for (const subject of ['o-0', 'o-1', 'o-2']) {
        const numbers = bed.engine.sent
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
        bed.engine.failure = failure;
        await send(order());
        await eventually(undelivered, ([event]) =>
          expect(event).toMatchObject({
            lastError: failure.message,
            mayHaveArrived,
          }),
        );
        bed.engine.failure = undefined;
        bed.engine.deliveries.length = 0;
        await bed.knex('event_delivery').update({ next_attempt_at: 0 });
        await eventually(arrived, ids => expect(ids).toEqual(['e1']));
        const [{ id }] = await bed.knex('event_delivery');
        expect(bed.engine.deliveries).toEqual([
          { deliveryId: id, mayHaveArrived },
        ]);
      },
    );

    it('may have arrived in an attempt that ended with the portal', async () => {
      await start();
      bed.engine.sendEvent = (_event, _target, { signal } = {}) =>
        new Promise((_, reject) => {
          signal?.addEventListener('abort', () => reject(signal.reason));
        });
      await send(order());
      await eventually(undelivered, ([event]) =>
        expect(event).toMatchObject({ attempts: 1, mayHaveArrived: true }),
      );
      await bed.portal.stop();

      await start();
      await bed.knex('event_delivery').update({ next_attempt_at: 0 });
      await eventually(arrived, ids => expect(ids).toEqual(['e1']));
      expect(bed.engine.deliveries).toEqual([
        { deliveryId: expect.any(String), mayHaveArrived: true },
      ]);
    });

    it('stay in doubt, once they are, until they are delivered', async () => {
      await start({ config: { events: { attempts: 1 } } });
      bed.engine.failure = new EngineTimeoutError('slow');
      await send(order());
      await eventually(undelivered, ([event]) =>
        expect(event.lastError).toBe('slow'),
      );
      bed.engine.failure = new EngineRefusedError('no');
      await bed.knex('event_delivery').update({ next_attempt_at: 0 });
      const [event] = await eventually(
        () => undelivered('?state=undeliverable'),
        items => expect(items).toHaveLength(1),
      );
      expect(event.mayHaveArrived).toBe(true);
      bed.engine.deliveries.length = 0;
      bed.engine.failure = undefined;
      await bed.portal.post(`/events/${event.id}/redeliver`, undefined);
      await eventually(arrived, ids => expect(ids).toEqual(['e1']));
      expect(bed.engine.deliveries).toEqual([
        { deliveryId: event.id, mayHaveArrived: true },
      ]);
    });

    it('are given up when it takes too long', async () => {
      await start({ config: { events: { giveUpAfter: { hours: 1 } } } });
      bed.engine.failure = new EngineUnreachableError('down');
      await send(order());
      await eventually(undelivered, ([event]) =>
        expect(event.attempts).toBeGreaterThan(0),
      );
      expect((await undelivered())[0].state).toBe('waiting');

      await bed.knex('event_delivery').update({
        waiting_since: Date.now() - 3_600_000,
        next_attempt_at: 0,
      });
      await eventually(undelivered, ([event]) =>
        expect(event.state).toBe('undeliverable'),
      );
    });

    it('are given up later when it only answers what makes no sense', async () => {
      await start({ config: { events: { attempts: 1 } } });
      bed.engine.failure = new EngineProtocolError('HTTP 500');
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
      bed.engine.sendEvent = async () => {
        throw failures.shift() ?? new Error('asked too often');
      };
      await send(order());
      await attemptedInVain([1, 2, 3]);
      await eventually(undelivered, ([event]) =>
        expect(event).toMatchObject({ attempts: 4, state: 'undeliverable' }),
      );
    });

    it('leave others their way when it hangs', async () => {
      await start({ config: { limits: { runBurst: 1_000 } } });
      let hanging = 0;
      let mostHanging = 0;
      const take = bed.engine.sendEvent.bind(bed.engine);
      bed.engine.sendEvent = async (event, target, options) => {
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
  },
);
