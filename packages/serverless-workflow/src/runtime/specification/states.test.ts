/** @jest-environment node */
import { startTestRuntime } from '../../testing';

function workflow(states: object[], rest: object = {}) {
  return { id: 'w', version: '1.0', start: 'First', states, ...rest };
}

const expression = (name: string, operation: string) => ({
  name,
  type: 'expression',
  operation,
});

describe('inject', () => {
  it('merges its data deeply into what is there', async () => {
    const { start } = startTestRuntime({
      workflows: [
        workflow([
          {
            name: 'First',
            type: 'inject',
            data: { a: { y: 2 }, list: [3] },
            end: true,
          },
        ]),
      ],
    });
    const instance = await start({ a: { x: 1 }, list: [1, 2] });
    expect(instance.state).toBe('COMPLETED');
    expect(instance.data).toEqual({ a: { x: 1, y: 2 }, list: [3] });
  });
});

describe('operation', () => {
  it('merges the results of its actions one after the other', async () => {
    const { start } = startTestRuntime({
      workflows: [
        workflow(
          [
            {
              name: 'First',
              type: 'operation',
              actions: [
                { functionRef: 'double' },
                {
                  functionRef: 'sum',
                  actionDataFilter: { toStateData: '.result.total' },
                },
              ],
              end: true,
            },
          ],
          {
            functions: [
              expression('double', '{n: (.n * 2)}'),
              expression('sum', '.n + .m'),
            ],
          },
        ),
      ],
    });
    const { data } = await start({ n: 2, m: 3 });
    expect(data).toEqual({ n: 4, m: 3, result: { total: 7 } });
  });

  it('puts a result that is no object under response', async () => {
    const { start } = startTestRuntime({
      workflows: [
        workflow(
          [
            {
              name: 'First',
              type: 'operation',
              actions: [{ functionRef: 'text' }],
              end: true,
            },
          ],
          { functions: [expression('text', '"done"')] },
        ),
      ],
    });
    expect((await start({ a: 1 })).data).toEqual({ a: 1, response: 'done' });
    expect((await start({})).data).toBe('done');
  });

  it('shows an action what fromStateData selects, and drops results that are not used', async () => {
    const { start } = startTestRuntime({
      workflows: [
        workflow(
          [
            {
              name: 'First',
              type: 'operation',
              actions: [
                {
                  functionRef: 'first',
                  actionDataFilter: {
                    fromStateData: '.list',
                    results: '{picked: .}',
                  },
                },
                {
                  functionRef: 'first',
                  actionDataFilter: { useResults: false },
                },
              ],
              end: true,
            },
          ],
          { functions: [expression('first', '.[0]?')] },
        ),
      ],
    });
    const { data } = await start({ list: ['a', 'b'] });
    expect(data).toEqual({ list: ['a', 'b'], picked: 'a' });
  });

  it('carries an action out only when its condition holds', async () => {
    const { start } = startTestRuntime({
      workflows: [
        workflow(
          [
            {
              name: 'First',
              type: 'operation',
              actions: [
                { functionRef: 'mark', condition: '.wanted' },
                { functionRef: 'end' },
              ],
              end: true,
            },
          ],
          {
            functions: [
              expression('mark', '{marked: true}'),
              expression('end', '{ended: true}'),
            ],
          },
        ),
      ],
    });
    expect((await start({ wanted: true })).data).toMatchObject({
      marked: true,
      ended: true,
    });
    expect((await start({ wanted: false })).data).toEqual({
      wanted: false,
      ended: true,
    });
  });

  it('waits before and after an action', async () => {
    const { start, clock, instance } = startTestRuntime({
      workflows: [
        workflow(
          [
            {
              name: 'First',
              type: 'operation',
              actions: [
                {
                  functionRef: 'mark',
                  sleep: { before: 'PT1S', after: 'PT2S' },
                },
              ],
              end: true,
            },
          ],
          { functions: [expression('mark', '{marked: true}')] },
        ),
      ],
    });
    const { id, data } = await start({});
    expect(data).toEqual({});
    await clock.advance(1000);
    expect(instance(id)).toMatchObject({
      state: 'ACTIVE',
      data: { marked: true },
    });
    await clock.advance(1999);
    expect(instance(id).state).toBe('ACTIVE');
    await clock.advance(1);
    expect(instance(id).state).toBe('COMPLETED');
  });
});

