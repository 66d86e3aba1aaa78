import { Json, Workflow } from '../model';
import { parseWorkflow, resolveReferences } from '../parse';
import { createWorkflowRuntime } from '../runtime/createWorkflowRuntime';
import { HttpRequest } from '../runtime/HttpClient';
import {
  RuntimeEvent,
  RuntimeRunResult,
  WorkflowRuntime,
} from '../runtime/WorkflowRuntime';
import { ManualClock } from '../testing/ManualClock';
import { validateWorkflow } from '../validate';
import { ConformanceCase } from './ConformanceCase';
import { graphqlAnswer } from './dataIndex/graphqlAnswer';
import { managementAnswer } from './managementAnswer';
import { MockServices } from './MockServices';
import {
  addMissingResources,
  readProperties,
  readResources,
} from './Resources';
import {
  CaseDefinition,
  CasePlace,
  Target,
  TargetRequest,
  TargetResponse,
} from './Target';

const NOT_FOUND: TargetResponse = { status: 404, body: undefined };

/** The runtime of this package, with its own time and its services in this process. */
export class EmbeddedTarget implements Target {
  readonly published: RuntimeEvent[] = [];
  readonly logs: string[] = [];
  readonly #services: MockServices;
  readonly #clock = new ManualClock();
  readonly #runtime: WorkflowRuntime;
  readonly #resources: Record<string, string>;
  readonly #workflows = new Map<string, Workflow>();
  readonly #definitions = new Map<string, CaseDefinition>();

  constructor({ mocks, config }: ConformanceCase, place: CasePlace) {
    this.#services = new MockServices(Array.isArray(mocks) ? mocks : []);
    this.#resources = readResources(place.folder, place.file);
    const text = place.definitions.map(each => each.text).join('\n');
    addMissingResources(this.#resources, text, place.root);
    this.#runtime = createWorkflowRuntime({
      http: this.#services,
      clock: this.#clock,
      properties: {
        ...this.#services.openApiProperties(text, this.#resources),
        ...readProperties(place.folder),
        ...config,
        ...this.#services.properties,
        ...this.#services.knativeProperties(text),
      },
      publish: event => {
        this.published.push(event);
        this.#runtime.sendEvent(event);
      },
      log: ({ message }) => {
        this.logs.push(message);
      },
      unavailableFunctions: 'fail',
      // The clock of a case stands still while the case waits.
      limits: { turnMs: Infinity },
    });
  }

  get calls(): readonly HttpRequest[] {
    return this.#services.calls;
  }

  async deploy(definition: CaseDefinition): Promise<string[]> {
    return this.#deploy(definition);
  }

  #deploy(definition: CaseDefinition): string[] {
    const text = definition.text.replaceAll(
      '${MOCK_PORT}',
      String(this.#services.defaultPort),
    );
    const { workflow, problems } = parseWorkflow(text, {
      fileName: definition.fileName,
    });
    const errors = problems.filter(each => each.severity === 'error');
    if (!workflow || errors.length > 0) {
      return errors.map(each => each.message);
    }
    if (this.#workflows.has(workflow.id)) {
      return [`Duplicated item found with id ${workflow.id}`];
    }
    const lookup = (uri: string) =>
      Object.hasOwn(this.#resources, uri) ? this.#resources[uri] : undefined;
    const resolved = resolveReferences(workflow, lookup);
    const findings = [
      ...resolved.findings,
      ...validateWorkflow(resolved.workflow, { lookup }),
    ].filter(each => each.severity === 'error');
    if (findings.length > 0) {
      return findings.map(each => each.message);
    }
    try {
      this.#runtime.deploy({
        workflow: resolved.workflow,
        revision: '1',
        resources: this.#resources,
      });
    } catch (error) {
      return [error instanceof Error ? error.message : String(error)];
    }
    this.#workflows.set(workflow.id, resolved.workflow);
    this.#definitions.set(workflow.id, definition);
    return [];
  }

  async request(request: TargetRequest): Promise<TargetResponse> {
    const segments = request.path.split('/').filter(each => each !== '');
    if (segments[0] === 'management') {
      return managementAnswer(request, segments.slice(2), {
        runtime: this.#runtime,
        workflows: this.#workflows,
        definitions: this.#definitions,
        resources: this.#resources,
      });
    }
    if (segments[0] === 'graphql') {
      return graphqlAnswer(request, {
        runtime: this.#runtime,
        workflows: this.#workflows,
        definitions: this.#definitions,
      });
    }
    if (isCloudEvent(request)) {
      await this.#runtime.sendEvent(toCloudEvent(request));
      return { status: 202, body: undefined };
    }
    const [workflowId, instanceId] = segments.map(decodeURIComponent);
    if (instanceId === 'definition' && request.method === 'POST') {
      return this.#upload(String(request.body));
    }
    if (!this.#workflows.has(workflowId)) {
      return NOT_FOUND;
    }
    return instanceId === undefined
      ? this.#collection(request, workflowId)
      : this.#instance(request, instanceId);
  }

  #upload(text: string): TargetResponse {
    const { workflow } = parseWorkflow(text);
    if (workflow) {
      this.#workflows.delete(workflow.id);
    }
    const problems = this.#deploy({ text, uri: '', fileName: '' });
    return problems.length === 0
      ? { status: 200, body: undefined }
      : { status: 400, body: { message: problems.join('\n') } };
  }

  async #collection(
    { method, body, query, headers }: TargetRequest,
    workflowId: string,
  ): Promise<TargetResponse> {
    if (method === 'GET') {
      const active = this.#runtime
        .list()
        .filter(each => each.workflowId === workflowId && !each.endedAt);
      return { status: 200, body: active.map(({ id }) => this.#model(id)) };
    }
    const result = await this.#runtime.run({
      workflowId,
      input: unwrap(body),
      businessKey: query?.businessKey,
      headers,
    });
    return runAnswer(result);
  }

  async #instance(
    { method, body }: TargetRequest,
    id: string,
  ): Promise<TargetResponse> {
    const instance = this.#runtime.get(id);
    if (!instance || instance.endedAt) {
      return NOT_FOUND;
    }
    if (method === 'DELETE') {
      await this.#runtime.abort(id);
    } else if (method === 'PATCH') {
      await this.#runtime.updateData(id, unwrap(body));
    }
    return { status: 200, body: this.#model(id) };
  }

  #model(id: string): Json {
    return { id, workflowdata: this.#runtime.get(id)?.data ?? null };
  }

  async wait(durationMs: number): Promise<void> {
    await this.#clock.advance(durationMs);
  }

  finalData(instanceId: string): Json | undefined {
    const instance = this.#runtime.get(instanceId);
    return instance?.endedAt ? instance.data : undefined;
  }

  close(): void {
    this.#runtime.stop();
  }
}

