/** @jest-environment node */
import { summaryOf, workflowOf } from '../__fixtures__/workflowOf';
import { lintWorkflow } from './lintWorkflow';

function lint(yaml: string): string[] {
  return summaryOf(lintWorkflow(workflowOf(`id: sample\n${yaml}`)));
}

it('has nothing to say about a plain workflow', () => {
  expect(
    lint(`
start: Greet
functions: [{ name: greet, type: expression, operation: '{ greeting: "Hello" }' }]
states:
  - { name: Greet, type: operation, actions: [{ functionRef: greet }], end: true }
`),
  ).toEqual([]);
});

describe('what SonataFlow ignores', () => {
  it('is listed for the workflow', () => {
    expect(
      lint(`
start: { stateName: Idle, schedule: R/PT1H }
autoRetries: true
retries: [{ name: often, maxAttempts: 3 }]
auth: [{ name: basic, scheme: basic }]
timeouts:
  workflowExecTimeout: { duration: PT1H, interrupt: true, runBefore: Idle }
  stateExecTimeout: PT1M
  actionExecTimeout: PT1M
  branchExecTimeout: PT1M
events: [{ name: come, type: come, dataOnly: false }]
functions: [{ name: call, operation: api.yaml#call, authRef: basic }]
states:
  - name: Idle
    type: event
    onEvents: [{ eventRefs: [come], actions: [{ functionRef: call }] }]
    end: true
`),
    ).toEqual([
      '/retries ignored: retries is ignored in production: handle the error and transition back instead',
      '/autoRetries ignored: autoRetries is ignored in production',
      '/auth ignored: auth is ignored in production: credentials of OpenAPI services are application properties',
      '/start/schedule ignored: schedule is ignored in production: let a scheduler outside start the workflow',
      '/timeouts/workflowExecTimeout/interrupt ignored: interrupt is ignored in production',
      '/timeouts/workflowExecTimeout/runBefore ignored: runBefore is ignored in production',
      '/timeouts/stateExecTimeout ignored: stateExecTimeout is ignored in production',
      '/timeouts/actionExecTimeout ignored: actionExecTimeout is ignored in production',
      '/timeouts/branchExecTimeout ignored: branchExecTimeout is ignored in production',
      '/functions/0/authRef ignored: authRef is ignored in production',
      '/events/0/dataOnly ignored: dataOnly is ignored in production: a workflow sees the data of an event only',
    ]);
  });

  it('is listed for states and actions', () => {
    const places = lint(`
start: Act
events: [{ name: sent, kind: produced, type: sent }, { name: come, type: come }]
functions: [{ name: call, operation: api.yaml#call }]
states:
  - name: Act
    type: operation
    actionMode: parallel
    timeouts: { stateExecTimeout: { single: PT1M } }
    actions:
      - functionRef: { refName: call, invoke: async }
        retryRef: often
        retryableErrors: [a]
        nonRetryableErrors: [b]
      - eventRef: { triggerEventRef: sent, resultEventRef: come, invoke: async }
      - subFlowRef: { workflowId: child, version: '2', invoke: async, onParentComplete: continue }
    transition: Each
  - name: Each
    type: foreach
    inputCollection: .list
    batchSize: 2
    mode: parallel
    actions: []
    transition: Both
  - name: Both
    type: parallel
    branches: [{ name: a, timeouts: { branchExecTimeout: PT1M }, actions: [] }]
    transition: Wait
  - name: Wait
    type: event
    onEvents: [{ eventRefs: [come], actionMode: parallel }]
    end: { continueAs: other }
`)
      .filter(line => line.includes(' ignored:'))
      .map(line => line.split(' ')[0]);
    expect(places).toEqual([
      '/states/0/timeouts/stateExecTimeout',
      '/states/0/actionMode',
      '/states/0/actions/0/retryRef',
      '/states/0/actions/0/retryableErrors',
      '/states/0/actions/0/nonRetryableErrors',
      '/states/0/actions/0/functionRef/invoke',
      '/states/0/actions/1/eventRef/invoke',
      '/states/0/actions/1/eventRef/resultEventRef',
      '/states/0/actions/2/subFlowRef/invoke',
      '/states/0/actions/2/subFlowRef/onParentComplete',
      '/states/0/actions/2/subFlowRef/version',
      '/states/1/batchSize',
      '/states/1/mode',
      '/states/2/branches/0/timeouts/branchExecTimeout',
      '/states/3/onEvents/0/actionMode',
      '/states/3/end/continueAs',
    ]);
  });

  it('does not count what says the same as leaving it out', () => {
    expect(
      lint(`
start: Act
functions: [{ name: call, operation: api.yaml#call }]
states:
  - name: Act
    type: operation
    actionMode: sequential
    actions: [{ functionRef: { refName: call, invoke: sync } }]
    transition: Each
  - { name: Each, type: foreach, inputCollection: .list, mode: sequential, actions: [], end: true }
`),
    ).toEqual([]);
  });
});