describe('state data filters', () => {
  it('replace the data before and after the state', async () => {
    const { start } = startTestRuntime({
      workflows: [
        workflow([
          {
            name: 'First',
            type: 'inject',
            data: { b: 2 },
            stateDataFilter: { input: '{a: .x}', output: '{sum: (.a + .b)}' },
            end: true,
          },
        ]),
      ],
    });
    expect((await start({ x: 1, y: 9 })).data).toEqual({ sum: 3 });
  });
});

describe('switch', () => {
  const inject = (name: string) => ({
    name,
    type: 'inject',
    data: { went: name },
    end: true,
  });
  const branching = (dataConditions: object[], defaultCondition?: object) =>
    workflow([
      { name: 'First', type: 'switch', dataConditions, defaultCondition },
      inject('A'),
      inject('B'),
    ]);

  it('goes where a condition holds, else to the default', async () => {
    const { start } = startTestRuntime({
      workflows: [
        branching([{ condition: '.n > 1', transition: 'A' }], {
          transition: 'B',
        }),
      ],
    });
    expect((await start({ n: 2 })).data).toMatchObject({ went: 'A' });
    expect((await start({ n: 1 })).data).toMatchObject({ went: 'B' });
  });

  it('tries conditions in the order of the states that they lead to, as SonataFlow does', async () => {
    const { start } = startTestRuntime({
      workflows: [
        branching([
          { condition: '.n > 0', transition: 'B' },
          { condition: '.n > 1', transition: 'A' },
        ]),
      ],
    });
    expect((await start({ n: 2 })).data).toMatchObject({ went: 'A' });
  });

  it('tries conditions that end the workflow first, as SonataFlow does', async () => {
    const { start } = startTestRuntime({
      workflows: [
        branching([
          { condition: '.n > 0', transition: 'B' },
          { condition: '.n > 1', end: true },
        ]),
      ],
    });
    expect((await start({ n: 2 })).data).toEqual({ n: 2 });
  });

  it('never tries a condition that leads where the default leads, as SonataFlow does', async () => {
    const { start } = startTestRuntime({
      workflows: [
        branching(
          [
            { condition: '.n > 0', transition: 'A' },
            { condition: '.n > 1', transition: 'B' },
          ],
          { transition: 'A' },
        ),
      ],
    });
    expect((await start({ n: 2 })).data).toMatchObject({ went: 'B' });
  });

  it('does what such a condition does on its way, as SonataFlow does', async () => {
    const { start, published } = startTestRuntime({
      workflows: [
        {
          ...branching(
            [
              {
                condition: '.n > 0',
                transition: {
                  nextState: 'A',
                  produceEvents: [{ eventRef: 'chosen' }],
                },
              },
              { condition: '.n > 1', transition: 'B' },
            ],
            { transition: 'A' },
          ),
          events: [{ name: 'chosen', kind: 'produced', type: 'chosen' }],
        },
      ],
    });
    expect((await start({ n: 0 })).data).toMatchObject({ went: 'A' });
    expect(published.map(({ type }) => type)).toEqual(['chosen']);
  });

  it('fails the instance when nothing fits', async () => {
    const { run } = startTestRuntime({
      workflows: [
        branching([
          { condition: '.n > 1', transition: 'A' },
          { condition: '.n > 2', transition: 'B' },
        ]),
      ],
    });
    expect(await run({ n: 0 })).toMatchObject({
      outcome: 'failed',
      status: 400,
      message:
        'XOR split could not find at least one valid outgoing connection for split First',
      instance: { state: 'ERROR', error: { nodeName: 'First' } },
    });
  });
});

