/** @jest-environment node */
import { NodeSnapshot } from '../WorkflowRuntime';
import { startTestRuntime } from '../../testing';

function operation(name: string, functionRef: string, rest: object) {
  return { name, type: 'operation', actions: [{ functionRef }], ...rest };
}

const workflow = {
  id: 'w',
  version: '1.0',
  start: 'Before',
  functions: [
    { name: 'call', type: 'custom', operation: 'rest:get:http://host/x' },
    { name: 'add', type: 'expression', operation: '{added: (.n + 1)}' },
  ],
  events: [{ name: 'go', type: 'go', kind: 'consumed' }],
  states: [
    { name: 'Before', type: 'inject', data: { n: 1 }, transition: 'Call' },
    operation('Call', 'call', { transition: 'After' }),
    operation('After', 'add', { transition: 'Choose' }),
    {
      name: 'Choose',
      type: 'switch',
      dataConditions: [
        { condition: '.n == 1', transition: 'Sleep' },
        { condition: '.n == 2', transition: 'Wait' },
      ],
    },
    { name: 'Sleep', type: 'sleep', duration: 'PT1H', end: true },
    {
      name: 'Wait',
      type: 'event',
      onEvents: [{ eventRefs: ['go'] }],
      end: true,
    },
  ],
};

function failing(...failures: number[]) {
  let calls = 0;
  return startTestRuntime({
    workflows: [workflow],
    answer: () => {
      calls += 1;
      return failures.includes(calls)
        ? { status: 500 }
        : { body: '{"called":true}' };
    },
  });
}

function openNode(nodes: NodeSnapshot[], name: string): string {
  return (
    nodes.find(
      node =>
        node.name === name && ['running', 'waiting'].includes(node.status),
    )?.id ?? ''
  );
}

describe('skipping', () => {
  it('is refused for an instance that has not failed, and for one that is unknown', async () => {
    const { runtime, start } = failing();
    const { id } = await start();
    expect(await runtime.skip(id)).toEqual({
      outcome: 'refused',
      reason: 'The instance has not failed, so there is nothing to skip.',
    });
    expect(await runtime.skip('nobody')).toEqual({ outcome: 'unknown' });
  });

  it('goes on behind the failed node, without its result', async () => {
    const { runtime, start, instance } = failing(1);
    const { id, state } = await start();
    expect(state).toBe('ERROR');

    expect(await runtime.skip(id)).toEqual({ outcome: 'done' });

    expect(instance(id)).toMatchObject({
      state: 'ACTIVE',
      error: undefined,
      data: { n: 1, added: 2 },
    });
    expect(instance(id).data).not.toHaveProperty('called');
  });

  it('is refused where the failed node chooses the way', async () => {
    const { runtime, start, instance } = startTestRuntime({
      workflows: [workflow],
    });
    const { id } = await start({ n: 7 });
    await runtime.updateData(id, {});
    const failed = startTestRuntime({
      workflows: [
        {
          ...workflow,
          states: workflow.states.map(state =>
            state.name === 'Before' ? { ...state, data: { n: 5 } } : state,
          ),
        },
      ],
    });
    const other = await failed.start({});
    expect(other.state).toBe('ERROR');
    expect(await failed.runtime.skip(other.id)).toMatchObject({
      outcome: 'refused',
      reason: expect.stringContaining('Choose chooses the way'),
    });
    await failed.runtime.updateData(other.id, { n: 2 });
    expect(await failed.runtime.retry(other.id)).toBe('retried');
    expect(failed.instance(other.id).waits).toMatchObject([
      { kind: 'event', eventType: 'go' },
    ]);
    expect(instance(id).state).toBe('ACTIVE');
  });
});

