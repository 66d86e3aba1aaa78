/** @jest-environment node */
import { startTestRuntime } from '../../testing';

const events = [
  { name: 'approval', source: '', type: 'approved' },
  { name: 'denial', source: '', type: 'denied' },
  { name: 'order', source: '', type: 'ordered' },
  {
    name: 'payment',
    source: '',
    type: 'paid',
    correlation: [{ contextAttributeName: 'orderid' }],
  },
  {
    name: 'correlatedOrder',
    source: '',
    type: 'ordered.correlated',
    correlation: [{ contextAttributeName: 'orderid' }],
  },
  { name: 'result', kind: 'produced', type: 'decided' },
];

const functions = [
  { name: 'mark', type: 'expression', operation: '{marked: true}' },
];

function workflow(states: object[], rest: object = {}) {
  return {
    id: 'w',
    version: '2.0',
    start: 'First',
    events,
    functions,
    states,
    ...rest,
  };
}

const inject = (name: string) => ({
  name,
  type: 'inject',
  data: { went: name },
  end: true,
});

const callback = (rest: object = {}) => ({
  name: 'First',
  type: 'callback',
  action: { functionRef: 'mark' },
  eventRef: 'approval',
  end: true,
  ...rest,
});

describe('callback', () => {
  it('carries out its action, then waits for its event', async () => {
    const { start, send, instance } = startTestRuntime({
      workflows: [workflow([callback()])],
    });
    const { id, state, data, waits } = await start({});
    expect(state).toBe('ACTIVE');
    expect(data).toEqual({ marked: true });
    expect(waits).toEqual([
      {
        kind: 'event',
        nodeName: 'approval',
        eventName: 'approval',
        eventType: 'approved',
        since: '2026-01-01T00:00:00.000Z',
      },
    ]);
    expect(
      await send('approved', { kogitoprocrefid: id, data: { by: 'Ada' } }),
    ).toEqual([id]);
    expect(instance(id)).toMatchObject({
      state: 'COMPLETED',
      data: { marked: true, by: 'Ada' },
    });
  });

  it('filters the data of its event', async () => {
    const { start, send, instance } = startTestRuntime({
      workflows: [
        workflow([
          callback({
            eventDataFilter: { data: '.answer', toStateData: '.decision' },
          }),
        ]),
      ],
    });
    const { id } = await start({});
    await send('approved', { data: { answer: { by: 'Ada' }, noise: 1 } });
    expect(instance(id).data).toEqual({
      marked: true,
      decision: { by: 'Ada' },
    });
  });

  it('drops the data of its event when useData is false', async () => {
    const { start, send, instance } = startTestRuntime({
      workflows: [
        workflow([callback({ eventDataFilter: { useData: false } })]),
      ],
    });
    const { id } = await start({});
    await send('approved', { data: { by: 'Ada' } });
    expect(instance(id)).toMatchObject({
      state: 'COMPLETED',
      data: { marked: true },
    });
  });

  it('goes on after its time-out', async () => {
    const { start, clock, send, instance } = startTestRuntime({
      workflows: [workflow([callback({ timeouts: { eventTimeout: 'PT5S' } })])],
    });
    const { id, waits } = await start({});
    expect(waits.map(({ kind }) => kind).sort()).toEqual(['event', 'timer']);
    await clock.advance(5000);
    expect(instance(id).state).toBe('COMPLETED');
    expect(clock.pending).toBe(0);
    expect(await send('approved', { kogitoprocrefid: id })).toEqual([]);
  });

  it('cancels its time-out when the event comes first', async () => {
    const { start, clock, send, instance } = startTestRuntime({
      workflows: [
        workflow(
          [callback({ transition: 'Next', end: undefined }), inject('Next')],
          {
            timeouts: { eventTimeout: '$CONST.patience' },
            constants: { patience: 'PT5S' },
          },
        ),
      ],
    });
    const { id } = await start({});
    expect(clock.pending).toBe(1);
    await send('approved');
    expect(clock.pending).toBe(0);
    expect(instance(id).data).toEqual({ marked: true, went: 'Next' });
  });

  it('goes to the handler of TimedOut after its time-out', async () => {
    const { start, clock, instance } = startTestRuntime({
      workflows: [
        workflow(
          [
            callback({
              timeouts: { eventTimeout: 'PT5S' },
              onErrors: [
                { errorRef: 'any', transition: 'Any' },
                { errorRef: 'late', transition: 'Late' },
              ],
            }),
            inject('Late'),
            inject('Any'),
          ],
          {
            errors: [
              { name: 'any', code: 'java.lang.Exception' },
              { name: 'late', code: 'TimedOut' },
            ],
          },
        ),
      ],
    });
    const { id } = await start({});
    await clock.advance(5000);
    expect(instance(id).data).toMatchObject({ went: 'Late' });
  });
});

