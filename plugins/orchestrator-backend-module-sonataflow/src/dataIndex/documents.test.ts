import { mockServices } from '@backstage/backend-test-utils';
import {
  getOperationAST,
  getVariableValues,
  GraphQLObjectType,
  GraphQLSchema,
  parse,
  printSchema,
  TypeInfo,
  validate,
  visit,
  visitWithTypeInfo,
} from 'graphql';
import { publishedSchemas } from '../__testUtils__/publishedSchemas';
import { SimulatedDataIndex } from '../__testUtils__/SimulatedDataIndex';
import { TestServer } from '../__testUtils__/TestServer';
import { SonataFlowEngine } from '../engine/SonataFlowEngine';
import {
  COUNT_INSTANCES,
  OPERATIONS,
  PING_DOCUMENT,
  RESCHEDULE_JOB,
  selectedTypes,
  TYPE_FIELDS_DOCUMENT,
} from './documents';
import { printOperation, TypeFields } from './printOperation';

/** What the portal can't do without, whatever else an older version lacks: the field, and why. */
const ESSENTIAL: Record<string, Record<string, string>> = {
  ProcessInstance: {
    id: 'names the instance',
    processId: 'tells of which workflow it is',
    version: 'tells of which definition it is',
    state: 'tells how it goes',
    start: 'is what the past is compared by',
    end: 'tells when it was over',
    lastUpdate: 'is what changes are read by',
    businessKey: 'binds an instance to the run that started it',
    parentProcessInstanceId: 'tells a child from a run',
    rootProcessInstanceId: 'tells to which run a descendant belongs',
    serviceUrl: 'tells where to act on it',
    endpoint: 'tells where to act on it when there is no address',
    error: 'tells why it failed',
    variables: 'are its data',
    nodes: 'tell what it did and what it waits for',
    childProcessInstances: 'lead to its sub-flows',
  },
  ProcessInstanceError: {
    nodeDefinitionId: 'tells which node failed',
    message: 'tells why',
  },
  NodeInstance: {
    id: 'binds timers to nodes',
    name: 'names the step',
    type: 'tells waits from work',
    enter: 'puts steps in order',
    exit: 'tells what is done from what goes on',
    definitionId: 'finds the step in the definition',
  },
  Job: {
    id: 'is what a timer is moved by',
    processInstanceId: 'tells whose timer it is',
    nodeInstanceId: 'tells which step waits',
    status: 'tells whether it fired',
    expirationTime: 'tells until when',
  },
  ProcessDefinition: {
    id: 'names the workflow',
    version: 'names the version',
    name: 'is what people know it by',
    type: 'tells workflows from processes of other kinds',
    endpoint: 'tells where to start it',
    serviceUrl: 'tells where to start it',
    source: 'holds states, inputs and events',
    nodes: 'turn the ids of steps into names',
  },
  Node: {
    id: 'is what instances refer to',
    name: 'names the step',
    type: 'tells states from what engines add',
    metadata: 'tells to which state a node belongs',
  },
  NodeMetadata: {
    UniqueId: 'is what instances refer to',
    state: 'tells to which state a node belongs',
  },
};

const NOON = '2026-01-01T12:00:00.000Z';

/** Versions that can count. */
const COUNTING = ['10.1.0', '10.2.0', 'main'];

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

/** The fields that a document asks for, as `Type.field`. */
function fieldsOf(schema: GraphQLSchema, document: string): Set<string> {
  const asked = new Set<string>();
  const types = new TypeInfo(schema);
  visit(
    parse(document),
    visitWithTypeInfo(types, {
      Field: ({ name }) => {
        asked.add(`${types.getParentType()?.name}.${name.value}`);
      },
    }),
  );
  return asked;
}

const essential = Object.entries(ESSENTIAL).flatMap(([type, fields]) =>
  Object.entries(fields).map(([field, why]) => [`${type}.${field}`, why]),
);

const operations = OPERATIONS.map(each => [each.name, each] as const);

const schemas = publishedSchemas();
const describeWithSchemas = schemas.length > 0 ? describe : describe.skip;

