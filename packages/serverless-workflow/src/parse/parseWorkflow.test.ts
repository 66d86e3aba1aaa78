/** @jest-environment node */
import { State } from '../model';
import { parseWorkflow } from './parseWorkflow';

const minimal = { id: 'hello', start: 'Greet', states: [] as unknown[] };

function parseJson(definition: unknown) {
  return parseWorkflow(JSON.stringify(definition));
}

function stateOf(state: object): State {
  const { workflow, problems } = parseJson({
    ...minimal,
    states: [{ name: 'Greet', end: true, ...state }],
  });
  expect(problems).toEqual([]);
  return workflow!.states[0];
}

function firstProblem(text: string, fileName = 'hello.sw.yaml') {
  const { code, line, column, message } = parseWorkflow(text, { fileName })
    .problems[0];
  return { code, line, column, message };
}

describe('a text that can not be read', () => {
  it.each([
    ['', 'The file is empty.'],
    [' \n\t\n', 'The file is empty.'],
    ['# only a remark\n', 'The file holds nothing but comments.'],
    ['\u0000\u0001PK', 'The file holds binary data instead of text.'],
    ['just words', 'A workflow has to be an object.'],
    ['- a\n- b', 'A workflow has to be an object.'],
    ['null', 'A workflow has to be an object.'],
  ])('says so for %j', (text, message) => {
    const { workflow, problems } = parseWorkflow(text, { format: 'yaml' });
    expect(workflow).toBeUndefined();
    expect(problems).toEqual([
      expect.objectContaining({ severity: 'error', message }),
    ]);
  });

  it('tells where truncated JSON ends', () => {
    expect(firstProblem('{\n  "id": "a",\n  "states": [', 'a.sw.json')).toEqual(
      {
        code: 'syntax',
        line: 3,
        column: 14,
        message: 'The file ends where a value should be.',
      },
    );
  });

  it.each([
    ['{"id": }', 'Found "}" where a value should be.'],
    ['{"id" "a"}', 'Found "\\"" where ":" should be.'],
    ['{"id": "a" "b": 1}', 'Found "\\"" where "," or "}" should be.'],
    ['{"id": "a",}', 'Found "}" where a name in double quotes should be.'],
    ['{id: "a"}', 'Found "i" where a name in double quotes should be.'],
    ['{"id": 01}', 'Found "0" where a value should be.'],
    ['{"id": trueish}', 'Found "t" where a value should be.'],
    ['{"id": "a}', 'This text has no closing quote.'],
    ['{"id": "\\x"}', 'This text has an escape that JSON does not know.'],
    ['{} {}', 'Found "{" where the end of the file should be.'],
  ])('explains the mistake in %s', (text, message) => {
    expect(firstProblem(text, 'a.sw.json').message).toBe(message);
  });

  it('tells where YAML is wrong, with the line', () => {
    const text = 'id: hello\nstates:\n\t- name: a';
    const { problems } = parseWorkflow(text, { fileName: 'hello.sw.yaml' });
    expect(problems).toEqual([
      {
        severity: 'error',
        code: 'syntax',
        message: 'Tabs are not allowed as indentation.',
        path: '',
        line: 3,
        column: 1,
        endLine: 3,
        endColumn: 1,
        excerpt: '\t- name: a',
        fileName: 'hello.sw.yaml',
      },
    ]);
  });

  it('refuses a second YAML document', () => {
    expect(firstProblem('id: a\n---\nid: b')).toMatchObject({
      code: 'several-documents',
      line: 2,
    });
  });

  it.each([
    ['{"id": "a",\n "id": "b", "states": [1]}', 'a.sw.json'],
    ['id: a\nid: b', 'a.sw.yaml'],
  ])('refuses a name that stands twice: %j', (text, fileName) => {
    const { problems } = parseWorkflow(text, { fileName });
    expect(problems).toContainEqual(
      expect.objectContaining({
        severity: 'error',
        code: 'duplicate-key',
        message: '"id" stands here a second time.',
        line: 2,
      }),
    );
  });
});

