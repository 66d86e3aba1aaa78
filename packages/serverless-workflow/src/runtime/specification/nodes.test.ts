/** @jest-environment node */
import { InstanceSnapshot } from '../WorkflowRuntime';
import { startTestRuntime } from '../../testing';

function path({ nodes }: InstanceSnapshot): string[] {
  return nodes.map(
    ({ definitionId, type, name }) => `${definitionId} ${type} ${name}`,
  );
}

describe('nodes of an instance', () => {
  it('have the names, types and numbers that SonataFlow gives them', async () => {
    const { start } = startTestRuntime({
      workflows: [
        {
          id: 'ping',
          version: '1.0',
          start: 'Pong',
          states: [
            { name: 'Pong', type: 'inject', data: { pong: true }, end: true },
          ],
        },
        {
          id: 'basket',
          version: '1.0',
          start: 'Each',
          functions: [
            {
              name: 'price',
              type: 'expression',
              operation: '{total: ($item.unit * $item.amount)}',
            },
            { name: 'left', type: 'expression', operation: '{left: 2}' },
            { name: 'right', type: 'expression', operation: '{right: 11}' },
          ],
          states: [
            {
              name: 'Each',
              type: 'foreach',
              inputCollection: '.items',
              iterationParam: 'item',
              outputCollection: '.totals',
              actions: [{ functionRef: 'price' }],
              transition: 'Both',
            },
            {
              name: 'Both',
              type: 'parallel',
              branches: [
                { name: 'LeftBranch', actions: [{ functionRef: 'left' }] },
                { name: 'RightBranch', actions: [{ functionRef: 'right' }] },
              ],
              transition: 'Sub',
            },
            {
              name: 'Sub',
              type: 'operation',
              actions: [{ subFlowRef: 'ping' }],
              end: true,
            },
          ],
        },
      ],
    });
    const instance = await start({ items: [{ unit: 3, amount: 2 }] });
    expect(instance.data).toMatchObject({
      totals: [{ total: 6 }],
      left: 2,
      right: 11,
      pong: true,
    });
    expect(path(instance)).toEqual([
      '1 StartNode Start',
      '3 ForEachNode ForEach',
      '4 StartNode EmbeddedStart',
      '5 ActionNode price',
      '6 EndNode EmbeddedEnd',
      '25 ActionNode Script',
      '26 ActionNode Script',
      '7 Split BothStart',
      '10 CompositeContextNode Both-LeftBranch',
      '11 StartNode EmbeddedStart',
      '13 ActionNode left',
      '14 ActionNode Script',
      '15 ActionNode Script',
      '16 EndNode EmbeddedEnd',
      '8 Join BothEnd',
      '18 CompositeContextNode Both-RightBranch',
      '19 StartNode EmbeddedStart',
      '21 ActionNode right',
      '22 ActionNode Script',
      '23 ActionNode Script',
      '24 EndNode EmbeddedEnd',
      '27 CompositeContextNode Sub',
      '28 StartNode EmbeddedStart',
      '30 SubProcessNode ping',
      '31 ActionNode Script',
      '32 EndNode EmbeddedEnd',
      '2 EndNode End',
    ]);
  });

  it('tell their state, branch, iteration, container, times and data', async () => {
    const { start, clock, instance } = startTestRuntime({
      workflows: [
        {
          id: 'w',
          version: '1.0',
          start: 'Each',
          functions: [
            { name: 'call', type: 'custom', operation: 'rest:post:http://a/b' },
          ],
          states: [
            {
              name: 'Each',
              type: 'foreach',
              inputCollection: '.items',
              iterationParam: 'item',
              actions: [
                {
                  name: 'tell',
                  functionRef: { refName: 'call', arguments: { n: '$item' } },
                },
              ],
              transition: 'Rest',
            },
            { name: 'Rest', type: 'sleep', duration: 'PT1S', end: true },
          ],
        },
      ],
      answer: ({ body = '' }) => ({ body: `{"got":${body}}` }),
    });
    const { id } = await start({ items: [1] });
    await clock.advance(1000);
    const { nodes } = instance(id);
    const loop = nodes.find(({ name }) => name === 'ForEach');
    expect(loop).toMatchObject({ stateName: 'Each', status: 'completed' });
    expect(nodes.find(({ name }) => name === 'call')).toMatchObject({
      type: 'WorkItemNode',
      stateName: 'Each',
      status: 'completed',
      iteration: 0,
      parentNodeId: loop?.id,
      input: { n: 1 },
      output: { got: { n: 1 } },
    });
    expect(nodes.find(({ name }) => name === 'Rest')).toMatchObject({
      type: 'TimerNode',
      status: 'completed',
      enter: '2026-01-01T00:00:00.000Z',
      exit: '2026-01-01T00:00:01.000Z',
    });
  });
});