describeWithSchemas('the documents', () => {
  describe.each(schemas)('for Data Index %s', (version, schema) => {
    const printed = (operation: (typeof OPERATIONS)[number]) =>
      printOperation(operation, typeFieldsOf(schema));

    it.each(operations)('%s is valid', (_name, operation) => {
      expect(validate(schema, parse(printed(operation)))).toEqual([]);
    });

    it.each([
      ['TypeFields', TYPE_FIELDS_DOCUMENT],
      ['Ping', PING_DOCUMENT],
      ['RescheduleJob', RESCHEDULE_JOB.document],
    ])('%s is valid', (_name, document) => {
      expect(validate(schema, parse(document))).toEqual([]);
    });

    it('CountInstances is valid where instances can be counted', () => {
      const errors = validate(schema, parse(COUNT_INSTANCES.document));
      expect(errors.map(({ message }) => message).join()).toMatch(
        COUNTING.includes(version) ? /^$/ : /CountProcessInstances/,
      );
    });

    it.each(essential)('ask for %s, which %s', field => {
      const asked = OPERATIONS.flatMap(each => [
        ...fieldsOf(schema, printed(each)),
      ]);
      expect(asked).toContain(field);
    });
  });

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

describeWithSchemas('what the engine asks', () => {
  let server: TestServer;
  let engine: SonataFlowEngine;

  /** An engine on a Data Index of a version, with a failed instance and one that waits for a timer. */
  async function connect(schema: GraphQLSchema) {
    const index = new SimulatedDataIndex({ schema: printSchema(schema) });
    const start = Date.parse(NOON);
    const row = {
      processId: 'greet',
      version: '1.0',
      start,
      lastUpdate: start,
      endpoint: '/greet',
    };
    index.definitions.push({
      id: 'greet',
      version: '1.0',
      type: 'SW',
      endpoint: '/greet',
      source: '{"id":"greet","states":[]}',
    });
    index.put({
      ...row,
      id: 'failed',
      state: 'ERROR',
      error: { nodeDefinitionId: '6' },
    });
    index.put({
      ...row,
      id: 'waiting',
      state: 'ACTIVE',
      nodes: [
        {
          id: 'n1',
          name: 'Nap',
          type: 'TimerNode',
          enter: start,
          definitionId: '5',
        },
      ],
    });
    server = await TestServer.start(index.handler);
    engine = SonataFlowEngine.create({
      config: {
        dataIndex: {
          url: new URL(`${server.url}/graphql`),
          timeoutMs: 5_000,
          tls: {},
        },
        services: [],
      },
      logger: mockServices.logger.mock(),
    });
  }

  /** What the Data Index would hold against the requests it received, by the name of the question. */
  function objections(schema: GraphQLSchema): Map<string, string[]> {
    const found = new Map<string, string[]>();
    server.requests.forEach(({ body }) => {
      const { query, variables } = JSON.parse(body);
      const document = parse(query);
      const operation = getOperationAST(document);
      const coerced = getVariableValues(
        schema,
        operation?.variableDefinitions ?? [],
        variables,
      );
      const errors = [
        ...validate(schema, document),
        ...(coerced.errors ?? []),
      ].map(({ message }) => message);
      const name = operation?.name?.value ?? '';
      found.set(name, [...(found.get(name) ?? []), ...errors]);
    });
    return found;
  }

  afterEach(async () => {
    await engine.stop();
    await server.close();
  });

  const questions: Array<[string, () => Promise<unknown>, string[]]> = [
    [
      'changes',
      async () => {
        const { nextCursor } = await engine.changes(undefined, 1);
        await engine.changes(nextCursor, 1);
      },
      ['InstanceSummaries', 'InstanceWaits', 'Jobs'],
    ],
    [
      'late changes',
      async () => {
        let read = await engine.lateChanges(undefined, 10);
        while (read.more) {
          read = await engine.lateChanges(read.nextCursor, 10);
        }
      },
      ['InstanceSummaries'],
    ],
    [
      'summaries',
      () => engine.summaries(['failed', 'waiting', 'unknown']),
      ['InstanceSummaries', 'InstanceWaits', 'Jobs', 'DefinitionDetail'],
    ],
    [
      'a window',
      () =>
        engine.window(
          { from: NOON, to: '2026-01-02T12:00:00.000Z', states: ['ERROR'] },
          { offset: 0, limit: 10 },
        ),
      ['InstanceSummaries'],
    ],
    [
      'an instance',
      () => engine.getInstance('waiting'),
      ['InstanceDetail', 'Jobs', 'DefinitionDetail'],
    ],
    ['workflows', () => engine.listWorkflows(), ['Definitions']],
  ];

  describe.each(schemas)('of Data Index %s', (version, schema) => {
    it.each(questions)('for %s is understood', async (_what, ask, names) => {
      await connect(schema);
      await ask();
      const found = objections(schema);
      expect([...found.keys()]).toEqual(expect.arrayContaining(names));
      expect([...found.values()].flat()).toEqual([]);
    });

    it('for a count is understood where instances can be counted', async () => {
      await connect(schema);
      const count = await engine.count({
        from: NOON,
        to: '2026-01-02T12:00:00.000Z',
        states: ['ERROR', 'ACTIVE'],
      });
      const isCounting = COUNTING.includes(version);
      expect(count).toBe(isCounting ? 2 : undefined);
      expect(objections(schema).get('CountInstances')?.join()).toMatch(
        isCounting ? /^$/ : /CountProcessInstances/,
      );
    });
  });
});