describe('entering a node again', () => {
  it('is refused for nodes that are not open', async () => {
    const { runtime, start } = failing();
    const { id, nodes } = await start();
    const closed = nodes.find(({ name }) => name === 'Call');
    for (const nodeId of [closed?.id ?? '', 'nobody', `${id}:0`]) {
      expect(await runtime.retriggerNode(id, nodeId)).toEqual({
        outcome: 'refused',
        reason: `The instance has no open node ${nodeId}.`,
      });
    }
    expect(await runtime.retriggerNode('nobody', 'n')).toEqual({
      outcome: 'unknown',
    });
  });

  it('calls a service again that does not answer, and forgets the first call', async () => {
    let answerFirst: (answer: { body: string }) => void = () => {};
    let calls = 0;
    const { runtime, instance } = startTestRuntime({
      workflows: [workflow],
      answer: () => {
        calls += 1;
        return calls === 1
          ? new Promise(resolve => {
              answerFirst = resolve;
            })
          : { body: '{"called":2}' };
      },
    });
    void runtime.run({ workflowId: 'w', input: {} });
    const [{ id }] = runtime.list();

    const again = await runtime.retriggerNode(
      id,
      openNode(instance(id).nodes, 'call'),
    );
    answerFirst({ body: '{"called":1}' });
    await Promise.resolve();

    expect(again).toEqual({ outcome: 'done' });
    expect(instance(id).data).toMatchObject({ called: 2 });
    expect(
      instance(id)
        .nodes.filter(({ name }) => name === 'call')
        .map(({ status }) => status),
    ).toEqual(['aborted', 'completed']);
  });

  it('starts a timer anew', async () => {
    const { runtime, clock, start, instance } = failing();
    const { id, nodes } = await start();
    await clock.advance(30 * 60_000);
    expect(await runtime.retriggerNode(id, openNode(nodes, 'Sleep'))).toEqual({
      outcome: 'done',
    });
    await clock.advance(45 * 60_000);
    expect(instance(id).state).toBe('ACTIVE');
    await clock.advance(15 * 60_000);
    expect(instance(id).state).toBe('COMPLETED');
    expect(clock.pending).toBe(0);
  });

  it('enters the whole state of a failed node', async () => {
    const { runtime, calls, start, instance } = failing(1);
    const { id, nodes } = await start();
    expect(await runtime.retriggerNode(id, openNode(nodes, 'Call'))).toEqual({
      outcome: 'done',
    });
    expect(calls).toHaveLength(2);
    expect(instance(id)).toMatchObject({
      state: 'ACTIVE',
      error: undefined,
      data: { called: true },
    });
  });

  it('is refused while another instance works for the node', async () => {
    const { runtime, start } = startTestRuntime({
      workflows: [
        workflow,
        {
          id: 'parent',
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
    });
    const { id, nodes } = await start();
    for (const name of ['A', 'w']) {
      expect(
        await runtime.retriggerNode(id, openNode(nodes, name)),
      ).toMatchObject({
        outcome: 'refused',
        reason: expect.stringContaining('sub-workflow'),
      });
    }
  });
});

describe('rescheduling a timer', () => {
  it('is refused for what is no timer', async () => {
    const { runtime, start } = failing();
    const { id } = await start();
    expect(await runtime.rescheduleTimer(id, 'none', 0)).toEqual({
      outcome: 'refused',
      reason: 'The instance waits for no timer none.',
    });
    expect(await runtime.rescheduleTimer('nobody', 'none', 0)).toEqual({
      outcome: 'unknown',
    });
  });

  it('lets it fire earlier or later, once, and tells so', async () => {
    const { runtime, clock, start, instance } = failing();
    const { id, waits } = await start();
    const timerId = waits[0].timerId ?? '';
    const told: (string | undefined)[] = [];
    runtime.subscribe(summary => told.push(summary.waits[0]?.until));

    const later = clock.now() + 2 * 3_600_000;
    await runtime.rescheduleTimer(id, timerId, later);
    expect(told).toEqual([new Date(later).toISOString()]);
    await clock.advance(3_600_000);
    expect(instance(id).state).toBe('ACTIVE');

    await runtime.rescheduleTimer(id, timerId, clock.now() - 1);
    await clock.advance(0);
    expect(instance(id).state).toBe('COMPLETED');
    expect(clock.pending).toBe(0);
  });
});
