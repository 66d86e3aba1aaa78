/** @jest-environment node */
import { summaryOf, workflowOf } from '../__fixtures__/workflowOf';
import { ValidateOptions } from './ValidateOptions';
import { validateWorkflow } from './validateWorkflow';

function findingsOf(yaml: string, options?: ValidateOptions): string[] {
  return summaryOf(
    validateWorkflow(workflowOf(`id: sample\n${yaml}`), options),
  );
}

describe('the flow', () => {
  it('is fine when every state is entered and left', () => {
    expect(
      findingsOf(`
start: First
states:
  - { name: First, type: inject, transition: Second }
  - { name: Second, type: inject, end: true }
`),
    ).toEqual([]);
  });

  it('needs a start', () => {
    const [finding] = findingsOf(`
states:
  - { name: First, type: inject, end: true }
`);
    expect(finding).toBe(
      ' start-missing: Workflow does not define a starting state',
    );
  });

  it('needs the states that it names', () => {
    expect(
      findingsOf(`
start: Nowhere
errors: [{ name: broken, code: '500' }]
states:
  - name: First
    type: switch
    dataConditions:
      - { condition: .a, transition: Lost }
    defaultCondition: { transition: First }
    onErrors:
      - { errorRef: broken, transition: Gone }
`),
    ).toEqual([
      '/start start-unknown: There is no state for start "Nowhere"',
      '/states/0/dataConditions/0/transition transition-unknown-state: There is no state for transition "Lost" of "First"',
      '/states/0/onErrors/0/transition transition-unknown-state: There is no state for transition "Gone" of "First"',
    ]);
  });

  it('has to go on after each state, condition and handler', () => {
    expect(
      findingsOf(`
start: First
errors: [{ name: broken, code: '500' }]
states:
  - name: First
    type: switch
    dataConditions:
      - { condition: .a }
    defaultCondition: { transition: Second }
    onErrors:
      - { errorRef: broken }
  - { name: Second, type: inject }
`),
    ).toEqual([
      '/states/0/dataConditions/0 exit-missing: A data condition of state "First" has neither a transition nor an end: nothing connects it to what follows',
      '/states/0/onErrors/0 exit-missing: A handler in onErrors of state "First" has neither a transition nor an end: nothing connects it to what follows',
      '/states/1 exit-missing: State "Second" has neither a transition nor an end: nothing connects it to what follows',
    ]);
  });

  it('has to lead to each state once', () => {
    expect(
      findingsOf(`
start: First
states:
  - { name: First, type: inject, end: true }
  - { name: Island, type: inject, end: true }
  - { name: First, type: inject, end: true }
`),
    ).toEqual([
      '/states/2/name state-duplicate: There are duplicated states: "First" appears more than once',
      '/states/1 state-not-connected: Nothing connects to state "Island": no transition leads to it',
    ]);
  });

  it('should not both go on and end', () => {
    expect(
      validateWorkflow(
        workflowOf(`
id: sample
start: First
states:
  - { name: First, type: inject, end: true, transition: First }
`),
      ),
    ).toEqual([
      expect.objectContaining({ severity: 'error', code: 'exit-ambiguous' }),
    ]);
  });
});

describe('a switch', () => {
  it('needs a condition', () => {
    expect(
      findingsOf(`
name: Sample workflow
start: Choose
states:
  - { name: Choose, type: switch, defaultCondition: { end: true } }
`),
    ).toEqual([
      '/states/0 switch-empty: No dataConditions or eventConditions where found for the switch state "Choose" that belongs to the serverless workflow: "Sample workflow".',
    ]);
  });

  it('needs two ways out', () => {
    expect(
      findingsOf(`
start: Choose
states:
  - { name: Choose, type: switch, dataConditions: [{ condition: .a, end: true }] }
`),
    ).toEqual([
      '/states/0 switch-single-way: "Choose" has only one way out, which SonataFlow refuses: "Split does not have more than one outgoing connection". Add a defaultCondition',
    ]);
  });

  const onEvents = (timeouts: string) => `
${timeouts}
start: Choose
events: [{ name: come, type: com.example.come }]
states:
  - name: Choose
    type: switch
    eventConditions: [{ eventRef: come, end: true }]
    defaultCondition: { end: true }
`;

  it('on events with a default needs a time-out', () => {
    expect(findingsOf(onEvents(''))).toEqual([
      '/states/0 switch-timeout-missing: The "eventTimeout" configuration is required for the "eventConditions" based switch state "Choose" that belongs to the serverless workflow: "sample".',
    ]);
  });

  it('may take the time-out of the workflow', () => {
    expect(findingsOf(onEvents('timeouts: { eventTimeout: PT1H }'))).toEqual(
      [],
    );
  });
});