/** A body may be the data itself or have it under `workflowdata`. */
function unwrap(body: Json | undefined): Json {
  if (typeof body !== 'object' || body === null || Array.isArray(body)) {
    return {};
  }
  return body.workflowdata ?? body;
}

function runAnswer(result: RuntimeRunResult): TargetResponse {
  switch (result.outcome) {
    case 'started':
      return {
        status: 201,
        body: { id: result.instance.id, workflowdata: result.data },
      };
    case 'failed':
      return {
        status: result.status,
        body: {
          id: result.instance.id,
          failedNodeId: result.instance.error?.nodeDefinitionId ?? null,
          message: result.message,
        },
      };
    default:
      return { status: result.status, body: { message: result.message } };
  }
}

function isCloudEvent({ body, headers = {} }: TargetRequest): boolean {
  return (
    Object.keys(headers).some(name => name.toLowerCase() === 'ce-type') ||
    (typeof body === 'object' &&
      body !== null &&
      !Array.isArray(body) &&
      'specversion' in body)
  );
}

function toCloudEvent({ body, headers = {} }: TargetRequest): RuntimeEvent {
  const attributes = Object.entries(headers)
    .filter(([name]) => name.toLowerCase().startsWith('ce-'))
    .map(([name, value]) => [name.slice(3).toLowerCase(), value]);
  const structured =
    attributes.length === 0 && typeof body === 'object' && body !== null
      ? body
      : { ...Object.fromEntries(attributes), data: body };
  return {
    specversion: '1.0',
    id: '',
    source: '',
    type: '',
    ...structured,
  };
}
