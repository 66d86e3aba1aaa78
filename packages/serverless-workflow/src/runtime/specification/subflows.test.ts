/** @jest-environment node */
import { startTestRuntime } from '../../testing';

const parent = (rest: object = {}) => ({
  id: 'parent',
  version: '1.0',
  start: 'Call',
  functions: [
    { name: 'mark', type: 'expression', operation: '{parentWentOn: true}' },
  ],
  states: [
    {
      name: 'Call',
      type: 'operation',
      actions: [{ subFlowRef: 'child', ...rest }, { functionRef: 'mark' }],
      end: true,
    },
  ],
});

const child = (state: object, rest: object = {}) => ({
  id: 'child',
  version: '1.0',
  start: 'Inside',
  events: [{ name: 'go', source: '', type: 'go' }],
  states: [{ name: 'Inside', end: true, ...state }],
  ...rest,
});

const waiting = {
  type: 'event',
  onEvents: [{ eventRefs: ['go'] }],
  name: 'Wait',
};

describe('a sub-workflow', () => {
  it('gets the data of its parent, and its own is merged into that', async () => {
    const { start, runtime, instance } = startTestRuntime({
      workflows: [child({ type: 'inject', data: { done: true } }), parent()],
    });
    const { id, data, childIds, state } = await start({ n: 1 });
    expect(state).toBe('COMPLETED');
    expect(data).toEqual({ n: 1, done: true, parentWentOn: true });
    expect(childIds).toHaveLength(1);
    expect(instance(childIds[0])).toMatchObject({
      workflowId: 'child',
      state: 'COMPLETED',
      input: { n: 1 },
      parentId: id,
      rootId: id,
    });
    expect(runtime.list().map(each => each.workflowId)).toEqual([
      'parent',
      'child',
    ]);
  });

  it('does not see its data as $WORKFLOW.input', async () => {
    const { start } = startTestRuntime({
      workflows: [
        child(
          {
            type: 'operation',
            actions: [{ functionRef: 'look' }],
          },
          {
            functions: [
              {
                name: 'look',
                type: 'expression',
                operation: '{isMissing: ($WORKFLOW.input == null)}',
              },
            ],
          },
        ),
        parent(),
      ],
    });
    expect((await start({ n: 1 })).data).toMatchObject({ isMissing: true });
  });

  it('keeps its parent waiting as long as it waits', async () => {
    const { start, send, instance } = startTestRuntime({
      workflows: [
        child(
          { type: 'inject', data: {}, transition: 'Wait', end: undefined },
          {
            states: [
              {
                name: 'Inside',
                type: 'inject',
                data: { inside: true },
                transition: 'Wait',
              },
              { ...waiting, end: true },
            ],
          },
        ),
        parent(),
      ],
    });
    const { id, state, childIds, data } = await start({});
    expect(state).toBe('ACTIVE');
    expect(data).toEqual({});
    await send('go', { kogitoprocrefid: childIds[0], data: { told: 1 } });
    expect(instance(childIds[0]).state).toBe('COMPLETED');
    expect(instance(id)).toMatchObject({
      state: 'COMPLETED',
      data: { inside: true, told: 1, parentWentOn: true },
    });
  });

  it('leaves its parent active when it fails, until it is retried', async () => {
    let status = 500;
    const { start, runtime, instance } = startTestRuntime({
      workflows: [
        child(
          { type: 'operation', actions: [{ functionRef: 'call' }] },
          {
            functions: [
              { name: 'call', type: 'custom', operation: 'rest:get:http://a/' },
            ],
          },
        ),
        parent(),
      ],
      answer: () => ({ status, body: '{"called":true}' }),
    });
    const { id, state, childIds } = await start({});
    expect(state).toBe('ACTIVE');
    expect(instance(childIds[0]).state).toBe('ERROR');
    status = 200;
    await runtime.retry(childIds[0]);
    expect(instance(id)).toMatchObject({
      state: 'COMPLETED',
      data: { called: true, parentWentOn: true },
    });
  });

  it('lets its parent go on when it is aborted', async () => {
    const { start, runtime, instance } = startTestRuntime({
      workflows: [child({ type: 'sleep', duration: 'PT1H' }), parent()],
    });
    const { id, childIds } = await start({ n: 1 });
    await runtime.abort(childIds[0]);
    expect(instance(id)).toMatchObject({
      state: 'COMPLETED',
      data: { n: 1, parentWentOn: true },
    });
  });

  it('goes on alone when its parent is aborted', async () => {
    const { start, runtime, clock, instance } = startTestRuntime({
      workflows: [child({ type: 'sleep', duration: 'PT1H' }), parent()],
    });
    const { id, childIds } = await start({});
    await runtime.abort(id);
    expect(instance(id).state).toBe('ABORTED');
    expect(instance(childIds[0]).state).toBe('ACTIVE');
    await clock.advance(3_600_000);
    expect(instance(childIds[0]).state).toBe('COMPLETED');
    expect(instance(id).state).toBe('ABORTED');
  });

  it('fails its parent when it does not exist, or refuses its input', async () => {
    const alone = startTestRuntime({ workflows: [parent()] });
    expect((await alone.start({})).error).toMatchObject({
      message: 'There is no workflow with the id child',
      nodeName: 'child',
    });
    const strict = startTestRuntime({
      workflows: [
        child(
          { type: 'inject', data: {} },
          { dataInputSchema: { schema: { required: ['name'] } } },
        ),
        parent(),
      ],
    });
    expect((await strict.start({})).error?.message).toContain(
      '$.name: is missing but it is required',
    );
  });

  it('sees the iteration parameter of its parent', async () => {
    const { start } = startTestRuntime({
      workflows: [
        child(
          { type: 'operation', actions: [{ functionRef: 'square' }] },
          {
            functions: [
              {
                name: 'square',
                type: 'expression',
                operation: '$number * $number',
              },
            ],
            states: [
              {
                name: 'Inside',
                type: 'operation',
                actions: [{ functionRef: 'square' }],
                stateDataFilter: { output: '.response' },
                end: true,
              },
            ],
          },
        ),
        {
          id: 'each',
          version: '1.0',
          start: 'Each',
          states: [
            {
              name: 'Each',
              type: 'foreach',
              inputCollection: '.numbers',
              iterationParam: 'number',
              outputCollection: '.squares',
              actions: [{ subFlowRef: 'child' }],
              end: true,
            },
          ],
        },
      ],
    });
    expect((await start({ numbers: [2, 3] })).data).toMatchObject({
      squares: [4, 9],
    });
  });
});
