/** @jest-environment node */
import { startTestRuntime } from '../../testing';

const schema = {
  $schema: 'https://json-schema.org/draft/2020-12/schema',
  type: 'object',
  required: ['name'],
  properties: {
    name: { type: 'string', minLength: 1 },
    language: { enum: ['en', 'de'] },
    times: { type: 'integer' },
    list: { type: 'array', items: { type: 'number' } },
  },
};

function workflow(rest: object) {
  return {
    id: 'w',
    version: '1.0',
    start: 'A',
    states: [{ name: 'A', type: 'inject', data: {}, end: true }],
    ...rest,
  };
}

describe('the input schema', () => {
  it('refuses an input with the words of SonataFlow and the places', async () => {
    const { run, runtime } = startTestRuntime({
      workflows: [workflow({ dataInputSchema: 'schemas/in.json' })],
      resources: { 'schemas/in.json': JSON.stringify(schema) },
    });
    expect(await run({})).toEqual({
      outcome: 'refused',
      reason: 'input',
      status: 400,
      message:
        'There are JsonSchema validation errors:\n$.name: is missing but it is required',
      problems: [
        { path: '/name', message: '$.name: is missing but it is required' },
      ],
    });
    const bad = { name: '', language: 'fr', times: 'x', list: [1, 'two'] };
    expect(runtime.validateInput('w', bad)).toEqual([
      {
        path: '/name',
        message: '$.name: must be at least 1 characters long',
      },
      {
        path: '/language',
        message:
          '$.language: does not have a value in the enumeration [en, de]',
      },
      {
        path: '/times',
        message: '$.times: string found, integer expected',
      },
      {
        path: '/list/1',
        message: '$.list[1]: string found, number expected',
      },
    ]);
    expect(runtime.list()).toEqual([]);
    expect(await run({ name: 'Ada' })).toMatchObject({ outcome: 'started' });
  });

  it('does not refuse anything when failOnValidationErrors is false', async () => {
    const { run } = startTestRuntime({
      workflows: [
        workflow({
          dataInputSchema: { schema, failOnValidationErrors: false },
        }),
      ],
    });
    expect(await run({})).toMatchObject({ outcome: 'started' });
  });

  it('may be spread over several files', async () => {
    const { run } = startTestRuntime({
      workflows: [workflow({ dataInputSchema: 'schemas/in.json' })],
      resources: {
        'schemas/in.json': JSON.stringify({
          $id: 'classpath:/schemas/in.json',
          properties: { part: { $ref: 'part.json#/definitions/named' } },
        }),
        'schemas/part.json': JSON.stringify({
          definitions: {
            named: { $ref: '#/definitions/base' },
            base: { required: ['name'] },
          },
        }),
      },
    });
    expect(await run({ part: {} })).toMatchObject({
      message: expect.stringContaining('$.part.name: is missing'),
    });
  });

  it('keeps a workflow from being deployed when it is missing or broken', () => {
    const start = (resources: Record<string, string>) =>
      startTestRuntime({
        workflows: [workflow({ dataInputSchema: 'in.json' })],
        resources,
      });
    expect(() => start({})).toThrow('there is no file in.json');
    expect(() => start({ 'in.json': '[]' })).toThrow('is no JSON object');
    expect(() => start({ 'in.json': '{"type": 1}' })).toThrow("can't be used");
  });
});

describe('the output schema', () => {
  const strict = workflow({
    extensions: [
      {
        extensionid: 'workflow-output-schema',
        outputSchema: { schema: { required: ['name'] } },
      },
    ],
  });

  it('fails an instance whose data does not fit, until the data is mended', async () => {
    const { run, runtime, instance } = startTestRuntime({
      workflows: [strict],
    });
    const result = await run({});
    expect(result).toMatchObject({
      outcome: 'failed',
      status: 400,
      message: expect.stringContaining('$.name: is missing'),
      instance: { state: 'ERROR' },
    });
    const { id } = runtime.list()[0];
    await runtime.retry(id);
    expect(instance(id).state).toBe('ERROR');
    await runtime.updateData(id, { name: 'Ada' });
    await runtime.retry(id);
    expect(instance(id)).toMatchObject({
      state: 'COMPLETED',
      data: { name: 'Ada' },
    });
  });
});

describe('a schema that would take for ever', () => {
  const endless = { type: 'string', pattern: '^(a+)+$' };
  const unlucky = `${'a'.repeat(60)}!`;
  const tooLong = 'The schema takes longer than 1000 ms to check the data.';

  it.each<[string, object, object]>([
    ['a pattern', { properties: { x: endless } }, { x: unlucky }],
    [
      'a pattern of property names',
      { patternProperties: { '^(a|a)+$': { type: 'number' } } },
      { [unlucky]: 1 },
    ],
    ['a pattern of names', { propertyNames: endless }, { [unlucky]: 1 }],
    [
      'references that multiply',
      {
        $ref: '#/definitions/r0',
        definitions: Object.fromEntries(
          Array.from({ length: 40 }, (_, index) => {
            const next = { $ref: `#/definitions/r${index + 1}` };
            return [
              `r${index}`,
              index < 39
                ? { allOf: [next, { not: next }] }
                : { minProperties: 9 },
            ];
          }),
        ),
      },
      {},
    ],
  ])('is stopped: %s', async (_what, slow, input) => {
    const { run } = startTestRuntime({
      workflows: [workflow({ dataInputSchema: { schema: slow } })],
    });
    expect(await run(input as never)).toMatchObject({
      outcome: 'refused',
      reason: 'input',
      message: `There are JsonSchema validation errors:\n${tooLong}`,
    });
  });

  it('is stopped when it is that of a sub-flow or of the output', async () => {
    const calls = (rest: object) => ({
      id: 'parent',
      start: 'Call',
      states: [
        {
          name: 'Call',
          type: 'operation',
          actions: [{ subFlowRef: 'w' }],
          end: true,
        },
      ],
      ...rest,
    });
    const dataInputSchema = { schema: { properties: { x: endless } } };
    const { start } = startTestRuntime({
      workflows: [workflow({ dataInputSchema }), calls({})],
    });
    const parent = await start({ x: unlucky });
    expect(parent.error?.message).toContain(tooLong);

    const extensions = [
      { extensionid: 'workflow-output-schema', outputSchema: dataInputSchema },
    ];
    const own = startTestRuntime({ workflows: [workflow({ extensions })] });
    expect((await own.start({ x: unlucky })).error?.message).toContain(tooLong);
  });

  it('that refers only to itself is a violation', async () => {
    const { run } = startTestRuntime({
      workflows: [
        workflow({
          dataInputSchema: {
            schema: {
              $ref: '#/definitions/a',
              definitions: {
                a: { allOf: [{ $ref: '#/definitions/b' }] },
                b: { allOf: [{ $ref: '#/definitions/a' }] },
              },
            },
          },
        }),
      ],
    });
    expect(await run({})).toMatchObject({
      outcome: 'refused',
      reason: 'input',
    });
  });
});