describe('event state', () => {
  const waiting = (rest: object) =>
    workflow([
      { name: 'First', type: 'inject', data: {}, transition: 'Wait' },
      {
        name: 'Wait',
        type: 'event',
        onEvents: [
          { eventRefs: ['approval'], actions: [{ functionRef: 'mark' }] },
          { eventRefs: ['denial'], actions: [] },
        ],
        end: true,
        ...rest,
      },
    ]);

  it('goes on with the first of its events', async () => {
    const { start, send, instance } = startTestRuntime({
      workflows: [waiting({})],
    });
    const { id, waits } = await start({});
    expect(waits.map(wait => wait.eventType)).toEqual(['approved', 'denied']);
    await send('denied', { data: { reason: 'too late' } });
    expect(instance(id)).toMatchObject({
      state: 'COMPLETED',
      data: { reason: 'too late' },
    });
  });

  it('waits for all of its events when it is not exclusive', async () => {
    const { start, send, instance } = startTestRuntime({
      workflows: [waiting({ exclusive: false })],
    });
    const { id } = await start({});
    await send('denied', { data: { denied: true } });
    expect(instance(id).state).toBe('ACTIVE');
    expect(instance(id).waits.map(wait => wait.eventType)).toEqual([
      'approved',
    ]);
    await send('approved', { data: { approved: true } });
    expect(instance(id)).toMatchObject({
      state: 'COMPLETED',
      data: { denied: true, approved: true, marked: true },
    });
  });

  it('gives up after its time-out', async () => {
    const { start, clock, instance } = startTestRuntime({
      workflows: [
        waiting({ exclusive: false, timeouts: { eventTimeout: 'PT1M' } }),
      ],
    });
    const { id } = await start({});
    await clock.advance(60_000);
    expect(instance(id)).toMatchObject({ state: 'COMPLETED', waits: [] });
  });
});

describe('event switch', () => {
  const choosing = workflow([
    {
      name: 'First',
      type: 'switch',
      eventConditions: [
        { eventRef: 'approval', transition: 'Yes' },
        { eventRef: 'denial', end: true },
      ],
      defaultCondition: { transition: 'Neither' },
      timeouts: { eventTimeout: 'PT10S' },
    },
    inject('Yes'),
    inject('Neither'),
  ]);

  it.each([
    ['approved', { went: 'Yes', said: 'approved' }],
    ['denied', { said: 'denied' }],
  ])('goes where the event %s leads', async (type, data) => {
    const { start, send, clock, instance } = startTestRuntime({
      workflows: [choosing],
    });
    const { id } = await start({});
    await send(type, { data: { said: type } });
    expect(instance(id)).toMatchObject({ state: 'COMPLETED', data });
    expect(clock.pending).toBe(0);
  });

  it('goes to the default after its time-out', async () => {
    const { start, clock, instance } = startTestRuntime({
      workflows: [choosing],
    });
    const { id } = await start({});
    await clock.advance(10_000);
    expect(instance(id).data).toEqual({ went: 'Neither' });
  });
});

