import Ajv from 'ajv';
import { bundleSchema } from './bundleSchema';

function bundle(
  schema: object,
  files: Record<string, unknown> = {},
  uri = 'schemas/input.json',
) {
  return bundleSchema(schema as never, uri, async name => {
    if (!(name in files)) {
      throw new Error('It does not exist.');
    }
    return JSON.stringify(files[name]);
  });
}

describe('bundleSchema', () => {
  it('leaves a schema without references as it is, but for its $id', async () => {
    await expect(
      bundle({ $id: 'classpath:/x.json', type: 'object' }),
    ).resolves.toEqual({ type: 'object' });
  });

  it('keeps references inside the schema', async () => {
    const schema = {
      definitions: { name: { type: 'string' } },
      properties: { name: { $ref: '#/definitions/name' } },
    };

    await expect(bundle(schema)).resolves.toEqual(schema);
  });

  it('takes in other files, and what they refer to', async () => {
    const schema = await bundle(
      { properties: { team: { $ref: 'team.json' } } },
      {
        'schemas/team.json': {
          type: 'object',
          properties: {
            lead: { $ref: 'person.json#/definitions/adult' },
            parent: { $ref: '#' },
          },
        },
        'schemas/person.json': {
          definitions: {
            adult: { properties: { age: { $ref: '#/definitions/age' } } },
            age: { type: 'integer', minimum: 18 },
          },
        },
      },
    );

    expect(schema).toMatchObject({
      properties: { team: { $ref: '#/$defs/team.json' } },
      $defs: {
        'team.json': {
          properties: {
            lead: { $ref: '#/$defs/person.json/definitions/adult' },
            parent: { $ref: '#/$defs/team.json' },
          },
        },
        'person.json': {
          definitions: {
            adult: {
              properties: {
                age: { $ref: '#/$defs/person.json/definitions/age' },
              },
            },
          },
        },
      },
    });
    const validate = new Ajv({ strict: false }).compile(schema);
    expect(validate({ team: { parent: { lead: { age: 17 } } } })).toBe(false);
    expect(validate({ team: { parent: { lead: { age: 18 } } } })).toBe(true);
  });

  it('survives files that refer to each other', async () => {
    const schema = await bundle(
      { properties: { a: { $ref: './a.json' } } },
      {
        'schemas/a.json': { properties: { b: { $ref: 'b.json' } } },
        'schemas/b.json': {
          properties: { a: { $ref: 'a.json' }, root: { $ref: 'input.json' } },
        },
      },
    );

    expect(schema).toMatchObject({
      $defs: {
        'b.json': {
          properties: { a: { $ref: '#/$defs/a.json' }, root: { $ref: '#' } },
        },
      },
    });
  });

  it('keeps files of the same name apart', async () => {
    const schema = await bundle(
      { allOf: [{ $ref: 'a/x.json' }, { $ref: 'b/x.json' }] },
      {
        'schemas/a/x.json': { title: 'a' },
        'schemas/b/x.json': { title: 'b' },
      },
    );

    expect(schema).toMatchObject({
      allOf: [{ $ref: '#/$defs/x.json' }, { $ref: '#/$defs/x.json-2' }],
      $defs: { 'x.json': { title: 'a' }, 'x.json-2': { title: 'b' } },
    });
  });

  it.each([
    ['classpath:schemas/input.json', 'classpath:schemas/a.json'],
    ['https://example.com/s/input.json', 'https://example.com/s/a.json'],
    ['input.json', 'a.json'],
  ])('starts relative references at %s', async (uri, expected) => {
    await expect(
      bundle({ $ref: 'a.json' }, { [expected]: { title: 'found' } }, uri),
    ).resolves.toMatchObject({ $defs: { 'a.json': { title: 'found' } } });
  });

  it('takes $ref inside data as data', async () => {
    const schema = { enum: [{ $ref: 'nothing.json' }], const: { $ref: 'x' } };

    await expect(bundle(schema)).resolves.toEqual(schema);
  });

  it('does not touch prototypes', async () => {
    const schema = JSON.parse('{"properties":{"__proto__":{"type":"string"}}}');

    const bundled = await bundle(schema);

    expect(JSON.stringify(bundled)).toBe(JSON.stringify(schema));
    expect(({} as any).type).toBeUndefined();
  });

  it.each([
    [
      'a missing file',
      { $ref: 'missing.json' },
      'schemas/missing.json: It does not exist.',
    ],
    [
      'a file that is no schema',
      { $ref: 'list.json' },
      'schemas/list.json: it is no JSON Schema.',
    ],
  ])('refuses %s', async (_what, schema, message) => {
    await expect(bundle(schema, { 'schemas/list.json': [] })).rejects.toThrow(
      message,
    );
  });

  it('refuses an endless chain of files', async () => {
    await expect(
      bundleSchema({ $ref: '1.json' }, '0.json', async uri =>
        JSON.stringify({ $ref: `${parseInt(uri, 10) + 1}.json` }),
      ),
    ).rejects.toThrow('The schema consists of more than 50 files.');
  });
});
