import { InputValidator } from './InputValidator';

const validator = InputValidator.create();

describe('InputValidator', () => {
  const schema = {
    $schema: 'http://json-schema.org/draft-07/schema#',
    $id: 'classpath:schema.json',
    type: 'object',
    properties: {
      name: { type: 'string', minLength: 1 },
      language: { enum: ['en', 'de'] },
      mail: { type: 'string', format: 'email' },
      team: { $ref: '#/$defs/team' },
    },
    required: ['name'],
    additionalProperties: false,
    $defs: { team: { type: 'object', required: ['a/b'] } },
  };

  it('accepts what matches', () => {
    expect(validator.validate(schema, { name: 'Ada' })).toEqual([]);
  });

  it('lists every violation with its path', () => {
    expect(
      validator.validate(schema, {
        language: 'fr',
        mail: 'nobody',
        team: {},
        extra: 1,
      }),
    ).toEqual(
      expect.arrayContaining([
        { path: '/name', message: 'name is required' },
        { path: '/language', message: 'must be one of "en", "de"' },
        { path: '/mail', message: 'must match format "email"' },
        { path: '/team/a~1b', message: 'a/b is required' },
        { path: '/extra', message: 'extra is not allowed' },
      ]),
    );
  });

  it('reads another draft as draft 7 too', () => {
    expect(
      validator.validate(
        {
          $schema: 'https://json-schema.org/draft/2020-12/schema',
          required: ['a'],
        },
        {},
      ),
    ).toHaveLength(1);
  });

  it.each([
    ['a reference to nowhere', { $ref: '#/$defs/none' }],
    ['an odd keyword', { type: 'whatever' }],
    ['a pattern that is none', { properties: { a: { pattern: '(' } } }],
  ])('leaves %s to the service', (_what, odd) => {
    expect(validator.validate(odd, { a: 'x' })).toEqual([]);
  });

  describe('gives up when checking takes for ever, however often it did not', () => {
    const nested = (depth: number): Record<string, unknown> =>
      depth === 0 ? {} : { a: nested(depth - 1) };
    const twice = { properties: { a: { $ref: '#/$defs/t' } }, required: ['x'] };

    it.each([
      [
        'for a pattern',
        { properties: { a: { type: 'string', pattern: '^(a+)+$' } } },
        { a: `${'a'.repeat(60)}!` },
      ],
      [
        'for a name by pattern',
        { patternProperties: { '^(a+)+$': { type: 'string' } } },
        { [`${'a'.repeat(60)}!`]: 1 },
      ],
      [
        'for a schema that contains itself',
        { $ref: '#/$defs/t', $defs: { t: { anyOf: [twice, twice] } } },
        nested(60),
      ],
      [
        'for items that must differ',
        { properties: { a: { uniqueItems: true } } },
        { a: Array.from({ length: 100_000 }, (_, i) => ({ i })) },
      ],
    ])('%s', (_what, hostile, input) => {
      const own = InputValidator.create();
      own.validate(hostile, {});
      expect(own.validate(hostile, input)).toEqual([
        {
          path: '',
          message: 'The input takes too long to check against the schema',
        },
      ]);
    });
  });

  it('takes no harm from names of the object model', () => {
    expect(
      validator.validate(
        { properties: { constructor: { type: 'string' } } },
        JSON.parse('{"__proto__":{"x":1},"toString":1}'),
      ),
    ).toEqual([]);
    expect(validator.validate({ required: ['constructor'] }, {})).toHaveLength(
      1,
    );
  });
});
