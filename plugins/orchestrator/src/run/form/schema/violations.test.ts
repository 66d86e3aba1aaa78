import { JsonObject } from '@backstage/types';
import { fits, violationsOf } from './violations';

const found = (schema: JsonObject, data: unknown) =>
  violationsOf(schema, data).map(
    ({ path, keyword }) => `/${path.join('/')} ${keyword}`,
  );

describe('violationsOf', () => {
  it('names each missing property at its own place', () => {
    const schema = {
      type: 'object',
      properties: {
        team: { type: 'object', required: ['name', 'mail'] },
      },
      required: ['team', 'size'],
    };

    expect(found(schema, { team: { name: 'core' } })).toEqual([
      '/size required',
      '/team/mail required',
    ]);
  });

  it('counts undefined as missing', () => {
    const schema = { type: 'object', required: ['name'] };

    expect(found(schema, { name: undefined })).toEqual(['/name required']);
    expect(found(schema, undefined)).toEqual(['/ type']);
  });

  it('tells the limit, through references too', () => {
    const schema = {
      properties: { name: { $ref: '#/$defs/name' } },
      $defs: { name: { type: 'string', minLength: 3 } },
    };

    expect(violationsOf(schema, { name: 'x' })).toEqual([
      { path: ['name'], keyword: 'minLength', limit: 3 },
    ]);
  });

  it('blames the alternative that fits best', () => {
    const schema = {
      oneOf: [
        {
          properties: { kind: { const: 'a' }, size: { type: 'number' } },
          required: ['kind', 'size', 'colour'],
        },
        { properties: { kind: { const: 'b' } }, required: ['kind', 'url'] },
      ],
    };

    expect(found(schema, { kind: 'b' })).toEqual(['/url required']);
  });

  it('says that a choice is ambiguous', () => {
    const schema = { oneOf: [{ type: 'number' }, { minimum: 1 }] };

    expect(found(schema, 2)).toEqual(['/ choice']);
  });

  it('names properties that are not allowed', () => {
    const schema = { properties: {}, additionalProperties: false };

    expect(found(schema, { extra: 1 })).toEqual(['/ additionalProperties']);
  });

  it('leaves the given schema as it was', () => {
    const schema = Object.freeze({ type: 'string' });

    expect(found(schema, 1)).toEqual(['/ type']);
    expect(schema).toEqual({ type: 'string' });
  });

  it('follows conditions', () => {
    const schema = {
      properties: { kind: { enum: ['vm', 'pod'] } },
      if: { properties: { kind: { const: 'vm' } }, required: ['kind'] },
      then: { required: ['cpus'] },
    };

    expect(found(schema, { kind: 'pod' })).toEqual([]);
    expect(found(schema, { kind: 'vm' })).toEqual(['/cpus required']);
  });

  it('compiles no code, as a strict Content Security Policy wants it', () => {
    const compile = jest
      .spyOn(globalThis, 'Function')
      .mockImplementation(() => {
        throw new EvalError('unsafe-eval is not allowed');
      });
    try {
      expect(found({ type: 'string' }, 1)).toEqual(['/ type']);
    } finally {
      compile.mockRestore();
    }
  });

  it('throws on a schema that makes no sense', () => {
    expect(() => violationsOf({ pattern: '(' }, 'x')).toThrow();
    expect(() => violationsOf({ $ref: '#/nowhere' }, 'x')).toThrow();
  });
});

describe('fits', () => {
  it('resolves references of a part against the whole', () => {
    const root = { definitions: { size: { type: 'integer', minimum: 1 } } };
    const part = { properties: { size: { $ref: '#/definitions/size' } } };

    expect(fits(part, { size: 2 }, root)).toBe(true);
    expect(fits(part, { size: 0 }, root)).toBe(false);
  });
});
