/**
 * A field of a GraphQL type, or a field with the fields wanted of the type that it yields.
 */
export type Field = string | { name: string; of: Selection };

/** The fields wanted of one GraphQL type. */
export interface Selection {
  type: string;
  fields: Field[];
}

/**
 * One request to the Data Index. Everything that varies is a variable; nothing is ever written into
 * the text. Of the selection only those fields are asked that the Data Index at hand has.
 */
export interface Operation {
  name: string;
  /** Field of the type Query that answers. */
  field: string;
  /** Variables with their types; the field has an argument of the same name for each. */
  variables: Record<string, string>;
  selection: Selection;
  /**
   * Whether the Data Index may ask a workflow service before it answers. If that hangs, the Data Index
   * itself may well be in good health.
   */
  mayAskService?: boolean;
}

const ERROR: Selection = {
  type: 'ProcessInstanceError',
  fields: ['nodeDefinitionId', 'nodeInstanceId', 'message'],
};

const SUMMARY_FIELDS: Field[] = [
  'id',
  'processId',
  'version',
  'state',
  'start',
  'end',
  'lastUpdate',
  'businessKey',
  'parentProcessInstanceId',
  'rootProcessInstanceId',
  'serviceUrl',
  'endpoint',
  { name: 'error', of: ERROR },
];

const NODE: Selection = {
  type: 'NodeInstance',
  fields: [
    'id',
    'name',
    'type',
    'enter',
    'exit',
    'definitionId',
    'nodeId',
    'errorMessage',
    'retrigger',
    'cancelType',
    'inputArgs',
    'outputArgs',
  ],
};

const PROCESS_INSTANCES = {
  field: 'ProcessInstances',
  variables: {
    where: 'ProcessInstanceArgument',
    orderBy: 'ProcessInstanceOrderBy',
    pagination: 'Pagination',
  },
};

/** Rows of a list: plain columns, which the Data Index reads without a query for each row. */
export const INSTANCE_SUMMARIES: Operation = {
  name: 'InstanceSummaries',
  ...PROCESS_INSTANCES,
  selection: { type: 'ProcessInstance', fields: SUMMARY_FIELDS },
};

/** What unfinished instances wait at. */
export const INSTANCE_WAITS: Operation = {
  name: 'InstanceWaits',
  ...PROCESS_INSTANCES,
  selection: {
    type: 'ProcessInstance',
    fields: [
      'id',
      {
        name: 'nodes',
        of: {
          type: 'NodeInstance',
          fields: ['id', 'name', 'type', 'enter', 'exit', 'definitionId'],
        },
      },
    ],
  },
};

/** Everything about one instance. */
export const INSTANCE_DETAIL: Operation = {
  name: 'InstanceDetail',
  ...PROCESS_INSTANCES,
  selection: {
    type: 'ProcessInstance',
    fields: [
      ...SUMMARY_FIELDS,
      'variables',
      { name: 'nodes', of: NODE },
      {
        name: 'childProcessInstances',
        of: {
          type: 'ProcessInstance',
          fields: ['id', 'processId', 'start'],
        },
      },
    ],
  },
};

/** Where an instance runs. */
export const INSTANCE_PLACE: Operation = {
  name: 'InstancePlace',
  ...PROCESS_INSTANCES,
  selection: {
    type: 'ProcessInstance',
    fields: ['id', 'processId', 'version', 'state', 'serviceUrl', 'endpoint'],
  },
};

/** Timers that have not fired. */
export const JOBS: Operation = {
  name: 'Jobs',
  field: 'Jobs',
  variables: {
    where: 'JobArgument',
    orderBy: 'JobOrderBy',
    pagination: 'Pagination',
  },
  selection: {
    type: 'Job',
    fields: [
      'id',
      'processInstanceId',
      'nodeInstanceId',
      'status',
      'expirationTime',
    ],
  },
};

const PROCESS_DEFINITIONS = {
  field: 'ProcessDefinitions',
  variables: {
    where: 'ProcessDefinitionArgument',
    orderBy: 'ProcessDefinitionOrderBy',
    pagination: 'Pagination',
  },
};

/** All definitions, without what the Data Index would have to fetch from a service. */
export const DEFINITIONS: Operation = {
  name: 'Definitions',
  ...PROCESS_DEFINITIONS,
  selection: {
    type: 'ProcessDefinition',
    fields: [
      'id',
      'version',
      'name',
      'type',
      'endpoint',
      'serviceUrl',
      'description',
      'annotations',
      'metadata',
    ],
  },
};

/** Source and nodes of a definition. The Data Index may ask the service for what it lacks. */
export const DEFINITION_DETAIL: Operation = {
  name: 'DefinitionDetail',
  ...PROCESS_DEFINITIONS,
  mayAskService: true,
  selection: {
    type: 'ProcessDefinition',
    fields: [
      'id',
      'version',
      'source',
      {
        name: 'nodes',
        of: {
          type: 'Node',
          fields: [
            'id',
            'name',
            'type',
            'uniqueId',
            {
              name: 'metadata',
              of: {
                type: 'NodeMetadata',
                fields: ['UniqueId', 'state', 'branch', 'action'],
              },
            },
          ],
        },
      },
    ],
  },
};

/** Every operation, for tests against the schemas of all versions. */
export const OPERATIONS: Operation[] = [
  INSTANCE_SUMMARIES,
  INSTANCE_WAITS,
  INSTANCE_DETAIL,
  INSTANCE_PLACE,
  JOBS,
  DEFINITIONS,
  DEFINITION_DETAIL,
];

/** How many instances there are; versions before 10.1, and some storages, can't tell. */
export const COUNT_INSTANCES = {
  field: 'CountProcessInstances',
  document:
    'query CountInstances($where: ProcessInstanceArgument = {}) { CountProcessInstances(where: $where) }',
};

/** Lets a job fire at another time; `data` is JSON with `expirationTime`. */
export const RESCHEDULE_JOB = {
  field: 'JobReschedule',
  document:
    'mutation RescheduleJob($id: String, $data: String) { JobReschedule(id: $id, data: $data) }',
};

/** Asks for the fields of one type; the Data Index refuses more than one type a request. */
export const TYPE_FIELDS_DOCUMENT =
  'query TypeFields($name: String!) { __type(name: $name) { fields { name } } }';

/** The cheapest question there is. */
export const PING_DOCUMENT = 'query Ping { __typename }';

/** The object types of all selections, in a fixed order. */
export function selectedTypes(): string[] {
  const types = new Set<string>();
  const visit = (selection: Selection) => {
    types.add(selection.type);
    selection.fields.forEach(field => {
      if (typeof field !== 'string') {
        visit(field.of);
      }
    });
  };
  OPERATIONS.forEach(({ selection }) => visit(selection));
  return [...types];
}
