import { DataSchema, Json, Workflow } from '../model';
import { readDocument } from '../parse';
import { WorkflowRuntime } from '../runtime/WorkflowRuntime';
import { CaseDefinition, TargetRequest, TargetResponse } from './Target';

interface Management {
  runtime: WorkflowRuntime;
  workflows: ReadonlyMap<string, Workflow>;
  definitions: ReadonlyMap<string, CaseDefinition>;
  resources: Readonly<Record<string, string>>;
}

/** What SonataFlow's management add-on answers below `/management/processes`. */
export async function managementAnswer(
  { method }: TargetRequest,
  segments: readonly string[],
  management: Management,
): Promise<TargetResponse> {
  const { workflows, definitions, runtime } = management;
  const [workflowId, what, instanceId, action] = segments;
  if (workflowId === undefined) {
    return { status: 200, body: [...workflows.keys()] };
  }
  const workflow = workflows.get(workflowId);
  const definition = definitions.get(workflowId);
  if (!workflow || !definition) {
    return notFound(`Process with id ${workflowId} not found`);
  }
  switch (what) {
    case undefined:
      return { status: 200, body: describeWorkflow(workflow, management) };
    case 'sources':
      return { status: 200, body: [{ uri: definition.uri }] };
    case 'source':
      return { status: 200, body: definition.text };
    case 'nodes':
      return { status: 200, body: nodesOf(runtime, workflowId) };
    case 'instances':
      return instanceAnswer(runtime, instanceId, method, action);
    default:
      return notFound(`There is no ${what}`);
  }
}

function nodesOf(runtime: WorkflowRuntime, workflowId: string): Json {
  return (runtime.nodes(workflowId) ?? []).map(
    ({ id, name, type, stateName, action, branch }) => ({
      id,
      name,
      type,
      uniqueId: id,
      nodeDefinitionId: id,
      metadata: {
        UniqueId: id,
        state: stateName ?? null,
        action: action ?? null,
        branch: branch ?? null,
      },
    }),
  );
}

async function instanceAnswer(
  runtime: WorkflowRuntime,
  id: string,
  method: string,
  action: string | undefined,
): Promise<TargetResponse> {
  const instance = runtime.get(id);
  if (!instance || instance.endedAt) {
    return notFound(`Process instance with id ${id} not found`);
  }
  if (method === 'DELETE') {
    await runtime.abort(id);
  } else if (action === 'retrigger') {
    const outcome = await runtime.retry(id);
    if (outcome === 'not-in-error') {
      return {
        status: 400,
        body: `Process instance with id ${id} is not in error state`,
      };
    }
  } else if (action === 'error') {
    const { error } = instance;
    return error
      ? {
          status: 200,
          body: {
            id,
            failedNodeId: error.nodeDefinitionId ?? null,
            message: error.message,
          },
        }
      : {
          status: 400,
          body: `Process instance with id ${id} is not in error state`,
        };
  }
  return {
    status: 200,
    body: { id, workflowdata: runtime.get(id)?.data ?? null },
  };
}

function describeWorkflow(workflow: Workflow, { resources }: Management): Json {
  const schema = (from: DataSchema | undefined): Json | undefined =>
    typeof from?.schema === 'string'
      ? readDocument(resources[from.schema] ?? '')
      : from?.schema;
  const optional = {
    description: workflow.description,
    annotations:
      workflow.annotations.length > 0 ? workflow.annotations : undefined,
    inputSchema: schema(workflow.dataInputSchema),
    outputSchema: schema(workflow.outputSchema),
  };
  const described: Json = {
    id: workflow.id,
    name: workflow.name,
    type: 'SW',
    version: workflow.version,
  };
  for (const [name, value] of Object.entries(optional)) {
    if (value !== undefined) {
      described[name] = value;
    }
  }
  return described;
}

function notFound(message: string): TargetResponse {
  return { status: 404, body: message };
}
