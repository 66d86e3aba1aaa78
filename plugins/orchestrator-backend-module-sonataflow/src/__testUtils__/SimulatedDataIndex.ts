import {
  buildSchema,
  graphql,
  GraphQLError,
  GraphQLSchema,
  GraphQLScalarType,
  parse,
  visit,
} from 'graphql';
import { SIMULATED_SCHEMA } from './simulatedSchema';
import { Handler, Reaction, ReceivedRequest } from './TestServer';

/** A row of the Data Index. Times are milliseconds since the epoch. */
export interface IndexedInstance {
  id: string;
  processId: string;
  version: string;
  state: string;
  start: number;
  lastUpdate: number;
  end?: number;
  businessKey?: string;
  parentProcessInstanceId?: string;
  rootProcessInstanceId?: string;
  serviceUrl?: string;
  endpoint?: string;
  error?: {
    nodeDefinitionId: string;
    nodeInstanceId?: string;
    message?: string;
  };
  variables?: unknown;
  nodes?: IndexedNode[];
}

export interface IndexedNode {
  id: string;
  name: string;
  type: string;
  enter: number;
  exit?: number;
  definitionId: string;
  errorMessage?: string;
  retrigger?: boolean | null;
}

export interface IndexedDefinition {
  id: string;
  version: string;
  name?: string;
  type?: string;
  endpoint?: string;
  serviceUrl?: string;
  description?: string;
  annotations?: string[];
  metadata?: unknown;
  source?: string;
  nodes?: Array<{
    id: string;
    name: string;
    type: string;
    state?: string;
    branch?: string;
    action?: string;
  }>;
}

export interface IndexedJob {
  id: string;
  processInstanceId: string;
  nodeInstanceId?: string;
  status: string;
  expirationTime?: number;
}

interface Condition {
  equal?: unknown;
  in?: unknown[];
  greaterThanEqual?: number;
  lessThan?: number;
  isNull?: boolean;
}

/** An argument whose variable is not given arrives as null. */
interface QueryArguments {
  where?: Record<string, Condition>;
  orderBy?: Record<string, 'ASC' | 'DESC'> | null;
  pagination?: { limit?: number; offset?: number };
}

/**
 * A Data Index in memory that answers GraphQL as the real one does: one introspected type a request,
 * shortened fractions of seconds, rows of the same time in an order of their own for each request.
 */
export class SimulatedDataIndex {
  readonly instances = new Map<string, IndexedInstance>();
  readonly definitions: IndexedDefinition[] = [];
  readonly jobs: IndexedJob[] = [];
  /** Documents received, for counting. */
  readonly documents: string[] = [];
  /** Answers the mutation, as whatever keeps the jobs would. */
  onReschedule: (jobId: string, at: number) => string = () => {
    throw new Error('FAILED: JobReschedule errorCode:404');
  };
  readonly #schema: GraphQLSchema;
  readonly #random: () => number;

