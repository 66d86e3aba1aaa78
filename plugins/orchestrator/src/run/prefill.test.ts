import { prefill } from './prefill';

const schema = {
  properties: {
    name: { type: 'string' },
    size: { type: 'integer' },
    tags: { type: 'array' },
    team: { type: 'object', properties: { lead: { type: 'string' } } },
  },
};

const filled = (address: string, data = {}) =>
  prefill(schema, data, new URLSearchParams(address));

describe('prefill', () => {
  it('ignores what the schema does not know or wants in another type', () => {
    expect(
      filled('other=1&size=big&__proto__.x=1&team.toString=1&prefillFrom=i1'),
    ).toEqual({});
    expect(({} as { x?: string }).x).toBeUndefined();
  });

  it('gives each value the type of its property', () => {
    expect(
      filled('name=7&size=3&tags=["a"]&team.lead=ada', { name: 'x' }),
    ).toEqual({ name: '7', size: 3, tags: ['a'], team: { lead: 'ada' } });
  });
});