describe('starting by an event', () => {
  const listening = (eventRef: string, rest: object = {}) =>
    workflow([
      {
        name: 'First',
        type: 'event',
        onEvents: [
          {
            eventRefs: [eventRef, 'approval'],
            actions: [{ functionRef: 'mark' }],
            ...rest,
          },
        ],
        transition: 'Wait',
      },
      {
        name: 'Wait',
        type: 'event',
        onEvents: [{ eventRefs: ['payment'] }],
        end: true,
      },
    ]);

  it('makes an instance of each event, with its data and attributes', async () => {
    const { send, instance } = startTestRuntime({
      workflows: [listening('order')],
    });
    const [first] = await send('ordered', { data: { n: 1 } });
    const [second] = await send('approved', { data: { n: 2 } });
    expect(first).not.toBe(second);
    expect(instance(first)).toMatchObject({
      state: 'ACTIVE',
      data: { n: 1, marked: true },
    });
    expect(instance(second).data).toEqual({ n: 2, marked: true });
  });

  it('filters the data', async () => {
    const { send, instance } = startTestRuntime({
      workflows: [
        listening('order', {
          eventDataFilter: { data: '.order', toStateData: '.placed' },
        }),
      ],
    });
    const [id] = await send('ordered', { data: { order: { n: 1 } } });
    expect(instance(id).data).toEqual({ placed: { n: 1 }, marked: true });
  });

  it('refuses to be run without an event', async () => {
    const { run } = startTestRuntime({ workflows: [listening('order')] });
    expect(await run({})).toMatchObject({
      outcome: 'refused',
      reason: 'input',
      status: 400,
      message: 'There is no start node that matches the trigger none',
    });
  });

  it('lets the business key of the event find the instance later', async () => {
    const { send, instance } = startTestRuntime({
      workflows: [listening('order')],
    });
    const [id] = await send('ordered', { kogitobusinesskey: 'order-1' });
    expect(instance(id).businessKey).toBe('order-1');
    expect(await send('paid', { kogitobusinesskey: 'order-1' })).toEqual([id]);
    expect(instance(id).state).toBe('COMPLETED');
  });

  it('starts from the node that the event names', async () => {
    const { send, instance } = startTestRuntime({
      workflows: [listening('order')],
    });
    const [id] = await send('ordered', {
      kogitoprocstartfrom: 'Wait',
      data: { n: 1 },
    });
    expect(instance(id).data).toEqual({ n: 1 });
  });
});

describe('delivery', () => {
  const correlated = workflow([
    {
      name: 'First',
      type: 'event',
      onEvents: [{ eventRefs: ['correlatedOrder'] }],
      transition: 'Wait',
    },
    {
      name: 'Wait',
      type: 'event',
      onEvents: [{ eventRefs: ['payment'] }],
      end: true,
    },
  ]);

  it('finds an instance by its correlation attributes, and no other', async () => {
    const { send, instance } = startTestRuntime({ workflows: [correlated] });
    const [one] = await send('ordered.correlated', { orderid: '1' });
    const [two] = await send('ordered.correlated', { orderid: '2' });
    expect(await send('paid', { orderid: '3' })).toEqual([]);
    expect(await send('paid', { orderid: '2' })).toEqual([two]);
    expect(instance(one).state).toBe('ACTIVE');
    expect(instance(two).state).toBe('COMPLETED');
  });

  it('goes to all that wait when the event names none', async () => {
    const { start, send, instance } = startTestRuntime({
      workflows: [workflow([callback()])],
    });
    const ids = [(await start({})).id, (await start({})).id];
    expect(await send('approved')).toEqual(ids);
    expect(ids.map(id => instance(id).state)).toEqual([
      'COMPLETED',
      'COMPLETED',
    ]);
  });

  it('goes only to the instance that the event names', async () => {
    const { start, send, instance } = startTestRuntime({
      workflows: [workflow([callback()])],
    });
    const one = await start({});
    const two = await start({});
    expect(await send('approved', { kogitoprocrefid: two.id })).toEqual([
      two.id,
    ]);
    expect(instance(one.id).state).toBe('ACTIVE');
  });

  it('does nothing for a type that nobody knows', async () => {
    const { start, send } = startTestRuntime({
      workflows: [workflow([callback()])],
    });
    await start({});
    expect(await send('unheard.of')).toEqual([]);
  });

  it('reaches an instance of a workflow that is no longer deployed', async () => {
    const { runtime, start, send, instance } = startTestRuntime({
      workflows: [workflow([callback()])],
    });
    const { id } = await start({});
    runtime.retire('w');
    await send('approved', { kogitoprocrefid: id });
    expect(instance(id).state).toBe('COMPLETED');
  });

  it('keeps an event for an instance that is in a call', async () => {
    let answerCall = () => {};
    const { runtime, send, instance } = startTestRuntime({
      workflows: [
        workflow(
          [
            callback({
              action: { functionRef: 'slow' },
            }),
          ],
          {
            functions: [
              { name: 'slow', type: 'custom', operation: 'rest:get:http://a/' },
            ],
          },
        ),
      ],
      answer: () =>
        new Promise(resolve => {
          answerCall = () => resolve({ body: '{"called":true}' });
        }),
    });
    const running = runtime.run({ workflowId: 'w', input: {} });
    const [{ id }] = runtime.list();
    const sending = send('approved', { kogitoprocrefid: id, data: { ok: 1 } });
    answerCall();
    await Promise.all([running, sending]);
    expect(instance(id)).toMatchObject({
      state: 'COMPLETED',
      data: { called: true, ok: 1 },
    });
  });
});

