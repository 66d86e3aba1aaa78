import { GraphQLObjectType, GraphQLSchema, parse, validate } from 'graphql';
import { publishedSchemas } from '../__testUtils__/publishedSchemas';
import {
  OPERATIONS,
  PING_DOCUMENT,
  RESCHEDULE_JOB,
  selectedTypes,
  TYPE_FIELDS_DOCUMENT,
} from './documents';
import { printOperation, TypeFields } from './printOperation';

/** What introspection would tell of a schema. */
function typeFieldsOf(schema: GraphQLSchema): TypeFields {
  return new Map(
    selectedTypes().map(name => {
      const type = schema.getType(name);
      const fields =
        type instanceof GraphQLObjectType ? Object.keys(type.getFields()) : [];
      return [name, new Set(fields)];
    }),
  );
}

const schemas = publishedSchemas();
const describeWithSchemas = schemas.length > 0 ? describe : describe.skip;

describeWithSchemas('the documents', () => {
  for (const [version, schema] of schemas) {
    describe(`for Data Index ${version}`, () => {
      it.each(
        OPERATIONS.map(operation => [operation.name, operation] as const),
      )('%s is valid', (_name, operation) => {
        const document = printOperation(operation, typeFieldsOf(schema));
        expect(validate(schema, parse(document))).toEqual([]);
      });

      it.each([
        ['TypeFields', TYPE_FIELDS_DOCUMENT],
        ['Ping', PING_DOCUMENT],
        ['RescheduleJob', RESCHEDULE_JOB.document],
      ])('%s is valid', (_name, document) => {
        expect(validate(schema, parse(document))).toEqual([]);
      });
    });
  }

  it('ask for what newer versions have and older ones have not', () => {
    const documents = new Map(
      schemas.map(([version, schema]) => [
        version,
        OPERATIONS.map(operation =>
          printOperation(operation, typeFieldsOf(schema)),
        ).join('\n'),
      ]),
    );
    expect(documents.get('10.2.0')).toContain('cancelType');
    expect(documents.get('10.1.0')).not.toContain('cancelType');
    expect(documents.get('10.1.0')).toContain('errorMessage');
    expect(documents.get('9.9.x')).not.toContain('errorMessage');
  });
});

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
