import { loadDefinition } from './loadDefinition';

const STATES = `
states:
  - name: only
    type: inject
    data: { done: true }
    end: true
`;

function load(
  text: string,
  files: Record<string, string> = {},
  path = 'a.sw.yaml',
) {
  return loadDefinition({ path, text }, async uri => {
    if (!Object.hasOwn(files, uri)) {
      throw new Error('It does not exist.');
    }
    return files[uri];
  });
}

function definition(more = '', id = 'a') {
  return `id: ${id}\nstart: only\n${more}${STATES}`;
}

describe('loadDefinition', () => {
  describe('says what is wrong and where', () => {
    it('with text that is no YAML', async () => {
      const { definition: loaded, problems } = await load('id: a\nstates: [');

      expect(loaded).toBeUndefined();
      expect(problems[0]).toMatchObject({ severity: 'error', line: 2 });
    });

    it('with a transition to a state that does not exist', async () => {
      const { problems } = await load(
        'id: a\nstart: one\nstates:\n  - name: one\n    type: inject\n    data: {}\n    transition: two\n',
      );

      expect(problems).toContainEqual(
        expect.objectContaining({
          severity: 'error',
          message: expect.stringContaining('two'),
          line: 7,
          path: expect.stringContaining('/states/0'),
          excerpt: expect.stringContaining('transition: two'),
        }),
      );
    });

    it.each([
      ['../escape'],
      ['a/b'],
      ['-a'],
      ['a'.repeat(129)],
      ['a\u0000b'],
      ['ü'],
    ])('with the id %j', async id => {
      const { definition: loaded, problems } = await load(
        JSON.stringify({
          id,
          start: 'only',
          states: [{ name: 'only', type: 'inject', data: {}, end: true }],
        }),
        {},
        'a.sw.json',
      );

      expect(loaded).toBeUndefined();
      expect(problems[0]).toMatchObject({ severity: 'error' });
    });

    it('with an input schema that does not exist', async () => {
      const { problems } = await load(
        definition('dataInputSchema: schemas/input.json\n'),
      );

      expect(problems).toMatchObject([
        {
          severity: 'error',
          message: expect.stringContaining('schemas/input.json'),
          line: 3,
        },
      ]);
    });

    it('with a file that the input schema refers to', async () => {
      const { problems } = await load(
        definition('dataInputSchema: schemas/input.json\n'),
        { 'schemas/input.json': '{"$ref":"other.json"}' },
      );

      expect(problems).toMatchObject([
        {
          severity: 'error',
          message:
            "The schema can't be used: schemas/other.json: It does not exist.",
          line: 3,
        },
      ]);
    });

    it('with an OpenAPI document at an address that can not be reached', async () => {
      const { problems } = await load(
        definition(
          'functions:\n  - { name: f, operation: "https://example.com/api.json#op" }\n',
        ),
      );

      expect(problems).toContainEqual(
        expect.objectContaining({
          severity: 'error',
          message: 'https://example.com/api.json: It does not exist.',
          line: 4,
        }),
      );
    });
  });

  describe('survives', () => {
    const deep = 100_000;

    it.each([
      ['nothing', ''],
      ['a truncated file', definition().slice(0, 20)],
      ['binary', '\u0000\u0001\u0002\uFFFD'],
      ['a list', '[]'],
      ['deep lists', `${'['.repeat(deep)}${']'.repeat(deep)}`],
      ['deep objects', `${'{"a":'.repeat(deep)}1${'}'.repeat(deep)}`],
      ['a huge text', `id: ${'x'.repeat(3_000_000)}`],
      [
        'a million keys',
        `{${Array.from({ length: 1e6 }, (_, n) => `"k${n}":0`).join()}}`,
      ],
      [
        'a bomb of aliases',
        `a0: &a0 [x, x, x, x, x, x, x, x, x]\n${Array.from(
          { length: 9 },
          (_, n) =>
            `a${n + 1}: &a${n + 1} [${`*a${n}, `.repeat(9).slice(0, -2)}]`,
        ).join('\n')}`,
      ],
      ['an alias of itself', 'a: &a [*a]'],
      [
        'states that go round for ever',
        'id: a\nstart: one\nstates:\n  - {name: one, type: inject, data: {}, transition: one}\n',
      ],
    ])('%s', async (_what, text) => {
      const { problems } = await load(text);

      expect(Array.isArray(problems)).toBe(true);
    });

    it('a schema whose files refer to each other for ever', async () => {
      const { problems } = await loadDefinition(
        { path: 'a.sw.yaml', text: definition('dataInputSchema: 0.json\n') },
        async uri => JSON.stringify({ $ref: `${parseInt(uri, 10) + 1}.json` }),
      );

      expect(problems).toMatchObject([
        {
          message:
            "The schema can't be used: it consists of more than 50 documents",
        },
      ]);
    });
  });

  it('gives the definition with its schema inlined', async () => {
    const { definition: loaded, problems } = await load(
      definition('dataInputSchema: schemas/input.json\n'),
      {
        'schemas/input.json': '{"properties":{"team":{"$ref":"team.json"}}}',
        'schemas/team.json': '{"type":"string"}',
      },
    );

    expect(problems).toEqual([]);
    expect(loaded).toMatchObject({
      format: 'yaml',
      workflow: {
        id: 'a',
        dataInputSchema: {
          schema: {
            properties: { team: { $ref: '#/$defs/schemas~1team.json' } },
            $defs: { 'schemas/team.json': { type: 'string' } },
          },
        },
      },
    });
    expect(Object.keys(loaded?.resources ?? {})).toEqual([
      'schemas/input.json',
      'schemas/team.json',
    ]);
  });

  it('brings in functions that stand in a file of their own', async () => {
    const { definition: loaded } = await load(
      definition('functions: functions.json\n'),
      {
        'functions.json':
          '{"functions":[{"name":"f","type":"expression","operation":".a"}]}',
      },
    );

    expect(loaded?.workflow.functions).toMatchObject([{ name: 'f' }]);
  });

  it('gives a new revision when the text or a text that it refers to changes', async () => {
    const text = definition('dataInputSchema: s.json\n');
    const revision = async (content: string, schema: string) =>
      (await load(content, { 's.json': schema })).definition?.revision;

    const first = await revision(text, '{}');

    expect(first).toMatch(/^[0-9a-f]{12}$/);
    expect(await revision(text, '{}')).toBe(first);
    expect(await revision(`${text}\n`, '{}')).not.toBe(first);
    expect(await revision(text, '{"type":"object"}')).not.toBe(first);
  });

  it('names everything that it asked for, also what is missing', async () => {
    const { dependencies } = await load(
      definition('constants: c.json\ndataInputSchema: missing.json\n'),
      { 'c.json': '{"a":1}' },
    );

    expect([...dependencies]).toEqual([
      ['c.json', expect.any(String)],
      ['missing.json', undefined],
    ]);
  });
});