describe('sleep', () => {
  it.each([
    ['PT3S', 3000],
    ['P1DT1H', 90_000_000],
    ['${ .pause }', 5000],
  ])('lasts %s', async (duration, durationMs) => {
    const { start, clock, instance } = startTestRuntime({
      workflows: [
        workflow([{ name: 'First', type: 'sleep', duration, end: true }]),
      ],
    });
    const { id, state, waits } = await start({ pause: 'PT5S' });
    expect(state).toBe('ACTIVE');
    expect(waits).toEqual([
      {
        kind: 'timer',
        timerId: expect.any(String),
        nodeName: 'First',
        since: '2026-01-01T00:00:00.000Z',
        until: new Date(clock.now() + durationMs).toISOString(),
      },
    ]);
    await clock.advance(durationMs - 1);
    expect(instance(id).state).toBe('ACTIVE');
    await clock.advance(1);
    expect(instance(id).state).toBe('COMPLETED');
  });

  it('fails when its duration is none', async () => {
    const { start } = startTestRuntime({
      workflows: [
        workflow([
          { name: 'First', type: 'sleep', duration: '.pause', end: true },
        ]),
      ],
    });
    expect((await start({ pause: 'soon' })).error).toMatchObject({
      message: '"soon" is no ISO 8601 duration, e.g. PT30S',
      nodeName: 'First',
    });
  });
});

describe('foreach', () => {
  const each = (actions: object[], rest: object = {}) =>
    workflow(
      [
        {
          name: 'First',
          type: 'foreach',
          inputCollection: '.items',
          iterationParam: 'item',
          outputCollection: '.results',
          actions,
          end: true,
          ...rest,
        },
      ],
      {
        functions: [
          expression('square', '$item * $item'),
          expression('next', '$WORKFLOW.prevActionResult + 1'),
          expression('name', '{name: $item}'),
        ],
      },
    );

  it('collects the results in the order of the elements', async () => {
    const { start } = startTestRuntime({
      workflows: [each([{ functionRef: 'square' }])],
    });
    const { data } = await start({ items: [1, 2, 3] });
    expect(data).toEqual({ items: [1, 2, 3], results: [1, 4, 9] });
  });

  it('hands the result of an action to the next one', async () => {
    const { start } = startTestRuntime({
      workflows: [each([{ functionRef: 'square' }, { functionRef: 'next' }])],
    });
    const { data } = await start({ items: [1, 2, 3] });
    expect(data).toMatchObject({ results: [2, 5, 10] });
  });

  it('does not merge the results of its actions into the data', async () => {
    const { start } = startTestRuntime({
      workflows: [each([{ functionRef: 'name' }])],
    });
    const { data } = await start({ items: ['a', 'b'] });
    expect(data).toEqual({
      items: ['a', 'b'],
      results: [{ name: 'a' }, { name: 'b' }],
    });
  });

  it('lets a waiting iteration not keep the next one from beginning', async () => {
    const { start, clock, instance } = startTestRuntime({
      workflows: [each([{ functionRef: 'square', sleep: { before: 'PT1S' } }])],
    });
    const { id, waits } = await start({ items: [1, 2, 3] });
    expect(waits).toHaveLength(3);
    await clock.advance(1000);
    expect(instance(id)).toMatchObject({
      state: 'COMPLETED',
      data: { results: [1, 4, 9] },
    });
  });

  it('goes on at once when there is nothing in the collection', async () => {
    const { start } = startTestRuntime({
      workflows: [each([{ functionRef: 'square' }])],
    });
    expect((await start({ items: [] })).data).toEqual({ items: [] });
  });
});

