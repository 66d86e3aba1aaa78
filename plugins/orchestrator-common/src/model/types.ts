import type { components, operations } from '../api';

type Schemas = components['schemas'];
type QueryOf<Operation extends keyof operations> = NonNullable<
  operations[Operation]['parameters']['query']
>;

/** SonataFlow's own instance states. @public */
export type InstanceState = Schemas['InstanceState'];
/** @public */
export type AvailabilityState = Schemas['AvailabilityState'];
/** Whether a workflow can be run, as last probed. @public */
export type Availability = Schemas['Availability'];
/** Whether the caller may do something now, and if not, why. @public */
export type Allowed = Schemas['Allowed'];
/** A workflow with its statistics over what the caller may read. @public */
export type Workflow = Schemas['Workflow'];
/** @public */
export type WorkflowVersion = Schemas['WorkflowVersion'];
/** @public */
export type WorkflowList = Schemas['WorkflowList'];
/** @public */
export type WorkflowStatistics = Schemas['WorkflowStatistics'];
/** @public */
export type WorkflowDefinition = Schemas['WorkflowDefinition'];
/** @public */
export type WorkflowInputSchema = Schemas['WorkflowInputSchema'];
/** One of the newest instances of a workflow. @public */
export type InstanceTick = Schemas['InstanceTick'];
/** The summary of an instance, as lists show it. @public */
export type Instance = Schemas['Instance'];
/** @public */
export type InstanceDetail = Schemas['InstanceDetail'];
/** @public */
export type InstanceList = Schemas['InstanceList'];
/** @public */
export type InstanceCounts = Schemas['InstanceCounts'];
/** @public */
export type StateCounts = Schemas['StateCounts'];
/** @public */
export type InstanceError = Schemas['InstanceError'];
/** An event or time that an instance waits for. @public */
export type InstanceWait = Schemas['InstanceWait'];
/** @public */
export type InstanceData = Schemas['InstanceData'];
/** One entered step of an instance. SonataFlow calls it node instance. @public */
export type InstanceNode = Schemas['Node'];
/** @public */
export type InstanceNodeStatus = Schemas['NodeStatus'];
/** @public */
export type InstanceNodeList = Schemas['NodeList'];
/** @public */
export type RunRequest = Schemas['RunRequest'];
/** @public */
export type ActionRequest = Schemas['ActionRequest'];
/** @public */
export type InstanceEventRequest = Schemas['InstanceEventRequest'];
/** @public */
export type InstanceEventAccepted = Schemas['InstanceEventAccepted'];
/** Either ids or a filter; at most 500 instances a request. @public */
export type BulkRequest = Schemas['BulkRequest'];
/** @public */
export type BulkFilter = Schemas['BulkFilter'];
/** @public */
export type BulkOutcome = Schemas['BulkOutcome'];
/** What became of each instance of a bulk request. @public */
export type BulkResult = Schemas['BulkResult'];
/** An object to be merged into workflow data: objects deeply, everything else replaces. @public */
export type DataUpdateRequest = Schemas['DataUpdateRequest'];
/** @public */
export type RescheduleRequest = Schemas['RescheduleRequest'];
/** A CloudEvent 1.0 in its JSON form. @public */
export type CloudEventRequest = Schemas['CloudEvent'];
/** The stored events, in the order in which they were sent. @public */
export type EventsAccepted = Schemas['EventsAccepted'];
/** One event that one target has not accepted. @public */
export type UndeliveredEvent = Schemas['UndeliveredEvent'];
/** @public */
export type UndeliveredState = Schemas['UndeliveredState'];
/** @public */
export type UndeliveredEventList = Schemas['UndeliveredEventList'];
/** @public */
export type EventRedelivery = Schemas['EventRedelivery'];
/** Dev mode: the loaded state of the workflow folder. @public */
export type Deployment = Schemas['Deployment'];
/** @public */
export type DeploymentFile = Schemas['DeploymentFile'];
/** @public */
export type DeploymentReload = Schemas['DeploymentReload'];
/** @public */
export type SourceProblem = Schemas['SourceProblem'];
/** @public */
export type OrchestratorMode = Schemas['Mode'];
/** What the engine can do beyond running and aborting. @public */
export type OrchestratorCapabilities = Schemas['EngineCapabilities'];
/** @public */
export type OrchestratorStatus = Schemas['Status'];
/** @public */
export type ServiceStatus = Schemas['ServiceStatus'];
/** @public */
export type EventStatus = Schemas['EventStatus'];
/** The body of every error reply. @public */
export type OrchestratorErrorBody = Schemas['ErrorBody'];
/** One thing that is wrong with an input; `path` is a JSON Pointer into it. @public */
export type InputProblemDetail = NonNullable<
  OrchestratorErrorBody['error']['details']
>[number];

/** @public */
export type WorkflowListQuery = QueryOf<'listWorkflows'>;
/** @public */
export type InstanceListQuery = QueryOf<'listInstances'>;
/** @public */
export type InstanceFilterQuery = QueryOf<'countInstances'>;
/** @public */
export type UndeliveredEventQuery = QueryOf<'listUndeliveredEvents'>;
/** @public */
export type InstanceSort = NonNullable<InstanceListQuery['sort']>;
