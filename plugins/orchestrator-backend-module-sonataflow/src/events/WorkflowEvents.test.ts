import {
  CloudEvent,
  EngineNotCalledError,
  EngineRefusedError,
} from '@open-orchestrator/backstage-plugin-orchestrator-node';
import { EngineBed } from '../__testUtils__/EngineBed';
import { Handler } from '../__testUtils__/TestServer';

const EVENTS = [{ name: 'placed', type: 'order.placed' }];
const BEGINS = {
  name: 'Begin',
  type: 'event',
  onEvents: [{ eventRefs: ['placed'] }],
};
const AWAITS = { name: 'Ask', type: 'callback', eventRef: 'placed' };

const event: CloudEvent = {
  specversion: '1.0',
  id: 'e-1',
  source: '/shop',
  type: 'order.placed',
};

/** Takes events, and has every workflow that it is asked for. */
const service: Handler = ({ method, url }) =>
  method === 'POST'
    ? { status: 202 }
    : { status: 200, body: { id: url.split('/').at(-1), version: '1.0' } };

describe('an event that is delivered to a service', () => {
  let bed: EngineBed;

  beforeEach(async () => {
    bed = await EngineBed.start({ services: [service, service] });
  });
  afterEach(() => bed.close());

  const define = (id: string, states: object[], at = 0) =>
    bed.define(id, bed.services[at], {
      source: JSON.stringify({ id, events: EVENTS, states }),
    });

  const deliver = (mayHaveArrived = false) =>
    bed.engine.sendEvent(
      event,
      { kind: 'workflow', workflowId: 'ship' },
      { deliveryId: 'd-1', mayHaveArrived },
    );

  const received = () =>
    bed.services[0].requests
      .filter(({ method }) => method === 'POST')
      .map(({ body }) => JSON.parse(body));

  it('names its delivery when all that it does is to start workflows', async () => {
    define('ship', [BEGINS]);
    define('bill', [BEGINS]);
    define('elsewhere', [AWAITS], 1);
    await deliver();
    expect(received()).toEqual([{ ...event, kogitobusinesskey: 'd-1' }]);
  });

  it.each([
    [
      'an instance of the same workflow',
      () => define('ship', [BEGINS, AWAITS]),
    ],
    [
      'one of another workflow of the service',
      () => {
        define('ship', [BEGINS]);
        define('wait', [AWAITS]);
      },
    ],
    [
      'one of a workflow whose source can’t be read',
      () => {
        define('ship', [BEGINS]);
        bed.define('dark', bed.services[0], { source: undefined });
      },
    ],
  ])('goes as it came when %s may wait for it', async (_, defineAll) => {
    defineAll();
    await deliver();
    await deliver(true);
    expect(received()).toEqual([event, event]);
  });

  describe('when two versions run side by side', () => {
    const defineVersion = (version: string, states: object[], at: number) =>
      bed.define('ship', bed.services[at], {
        version,
        source: JSON.stringify({ id: 'ship', events: EVENTS, states }),
      });

    const runs =
      (version: string): Handler =>
      ({ method, url }) =>
        method === 'POST'
          ? { status: 202 }
          : { status: 200, body: { id: url.split('/').at(-1), version } };

    const receivedBy = () =>
      bed.services.map(
        ({ requests }) =>
          requests.filter(({ method }) => method === 'POST').length,
      );

    const deliverTo = (version?: string) =>
      bed.engine.sendEvent(
        event,
        { kind: 'workflow', workflowId: 'ship', version },
        { deliveryId: 'd-1' },
      );

    beforeEach(() => bed.services[1].handle(runs('2.0')));

    it('goes to the newest one that consumes it', async () => {
      defineVersion('1.0', [AWAITS], 0);
      defineVersion('2.0', [{ name: 'Work', type: 'inject' }], 1);
      await deliverTo();
      expect(receivedBy()).toEqual([1, 0]);
    });

    it('goes to the newest one when both consume it', async () => {
      defineVersion('1.0', [AWAITS], 0);
      defineVersion('2.0', [BEGINS], 1);
      await deliverTo();
      expect(receivedBy()).toEqual([0, 1]);
    });

    it('goes to the version that it is for', async () => {
      defineVersion('1.0', [AWAITS], 0);
      defineVersion('2.0', [BEGINS], 1);
      await deliverTo('1.0');
      expect(receivedBy()).toEqual([1, 0]);
    });

    it('goes to no other one when that version was replaced: nobody needs to wait for it', async () => {
      defineVersion('1.0', [AWAITS], 0);
      defineVersion('2.0', [BEGINS], 1);
      bed.services[0].handle(runs('3.0'));
      const delivered = deliverTo('1.0');
      await expect(delivered).rejects.toThrow(EngineRefusedError);
      await expect(delivered).rejects.toThrow('the service runs version 3.0');
      expect(receivedBy()).toEqual([0, 0]);
    });

    it('waits for that version while its service is away', async () => {
      defineVersion('1.0', [AWAITS], 0);
      defineVersion('2.0', [BEGINS], 1);
      await bed.services[0].close();
      await expect(deliverTo('1.0')).rejects.toThrow(EngineNotCalledError);
      await bed.services[0].listen();
    });

    it('is told apart by what starts each version', async () => {
      const later = { name: 'later', type: 'order.later' };
      const asks = { name: 'Ask', type: 'callback', eventRef: 'later' };
      bed.define('ship', bed.services[0], {
        source: JSON.stringify({
          id: 'ship',
          events: [...EVENTS, later],
          states: [BEGINS, asks],
        }),
      });
      const [workflow] = await bed.engine.listWorkflows();
      expect(workflow).toMatchObject({
        consumedEventTypes: ['order.placed', 'order.later'],
        startingEventTypes: ['order.placed'],
      });
    });
  });

  describe('and may have arrived before', () => {
    beforeEach(() => {
      define('ship', [BEGINS]);
      define('bill', [BEGINS]);
    });

    const started = (processId: string, businessKey: string) =>
      bed.put(`${processId}-${businessKey}`, bed.services[0], {
        processId,
        businessKey,
        state: 'COMPLETED',
      });

    it('is not sent again when each workflow was started by it', async () => {
      started('ship', 'd-1');
      started('bill', 'd-1');
      await deliver(true);
      expect(received()).toEqual([]);
    });

    it('is sent again when one was not', async () => {
      started('ship', 'd-1');
      started('bill', 'd-2');
      await deliver(true);
      expect(received()).toHaveLength(1);
    });

    it('waits while the Data Index can’t tell', async () => {
      await bed.engine.listWorkflows();
      bed.indexServer.handle(() => ({ status: 503 }));
      // By then its list of workflows is no longer fresh.
      bed.clock.advance(6_000);
      await expect(deliver(true)).rejects.toMatchObject({
        name: 'EngineUnreachableError',
      });
      expect(received()).toEqual([]);
    });
  });

  it('waits while nobody can tell what it starts, in its first attempt too', async () => {
    define('ship', [BEGINS]);
    bed.indexServer.handle(request =>
      request.body.includes('DefinitionDetail')
        ? { status: 503 }
        : bed.index.handler(request),
    );
    await expect(deliver()).rejects.toThrow(EngineNotCalledError);
    expect(received()).toEqual([]);
    bed.indexServer.handle(bed.index.handler);
    bed.clock.advance(60_000);
    await deliver();
    expect(received()).toEqual([{ ...event, kogitobusinesskey: 'd-1' }]);
  });

  it('keeps its key while the Data Index is away', async () => {
    define('ship', [BEGINS]);
    await bed.engine.listWorkflows();
    bed.indexServer.handle(() => ({ status: 503 }));
    bed.clock.advance(6_000);
    await deliver();
    expect(received()).toEqual([{ ...event, kogitobusinesskey: 'd-1' }]);
  });
});
