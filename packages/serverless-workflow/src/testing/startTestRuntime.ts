import { Json } from '../model';
import { parseWorkflow, resolveReferences } from '../parse';
import { createWorkflowRuntime } from '../runtime/createWorkflowRuntime';
import { HttpRequest, HttpResponse } from '../runtime/HttpClient';
import {
  InstanceSnapshot,
  RuntimeEvent,
  RuntimeOptions,
  RuntimeRunResult,
  WorkflowRuntime,
} from '../runtime/WorkflowRuntime';
import { ManualClock } from './ManualClock';

/** Answers a call of a workflow; throws for a connection that fails. */
export type Answer = (
  request: HttpRequest,
) => Partial<HttpResponse> | Promise<Partial<HttpResponse>>;

export interface TestRuntimeOptions extends Partial<RuntimeOptions> {
  /** Definitions as objects; texts are YAML or JSON. The last one is run by default. */
  workflows: (object | string)[];
  resources?: Record<string, string>;
  answer?: Answer;
}

/** A runtime with its own time, whose calls, events and logs can be looked at. */
export interface TestRuntime {
  runtime: WorkflowRuntime;
  clock: ManualClock;
  calls: HttpRequest[];
  published: RuntimeEvent[];
  logs: string[];
  /** Runs the last workflow, or the named one. */
  run(input?: Json, workflowId?: string): Promise<RuntimeRunResult>;
  /** Runs it and gives the instance, whatever became of it. */
  start(input?: Json, workflowId?: string): Promise<InstanceSnapshot>;
  instance(id: string): InstanceSnapshot;
  send(type: string, attributes?: Partial<RuntimeEvent>): Promise<string[]>;
}

export function startTestRuntime({
  workflows,
  resources = {},
  answer = () => ({}),
  limits,
  ...options
}: TestRuntimeOptions): TestRuntime {
  const clock = new ManualClock();
  const calls: HttpRequest[] = [];
  const published: RuntimeEvent[] = [];
  const logs: string[] = [];
  const runtime = createWorkflowRuntime({
    clock,
    http: {
      request: async request => {
        calls.push(request);
        return {
          status: 200,
          statusText: 'OK',
          headers: {},
          body: '',
          ...(await answer(request)),
        };
      },
    },
    publish: event => published.push(event),
    log: ({ message }) => logs.push(message),
    // Time passes when the test says so, not while it runs.
    limits: { turnMs: Infinity, ...limits },
    ...options,
  });
  let lastId = '';
  for (const definition of workflows) {
    lastId = deploy(runtime, definition, resources);
  }
  const instance = (id: string) => {
    const found = runtime.get(id);
    if (!found) {
      throw new Error(`There is no instance ${id}`);
    }
    return found;
  };
  const run = (input: Json = {}, workflowId = lastId) =>
    runtime.run({ workflowId, input });
  return {
    runtime,
    clock,
    calls,
    published,
    logs,
    run,
    start: async (input, workflowId) => {
      const result = await run(input, workflowId);
      if (result.outcome === 'refused') {
        throw new Error(result.message);
      }
      return instance(result.instance.id);
    },
    instance,
    send: (type, attributes = {}) =>
      runtime.sendEvent({
        specversion: '1.0',
        id: 'event-1',
        source: 'test',
        type,
        ...attributes,
      }),
  };
}

/** Deploys a definition; gives its id. */
export function deploy(
  runtime: WorkflowRuntime,
  definition: object | string,
  resources: Record<string, string> = {},
): string {
  const text =
    typeof definition === 'string' ? definition : JSON.stringify(definition);
  const { workflow, problems } = parseWorkflow(text);
  if (!workflow) {
    throw new Error(problems.map(problem => problem.message).join('\n'));
  }
  const resolved = resolveReferences(workflow, uri => resources[uri]);
  runtime.deploy({ workflow: resolved.workflow, revision: '1', resources });
  return workflow.id;
}