describe('parallel', () => {
  const parallel = (rest: object, end: object | true = true) =>
    workflow(
      [
        {
          name: 'First',
          type: 'parallel',
          branches: [
            { name: 'one', actions: [{ functionRef: 'one' }] },
            { name: 'two', actions: [{ functionRef: 'two' }] },
            { name: 'three', actions: [{ functionRef: 'three' }] },
          ],
          end,
          ...rest,
        },
      ],
      {
        functions: [
          expression('one', '{count: (.count + 1), one: true}'),
          expression('two', '{count: (.count + 1), two: true}'),
          expression('three', '{count: (.count + 1), three: true}'),
        ],
      },
    );

  it('lets each branch work on its own copy of the data', async () => {
    const { start } = startTestRuntime({ workflows: [parallel({})] });
    const { state, data } = await start({ count: 0 });
    expect(state).toBe('COMPLETED');
    expect(data).toEqual({ count: 1, one: true, two: true, three: true });
  });

  it('goes on after some branches, and an end that terminates cuts off the rest', async () => {
    const { start } = startTestRuntime({
      workflows: [
        parallel(
          { completionType: 'atLeast', numCompleted: '.wanted' },
          { terminate: true },
        ),
      ],
    });
    const { state, data } = await start({ count: 0, wanted: 2 });
    expect(state).toBe('COMPLETED');
    expect(Object.keys(data as object)).toHaveLength(4);
  });

  it('fails when the number of branches is none', async () => {
    const { start } = startTestRuntime({
      workflows: [
        parallel({ completionType: 'atLeast', numCompleted: '.wanted' }),
      ],
    });
    expect((await start({ count: 0, wanted: 'x' })).error).toMatchObject({
      message: 'Error evaluating number of operations',
      nodeName: 'FirstEnd',
    });
  });
});

describe('end', () => {
  it('keeps an instance active that says keepActive until an end terminates it', async () => {
    const states = (end: object | true) => [
      { name: 'First', type: 'inject', data: {}, end },
    ];
    const { start, runtime, instance } = startTestRuntime({
      workflows: [workflow(states(true), { keepActive: true })],
    });
    const { id, state } = await start({});
    expect(state).toBe('ACTIVE');
    expect(await runtime.abort(id)).toBe(true);
    expect(instance(id)).toMatchObject({
      state: 'ABORTED',
      endReason: 'aborted',
    });
    const terminating = startTestRuntime({
      workflows: [workflow(states({ terminate: true }), { keepActive: true })],
    });
    expect((await terminating.start({})).state).toBe('COMPLETED');
  });

  it('fails with the text of metadata.errorMessage', async () => {
    const { run } = startTestRuntime({
      workflows: [
        workflow([
          {
            name: 'First',
            type: 'inject',
            data: {},
            end: true,
            metadata: {
              errorMessage: 'if .n > 1 then "too large" else null end',
            },
          },
        ]),
      ],
    });
    expect(await run({ n: 1 })).toMatchObject({ outcome: 'started' });
    expect(await run({ n: 2 })).toMatchObject({
      outcome: 'failed',
      status: 400,
      message: 'too large',
    });
  });
});

describe('constants, secrets and $WORKFLOW', () => {
  it('are seen by expressions', async () => {
    const { runtime, instance } = startTestRuntime({
      workflows: [
        workflow(
          [
            {
              name: 'First',
              type: 'operation',
              actions: [{ functionRef: 'look' }],
              end: true,
            },
          ],
          {
            name: 'Looking around',
            constants: { colour: { of: 'snow' } },
            functions: [
              expression(
                'look',
                '{colour: $CONST.colour.of, token: $SECRET.some.token, id: $WORKFLOW.id, name: $WORKFLOW.name, instance: $WORKFLOW.instanceId, header: $WORKFLOW.headers.pepe, input: $WORKFLOW.input.n}',
              ),
            ],
          },
        ),
      ],
      properties: { 'some.token': 'from properties' },
      secret: key => (key === 'some.token' ? 'from secrets' : undefined),
    });
    const result = await runtime.run({
      workflowId: 'w',
      input: { n: 1 },
      headers: { pepe: 'pepa' },
    });
    if (result.outcome !== 'started') {
      throw new Error('not started');
    }
    const { id } = result.instance;
    expect(instance(id).data).toEqual({
      n: 1,
      colour: 'snow',
      token: 'from secrets',
      id: 'w',
      name: 'Looking around',
      instance: id,
      header: 'pepa',
      input: 1,
    });
  });
});
