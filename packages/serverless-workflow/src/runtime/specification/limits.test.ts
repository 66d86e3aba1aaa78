/** @jest-environment node */
import { startTestRuntime } from '../../testing';

const endless = {
  id: 'w',
  version: '1.0',
  start: 'A',
  states: [
    { name: 'A', type: 'inject', data: {}, transition: 'B' },
    { name: 'B', type: 'inject', data: {}, transition: 'A' },
  ],
};

const sleeping = {
  id: 'w',
  version: '1.0',
  start: 'A',
  states: [{ name: 'A', type: 'sleep', duration: 'PT1S', end: true }],
};

describe('limits', () => {
  it('stop an instance that goes round for ever', async () => {
    const { start } = startTestRuntime({
      workflows: [endless],
      limits: { steps: 20_000 },
    });
    expect(await start({})).toMatchObject({
      state: 'ERROR',
      error: {
        message:
          'The instance has entered more than 20000 nodes, which is the limit (steps)',
      },
    });
  });

  it('let an instance that goes round for ever be aborted', async () => {
    const { runtime } = startTestRuntime({
      workflows: [endless],
      limits: { steps: 1e9, turnMs: 10 },
    });
    const running = runtime.run({ workflowId: 'w', input: {} });
    const [{ id }] = runtime.list();
    expect(await runtime.abort(id)).toBe(true);
    expect(await running).toMatchObject({ instance: { state: 'ABORTED' } });
  });

  it('stop data that grows without end, whatever onErrors says', async () => {
    const { start } = startTestRuntime({
      workflows: [
        {
          id: 'w',
          version: '1.0',
          start: 'A',
          functions: [
            { name: 'grow', type: 'expression', operation: '.text += .text' },
          ],
          errors: [{ name: 'any', code: 'java.lang.Throwable' }],
          states: [
            {
              name: 'A',
              type: 'operation',
              actions: [{ functionRef: 'grow' }],
              onErrors: [{ errorRef: 'any', transition: 'A' }],
              transition: 'A',
            },
          ],
        },
      ],
      limits: { dataBytes: 10_000 },
    });
    expect((await start({ text: 'abc' })).error).toMatchObject({
      message:
        'The workflow data has become larger than 10000 bytes, which is the limit (dataBytes)',
      nodeName: 'grow',
    });
  });

  it.each([255, 256, 20_000])(
    'stop data that becomes %i deep, if that is too deep',
    async depth => {
      const { start } = startTestRuntime({
        workflows: [
          {
            id: 'w',
            version: '1.0',
            start: 'A',
            functions: [
              {
                name: 'nest',
                type: 'expression',
                operation: `{ deep: (reduce range(${
                  depth - 1
                }) as $i (0; [.])) }`,
              },
            ],
            states: [
              {
                name: 'A',
                type: 'operation',
                actions: [{ functionRef: 'nest' }],
                end: true,
              },
            ],
          },
        ],
      });
      const { state, error } = await start({});
      expect({ state, message: error?.message }).toEqual(
        depth <= 256
          ? { state: 'COMPLETED' }
          : {
              state: 'ERROR',
              message:
                'The workflow data has become nested more than 256 deep, which is the limit',
            },
      );
    },
  );

  it('stop a foreach with too many elements', async () => {
    const { start } = startTestRuntime({
      workflows: [
        {
          id: 'w',
          version: '1.0',
          start: 'A',
          states: [
            {
              name: 'A',
              type: 'foreach',
              inputCollection: '.items',
              iterationParam: 'item',
              actions: [],
              end: true,
            },
          ],
        },
      ],
      limits: { branches: 2 },
    });
    expect((await start({ items: [1, 2] })).state).toBe('COMPLETED');
    expect((await start({ items: [1, 2, 3] })).error?.message).toBe(
      'The foreach state A has 3 elements; the limit (branches) is 2',
    );
  });

  it('refuse a start when too many instances are unfinished', async () => {
    const { start, run, clock } = startTestRuntime({
      workflows: [sleeping],
      limits: { instances: 1 },
    });
    await start({});
    expect(await run({})).toMatchObject({
      outcome: 'refused',
      reason: 'limit',
      status: 503,
    });
    await clock.advance(1000);
    expect(await run({})).toMatchObject({ outcome: 'started' });
  });

  it('stop a workflow that calls itself for ever', async () => {
    const { run, runtime } = startTestRuntime({
      workflows: [
        {
          id: 'w',
          version: '1.0',
          start: 'A',
          states: [
            {
              name: 'A',
              type: 'operation',
              actions: [{ subFlowRef: 'w' }],
              end: true,
            },
          ],
        },
      ],
      limits: { subflowDepth: 3 },
    });
    await run({});
    const instances = runtime.list();
    expect(instances).toHaveLength(3);
    expect(instances[2].error?.message).toBe(
      'Sub-workflows are nested more than 3 deep, which is the limit (subflowDepth)',
    );
  });

  it('refuse data that is nested too deeply', async () => {
    const { run, runtime, start } = startTestRuntime({ workflows: [sleeping] });
    let deep: object = {};
    for (let level = 0; level < 100_000; level++) {
      deep = { deep };
    }
    expect(await run(deep as never)).toMatchObject({
      outcome: 'refused',
      reason: 'input',
    });
    const { id } = await start({});
    await expect(runtime.updateData(id, deep as never)).rejects.toThrow(
      'nested too deeply',
    );
  });

  it('let others have a turn while one computes for long', async () => {
    const { runtime } = startTestRuntime({
      workflows: [
        {
          id: 'slow',
          version: '1.0',
          start: 'A',
          functions: [
            {
              name: 'compute',
              type: 'expression',
              operation: '{sum: (reduce range(20000) as $i (0; . + $i))}',
            },
          ],
          states: [
            {
              name: 'A',
              type: 'foreach',
              inputCollection: '[range(100)]',
              iterationParam: 'i',
              actions: [{ functionRef: 'compute' }],
              end: true,
            },
          ],
        },
        {
          id: 'quick',
          version: '1.0',
          start: 'A',
          states: [{ name: 'A', type: 'inject', data: {}, end: true }],
        },
      ],
      limits: { turnMs: 10 },
    });
    const slow = runtime.run({ workflowId: 'slow', input: {} });
    const [{ id }] = runtime.list();

    const quick = await runtime.run({ workflowId: 'quick', input: {} });

    expect(quick).toMatchObject({ instance: { state: 'COMPLETED' } });
    expect(runtime.get(id)?.state).toBe('ACTIVE');
    expect(await slow).toMatchObject({ instance: { state: 'COMPLETED' } });
  });

  it('treat the names of JavaScript as names like others', async () => {
    const { start } = startTestRuntime({
      workflows: [
        {
          id: 'w',
          version: '1.0',
          start: 'A',
          states: [
            {
              name: 'A',
              type: 'foreach',
              inputCollection: '.items',
              iterationParam: '__proto__',
              actions: [],
              transition: 'B',
            },
            {
              name: 'B',
              type: 'inject',
              data: JSON.parse('{"__proto__": {"polluted": true}}'),
              end: true,
            },
          ],
        },
      ],
    });
    const { state } = await start({ items: [{ polluted: true }] });
    expect(state).toBe('COMPLETED');
    expect(({} as { polluted?: boolean }).polluted).toBeUndefined();
  });
});
