import { InstanceNode } from '@open-orchestrator/backstage-plugin-orchestrator-common';
import { aNode } from '../__testUtils__';
import { stepsOf } from './stepsOf';

describe('stepsOf', () => {
  it('gives a node the state of what it is part of', () => {
    const steps = stepsOf([
      aNode({ id: 'whole', stateName: 'Approve' }),
      aNode({ id: 'part', stateName: undefined, parentNodeId: 'whole' }),
      aNode({ id: 'alone', stateName: undefined, parentNodeId: 'gone' }),
    ]);

    expect(steps.map(({ stateName }) => stateName)).toEqual([
      'Approve',
      'Approve',
      undefined,
    ]);
  });

  it('comes to an end with nodes that are part of each other', () => {
    const a = aNode({ id: 'a', stateName: undefined, parentNodeId: 'b' });
    const b = aNode({ id: 'b', stateName: undefined, parentNodeId: 'a' });

    expect(stepsOf([a, b])[0].stateName).toBeUndefined();
  });

  it.each([
    ['StartNode', 'Start'],
    ['EndNode', 'EmbeddedEnd'],
    ['ActionNode', 'Script'],
    ['Join', 'Join-Register'],
    ['Split', 'RegisterStart'],
    ['BoundaryEventNode', 'Error-Register-HTTP:503'],
  ])('takes a %s named %s for a technical one', (type, name) => {
    const [step] = stepsOf([aNode({ type, name, stateName: 'Register' })]);

    expect(step.isTechnical).toBe(true);
  });

  it.each([
    ['a switch', aNode({ type: 'Split', name: 'Register' })],
    ['an action', aNode({ type: 'WorkItemNode', name: 'createTicket' })],
    ['what failed', aNode({ name: 'Script', status: 'failed' })],
    ['what waits', aNode({ name: 'EventSplit_1', status: 'waiting' })],
  ])('does not take %s for a technical one', (_what, node) => {
    expect(stepsOf([node])[0].isTechnical).toBe(false);
  });

  it('takes what belongs to no state for technical, if anything belongs to one', () => {
    const stray = aNode({ id: 'n2', name: '', stateName: undefined });

    expect(stepsOf([aNode(), stray])[1].isTechnical).toBe(true);
    expect(stepsOf([stray])[0].isTechnical).toBe(false);
  });

  it('counts the attempts at a step that failed', () => {
    const part = (id: string, more: Partial<InstanceNode>) =>
      aNode({ id, definitionId: '6', parentNodeId: 'n1', ...more });

    const steps = stepsOf([
      aNode(),
      part('a', { status: 'failed' }),
      part('b', { status: 'failed' }),
      part('c', { status: 'completed' }),
    ]);
    expect(steps.map(({ attempt }) => attempt)).toEqual([undefined, 1, 2, 3]);
  });

  it.each([
    ['rounds of a loop', { status: 'completed' as const }],
    [
      'errors that the workflow handled',
      { status: 'failed' as const, errorHandled: true },
    ],
  ])('does not take %s for attempts', (_what, more) => {
    const steps = stepsOf([
      aNode({ id: 'a', definitionId: '6', ...more }),
      aNode({ id: 'b', definitionId: '6', ...more }),
    ]);

    expect(steps.map(({ attempt }) => attempt)).toEqual([undefined, undefined]);
  });

  it('does not take iterations for attempts', () => {
    const iteration = (id: string, more: Partial<InstanceNode>) =>
      aNode({ id, definitionId: '6', parentNodeId: 'loop', ...more });

    const steps = stepsOf([
      aNode({ id: 'loop', type: 'ForEachNode' }),
      iteration('a', { status: 'failed', iteration: 0 }),
      iteration('b', { iteration: 1 }),
      iteration('c', { status: 'failed' }),
      iteration('d', {}),
    ]);
    expect(steps.every(({ attempt }) => attempt === undefined)).toBe(true);
  });

  it('names a timer that has no name of its own after its state', () => {
    const timer = aNode({ type: 'TimerNode', name: 'TimerNode_33' });

    expect(stepsOf([timer])[0].title).toBe('Register');
  });

  it('names a loop after its state', () => {
    const loop = aNode({ type: 'ForEachNode', name: 'ForEach' });

    expect(stepsOf([loop])[0].title).toBe('Register');
  });
});
