import { formSchema } from './formSchema';
import { stepsOf } from './stepsOf';
import { uiSchemaOf } from './uiSchemaOf';

describe('formSchema', () => {
  it('says the newer keywords in words of Draft-07', () => {
    expect(
      formSchema({
        properties: {
          pair: {
            type: 'array',
            prefixItems: [{ type: 'string' }],
            items: { type: 'number' },
          },
        },
        dependentRequired: { card: ['address'] },
      }),
    ).toEqual({
      properties: {
        pair: {
          type: 'array',
          items: [{ type: 'string' }],
          additionalItems: { type: 'number' },
        },
      },
      dependencies: { card: ['address'] },
    });
  });

  it('keeps a property that is named like a keyword, and data as it is', () => {
    const schema = {
      properties: { prefixItems: { type: 'string' } },
      default: { prefixItems: ['x'] },
    };

    expect(formSchema(schema)).toEqual(schema);
  });
});

describe('uiSchemaOf', () => {
  it('collects the hints inside the schema', () => {
    expect(
      uiSchemaOf({
        'ui:order': ['b', 'a'],
        properties: {
          a: { type: 'string', 'ui:widget': 'textarea' },
          b: { type: 'string', format: 'password' },
          c: { type: 'string', 'ui:hidden': true },
          list: { items: { $ref: '#/definitions/item' } },
        },
        definitions: { item: { 'ui:placeholder': 'x' } },
      }),
    ).toEqual({
      'ui:order': ['b', 'a'],
      a: { 'ui:widget': 'textarea' },
      b: { 'ui:widget': 'password' },
      c: { 'ui:widget': 'hidden' },
      list: { items: { 'ui:placeholder': 'x' } },
    });
  });

  it('comes to an end with a schema that refers to itself', () => {
    const tree = { properties: { child: { $ref: '#' } } };

    expect(() => uiSchemaOf(tree)).not.toThrow();
  });
});

describe('stepsOf', () => {
  const service = { type: 'object', title: 'Service' };
  const team = { type: 'object' };

  it('makes one step of each top-level object, in their order', () => {
    const steps = stepsOf({
      'ui:order': ['team', '*'],
      properties: { service, team },
      required: ['service', 'team'],
    });

    expect(steps?.map(({ key, title }) => [key, title])).toEqual([
      ['team', 'team'],
      ['service', 'Service'],
    ]);
    expect(steps?.[1].schema).toMatchObject({
      properties: { service },
      required: ['service'],
    });
  });

  it('follows references to definitions', () => {
    expect(
      stepsOf({
        properties: { a: { $ref: '#/$defs/a' }, team },
        $defs: { a: { properties: {} } },
      }),
    ).toHaveLength(2);
  });

  it.each([
    ['a property is no object', { properties: { team, name: {} } }],
    ['there is one property', { properties: { team } }],
    [
      'properties depend on each other',
      { properties: { team, service }, if: {} },
    ],
    ['there are no properties', {}],
  ])('keeps one page when %s', (_why, schema) => {
    expect(stepsOf(schema)).toBeUndefined();
  });
});
