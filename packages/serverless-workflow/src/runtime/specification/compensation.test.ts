/** @jest-environment node */
import { startTestRuntime } from '../../testing';

const functions = [
  {
    name: 'note',
    type: 'expression',
    operation: '{log: ((.log // []) + [$WORKFLOW.name])}',
  },
];

function step(name: string, rest: object) {
  return {
    name,
    type: 'operation',
    actions: [{ functionRef: `note${name}` }],
    ...rest,
  };
}

/** Three states that are undone in reverse; each writes its name into the log. */
function saga(last: object) {
  const names = ['One', 'Two', 'UndoOne', 'UndoTwo', 'UndoTwoMore', 'Last'];
  return {
    id: 'saga',
    version: '1.0',
    start: 'One',
    events: [{ name: 'never', source: '', type: 'never' }],
    functions: [
      ...functions,
      ...names.map(name => ({
        name: `note${name}`,
        type: 'expression',
        operation: `{log: ((.log // []) + ["${name}"])}`,
      })),
    ],
    states: [
      step('One', { compensatedBy: 'UndoOne', transition: 'Two' }),
      step('Two', { compensatedBy: 'UndoTwo', ...last }),
      step('UndoOne', { usedForCompensation: true }),
      step('UndoTwo', {
        usedForCompensation: true,
        transition: 'UndoTwoMore',
      }),
      step('UndoTwoMore', { usedForCompensation: true }),
      step('Last', { end: true }),
      {
        name: 'Wait',
        type: 'event',
        onEvents: [{ eventRefs: ['never'] }],
        end: true,
      },
    ],
  };
}

describe('compensation', () => {
  it('undoes the completed states, the last one first, on a transition', async () => {
    const { start } = startTestRuntime({
      workflows: [
        saga({ transition: { nextState: 'Last', compensate: true } }),
      ],
    });
    expect(await start({})).toMatchObject({
      state: 'COMPLETED',
      data: {
        log: ['One', 'Two', 'UndoTwo', 'UndoTwoMore', 'UndoOne', 'Last'],
      },
    });
  });

  it('undoes them before an end', async () => {
    const { start } = startTestRuntime({
      workflows: [saga({ end: { compensate: true } })],
    });
    expect((await start({})).data).toEqual({
      log: ['One', 'Two', 'UndoTwo', 'UndoTwoMore', 'UndoOne'],
    });
  });

  it('does nothing when it is not asked for', async () => {
    const { start } = startTestRuntime({
      workflows: [saga({ transition: 'Last' })],
    });
    expect((await start({})).data).toEqual({ log: ['One', 'Two', 'Last'] });
  });

  it('undoes the completed states when an instance is aborted', async () => {
    const { start, runtime, instance } = startTestRuntime({
      workflows: [saga({ transition: 'Wait' })],
    });
    const { id, state } = await start({});
    expect(state).toBe('ACTIVE');
    expect(await runtime.abort(id)).toBe(true);
    expect(instance(id)).toMatchObject({
      state: 'ABORTED',
      endReason: 'aborted',
      data: { log: ['One', 'Two', 'UndoTwo', 'UndoTwoMore', 'UndoOne'] },
    });
  });

  it('leaves alone what has not been completed', async () => {
    const workflow = saga({ transition: 'Wait' });
    const { start, runtime, instance } = startTestRuntime({
      workflows: [
        {
          ...workflow,
          states: workflow.states.map(state =>
            state.name === 'One' ? { ...state, transition: 'Wait' } : state,
          ),
        },
      ],
    });
    const { id } = await start({});
    await runtime.abort(id);
    expect(instance(id).data).toEqual({ log: ['One', 'UndoOne'] });
  });

  it('ends an abort although a compensation fails', async () => {
    const workflow = saga({ transition: 'Wait' });
    const { start, runtime, instance } = startTestRuntime({
      workflows: [
        {
          ...workflow,
          functions: workflow.functions.map(each =>
            each.name === 'noteUndoTwo'
              ? { ...each, operation: '.log | tonumber' }
              : each,
          ),
        },
      ],
    });
    const { id } = await start({});
    expect(await runtime.abort(id)).toBe(true);
    expect(instance(id)).toMatchObject({
      state: 'ABORTED',
      data: { log: ['One', 'Two'] },
    });
  });
});
