/** @jest-environment node */
import { startTestRuntime } from '../../testing';

function deploying(states: unknown[]): () => unknown {
  return () =>
    startTestRuntime({
      workflows: [{ id: 'w', version: '1.0', start: 'S', states }],
    });
}

describe('a deployment is refused as by SonataFlow', () => {
  const done = { name: 'Done', type: 'inject', data: {}, end: true };

  it('when a switch has one way out only', () => {
    expect(
      deploying([
        {
          name: 'S',
          type: 'switch',
          dataConditions: [{ condition: '.go', transition: 'Done' }],
        },
        done,
      ]),
    ).toThrow(
      /Node 'S' \[\d+\] Split does not have more than one outgoing connection: 1\.$/,
    );
  });

  it('but not when two conditions lead to the same state', () => {
    expect(
      deploying([
        {
          name: 'S',
          type: 'switch',
          dataConditions: [
            { condition: '.go', transition: 'Done' },
            { condition: '.run', transition: 'Done' },
          ],
        },
        done,
      ]),
    ).not.toThrow();
  });

  it('when a parallel state has one branch only', () => {
    expect(
      deploying([
        {
          name: 'S',
          type: 'parallel',
          branches: [{ name: 'alone', actions: [] }],
          end: true,
        },
      ]),
    ).toThrow(/Split does not .*\n.*Join does not have more than one incoming/);
  });

  it('when a foreach does not name its parameter', () => {
    expect(
      deploying([
        {
          name: 'S',
          type: 'foreach',
          inputCollection: '.items',
          actions: [],
          end: true,
        },
      ]),
    ).toThrow(/ForEach has no variable name/);
  });
});

describe('expressions', () => {
  const withExpression = (operation: string, filter?: object) => ({
    id: 'w',
    start: 'A',
    functions: [{ name: 'f', type: 'expression', operation }],
    states: [
      {
        name: 'A',
        type: 'operation',
        actions: [{ functionRef: 'f', actionDataFilter: filter }],
        end: true,
      },
    ],
  });

  it.each<[string, object]>([
    ['of functions', withExpression('.a |')],
    ['that name unknown functions', withExpression('todate')],
    ['of results', withExpression('.', { results: 'nobody' })],
    ['of places', withExpression('.', { toStateData: '.a[' })],
    ['of inputs', withExpression('.', { fromStateData: 'fn:nobody' })],
  ])('%s have to be valid', (_what, workflow) => {
    expect(() => startTestRuntime({ workflows: [workflow] })).toThrow(
      'is not a valid one',
    );
  });

  it('have to say how many branches are enough', () => {
    const branches = ['a', 'b'].map(name => ({ name, actions: [] }));
    expect(() =>
      startTestRuntime({
        workflows: [
          {
            id: 'w',
            start: 'A',
            states: [
              {
                name: 'A',
                type: 'parallel',
                branches,
                completionType: 'atLeast',
                numCompleted: 'some',
                end: true,
              },
            ],
          },
        ],
      }),
    ).toThrow('Join has illegal n value: some');
  });

  it('may name variables that are not there', () => {
    expect(() =>
      startTestRuntime({ workflows: [withExpression('$nobody')] }),
    ).not.toThrow();
  });
});
