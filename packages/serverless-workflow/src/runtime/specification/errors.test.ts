/** @jest-environment node */
import { startTestRuntime } from '../../testing';

const functions = [
  { name: 'call', type: 'custom', operation: 'rest:get:http://service/{path}' },
  { name: 'bad', type: 'expression', operation: '.text | keys' },
  { name: 'mark', type: 'expression', operation: '{marked: true}' },
];

const inject = (name: string) => ({
  name,
  type: 'inject',
  data: { went: name },
  end: true,
});

function failing(action: object, errors: object[], onErrors: object[]) {
  return {
    id: 'w',
    version: '1.0',
    start: 'First',
    functions,
    errors,
    states: [
      {
        name: 'First',
        type: 'operation',
        actions: [action, { functionRef: 'mark' }],
        onErrors,
        end: true,
      },
      inject('A'),
      inject('B'),
    ],
  };
}

const call = { functionRef: { refName: 'call', arguments: { path: 'x' } } };
const toA = [{ errorRef: 'a', transition: 'A' }];

describe('onErrors', () => {
  it.each([
    ['a status', 'HTTP:404'],
    ['a plain status', '404'],
    [
      'the exception of calls',
      'org.kie.kogito.internal.process.workitem.WorkItemExecutionException',
    ],
    ['what that extends', 'java.lang.RuntimeException'],
    ['the message', 'Request failed with message: Not Found'],
    ['a part of the message', 'failed with .* Not'],
  ])('catches a failed call by %s', async (_, code) => {
    const { start } = startTestRuntime({
      workflows: [failing(call, [{ name: 'a', code }], toA)],
      answer: () => ({ status: 404, statusText: 'Not Found' }),
    });
    expect(await start({})).toMatchObject({
      state: 'COMPLETED',
      data: { went: 'A' },
    });
  });

  it.each(['HTTP:400', 'java.lang.IllegalArgumentException', 'Not Fond'])(
    'does not catch a failed call by %s',
    async code => {
      const { run } = startTestRuntime({
        workflows: [failing(call, [{ name: 'a', code }], toA)],
        answer: () => ({ status: 404, statusText: 'Not Found' }),
      });
      expect(await run({})).toMatchObject({
        outcome: 'failed',
        status: 404,
        message: 'Request failed with message: Not Found',
        instance: {
          state: 'ERROR',
          error: {
            nodeName: 'call',
            statusCode: 404,
            url: 'http://service/x',
          },
        },
      });
    },
  );

  it('catches an expression that fails', async () => {
    const { start } = startTestRuntime({
      workflows: [
        failing(
          { functionRef: 'bad' },
          [{ name: 'a', code: 'java.lang.IllegalArgumentException' }],
          toA,
        ),
      ],
    });
    expect((await start({ text: 'x' })).data).toMatchObject({ went: 'A' });
  });

  it('never catches the condition or the pause of an action, as SonataFlow', async () => {
    const errors = [{ name: 'a', code: 'java.lang.RuntimeException' }];
    const failed = async (action: object) => {
      const { start } = startTestRuntime({
        workflows: [failing({ ...action, functionRef: 'mark' }, errors, toA)],
      });
      return start({ text: 'x' });
    };
    expect(
      await failed({ name: 'if', condition: '.text | keys' }),
    ).toMatchObject({ state: 'ERROR', error: { nodeName: 'Split_if' } });
    expect(
      await failed({ sleep: { before: '${ .text | keys }' } }),
    ).toMatchObject({ state: 'ERROR' });
  });

  it('prefers a status to a class, and a class to what it extends', async () => {
    const errors = [
      { name: 'a', code: 'java.lang.Exception' },
      { name: 'b', code: '500' },
    ];
    const onErrors = [
      { errorRef: 'a', transition: 'A' },
      { errorRef: 'b', transition: 'B' },
    ];
    const { start } = startTestRuntime({
      workflows: [failing(call, errors, onErrors)],
      answer: () => ({ status: 500 }),
    });
    expect((await start({})).data).toEqual({ went: 'B' });
  });

  it('takes several errors for one way, and may end the workflow', async () => {
    const { start } = startTestRuntime({
      workflows: [
        failing(
          call,
          [
            { name: 'a', code: '400' },
            { name: 'b', code: '500' },
          ],
          [{ errorRefs: ['a', 'b'], end: true }],
        ),
      ],
      answer: () => ({ status: 500 }),
    });
    expect(await start({ n: 1 })).toMatchObject({
      state: 'COMPLETED',
      data: { n: 1 },
    });
  });

  it('catches a connection that fails', async () => {
    const { start } = startTestRuntime({
      workflows: [
        failing(call, [{ name: 'a', code: 'java.lang.Exception' }], toA),
      ],
      answer: () => {
        throw new Error('Connection refused');
      },
    });
    expect((await start({})).data).toEqual({ went: 'A' });
  });

  it('shows in the nodes what has failed and was handled', async () => {
    const { start } = startTestRuntime({
      workflows: [failing(call, [{ name: 'a', code: '500' }], toA)],
      answer: () => ({ status: 500, statusText: 'Oops' }),
    });
    const { nodes } = await start({});
    const handled = {
      status: 'failed',
      errorHandled: true,
      exit: expect.any(String),
    };
    const named = (name: string) => nodes.find(node => node.name === name);
    expect(named('First')).toMatchObject(handled);
    expect(named('call')).toMatchObject({
      ...handled,
      errorMessage: 'Request failed with message: Oops',
    });
    expect(named('Error-First-500')).toMatchObject({ status: 'completed' });
  });

  it('shows in the nodes what has failed without a handler', async () => {
    const { start } = startTestRuntime({
      workflows: [failing(call, [{ name: 'a', code: '404' }], toA)],
      answer: () => ({ status: 500, statusText: 'Oops' }),
    });
    const { nodes } = await start({});
    const failed = nodes.find(node => node.name === 'call');
    expect(failed).toMatchObject({ status: 'failed' });
    expect(failed?.errorHandled).toBeUndefined();
  });

  it('is refused when it names an error without a code', () => {
    expect(() =>
      startTestRuntime({ workflows: [failing(call, [{ name: 'a' }], toA)] }),
    ).toThrow('Cannot find any error definition for errorRef');
  });
});