describe('events, branches and errors', () => {
  it('have to be defined', () => {
    expect(
      findingsOf(`
start: Wait
states:
  - name: Wait
    type: event
    onEvents:
      - eventRefs: [arrived]
        actions: [{ eventRef: { triggerEventRef: noticed } }]
      - eventRefs: []
    onErrors: [{ errorRef: broken, end: true }, { end: true }]
    transition: { nextState: Ask, produceEvents: [{ eventRef: left }] }
  - name: Ask
    type: callback
    action: { eventRef: { triggerEventRef: asked } }
    eventRef: answered
    end: true
`),
    ).toEqual([
      '/states/0/onEvents/1 event-state-empty: An entry of onEvents of "Wait" names no event',
      '/states/0/onEvents/0/eventRefs/0 event-unknown: There is no event definition for "arrived"',
      '/states/0/onEvents/0/actions/0/eventRef/triggerEventRef event-unknown: There is no event definition for "noticed"',
      '/states/0/transition/produceEvents/0/eventRef event-unknown: There is no event definition for "left"',
      '/states/1/eventRef event-unknown: There is no event definition for "answered"',
      '/states/1/action/eventRef/triggerEventRef event-unknown: There is no event definition for "asked"',
      '/states/0/onErrors/0/errorRef error-unknown: Cannot find any error definition for errorRef broken',
      '/states/0/onErrors/1 error-handler-empty: state errors should contain either errorRef or errorRefs property',
    ]);
  });

  it('an event needs a type, an error a code', () => {
    expect(
      findingsOf(`
start: Wait
events: [{ name: arrived, kind: produced, source: here }, { name: arrived, source: there }]
errors: [{ name: broken }]
states:
  - name: Wait
    type: event
    onEvents: [{ eventRefs: [arrived] }]
    onErrors: [{ errorRefs: [broken], end: true }]
    end: true
`),
    ).toEqual([
      '/events/1/name event-duplicate: There are duplicated event definitions: "arrived" appears more than once',
      '/events/0 event-type-missing: The event "arrived" needs a type',
      '/states/0/onErrors/0/errorRef error-unknown: Cannot find any error definition for errorRef broken: SonataFlow requires a code in its definition',
    ]);
  });

  it('a parallel state needs branches, and a number for atLeast', () => {
    expect(
      findingsOf(`
start: None
states:
  - { name: None, type: parallel, branches: [], transition: Some }
  - { name: Some, type: parallel, branches: [{ actions: [] }, { actions: [] }], completionType: atLeast, transition: One }
  - { name: One, type: parallel, branches: [{ actions: [] }], end: true }
`),
    ).toEqual([
      '/states/0 parallel-empty: "None" has no branches',
      '/states/1 parallel-count-missing: "Some" waits for atLeast so many branches, but numCompleted is missing',
      '/states/2 parallel-single-branch: "One" has only one branch, which SonataFlow refuses: "Split does not have more than one outgoing connection". Make it an operation state',
    ]);
  });
});

describe('a foreach', () => {
  it('needs a name for its elements', () => {
    expect(
      findingsOf(`
start: Each
states:
  - { name: Each, type: foreach, inputCollection: .list, actions: [], end: true }
`),
    ).toEqual([
      '/states/0 foreach-parameter-missing: "Each" needs an iterationParam: SonataFlow refuses a foreach state without one ("ForEach has no variable name")',
    ]);
  });
});

describe('compensation', () => {
  const states = (compensation: string) => `
start: Book
states:
  - { name: Book, type: inject, compensatedBy: Cancel, end: { compensate: true } }
${compensation}
`;

  it('is a chain of states that are there for nothing else', () => {
    expect(
      findingsOf(
        states(`
  - { name: Cancel, type: inject, usedForCompensation: true, transition: Refund }
  - { name: Refund, type: inject, usedForCompensation: true }
`),
      ),
    ).toEqual([]);
  });

  it.each([
    [
      '',
      'State "Book" refers to a compensation "Cancel" which cannot be found',
    ],
    [
      '  - { name: Cancel, type: inject, usedForCompensation: true, transition: Refund }\n' +
        '  - { name: Refund, type: inject, end: true }',
      '"Refund" compensates "Book" but is not marked usedForCompensation',
    ],
    [
      '  - { name: Cancel, type: inject, usedForCompensation: true, transition: Cancel }',
      'The compensation of "Book" never ends',
    ],
    [
      '  - { name: Cancel, type: inject, usedForCompensation: true, compensatedBy: Book }',
      'Nested compensations are forbidden: "Cancel" compensates and is compensated itself',
    ],
  ])('is refused for %j', (compensation, message) => {
    expect(findingsOf(states(compensation)).join()).toContain(message);
  });

  it('is not entered by an ordinary transition', () => {
    expect(
      findingsOf(`
start: Book
states:
  - { name: Book, type: inject, compensatedBy: Cancel, transition: Cancel }
  - { name: Cancel, type: inject, usedForCompensation: true }
`),
    ).toEqual([
      '/states/0/transition transition-to-compensation: "Cancel" is used for compensation, so no ordinary transition may lead to it',
    ]);
  });
});

