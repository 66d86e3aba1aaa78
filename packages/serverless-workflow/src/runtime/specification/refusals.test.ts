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