describe('an instance in error', () => {
  it('goes on from the failed node when it is retried', async () => {
    let status = 500;
    const { start, runtime, instance } = startTestRuntime({
      workflows: [failing(call, [], [])],
      answer: () => ({ status, body: '{"called":true}' }),
    });
    const { id, state } = await start({});
    expect(state).toBe('ERROR');
    expect(await runtime.retry(id)).toBe('retried');
    expect(instance(id).state).toBe('ERROR');
    status = 200;
    expect(await runtime.retry(id)).toBe('retried');
    expect(instance(id)).toMatchObject({
      state: 'COMPLETED',
      error: undefined,
      data: { called: true, marked: true },
    });
    const calls = instance(id).nodes.filter(({ name }) => name === 'call');
    expect(calls.map(each => each.status)).toEqual([
      'failed',
      'failed',
      'completed',
    ]);
    expect(await runtime.retry(id)).toBe('unknown');
  });

  it('can have its data mended first', async () => {
    const { start, runtime, instance } = startTestRuntime({
      workflows: [failing({ functionRef: 'bad' }, [], [])],
    });
    const { id } = await start({ kept: 1 });
    expect(instance(id)).toMatchObject({
      state: 'ERROR',
      error: { nodeName: 'bad' },
    });
    expect(await runtime.updateData(id, { text: { a: 1 } })).toBe(true);
    expect(await runtime.retry(id)).toBe('retried');
    expect(instance(id)).toMatchObject({
      state: 'COMPLETED',
      data: { text: { a: 1 }, kept: 1, response: ['a'], marked: true },
    });
  });

  it('can be aborted', async () => {
    const { start, runtime, instance } = startTestRuntime({
      workflows: [failing({ functionRef: 'bad' }, [], [])],
    });
    const { id } = await start({ text: 'x' });
    expect(await runtime.abort(id)).toBe(true);
    expect(instance(id)).toMatchObject({ state: 'ABORTED', error: undefined });
    expect(await runtime.abort(id)).toBe(false);
    expect(await runtime.updateData(id, {})).toBe(false);
  });

  it('says so when it is not in error', async () => {
    const { start, runtime } = startTestRuntime({
      workflows: [
        {
          id: 'w',
          version: '1.0',
          start: 'S',
          states: [{ name: 'S', type: 'sleep', duration: 'PT1S', end: true }],
        },
      ],
    });
    const { id } = await start({});
    expect(await runtime.retry(id)).toBe('not-in-error');
    expect(await runtime.retry('nobody')).toBe('unknown');
  });
});

describe('the failure of an expression', () => {
  const bad = { functionRef: 'bad' };

  it.each([
    'net.thisptr.jackson.jq.exception.JsonQueryException',
    'java.lang.IllegalArgumentException',
  ])('is caught as %s', async code => {
    const { start } = startTestRuntime({
      workflows: [failing(bad, [{ name: 'a', code }], toA)],
    });
    const { state, data } = await start({ text: 'x' });
    expect(state).toBe('COMPLETED');
    expect(data).toMatchObject({ went: 'A' });
  });

  it('is caught by errorRef alone when errorRefs are there, too', async () => {
    const errors = [
      { name: 'a', code: 'java.lang.RuntimeException' },
      { name: 'b', code: 'java.lang.IllegalArgumentException' },
    ];
    const onErrors = [
      { errorRef: 'a', errorRefs: ['b'], transition: 'A' },
      { errorRef: 'b', transition: 'B' },
    ];
    const { start } = startTestRuntime({
      workflows: [failing(bad, errors, onErrors)],
    });
    expect((await start({ text: 'x' })).data).toMatchObject({ went: 'B' });
  });

  it('that is to choose the way and gives nothing is not caught', async () => {
    const action = { ...bad, condition: 'empty' };
    const { start } = startTestRuntime({
      workflows: [
        failing(action, [{ name: 'a', code: 'java.lang.Throwable' }], toA),
      ],
    });
    expect((await start({})).error?.message).toContain(
      'Constraints must return boolean values',
    );
  });
});

describe('a branch that fails and is caught', () => {
  it('leaves the instance active, because the branches never meet, as SonataFlow does', async () => {
    const { start } = startTestRuntime({
      workflows: [
        {
          id: 'w',
          start: 'Both',
          errors: [{ name: 'down', code: '500' }],
          functions: [
            {
              name: 'call',
              type: 'custom',
              operation: 'rest:get:https://service/',
            },
            { name: 'mark', type: 'expression', operation: '{marked: true}' },
          ],
          states: [
            {
              name: 'Both',
              type: 'parallel',
              branches: [
                { name: 'bad', actions: [{ functionRef: 'call' }] },
                { name: 'good', actions: [{ functionRef: 'mark' }] },
              ],
              onErrors: [{ errorRef: 'down', transition: 'Sorry' }],
              end: true,
            },
            { name: 'Sorry', type: 'inject', data: { sorry: 1 }, end: true },
          ],
        },
      ],
      answer: () => ({ status: 500 }),
    });
    expect(await start({})).toMatchObject({
      state: 'ACTIVE',
      data: { marked: true, sorry: 1 },
    });
  });
});
