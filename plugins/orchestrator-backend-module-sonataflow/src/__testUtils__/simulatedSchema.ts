/** The part of the schema of Data Index 10.1 that the portal uses. */
export const SIMULATED_SCHEMA = `
  scalar DateTime
  scalar JSON
  enum OrderBy { ASC DESC }
  enum ProcessInstanceState { PENDING ACTIVE COMPLETED ABORTED SUSPENDED ERROR }
  enum JobStatus { ERROR EXECUTED SCHEDULED RETRY CANCELED }
  input Pagination { limit: Int offset: Int }
  input IdArgument { in: [String!] equal: String isNull: Boolean }
  input StringArgument { in: [String!] like: String isNull: Boolean equal: String }
  input DateArgument {
    isNull: Boolean
    equal: DateTime
    greaterThan: DateTime
    greaterThanEqual: DateTime
    lessThan: DateTime
    lessThanEqual: DateTime
  }
  input ProcessInstanceStateArgument { equal: ProcessInstanceState in: [ProcessInstanceState] }
  input JobStatusArgument { equal: JobStatus in: [JobStatus] }
  input ProcessInstanceArgument {
    id: IdArgument
    processId: StringArgument
    state: ProcessInstanceStateArgument
    start: DateArgument
    lastUpdate: DateArgument
    businessKey: StringArgument
  }
  input ProcessInstanceOrderBy { start: OrderBy lastUpdate: OrderBy }
  input ProcessDefinitionArgument { id: StringArgument version: StringArgument }
  input ProcessDefinitionOrderBy { id: OrderBy name: OrderBy version: OrderBy }
  input JobArgument {
    id: IdArgument
    processInstanceId: IdArgument
    nodeInstanceId: IdArgument
    status: JobStatusArgument
  }
  input JobOrderBy { lastUpdate: OrderBy }
  type NodeMetadata { UniqueId: String! state: String branch: String action: String }
  type Node { id: String! name: String! type: String! uniqueId: String! metadata: NodeMetadata! }
  type ProcessDefinition {
    id: String!
    version: String
    name: String
    type: String
    endpoint: String
    serviceUrl: String
    description: String
    annotations: [String]
    metadata: JSON
    source: String
    nodes: [Node!]
  }
  type ProcessInstanceError { nodeDefinitionId: String! nodeInstanceId: String message: String }
  type NodeInstance {
    id: String!
    name: String!
    type: String!
    enter: DateTime!
    exit: DateTime
    definitionId: String!
    nodeId: String!
    errorMessage: String
    retrigger: Boolean
  }
  type ProcessInstance {
    id: String!
    processId: String!
    version: String
    state: ProcessInstanceState
    start: DateTime
    end: DateTime
    lastUpdate: DateTime!
    businessKey: String
    parentProcessInstanceId: String
    rootProcessInstanceId: String
    serviceUrl: String
    endpoint: String
    executionSummary: [String]
    createdBy: String
    variables: JSON
    error: ProcessInstanceError
    nodes: [NodeInstance!]
    childProcessInstances: [ProcessInstance!]
  }
  type Job {
    id: String!
    processInstanceId: String
    nodeInstanceId: String
    status: JobStatus!
    expirationTime: DateTime
  }
  type Query {
    ProcessInstances(
      where: ProcessInstanceArgument
      orderBy: ProcessInstanceOrderBy
      pagination: Pagination
    ): [ProcessInstance]
    ProcessDefinitions(
      where: ProcessDefinitionArgument
      orderBy: ProcessDefinitionOrderBy
      pagination: Pagination
    ): [ProcessDefinition]
    Jobs(where: JobArgument, orderBy: JobOrderBy, pagination: Pagination): [Job]
    CountProcessInstances(where: ProcessInstanceArgument): Int
  }
  type Mutation {
    JobReschedule(id: String, data: String): String
  }
`;