describe('a hostile text', () => {
  const aliasBomb = Array.from({ length: 9 }, (_, level) => {
    const name = (offset: number) => String.fromCharCode(97 + level + offset);
    const elements = level === 0 ? 'x' : `*${name(-1)}`;
    return `${name(0)}: &${name(0)} [${Array(9).fill(elements).join(', ')}]`;
  }).join('\n');

  it.each([
    ['deep JSON lists', 'json', '['.repeat(100_000), 'too-deep'],
    ['deep JSON objects', 'json', '{"a":'.repeat(100_000), 'too-deep'],
    ['deep YAML lists', 'yaml', '['.repeat(100_000), 'too-deep'],
    ['YAML lists on one line', 'yaml', '- '.repeat(100_000), 'too-deep'],
    [
      'YAML objects by indentation',
      'yaml',
      Array.from({ length: 600 }, (_, i) => `${' '.repeat(i)}a:`).join('\n'),
      'too-deep',
    ],
    ['an alias that holds itself', 'yaml', 'a: &a [*a]', 'too-deep'],
    ['an alias bomb', 'yaml', aliasBomb, 'too-large'],
    ['tags without end', 'yaml', '!!x '.repeat(100_000), 'too-many-references'],
    [
      'anchors without end',
      'yaml',
      '&a '.repeat(100_000),
      'too-many-references',
    ],
    [
      'a million names',
      'yaml',
      Array.from({ length: 100_000 }, (_, i) => `k${i}: 1`).join('\n'),
      'too-large',
    ],
    ['quotes without end', 'yaml', '"'.repeat(900_000), 'too-large'],
    ['many values', 'json', `[${'1,'.repeat(50_000)}1]`, 'too-large'],
    ['a large file', 'json', `"${'x'.repeat(1_100_000)}"`, 'too-large'],
    ['a large file of wide letters', 'yaml', 'ä'.repeat(600_000), 'too-large'],
  ] as const)('is refused for %s', (_, format, text, code) => {
    const { workflow, problems } = parseWorkflow(text, { format });
    expect(workflow).toBeUndefined();
    expect(problems.map(problem => problem.code)).toContain(code);
  });

  it('keeps the names of prototypes as ordinary names', () => {
    const text =
      '{"id": "a", "start": "s", "states": [{"name": "s", "type": "inject", "end": true, ' +
      '"data": {"__proto__": {"polluted": true}, "constructor": 1}}], "__proto__": {"id": "b"}}';
    const { workflow } = parseWorkflow(text);
    const [state] = workflow!.states;
    expect(workflow!.id).toBe('a');
    expect(state.type === 'inject' && Object.keys(Object(state.data))).toEqual([
      '__proto__',
      'constructor',
    ]);
    expect(Reflect.get({}, 'polluted')).toBeUndefined();
  });

  it('may be a state called like a method', () => {
    const { problems } = parseJson({
      ...minimal,
      states: [{ name: 'a', type: 'toString' }],
    });
    expect(problems.map(({ code }) => code)).toEqual(['state-type']);
  });
});

