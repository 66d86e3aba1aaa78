/** @jest-environment node */
import { workflowOf } from '../__fixtures__/workflowOf';
import { buildGraph } from './buildGraph';

function graphOf(yaml: string) {
  const { nodes, edges } = buildGraph(workflowOf(`id: sample\n${yaml}`));
  return {
    nodes: nodes.map(({ id }) => id),
    edges: edges.map(
      ({ source, target, kind, label }) =>
        `${source} -${kind}${
          label === undefined ? '' : ` ${label}`
        }-> ${target}`,
    ),
    node: (id: string) => nodes.find(node => node.id === id),
    edge: (target: string) => edges.find(edge => edge.target === target),
  };
}

it('draws start, states, branches of the flow and end', () => {
  const { nodes, edges } = graphOf(`
start: Choose
errors: [{ name: broken, code: '500' }]
functions: [{ name: note, type: custom, operation: sysout }]
states:
  - name: Choose
    type: switch
    dataConditions:
      - { name: Large, condition: .size > 10, transition: Act }
      - { condition: '\${ .size > 5 }', end: true }
    defaultCondition: { transition: Act }
  - name: Act
    type: operation
    actions: []
    onErrors: [{ errorRefs: [broken], end: true }]
    end: true
`);
  expect(nodes).toEqual(['start', 'state:Choose', 'state:Act', 'end']);
  expect(edges).toEqual([
    'start -transition-> state:Choose',
    'state:Choose -condition Large-> state:Act',
    'state:Choose -condition .size > 5-> end',
    'state:Choose -default-> state:Act',
    'state:Act -transition-> end',
    'state:Act -error broken-> end',
  ]);
});

it('draws waits with the events and the time that they wait for', () => {
  const { edges, node } = graphOf(`
start: Ask
timeouts: { eventTimeout: P1D }
errors: [{ name: late, code: TimedOut }]
events: [{ name: answered, type: a }, { name: approved, type: b }]
functions: [{ name: note, type: custom, operation: sysout }]
states:
  - name: Ask
    type: callback
    action: { functionRef: note }
    eventRef: answered
    onErrors: [{ errorRef: late, end: true }]
    transition: Decide
  - name: Decide
    type: switch
    eventConditions: [{ eventRef: approved, transition: Collect }]
    defaultCondition: { end: true }
    timeouts: { eventTimeout: PT1H }
  - name: Collect
    type: event
    onEvents: [{ eventRefs: [answered, approved] }]
    transition: Rest
  - { name: Rest, type: sleep, duration: PT5M, end: true }
`);
  expect(edges).toEqual([
    'start -transition-> state:Ask',
    'state:Ask -transition-> state:Decide',
    'state:Ask -timeout P1D-> end',
    'state:Decide -condition approved-> state:Collect',
    'state:Decide -timeout PT1H-> end',
    'state:Collect -transition-> state:Rest',
    'state:Rest -transition-> end',
  ]);
  expect(node('state:Ask')).toMatchObject({
    detail: 'answered',
    timeout: 'P1D',
  });
  expect(node('state:Decide')).toMatchObject({
    detail: 'approved',
    timeout: 'PT1H',
  });
  expect(node('state:Collect')).toMatchObject({ detail: 'answered, approved' });
  expect(node('state:Rest')).toMatchObject({ detail: 'PT5M' });
  expect(node('state:Rest')).not.toHaveProperty('timeout');
});

it('draws compensation apart from the flow', () => {
  const { edges, node, edge } = graphOf(`
start: Book
events: [{ name: booked, kind: produced, type: a }]
states:
  - name: Book
    type: inject
    compensatedBy: Cancel
    transition: { nextState: Report, compensate: true, produceEvents: [{ eventRef: booked }] }
  - { name: Report, type: inject, end: { terminate: true } }
  - { name: Cancel, type: inject, usedForCompensation: true }
`);
  expect(edges).toEqual([
    'start -transition-> state:Book',
    'state:Book -transition-> state:Report',
    'state:Report -transition-> end',
    'state:Book -compensation-> state:Cancel',
  ]);
  expect(node('state:Cancel')).toMatchObject({ isCompensation: true });
  expect(edge('state:Report')).toMatchObject({
    compensates: true,
    produces: ['booked'],
  });
  expect(edge('end')).toMatchObject({ terminates: true });
});

