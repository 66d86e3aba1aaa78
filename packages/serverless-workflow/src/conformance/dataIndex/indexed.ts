import { Json, Workflow } from '../../model';
import {
  InstanceSnapshot,
  WorkflowRuntime,
} from '../../runtime/WorkflowRuntime';

/** An instance as the Data Index has it. */
export function indexedInstance(
  instance: InstanceSnapshot,
  runtime: WorkflowRuntime,
  workflow: Workflow | undefined,
): Json {
  const { error } = instance;
  const failed = error && [...instance.nodes].reverse().find(isFailed(error));
  const root =
    instance.rootId === undefined ? undefined : runtime.get(instance.rootId);
  return {
    id: instance.id,
    processId: instance.workflowId,
    processName: workflow?.name ?? null,
    version: instance.workflowVersion,
    state: instance.state,
    businessKey: instance.businessKey ?? null,
    parentProcessInstanceId: instance.parentId ?? null,
    rootProcessInstanceId: instance.rootId ?? null,
    rootProcessId: root?.workflowId ?? null,
    roles: [],
    addons: [],
    milestones: [],
    endpoint: `/${instance.workflowId}`,
    serviceUrl: null,
    start: instance.startedAt,
    end: instance.endedAt ?? null,
    lastUpdate: instance.endedAt ?? instance.startedAt,
    variables: {
      workflowdata: instance.data,
      workflowdatainput: instance.input ?? null,
    },
    error: error
      ? {
          nodeDefinitionId: error.nodeDefinitionId ?? '',
          nodeInstanceId: failed?.id ?? null,
          message: error.message,
        }
      : null,
    nodes: instance.nodes.map(node => ({
      id: node.id,
      nodeId: node.definitionId,
      definitionId: node.definitionId,
      name: node.name,
      type: node.type,
      enter: node.enter,
      exit: node.exit ?? null,
      errorMessage: node.errorMessage ?? null,
      retrigger: false,
    })),
    nodeDefinitions: nodeDefinitions(runtime, instance.workflowId),
  };
}

function isFailed({ nodeDefinitionId }: { nodeDefinitionId?: string }) {
  return ({ definitionId }: { definitionId: string }) =>
    definitionId === nodeDefinitionId;
}

/** A workflow as the Data Index has it. */
export function indexedDefinition(
  workflow: Workflow,
  runtime: WorkflowRuntime,
  source: string,
): Json {
  return {
    id: workflow.id,
    name: workflow.name,
    version: workflow.version,
    type: 'SW',
    description: workflow.description ?? null,
    annotations: [...workflow.annotations],
    endpoint: `/${workflow.id}`,
    serviceUrl: null,
    addons: [],
    roles: [],
    source,
    nodes: nodeDefinitions(runtime, workflow.id),
  };
}

function nodeDefinitions(runtime: WorkflowRuntime, workflowId: string): Json {
  return (runtime.nodes(workflowId) ?? []).map(node => ({
    id: node.id,
    uniqueId: node.id,
    name: node.name,
    type: node.type,
    metadata: {
      UniqueId: node.id,
      state: node.stateName ?? null,
      action: node.action ?? null,
      branch: node.branch ?? null,
    },
  }));
}

/** The timers of an instance as jobs. */
export function indexedJobs(instance: InstanceSnapshot): Json[] {
  return instance.waits
    .filter(({ kind }) => kind === 'timer')
    .map(({ until, since }) => ({
      processId: instance.workflowId,
      processInstanceId: instance.id,
      rootProcessInstanceId: instance.rootId ?? null,
      status: 'SCHEDULED',
      expirationTime: until ?? null,
      lastUpdate: since ?? null,
      retries: 0,
      repeatInterval: null,
    }));
}