const producing = (data: string) =>
  workflow([
    {
      name: 'First',
      type: 'inject',
      data: {},
      end: { produceEvents: [{ eventRef: 'result', data }] },
    },
  ]);

describe('produced events', () => {
  it('tell which instance has sent them', async () => {
    const { start, published } = startTestRuntime({
      workflows: [
        workflow([
          {
            name: 'First',
            type: 'operation',
            actions: [
              {
                eventRef: {
                  triggerEventRef: 'result',
                  data: { decision: '.answer', fixed: 'some text' },
                  contextAttributes: { tenant: '.tenant' },
                },
              },
            ],
            end: true,
          },
        ]),
      ],
    });
    const { id } = await start({ answer: 'yes', tenant: 'acme' });
    expect(published).toEqual([
      {
        specversion: '1.0',
        id: expect.stringMatching(/^[0-9a-f-]{36}$/),
        source: '/process/w',
        type: 'decided',
        time: '2026-01-01T00:00:00.000Z',
        datacontenttype: 'application/json',
        data: { decision: 'yes', fixed: 'some text' },
        kogitoprocinstanceid: id,
        kogitoprocid: 'w',
        kogitoprocversion: '2.0',
        kogitoproctype: 'SW',
        kogitoprocist: '1',
        tenant: 'acme',
      },
    ]);
  });

  it('carry the attributes by which their instance is found', async () => {
    const { send, published } = startTestRuntime({
      workflows: [
        workflow([
          {
            name: 'First',
            type: 'event',
            onEvents: [{ eventRefs: ['correlatedOrder'], actions: [] }],
            end: { produceEvents: [{ eventRef: 'result' }] },
          },
        ]),
      ],
    });
    await send('ordered.correlated', { orderid: '7' });
    expect(published).toEqual([
      expect.objectContaining({ type: 'decided', orderid: '7' }),
    ]);
  });

  it.each([
    ['.n', 3],
    ['{ got: .n }', { got: 3 }],
    ['"text"', 'text'],
  ])('carry what %s says', async (data, expected) => {
    const { start, published } = startTestRuntime({
      workflows: [producing(data)],
    });
    await start({ n: 3 });
    expect(published[0].data).toEqual(expected);
  });

  it('need data that is an expression or JSON', async () => {
    const { run } = startTestRuntime({ workflows: [producing('some text')] });
    expect(await run({})).toMatchObject({
      outcome: 'failed',
      status: 400,
      message: 'Data some text is not valid json not valid expression',
    });
  });

  it('may carry JSON where the language of expressions is another', async () => {
    const { start, published } = startTestRuntime({
      workflows: [{ ...producing('{"a": [1]}'), expressionLang: 'jsonpath' }],
    });
    await start({});
    expect(published[0].data).toEqual({ a: [1] });
  });

  it('carry the workflow data when they name none', async () => {
    const { start, published } = startTestRuntime({
      workflows: [
        workflow([
          {
            name: 'First',
            type: 'inject',
            data: { a: 1 },
            transition: {
              nextState: 'Last',
              produceEvents: [{ eventRef: 'result' }],
            },
          },
          {
            name: 'Last',
            type: 'inject',
            data: { b: 2 },
            end: { produceEvents: [{ eventRef: 'result', data: '.b' }] },
          },
        ]),
      ],
    });
    await start({});
    expect(published.map(({ data }) => data)).toEqual([{ a: 1 }, 2]);
  });
});

describe('workflowExecTimeout', () => {
  it('aborts an instance that takes too long', async () => {
    const { start, clock, instance } = startTestRuntime({
      workflows: [
        workflow([callback()], { timeouts: { workflowExecTimeout: 'PT1H' } }),
      ],
    });
    const { id } = await start({});
    await clock.advance(3_599_999);
    expect(instance(id).state).toBe('ACTIVE');
    await clock.advance(1);
    expect(instance(id)).toMatchObject({
      state: 'ABORTED',
      endReason: 'timed-out',
      endedAt: '2026-01-01T01:00:00.000Z',
      waits: [],
    });
  });

  it('does nothing to one that has ended', async () => {
    const { start, clock } = startTestRuntime({
      workflows: [
        workflow([inject('First')], {
          timeouts: { workflowExecTimeout: { duration: 'PT1H' } },
        }),
      ],
    });
    expect((await start({})).state).toBe('COMPLETED');
    expect(clock.pending).toBe(0);
  });
});
