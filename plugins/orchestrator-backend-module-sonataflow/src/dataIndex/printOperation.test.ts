import { printOperation } from './printOperation';

describe('printOperation', () => {
  it('asks for known fields only, and leaves out objects without any', () => {
    const document = printOperation(
      {
        name: 'Things',
        field: 'Things',
        variables: { where: 'ThingArgument' },
        selection: {
          type: 'Thing',
          fields: [
            'id',
            'colour',
            { name: 'parts', of: { type: 'Part', fields: ['id'] } },
            { name: 'owner', of: { type: 'Owner', fields: ['name'] } },
          ],
        },
      },
      new Map([
        ['Thing', new Set(['id', 'parts', 'owner'])],
        ['Part', new Set(['id'])],
        ['Owner', new Set<string>()],
      ]),
    );
    expect(document).toBe(
      'query Things($where: ThingArgument = {}) { Things(where: $where) { id parts { id } } }',
    );
  });
});