describe('a workflow', () => {
  it('gets the defaults of SonataFlow', () => {
    const { workflow } = parseWorkflow(
      'id: hello\nstart: Greet\nstates:\n- {name: Greet, type: inject, end: true}',
    );
    expect(workflow).toEqual({
      id: 'hello',
      name: 'hello',
      version: '1.0',
      annotations: [],
      metadata: {},
      start: { stateName: 'Greet' },
      uriDefinitions: {},
      expressionLang: 'jq',
      keepActive: false,
      autoRetries: false,
      extensions: [],
      functions: [],
      events: [],
      errors: [],
      secrets: [],
      constants: {},
      timeouts: {},
      retries: [],
      auth: [],
      references: {},
      states: [
        {
          name: 'Greet',
          type: 'inject',
          data: {},
          end: { terminate: false, produceEvents: [], compensate: false },
          timeouts: {},
          onErrors: [],
          usedForCompensation: false,
          metadata: {},
        },
      ],
    });
  });

  it('is the same from JSON and from YAML, with or without a byte order mark', () => {
    const json = JSON.stringify({
      ...minimal,
      states: [{ name: 'Greet', type: 'inject', end: true }],
    });
    const yaml =
      'id: hello\nstart: Greet\nstates:\n  - name: Greet\n    type: inject\n    end: true\n';
    const expected = parseWorkflow(json).workflow;
    expect(parseWorkflow(yaml).workflow).toEqual(expected);
    expect(parseWorkflow(`\uFEFF${json}`).workflow).toEqual(expected);
    expect(parseWorkflow(yaml.replace(/\n/g, '\r\n')).workflow).toEqual(
      expected,
    );
  });

  it('keeps texts that look like numbers as they were written', () => {
    const { workflow } = parseWorkflow(
      'id: 007\nversion: 1.10\nerrors: [{name: missing, code: 404}]\nstates: [{name: a, type: inject, end: true}]',
    );
    expect(workflow).toMatchObject({
      id: '007',
      version: '1.10',
      errors: [{ name: 'missing', code: '404' }],
    });
  });

  it.each(['a b', 'a-b', '_a', 'a.b', '1a'])('may have the id %j', id => {
    expect(
      parseJson({ ...minimal, id }).problems.map(p => p.path),
    ).not.toContain('/id');
  });

  it.each(['../a', 'a/b', '.a', '-a', 'a?b', 'a'.repeat(129)])(
    'may not have the id %j',
    id => {
      expect(parseJson({ ...minimal, id }).problems).toContainEqual(
        expect.objectContaining({ severity: 'error', path: '/id' }),
      );
    },
  );

  it('names files for the parts that it keeps elsewhere', () => {
    const { workflow } = parseJson({
      ...minimal,
      functions: 'functions.json',
      constants: 'file:c.json',
    });
    expect(workflow).toMatchObject({
      functions: [],
      references: { functions: 'functions.json', constants: 'file:c.json' },
    });
  });

  it('takes output schema and addresses from its extensions', () => {
    const { workflow } = parseJson({
      ...minimal,
      extensions: [
        {
          extensionid: 'workflow-output-schema',
          outputSchema: { schema: 'out.json', failOnValidationErrors: 'false' },
        },
        {
          extensionid: 'workflow-uri-definitions',
          definitions: { remote: 'https://example.com/api.yaml' },
        },
      ],
    });
    expect(workflow).toMatchObject({
      outputSchema: { schema: 'out.json', failOnValidationErrors: false },
      uriDefinitions: { remote: 'https://example.com/api.yaml' },
    });
  });

  it('names what is wrong at its place and keeps the rest', () => {
    const text = [
      'id: hello',
      'states:',
      '  - name: Odd',
      '    type: unheard-of',
      '  - type: inject',
      '  - name: Fine',
      '    type: inject',
      '    end: [perhaps]',
    ].join('\n');
    const { workflow, problems } = parseWorkflow(text);
    expect(workflow!.states.map(({ name }) => name)).toEqual(['Fine']);
    expect(problems.map(({ line, path, code }) => [line, path, code])).toEqual([
      [4, '/states/0/type', 'state-type'],
      [5, '/states/1', 'missing'],
      [8, '/states/2/end', 'type'],
    ]);
  });

  it('warns of fields that 0.8 does not have and guesses what was meant', () => {
    const { problems } = parseJson({
      ...minimal,
      descriptoin: 'x',
      states: [
        {
          name: 'Greet',
          type: 'inject',
          end: true,
          tpye: 'inject',
          data: { anything: 1 },
        },
      ],
      metadata: { anything: 1 },
    });
    expect(
      problems.map(({ severity, path, message }) => [severity, path, message]),
    ).toEqual([
      [
        'warning',
        '/states/0/tpye',
        'Serverless Workflow 0.8 has no "tpye" here, so it is skipped. Is "type" meant?',
      ],
      [
        'warning',
        '/descriptoin',
        'Serverless Workflow 0.8 has no "descriptoin" here, so it is skipped. Is "description" meant?',
      ],
    ]);
  });

  it('warns of event data that SonataFlow reads only as a text', () => {
    const send = (data: unknown) =>
      parseJson({
        ...minimal,
        states: [
          {
            name: 'Greet',
            type: 'inject',
            data: {},
            end: { produceEvents: [{ eventRef: 'greeted', data }] },
          },
        ],
      }).problems.map(({ severity, code, path }) => [severity, code, path]);
    expect(send('{ a: .b }')).toEqual([]);
    expect(send({ a: '.b' })).toEqual([
      ['warning', 'event-data-object', '/states/0/end/produceEvents/0/data'],
    ]);
  });

  it('warns that SonataFlow does not know YAML aliases', () => {
    const text =
      'id: a\nconstants: {x: &x {y: 1}, z: *x}\nstates: [{name: a, type: inject, end: true}]';
    const { workflow, problems } = parseWorkflow(text);
    expect(workflow!.constants).toEqual({ x: { y: 1 }, z: { y: 1 } });
    expect(problems).toEqual([
      expect.objectContaining({
        severity: 'warning',
        code: 'yaml-alias',
        line: 2,
      }),
    ]);
  });
});