describe('durations', () => {
  const sleeping = (duration: string) =>
    findingsOf(`
start: Rest
states: [{ name: Rest, type: sleep, duration: '${duration}', end: true }]
`);

  it.each([
    'PT5S',
    'P7D',
    'PT0.001S',
    'P1DT2H',
    'pt5s',
    'PT-3M',
    '$CONST.pause',
    '.pause',
    '${ .pause }',
  ])('may be %s', duration => expect(sleeping(duration)).toEqual([]));

  it.each([
    '5s',
    'P',
    'PT',
    'P1DT',
    'P2W',
    'P1M',
    'P1Y',
    'PT5',
    'T5S',
    '5',
    'soon',
  ])('may not be %s', duration =>
    expect(sleeping(duration)).toEqual([
      `/states/0/duration duration: "${duration}" is no ISO-8601 duration in days, hours, minutes and seconds, such as PT30S or P7D`,
    ]),
  );

  it('are looked at wherever SonataFlow reads them', () => {
    expect(
      findingsOf(`
start: Rest
timeouts: { workflowExecTimeout: a, eventTimeout: b }
functions: [{ name: note, type: custom, operation: sysout }]
events: [{ name: come, type: come }]
states:
  - name: Rest
    type: callback
    timeouts: { eventTimeout: c }
    action:
      sleep: { before: d, after: e }
      functionRef: { refName: note, arguments: { message: hi } }
    eventRef: come
    end: true
`).map(line => line.split(' ')[0]),
    ).toEqual([
      '/timeouts/workflowExecTimeout',
      '/timeouts/eventTimeout',
      '/states/0/timeouts/eventTimeout',
      '/states/0/action/sleep/before',
      '/states/0/action/sleep/after',
    ]);
  });
});