describe('what nothing needs', () => {
  it('is a definition that nobody refers to', () => {
    expect(
      lint(`
start: Idle
functions: [{ name: idle, type: expression, operation: .a }]
events: [{ name: come, type: come }]
errors: [{ name: broken, code: '500' }]
states: [{ name: Idle, type: inject, end: true }]
`),
    ).toEqual([
      '/functions/0 unused-function: Nothing uses the function "idle"',
      '/events/0 unused-event: Nothing uses the event "come"',
      '/errors/0 unused-error: Nothing uses the error "broken"',
    ]);
  });

  it('is not a function that an expression names', () => {
    expect(
      lint(`
start: Choose
functions: [{ name: isLarge, type: expression, operation: .size > 10 }]
states:
  - name: Choose
    type: switch
    dataConditions: [{ condition: 'fn:isLarge', end: true }]
    defaultCondition: { end: true }
`),
    ).toEqual([]);
  });

  it('is a circle of states apart from the flow', () => {
    expect(
      lint(`
start: Idle
states:
  - { name: Idle, type: inject, end: true }
  - { name: Round, type: inject, transition: And round }
  - { name: And round, type: inject, transition: Round }
`),
    ).toEqual([
      '/states/1 unreachable: State "Round" never runs: only states that never run lead to it',
      '/states/2 unreachable: State "And round" never runs: only states that never run lead to it',
    ]);
  });

  it('is not a state that handles errors or compensates', () => {
    expect(
      lint(`
start: Book
errors: [{ name: broken, code: '500' }]
states:
  - name: Book
    type: operation
    actions: []
    compensatedBy: Cancel
    onErrors: [{ errorRef: broken, transition: Apologise }]
    end: true
  - { name: Apologise, type: inject, end: { compensate: true } }
  - { name: Cancel, type: inject, usedForCompensation: true, transition: Refund }
  - { name: Refund, type: inject, usedForCompensation: true }
`),
    ).toEqual([]);
  });
});

describe('an expression', () => {
  const places = (expression: string) => `
start: Each
functions:
  - { name: note, type: custom, operation: sysout }
  - { name: compute, type: expression, operation: '${expression}' }
events: [{ name: sent, kind: produced, type: sent }, { name: come, type: come }]
states:
  - name: Each
    type: foreach
    inputCollection: '${expression}'
    outputCollection: '${expression}'
    iterationParam: item
    stateDataFilter: { input: '${expression}', output: '${expression}' }
    actions:
      - condition: '${expression}'
        functionRef: { refName: note, arguments: { message: ['\${ ${expression} }'] } }
        actionDataFilter: { fromStateData: '${expression}', results: '${expression}', toStateData: '${expression}' }
      - functionRef: compute
      - eventRef: { triggerEventRef: sent, data: '\${ ${expression} }' }
    transition: { nextState: Choose, produceEvents: [{ eventRef: sent, data: '\${ ${expression} }' }] }
  - name: Choose
    type: switch
    dataConditions: [{ condition: '${expression}', transition: Wait }]
    defaultCondition: { end: true }
  - name: Wait
    type: event
    onEvents:
      - eventRefs: [come]
        eventDataFilter: { data: '${expression}', toStateData: '${expression}' }
    end: true
`;

  const everywhere = [
    '/functions/1/operation',
    '/states/0/stateDataFilter/input',
    '/states/0/stateDataFilter/output',
    '/states/0/inputCollection',
    '/states/0/outputCollection',
    '/states/0/actions/0/condition',
    '/states/0/actions/0/actionDataFilter/fromStateData',
    '/states/0/actions/0/actionDataFilter/results',
    '/states/0/actions/0/actionDataFilter/toStateData',
    '/states/0/actions/0/functionRef/arguments/message/0',
    '/states/0/actions/2/eventRef/data',
    '/states/0/transition/produceEvents/0/data',
    '/states/1/dataConditions/0/condition',
    '/states/2/onEvents/0/eventDataFilter/data',
    '/states/2/onEvents/0/eventDataFilter/toStateData',
  ];

  it('is checked wherever SonataFlow evaluates it', () => {
    const findings = lint(places('.a ['));
    expect(findings.map(line => line.split(':')[0])).toEqual(
      everywhere.map(path => `${path} expression-syntax`),
    );
  });

  it('is fine when it is fine', () => {
    expect(lint(places('.a[0].b'))).toEqual([]);
    expect(lint(places('$item.name'))).toEqual([]);
    expect(lint(places('$WORKFLOW.id'))).toEqual([]);
    expect(lint(places('$CONST.a'))).toEqual([]);
    expect(lint(places('$SECRET.a'))).toEqual([]);
  });

  it('may not name what SonataFlow does not have', () => {
    expect(lint(places('.a | toarray'))[0]).toMatch(
      /^\/functions\/1\/operation expression-undefined: toarray\/0 is not in SonataFlow's jq/,
    );
    expect(lint(places('$nobody'))[0]).toMatch(
      /^\/functions\/1\/operation expression-undefined: \$nobody is not in SonataFlow's jq/,
    );
  });

  it('may be plain text as an argument', () => {
    expect(
      lint(`
start: Note
functions: [{ name: note, type: custom, operation: sysout }]
states:
  - name: Note
    type: operation
    actions: [{ functionRef: { refName: note, arguments: { message: "Waiting for [the event" } } }]
    end: true
`),
    ).toEqual([]);
  });
});

describe('a rest: function', () => {
  const calling = (id: string, operation: string) =>
    summaryOf(
      lintWorkflow(
        workflowOf(`
id: ${id}
start: Call
functions: [{ name: call, type: custom, operation: '${operation}' }]
states:
  - name: Call
    type: operation
    actions: [{ functionRef: { refName: call, arguments: { message: . } } }]
    end: true
`),
      ),
    );

  it.each(['my-flow', 'my flow', 'my.flow'])('can not be built for %s', id => {
    expect(calling(id, 'rest:get:/a')).toEqual([
      '/functions/0 rest-function-id: SonataFlow 10.1 can\'t build rest: functions of a workflow whose id has more than letters, digits and "_"',
    ]);
  });

  it('can be built for other ids, as other functions can for these', () => {
    expect(calling('my_flow2', 'rest:get:/a')).toEqual([]);
    expect(calling('my-flow', 'sysout')).toEqual([]);
  });
});
