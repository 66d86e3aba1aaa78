import { InstanceNode } from '@open-orchestrator/backstage-plugin-orchestrator-common';
import { GraphEdge } from '@open-orchestrator/serverless-workflow/graph';
import { livePath, takenEdges } from './livePath';

let second = 0;
const node = (
  stateName: string | undefined,
  status: InstanceNode['status'],
  more: Partial<InstanceNode> = {},
): InstanceNode => ({
  id: `n${(second += 1)}`,
  name: stateName ?? 'x',
  type: 'ActionNode',
  stateName,
  status,
  enter: new Date(second * 1000).toISOString(),
  ...(status === 'running' || status === 'waiting'
    ? {}
    : { exit: new Date(second * 1000 + 500).toISOString() }),
  ...more,
});

const edge = (
  source: string,
  target: string,
  kind: GraphEdge['kind'] = 'transition',
): GraphEdge => ({
  id: `${source}>${target}:${kind}`,
  source,
  target,
  kind,
  path: '',
});

describe('livePath', () => {
  it('knows nothing of an instance without nodes', () => {
    expect(livePath([])).toEqual({ states: new Map(), visits: [] });
  });

  it('ignores nodes that belong to no state', () => {
    const { visits } = livePath([
      node(undefined, 'completed'),
      node('A', 'completed'),
    ]);

    expect(visits.map(({ stateName }) => stateName)).toEqual(['A']);
  });

  it('says of a running state what its parts wait for', () => {
    const composite = node('A', 'running', { id: 'a' });
    const { states } = livePath([
      composite,
      node('A', 'completed', { parentNodeId: 'a' }),
      node('A', 'waiting', { parentNodeId: 'a' }),
    ]);

    expect(states.get('A')).toEqual({ state: 'waiting', visits: 1 });
  });

  it('does not hold a part against a state that got over it', () => {
    const { states } = livePath([
      node('A', 'completed', { id: 'b' }),
      node('A', 'failed', { parentNodeId: 'b' }),
    ]);

    expect(states.get('A')?.state).toBe('completed');
  });

  it('does not take the end behind a state for another visit to it', () => {
    const { states } = livePath([
      node(undefined, 'completed', { type: 'StartNode' }),
      node('A', 'completed', { id: 'c', type: 'CompositeContextNode' }),
      node('A', 'completed', { parentNodeId: 'c' }),
      node('A', 'completed', { type: 'EndNode' }),
    ]);

    expect(states.get('A')?.visits).toBe(1);
  });

  it('finds a wait that the engine assigns to no state', () => {
    const { states } = livePath([
      node('A', 'completed', { type: 'StartNode', name: 'Start' }),
      node('A', 'running', { id: 'c' }),
      node(undefined, 'waiting', { type: 'EventNode', parentNodeId: 'c' }),
    ]);

    expect(states.get('A')).toEqual({ state: 'waiting', visits: 1 });
  });

  it('goes on as long as one of the branches does', () => {
    const { states } = livePath([
      node('P', 'completed', { type: 'Split', name: 'PStart' }),
      node('P', 'completed', { definitionId: '1', name: 'P-one' }),
      node('P', 'running', { definitionId: '2', name: 'P-two' }),
    ]);

    expect(states.get('P')).toEqual({ state: 'running', visits: 1 });
  });

  it('tells a state that follows itself from its parts', () => {
    const { visits } = livePath([
      node('A', 'completed', { definitionId: '1' }),
      node('A', 'completed', { definitionId: '1' }),
    ]);

    expect(visits.map(({ stateName }) => stateName)).toEqual(['A', 'A']);
  });

  it('says of a state that was left by an error handler that this was handled', () => {
    const { states } = livePath([
      node('A', 'aborted', { id: 'x', exit: undefined }),
      node('A', 'failed', { parentNodeId: 'x', exit: undefined }),
      node('B', 'completed'),
    ]);

    expect(states.get('A')?.state).toBe('handled');
  });

  it('believes an engine that tells of error handlers, also at the last state', () => {
    const { states } = livePath([
      node('A', 'failed', { id: 'h', exit: undefined, errorHandled: true }),
      node('A', 'failed', {
        parentNodeId: 'h',
        exit: undefined,
        errorHandled: true,
      }),
    ]);

    expect(states.get('A')?.state).toBe('handled');
  });

  it('says of a failed instance where it stands still', () => {
    const { states } = livePath([
      node('A', 'running', { id: 'y' }),
      node('A', 'failed', { parentNodeId: 'y', exit: undefined }),
    ]);

    expect(states.get('A')?.state).toBe('failed');
  });

  it('forgets a failure once its retry runs', () => {
    const { states } = livePath([
      node('A', 'running', { id: 'z' }),
      node('A', 'failed', { parentNodeId: 'z', exit: undefined }),
      node('A', 'running', { parentNodeId: 'z' }),
    ]);

    expect(states.get('A')?.state).toBe('running');
  });

  it('counts how often a loop came by', () => {
    const { states, visits } = livePath([
      node('A', 'completed'),
      node('B', 'completed'),
      node('A', 'completed'),
    ]);

    expect(visits.map(({ stateName }) => stateName)).toEqual(['A', 'B', 'A']);
    expect(states.get('A')?.visits).toBe(2);
  });
});

describe('takenEdges', () => {
  const edges = [
    edge('start', 'state:A'),
    edge('state:A', 'state:B'),
    edge('state:A', 'state:B', 'error'),
    edge('state:A', 'state:C', 'compensation'),
    edge('state:B', 'end'),
  ];

  it('follows the states in their order, up to the end of a completed instance', () => {
    const path = livePath([node('A', 'completed'), node('B', 'completed')]);

    expect([...takenEdges(edges, path, 'COMPLETED')]).toEqual([
      'start>state:A:transition',
      'state:A>state:B:transition',
      'state:B>end:transition',
    ]);
    expect([...takenEdges(edges, path, 'ACTIVE')]).toHaveLength(2);
  });

  it('leaves a failed state by its error edge', () => {
    const path = livePath([node('A', 'failed'), node('B', 'running')]);

    expect([...takenEdges(edges, path, 'ACTIVE')]).toContain(
      'state:A>state:B:error',
    );
  });

  it('passes by what undoes other states', () => {
    const undoing = [
      edge('start', 'state:A'),
      edge('state:A', 'state:U', 'compensation'),
      edge('state:A', 'state:B'),
    ];
    const path = livePath([
      node('A', 'completed'),
      node('U', 'completed'),
      node('B', 'running'),
    ]);

    expect([...takenEdges(undoing, path, 'ACTIVE')]).toEqual([
      'start>state:A:transition',
      'state:A>state:B:transition',
      'state:A>state:U:compensation',
    ]);
  });
});
