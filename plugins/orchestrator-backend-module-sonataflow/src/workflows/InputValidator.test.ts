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

  it('gives up on a pattern that takes for ever', () => {
    const problems = validator.validate(
      { properties: { a: { type: 'string', pattern: '^(a+)+$' } } },
      { a: `${'a'.repeat(60)}!` },
    );
    expect(problems).toEqual([
      {
        path: '',
        message: 'The input takes too long to check against the schema',
      },
    ]);
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