it('draws the branches of a parallel state inside of it', () => {
  const { edges, node } = graphOf(`
start: Both
functions: [{ name: note, type: custom, operation: sysout }]
states:
  - name: Both
    type: parallel
    completionType: atLeast
    numCompleted: 1
    branches:
      - { name: Left, actions: [{ functionRef: note }] }
      - actions: [{ subFlowRef: child }]
    end: true
`);
  expect(edges).toEqual([
    'start -transition-> state:Both',
    'state:Both -transition-> end',
    'state:Both -branch-> branch:/states/0/branches/0',
    'state:Both -branch-> branch:/states/0/branches/1',
  ]);
  expect(node('state:Both')).toMatchObject({ detail: '1 / 2' });
  expect(node('branch:/states/0/branches/1')).toEqual({
    id: 'branch:/states/0/branches/1',
    kind: 'branch',
    label: 'Branch 2',
    stateName: 'Both',
    stateType: 'parallel',
    parent: 'state:Both',
    path: '/states/0/branches/1',
    actions: [
      {
        label: 'child',
        kind: 'workflow',
        target: 'child',
        path: '/states/0/branches/1/actions/0',
      },
    ],
  });
});

it('lists the actions of a state with what they call', () => {
  const { node } = graphOf(`
start: Each
functions: [{ name: greet, operation: api.yaml#greet }]
events: [{ name: greeted, kind: produced, type: a }]
states:
  - name: Each
    type: foreach
    inputCollection: '{{ .people }}'
    actions:
      - { name: Greet, functionRef: greet, condition: .polite }
      - { functionRef: unknown }
      - { eventRef: { triggerEventRef: greeted } }
    end: true
`);
  expect(node('state:Each')).toEqual({
    id: 'state:Each',
    kind: 'state',
    label: 'Each',
    stateName: 'Each',
    stateType: 'foreach',
    detail: '.people',
    path: '/states/0',
    actions: [
      {
        label: 'Greet',
        kind: 'function',
        target: 'greet',
        functionType: 'rest',
        condition: '.polite',
        path: '/states/0/actions/0',
      },
      {
        label: 'unknown',
        kind: 'function',
        target: 'unknown',
        path: '/states/0/actions/1',
      },
      {
        label: 'greeted',
        kind: 'event',
        target: 'greeted',
        path: '/states/0/actions/2',
      },
    ],
  });
});

describe('a broken definition', () => {
  it('shows states that are missing', () => {
    const { nodes, node } = graphOf(`
start: Nowhere
states: [{ name: Lost, type: inject, transition: Gone }]
`);
    expect(nodes).toEqual([
      'start',
      'state:Lost',
      'state:Nowhere',
      'state:Gone',
    ]);
    expect(node('state:Gone')).toMatchObject({
      kind: 'missing',
      label: 'Gone',
    });
  });

  it('has different nodes for states of one name', () => {
    const { nodes } = graphOf(`
states: [{ name: A, type: inject }, { name: A, type: inject }, { name: A, type: inject }]
`);
    expect(nodes).toEqual(['start', 'state:A', 'state:A#2', 'state:A#3']);
  });

  it('begins with the first state when it does not say where', () => {
    const { edges } = graphOf(`
states: [{ name: A, type: inject, end: true }]
`);
    expect(edges[0]).toBe('start -transition-> state:A');
  });

  it('may have no states at all', () => {
    const workflow = workflowOf('id: a\nstates: [{ name: a, type: inject }]');
    expect(buildGraph({ ...workflow, states: [] })).toEqual({
      nodes: [{ id: 'start', kind: 'start', label: 'Start', path: '/start' }],
      edges: [],
    });
  });
});
