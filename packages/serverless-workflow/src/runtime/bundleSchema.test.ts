import Ajv from 'ajv';
import { JsonObject } from '../model';
import { bundleSchema } from './bundleSchema';

function bundle(
  schema: object,
  files: Record<string, object> = {},
  uri = 'schemas/input.json',
) {
  return bundleSchema(schema as JsonObject, uri, name => {
    if (!Object.hasOwn(files, name)) {
      throw new Error(`${name} does not exist`);
    }
    return files[name] as JsonObject;
  });
}

describe('bundleSchema', () => {
  it('leaves a schema without references as it is, but for identifier and dialect', () => {
    expect(
      bundle({ $id: 'classpath:/x.json', $schema: 'x', type: 'object' }),
    ).toEqual({ type: 'object' });
  });

  it('keeps references inside the schema', () => {
    const schema = {
      definitions: { name: { type: 'string' } },
      properties: { name: { $ref: '#/definitions/name' } },
    };

    expect(bundle(schema)).toEqual(schema);
  });

  it('takes in other documents, and what they refer to', () => {
    const schema = bundle(
      { properties: { team: { $ref: 'team.json' } } },
      {
        'schemas/team.json': {
          type: 'object',
          properties: {
            lead: { $ref: 'people/person.json#/definitions/adult' },
            parent: { $ref: '#' },
          },
        },
        'schemas/people/person.json': {
          definitions: {
            adult: { properties: { age: { $ref: '#/definitions/age' } } },
            age: { type: 'integer', minimum: 18 },
          },
        },
      },
    );

    const validate = new Ajv({ strict: false }).compile(schema);
    expect(validate({ team: { parent: { lead: { age: 18 } } } })).toBe(true);
    expect(validate({ team: { parent: { lead: { age: 17 } } } })).toBe(false);
    expect(validate({ team: { parent: 1 } })).toBe(false);
  });

  it('survives documents that refer to each other and back to the schema', () => {
    const schema = bundle(
      { properties: { a: { $ref: './a.json' } }, maxProperties: 1 },
      {
        'schemas/a.json': { properties: { b: { $ref: 'b.json' } } },
        'schemas/b.json': {
          properties: { a: { $ref: 'a.json' }, root: { $ref: 'input.json' } },
        },
      },
    );

    const validate = new Ajv({ strict: false }).compile(schema);
    expect(validate({ a: { b: { root: { x: 1, y: 2 } } } })).toBe(false);
    expect(validate({ a: { b: { root: { x: 1 }, a: {} } } })).toBe(true);
  });

  it('keeps documents of the same name apart', () => {
    const schema = bundle(
      { allOf: [{ $ref: 'a/x.json' }, { $ref: 'b/x.json' }] },
      {
        'schemas/a/x.json': { required: ['a'] },
        'schemas/b/x.json': { required: ['b'] },
      },
    );

    const validate = new Ajv({ strict: false }).compile(schema);
    expect(validate({ a: 1 })).toBe(false);
    expect(validate({ a: 1, b: 1 })).toBe(true);
  });

  it('keeps the definitions of the schema', () => {
    expect(
      bundle(
        { $defs: { own: { type: 'string' } }, $ref: 'a.json' },
        { 'schemas/a.json': {} },
      ),
    ).toMatchObject({ $defs: { own: { type: 'string' } } });
  });

  it.each([
    ['input.json', 'a.json', 'a.json'],
    ['schemas/input.json', '../a.json', 'a.json'],
    ['classpath:schemas/input.json', 'a.json', 'classpath:schemas/a.json'],
    ['classpath:/s/input.json', './a.json', 'classpath:/s/a.json'],
    ['file:///s/t/input.json', '../a.json', 'file:///s/a.json'],
    ['https://a.com/s/input.json', '../a.json', 'https://a.com/a.json'],
    ['https://a.com/s/input.json', '/a.json', 'https://a.com/a.json'],
    ['s/input.json', 'https://a.com/a.json', 'https://a.com/a.json'],
  ])('finds, from %s, %s at %s', (uri, reference, expected) => {
    const schema = bundle({ $ref: reference }, { [expected]: {} }, uri);

    expect(Object.keys(schema.$defs ?? {})).toEqual([expected]);
  });

  it('takes $ref inside data as data', () => {
    const schema = { enum: [{ $ref: 'a.json' }], const: { $ref: 'b.json' } };

    expect(bundle(schema)).toEqual(schema);
  });

  it('does not touch prototypes', () => {
    const text = '{"properties":{"__proto__":{"type":"string"}}}';

    expect(JSON.stringify(bundle(JSON.parse(text)))).toBe(text);
    expect(({} as { type?: string }).type).toBeUndefined();
  });

  it('refuses a document that does not exist', () => {
    expect(() => bundle({ $ref: 'a.json' })).toThrow(
      'schemas/a.json does not exist',
    );
  });

  it('refuses documents without end', () => {
    expect(() =>
      bundleSchema({ $ref: '1.json' }, '0.json', uri => ({
        $ref: `${parseInt(uri, 10) + 1}.json`,
      })),
    ).toThrow('it consists of more than 50 documents');
  });
});