  constructor(options?: { random?: () => number; schema?: string }) {
    this.#random = options?.random ?? Math.random;
    this.#schema = withScalars(
      buildSchema(options?.schema ?? SIMULATED_SCHEMA),
    );
  }

  /** The schema text without some of its fields, to stand for an older version. */
  static schemaWithout(...fields: string[]): string {
    return fields.reduce(
      (text, field) =>
        text.replace(new RegExp(`^    ${field}: .*\n`, 'gm'), ''),
      SIMULATED_SCHEMA,
    );
  }

  put(row: IndexedInstance) {
    this.instances.set(row.id, { ...row });
  }

  readonly handler: Handler = request => this.answer(request);

  async answer(request: ReceivedRequest): Promise<Reaction> {
    const { query, variables } = JSON.parse(request.body);
    this.documents.push(query);
    if (countTypeQuestions(query) > 1) {
      return { status: 200, body: { errors: [badFaith()] } };
    }
    const result = await graphql({
      schema: this.#schema,
      source: query,
      variableValues: variables,
      rootValue: this.#resolvers(),
    });
    const errors = result.errors?.map(error => ({
      message: error.message,
      path: error.path,
      extensions: {
        classification: error.path
          ? 'DataFetchingException'
          : 'ValidationError',
      },
    }));
    return {
      status: 200,
      body: { data: result.data ?? null, ...(errors ? { errors } : {}) },
    };
  }

  #resolvers() {
    return {
      ProcessInstances: (args: QueryArguments) =>
        this.#select([...this.instances.values()], args).map(row => ({
          ...row,
          nodes: (row.nodes ?? []).map(node => ({
            ...node,
            nodeId: node.definitionId,
          })),
          childProcessInstances: [...this.instances.values()].filter(
            other => other.parentProcessInstanceId === row.id,
          ),
        })),
      ProcessDefinitions: (args: QueryArguments) =>
        this.#select(this.definitions, args).map(definition => ({
          ...definition,
          nodes: (definition.nodes ?? []).map(node => ({
            ...node,
            uniqueId: node.id,
            metadata: { UniqueId: node.id, ...node },
          })),
        })),
      Jobs: (args: QueryArguments) => this.#select(this.jobs, args),
      CountProcessInstances: (args: QueryArguments) =>
        this.#select([...this.instances.values()], args).length,
      JobReschedule: ({ id, data }: { id: string; data: string }) =>
        this.onReschedule(id, Date.parse(JSON.parse(data).expirationTime)),
    };
  }

  #select<T extends object>(rows: T[], args: QueryArguments): T[] {
    if (args.orderBy === null) {
      throw new Error('Cannot invoke "Map.entrySet()" because "sort" is null');
    }
    const matching = rows
      .filter(row => matches(row, args.where ?? {}))
      .map(row => ({ row, chance: this.#random() }))
      .sort((a, b) => a.chance - b.chance)
      .map(({ row }) => row)
      .sort((a, b) => compareRows(a, b, args.orderBy ?? {}));
    const offset = args.pagination?.offset ?? 0;
    return matching.slice(
      offset,
      offset + (args.pagination?.limit ?? Number.MAX_SAFE_INTEGER),
    );
  }
}

function valueOf(row: object, field: string): unknown {
  return (row as Record<string, unknown>)[field];
}

function matches(row: object, where: Record<string, Condition>): boolean {
  return Object.entries(where).every(([field, condition]) => {
    const value = valueOf(row, field);
    return (
      (condition.equal === undefined || value === condition.equal) &&
      (condition.in === undefined || condition.in.includes(value)) &&
      (condition.isNull === undefined ||
        condition.isNull === (value === undefined)) &&
      (condition.greaterThanEqual === undefined ||
        Number(value) >= condition.greaterThanEqual) &&
      (condition.lessThan === undefined || Number(value) < condition.lessThan)
    );
  });
}

function compareRows(
  a: object,
  b: object,
  orderBy: Record<string, 'ASC' | 'DESC'>,
): number {
  for (const [field, direction] of Object.entries(orderBy)) {
    const left = valueOf(a, field) as number | string;
    const right = valueOf(b, field) as number | string;
    if (left !== right) {
      return (left < right ? -1 : 1) * (direction === 'ASC' ? 1 : -1);
    }
  }
  return 0;
}

/** `…:04.150Z` is written `…:04.15Z`, and `…:20.000Z` is written `…:20Z`. */
function shortTimestamp(milliseconds: number): string {
  return new Date(milliseconds)
    .toISOString()
    .replace(/0+Z$/, 'Z')
    .replace(/\.Z$/, 'Z');
}

function withScalars(schema: GraphQLSchema): GraphQLSchema {
  const dateTime = schema.getType('DateTime') as GraphQLScalarType;
  dateTime.serialize = value => shortTimestamp(Number(value));
  dateTime.parseValue = value => {
    const milliseconds = Date.parse(String(value));
    if (Number.isNaN(milliseconds)) {
      throw new GraphQLError('Invalid RFC3339 DateTime');
    }
    return milliseconds;
  };
  return schema;
}

function countTypeQuestions(query: string): number {
  let count = 0;
  try {
    visit(parse(query), {
      Field: node => {
        count += node.name.value === '__type' ? 1 : 0;
      },
    });
  } catch {
    return 0;
  }
  return count;
}

function badFaith() {
  return {
    message:
      'This request is not asking for introspection in good faith - Query.__type is present too often!',
    extensions: { classification: 'BadFaithIntrospection' },
  };
}