describe('functions', () => {
  const calling = (functions: string, functionRef: string) => `
start: Call
functions: ${functions}
states:
  - { name: Call, type: operation, actions: [{ functionRef: ${functionRef} }], end: true }
`;

  it.each([
    [
      '[]',
      'greet',
      'Cannot find function greet: there is no function definition of that name',
    ],
    [
      '[{ name: note, type: custom, operation: sysout }]',
      'note',
      'Arguments cannot be null for function note',
    ],
    [
      '[{ name: note, type: custom, operation: sysout:INFO }]',
      '{ refName: note, arguments: .message }',
      'Missing mandatory message argument for function note',
    ],
    [
      '[{ name: note, type: custom, operation: sysout }]',
      '{ refName: note, arguments: { text: hi } }',
      'Missing mandatory message argument for function note',
    ],
    [
      '[{ name: a, type: expression, operation: . }, { name: a, type: expression, operation: . }]',
      'a',
      'There are duplicated function definitions: function a appears 2 times',
    ],
    [
      '[{ name: a, operation: api.yaml }]',
      'a',
      'The operation of function a has to be <OpenAPI document>#<operationId>',
    ],
    [
      '[{ name: a, type: custom, operation: rest:fetch:/x }]',
      'a',
      'The operation of function a has to be rest:<method>:<address>, for example rest:get:/path',
    ],
  ])('given %s, calling %s is an error', (functions, functionRef, message) => {
    expect(findingsOf(calling(functions, functionRef)).join()).toContain(
      message,
    );
  });

  it.each([
    [
      '[{ name: a, type: custom, operation: "rest:POST:https://example.com/a:b" }]',
      'a',
    ],
    ['[]', 'openapi:anything'],
    ['[{ name: a, type: rpc, operation: a.proto#A#b }]', 'a'],
  ])('given %s, calling %s is fine', (functions, functionRef) => {
    expect(findingsOf(calling(functions, functionRef))).toEqual([]);
  });

  const openapi =
    'openapi: 3.0.3\npaths:\n  /pets:\n    get: { operationId: listPets }\n';
  const lookup = (uri: string) =>
    uri === 'specs/pets.yaml' ? openapi : undefined;

  it.each([
    ['specs/pets.yaml#listPets', undefined],
    ['alias#listPets', undefined],
    ['https://example.com/api.yaml#anything', undefined],
    [
      'specs/pets.yaml#buyPet',
      'specs/pets.yaml has no operation buyPet, which function pets calls',
    ],
    [
      'specs/dogs.yaml#list',
      'There is no file specs/dogs.yaml, which function pets refers to',
    ],
    [
      'toString#list',
      'There is no file toString, which function pets refers to',
    ],
  ])('of OpenAPI are looked up: %s', (operation, message) => {
    const yaml = `
extensions: [{ extensionid: workflow-uri-definitions, definitions: { alias: specs/pets.yaml } }]
${calling(`[{ name: pets, operation: '${operation}' }]`, 'pets')}
`;
    expect(findingsOf(yaml, { lookup })).toEqual(
      message === undefined
        ? []
        : [`/functions/0/operation function-operation: ${message}`],
    );
  });

  it.each([
    ['custom', 'service:java:com.example.A::b', 'Java or Python code'],
    ['custom', 'script:python:print(1)', 'a script engine'],
    ['custom', 'camel:direct:a', 'Apache Camel'],
    ['custom', 'com.example.A', 'Java code or an add-on of SonataFlow'],
    ['rpc', 'a.proto#A#b', 'gRPC'],
    ['graphql', 'a#query#b', 'support for type graphql'],
  ])(
    'of type %s with %s are not available in the embedded engine',
    (type, operation, needs) => {
      const yaml = calling(
        `[{ name: a, type: ${type}, operation: '${operation}' }]`,
        'a',
      );
      expect(findingsOf(yaml)).toEqual([]);
      expect(findingsOf(yaml, { target: 'sonataflow' })).toEqual([]);
      expect(findingsOf(yaml, { target: 'embedded' })).toEqual([
        `/functions/0 function-not-available: Function a is not available in the embedded engine: it needs ${needs}`,
      ]);
    },
  );

  it.each([
    ['custom', 'knative:services.v1.serving.knative.dev/a'],
    ['custom', 'jwt-parser:extractUser'],
    ['asyncapi', 'a.yaml#send'],
  ])('of type %s with %s are available in both', (type, operation) => {
    const yaml = calling(
      `[{ name: a, type: ${type}, operation: '${operation}' }]`,
      'a',
    );
    expect(findingsOf(yaml, { target: 'sonataflow' })).toEqual([]);
    expect(findingsOf(yaml, { target: 'embedded' })).toEqual([]);
  });

  it('of an add-on need no definition, but the add-on', () => {
    const yaml = calling('[]', 'add-on:call');
    expect(findingsOf(yaml, { target: 'sonataflow' })).toEqual([]);
    expect(findingsOf(yaml, { target: 'embedded' })).toEqual([
      '/states/0/actions/0/functionRef function-unknown: Cannot find function add-on:call: there is no function definition of that name',
    ]);
  });

  it('of an OpenAPI document may be called by their name without odd characters', () => {
    const yaml = calling(`[{ name: a, operation: 'a.yaml#reverse' }]`, 'a');
    const of = (document: string) =>
      findingsOf(yaml, { lookup: () => document });
    expect(of('{"paths":{"/r":{"post":{"operationId":"reverse,"}}}}')).toEqual(
      [],
    );
    expect(of('{"paths":{"/r":{"post":{"operationId":"turn"}}}}')).toEqual([
      '/functions/0/operation function-operation: a.yaml has no operation reverse, which function a calls',
    ]);
  });

  it('of an AsyncAPI document have to be in it', () => {
    const yaml = calling(
      `[{ name: a, type: asyncapi, operation: 'a.yaml#send' }]`,
      'a',
    );
    const of = (document: string) =>
      findingsOf(yaml, { lookup: () => document });
    expect(of('{"operations":{"send":{}}}')).toEqual([]);
    expect(of('{"channels":{"c":{"publish":{"operationId":"send"}}}}')).toEqual(
      [],
    );
    expect(of('{"channels":{}}')).toEqual([
      '/functions/0/operation function-operation: a.yaml has no operation send, which function a calls',
    ]);
  });

  it('that nothing calls do no harm', () => {
    const yaml = `
start: Idle
functions: [{ name: a, type: rpc, operation: a.proto#A#b }]
states: [{ name: Idle, type: inject, end: true }]
`;
    expect(findingsOf(yaml, { target: 'embedded' })).toEqual([]);
  });
});

describe('schemas', () => {
  it('have to exist when files can be looked up', () => {
    const yaml = `
start: Idle
dataInputSchema: schemas/in.json
extensions: [{ extensionid: workflow-output-schema, outputSchema: schemas/out.json }]
states: [{ name: Idle, type: inject, end: true }]
`;
    expect(findingsOf(yaml)).toEqual([]);
    expect(
      findingsOf(yaml, {
        lookup: uri => (uri === 'schemas/in.json' ? '{}' : undefined),
      }),
    ).toEqual([
      '/extensions schema-missing: There is no file schemas/out.json',
    ]);
  });
});
