import { EngineRefusedError } from '@open-orchestrator/backstage-plugin-orchestrator-node';
import {
  ADA,
  BATCH,
  BOB,
  EventBed,
  order,
  STRUCTURED,
} from '../__testUtils__/EventBed';
import { eventually } from '../__testUtils__/startPortal';
import { databaseIds } from '../__testUtils__/testDatabases';

describe.each(databaseIds)(
  'events that one target takes badly, on %s',
  databaseId => {
    const bed = EventBed.forTestsOn(databaseId);
    const { start, send, undelivered, arrived } = bed;

    /** Ids of events that are refused, as long as they are in here. */
    let refused: Set<string>;

    beforeEach(async () => {
      await start({ config: { events: { attempts: 2 } } });
      refused = new Set();
      const take = bed.engine.sendEvent.bind(bed.engine);
      bed.engine.sendEvent = async (event, target) => {
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
      expect(bed.portal.audits).toContainEqual(
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
      const first = await bed.portal.post(
        `/events/${given[0].id}/redeliver`,
        undefined,
      );
      expect(first.status).toBe(202);
      expect(first.body).toEqual({ deliveries: 1 });
      const tooSoon = await bed.portal.post(
        `/events/${given[0].id}/redeliver`,
        undefined,
      );
      expect(tooSoon.status).toBe(409);

      await eventually(
        () => undelivered('?state=undeliverable'),
        items => expect(items).toHaveLength(1),
      );
      refused.clear();
      await bed.portal.post(`/events/${body.items[0].id}/redeliver`, undefined);
      await eventually(arrived, ids => expect(ids).toEqual(['bad']));
      await eventually(undelivered, items => expect(items).toEqual([]));
      const late = await bed.portal.post(
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
        bed.engine.setWorkflows({ ...pay, ...started }, at(version));
        await eventually(
          async () => (await bed.portal.get('/workflows/pay')).body.versions,
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
      await bed.portal.post(`/events/${body.items[0].id}/redeliver`, undefined);
      await eventually(arrived, ids => expect(ids).toEqual(['for-2']));
      expect(bed.engine.sent[0].target).toMatchObject({ version: '3.0' });
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
        const take = bed.engine.sendEvent.bind(bed.engine);
        bed.engine.sendEvent = async (event, target) => {
          if (target.kind === 'workflow' && target.version === '1.0') {
            throw new EngineRefusedError('Version 1.0 was replaced');
          }
          return take(event, target);
        };
        bed.engine.setWorkflows(pay('1.0', 'old', 'pay.begun'), newer);
        await bed.portal.workflowsLoaded();
        await send(order({ id: 'twice', type: 'pay.done' }));
        const [parked] = await eventually(
          () => undelivered('?state=undeliverable'),
          items => expect(items).toHaveLength(1),
        );
        await eventually(arrived, ids => expect(ids).toEqual(['twice']));
        await bed
          .knex('event_delivery')
          .where('target', 'http://new.test')
          .update({ state: 'delivered', ...elsewhere });

        bed.engine.setWorkflows(pay('3.0', 'old', 'pay.done'), newer);
        await eventually(
          async () => (await bed.portal.get('/workflows/pay')).body.versions,
          versions => expect(versions[0].version).toBe('3.0'),
        );
        bed.engine.sendEvent = take;
        await bed.portal.post(`/events/${parked.id}/redeliver`, undefined);
        await eventually(arrived, ids => expect(ids).toHaveLength(2));
        expect(bed.engine.sent[1].target).toMatchObject({ version: '1.0' });
      },
    );

    it('are none when nobody sent them', async () => {
      const { status } = await bed.portal.post(
        '/events/none/redeliver',
        undefined,
      );
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
        const { body } = await bed.portal.get(
          `/events/undelivered?limit=2${cursor && `&cursor=${cursor}`}`,
        );
        ids.push(
          ...body.items.map((item: { eventId: string }) => item.eventId),
        );
        cursor = body.nextCursor ?? '';
      } while (cursor);
      expect(ids).toEqual(['c', 'b', 'a']);
      const wrong = await bed.portal.get('/events/undelivered?cursor=x');
      expect(wrong.status).toBe(400);
    });
  },
);
