import { EngineWorkflow } from '@open-orchestrator/backstage-plugin-orchestrator-node';
import {
  BATCH,
  BOB,
  EventBed,
  order,
  STRUCTURED,
} from '../__testUtils__/EventBed';
import { eventually } from '../__testUtils__/startPortal';
import { databaseIds } from '../__testUtils__/testDatabases';

describe.each(databaseIds)('events taken on %s', databaseId => {
  const bed = EventBed.forTestsOn(databaseId);
  const { start, send, undelivered, arrived } = bed;

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
    expect(bed.engine.sent).toEqual([
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
    expect(bed.engine.sent[0].event.data).toEqual({ amount: 7 });
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
      bed.engine.setWorkflows(...workflows);
      await bed.portal.workflowsLoaded();
      expect((await send(order({ type: 'pay.done' }))).status).toBe(202);
      await eventually(undelivered, items => expect(items).toEqual([]));
      return bed.engine.sent.map(({ target }) => target);
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
      expect(sent).toEqual(expect.arrayContaining([only('2.0'), only('1.0')]));
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
      expect(sent).toEqual(expect.arrayContaining([only('2.0'), only('1.0')]));
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
      expect(await bed.knex('event_delivery').pluck('target')).toEqual([
        'http://old.test',
      ]);
    });
  });

  it('go to a broker once, however many services want them', async () => {
    bed.engine.setWorkflows(
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
    await bed.portal.workflowsLoaded();
    await send(order({ id: 'to-each', type: 'order.closed' }));
    await eventually(arrived, ids =>
      expect(ids).toEqual(['to-each', 'to-each']),
    );
    bed.engine.hasEventBroker = true;
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
      async () => bed.engine.sent.map(({ event }) => event.id).sort(),
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