describe('shorthands', () => {
  it.each([
    ['Next', { nextState: 'Next', produceEvents: [], compensate: false }],
    [
      { nextState: 'Next', compensate: 'true' },
      { nextState: 'Next', produceEvents: [], compensate: true },
    ],
    [
      { nextState: 'Next', produceEvents: [{ eventRef: 'sent', data: '.x' }] },
      {
        nextState: 'Next',
        produceEvents: [
          { eventRef: 'sent', data: '.x', contextAttributes: {} },
        ],
        compensate: false,
      },
    ],
  ])('transition %j', (transition, expected) => {
    expect(
      stateOf({ type: 'inject', end: undefined, transition }).transition,
    ).toEqual(expected);
  });

  it.each([
    [true, { terminate: false, produceEvents: [], compensate: false }],
    ['true', { terminate: false, produceEvents: [], compensate: false }],
    [
      { terminate: 'true' },
      { terminate: true, produceEvents: [], compensate: false },
    ],
    [
      { compensate: true, continueAs: 'other' },
      {
        terminate: false,
        produceEvents: [],
        compensate: true,
        continueAs: 'other',
      },
    ],
    [false, undefined],
    ['false', { terminate: false, produceEvents: [], compensate: false }],
    [null, undefined],
  ])('end %j', (end, expected) => {
    expect(stateOf({ type: 'inject', end }).end).toEqual(expected);
  });

  it('functionRef, subFlowRef and defaults of filters', () => {
    const state = stateOf({
      type: 'operation',
      actions: [
        { functionRef: 'greet' },
        {
          functionRef: { refName: 'greet', arguments: '.x' },
          actionDataFilter: { useResults: 'false' },
        },
        { subFlowRef: 'child' },
        { eventRef: { triggerEventRef: 'sent' } },
      ],
    });
    expect(state).toMatchObject({
      actions: [
        { functionRef: { refName: 'greet' } },
        {
          functionRef: { refName: 'greet', arguments: '.x' },
          actionDataFilter: { useResults: false },
        },
        { subFlowRef: { workflowId: 'child' } },
        { eventRef: { triggerEventRef: 'sent', contextAttributes: {} } },
      ],
    });
  });

  it('an action that does nothing is an error', () => {
    const { problems } = parseJson({
      ...minimal,
      states: [
        {
          name: 'Greet',
          type: 'operation',
          end: true,
          actions: [{ name: 'idle' }],
        },
      ],
    });
    expect(problems).toEqual([
      expect.objectContaining({
        code: 'action-empty',
        path: '/states/0/actions/0',
        message:
          'The action "idle" needs a functionRef, eventRef or subFlowRef.',
      }),
    ]);
  });

  it.each([
    [{ errorRef: 'a' }, ['a']],
    [{ errorRefs: ['a', 'b'] }, ['a', 'b']],
    [{}, []],
  ])('error handler %j', (handler, errorRefs) => {
    const state = stateOf({
      type: 'inject',
      onErrors: [{ ...handler, end: true }],
    });
    expect(state.onErrors[0].errorRefs).toEqual(errorRefs);
  });

  it.each([
    [2, 2],
    ['2', 2],
    ['.count', '.count'],
  ])('numCompleted %j', (numCompleted, expected) => {
    const state = stateOf({
      type: 'parallel',
      completionType: 'atLeast',
      numCompleted,
      branches: [{ actions: [] }, { name: 'b', actions: [] }],
    });
    expect(state).toMatchObject({
      numCompleted: expected,
      branches: [{ name: 'Branch 1' }, { name: 'b' }],
    });
  });

  it('a switch is on data or on events', () => {
    expect(
      stateOf({
        type: 'switch',
        dataConditions: [{ condition: '.a', end: true }],
      }),
    ).toMatchObject({ dataConditions: [{ condition: '.a' }] });
    expect(
      stateOf({
        type: 'switch',
        eventConditions: [{ eventRef: 'a', end: true }],
      }),
    ).toMatchObject({ eventConditions: [{ eventRef: 'a' }] });
    const { problems } = parseJson({
      ...minimal,
      states: [
        {
          name: 'a',
          type: 'switch',
          dataConditions: [{ condition: '.a' }],
          eventConditions: [{ eventRef: 'a' }],
        },
      ],
    });
    expect(problems.map(({ code }) => code)).toEqual(['switch-mixed']);
  });
});

describe('the place of things', () => {
  const yaml = [
    'id: hello',
    'start: Greet',
    'states:',
    '  - name: Greet',
    '    type: inject',
    '    end: true',
    '',
    'errors: []',
  ].join('\n');

  it.each([
    ['/states/0', { line: 4, column: 5, endLine: 6, endColumn: 14 }],
    ['/states/0/end', { line: 6, column: 5, endLine: 6, endColumn: 14 }],
    ['/start', { line: 2, column: 1, endLine: 2, endColumn: 13 }],
  ])('is known for %s in YAML', (path, range) => {
    expect(parseWorkflow(yaml).locate(path)).toEqual(range);
  });

  it('is that of what surrounds it when the text does not have it', () => {
    const { locate } = parseWorkflow(yaml);
    expect(locate('/states/0/transition/nextState')).toEqual(
      locate('/states/0'),
    );
    expect(locate('/states/7')).toEqual(locate('/states'));
  });

  it('is known in JSON and with escaped names', () => {
    const { locate } = parseWorkflow(
      '{\n  "id": "a",\n  "metadata": {\n    "a/b~c": [1,\n  2]\n  }\n}',
    );
    expect(locate('/metadata/a~1b~0c/1')).toEqual({
      line: 5,
      column: 3,
      endLine: 5,
      endColumn: 4,
    });
  });

  it('is unknown when the text can not be read', () => {
    expect(parseWorkflow('{').locate('/id')).toBeUndefined();
  });
});
