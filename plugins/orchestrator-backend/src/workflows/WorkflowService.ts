import { NotFoundError } from '@backstage/errors';
import {
  instanceReadPermission,
  Workflow,
  WorkflowDefinition,
  WorkflowInputSchema,
  WorkflowList,
  WorkflowListQuery,
  workflowReadPermission,
  workflowRunPermission,
} from '@open-orchestrator/backstage-plugin-orchestrator-common';
import { WorkflowEngine } from '@open-orchestrator/backstage-plugin-orchestrator-node';
import { Authorizer } from '../authorization';
import { defined } from '../defined';
import { FreshnessReader } from '../feed';
import { CallerCredentials } from '../http';
import {
  StoredWorkflow,
  WorkflowStatisticsReader,
  WorkflowStore,
} from '../store';
import { runAllowed } from './runAllowed';
import { WorkflowAccess } from './WorkflowAccess';
import { workflowView } from './workflowView';

/** How long a request waits for the engine. */
const TIMEOUT_MS = 10_000;

/** Gives the input of an instance; undefined when the engine does not keep it. */
export type InputReader = (
  instanceId: string,
  workflowId: string,
  credentials: CallerCredentials,
) => Promise<Record<string, unknown> | undefined>;

interface WorkflowServiceOptions {
  engine: WorkflowEngine;
  authorizer: Authorizer;
  access: WorkflowAccess;
  /** The input of an instance of the workflow, for who may read its data. */
  inputOf: InputReader;
  store: WorkflowStore;
  statistics: WorkflowStatisticsReader;
  freshness: FreshnessReader;
}

/** Reading workflows: lists and statistics from the store, definitions from the engine. */
export class WorkflowService {
  readonly #engine: WorkflowEngine;
  readonly #authorizer: Authorizer;
  readonly #access: WorkflowAccess;
  readonly #inputOf: InputReader;
  readonly #store: WorkflowStore;
  readonly #statistics: WorkflowStatisticsReader;
  readonly #freshness: FreshnessReader;

  static create(options: WorkflowServiceOptions): WorkflowService {
    return new WorkflowService(options);
  }

  private constructor(options: WorkflowServiceOptions) {
    this.#engine = options.engine;
    this.#authorizer = options.authorizer;
    this.#access = options.access;
    this.#inputOf = options.inputOf;
    this.#store = options.store;
    this.#statistics = options.statistics;
    this.#freshness = options.freshness;
  }

  async list(
    query: WorkflowListQuery,
    credentials: CallerCredentials,
  ): Promise<WorkflowList> {
    const decisions = await this.#authorizer.decide(
      credentials,
      workflowReadPermission,
      workflowRunPermission,
      instanceReadPermission,
    );
    decisions.refuseIfDenied(workflowReadPermission);
    const readable = await this.#store.list(
      decisions.workflowScope(workflowReadPermission),
    );
    const workflows = readable.filter(workflow => matches(workflow, query));
    const statistics = await this.#statistics.read(
      decisions.instanceScope(instanceReadPermission),
      workflows.map(({ id }) => id),
      Date.now(),
    );
    return {
      items: workflows.flatMap(workflow => {
        const own = statistics.get(workflow.id);
        const run = runAllowed(decisions, workflow, workflow.id);
        return own ? [workflowView(workflow, own, run)] : [];
      }),
      ...(await this.#freshness.read()),
    };
  }

  async get(id: string, credentials: CallerCredentials): Promise<Workflow> {
    const { workflow, decisions } = await this.#access.read(id, credentials, [
      workflowRunPermission,
      instanceReadPermission,
    ]);
    const scope = decisions.instanceScope(instanceReadPermission);
    return workflowView(
      workflow,
      await this.#statistics.readWithDays(scope, id, Date.now()),
      runAllowed(decisions, workflow, id),
    );
  }

  async definition(
    id: string,
    query: { version?: string; revision?: string },
    credentials: CallerCredentials,
  ): Promise<WorkflowDefinition> {
    await this.#access.read(id, credentials);
    const definition = await this.#engine.getDefinition(
      { workflowId: id, version: query.version, revision: query.revision },
      { signal: AbortSignal.timeout(TIMEOUT_MS) },
    );
    if (!definition) {
      throw new NotFoundError(
        `The engine has no such definition of the workflow "${id}".`,
      );
    }
    return definition;
  }

  async inputSchema(
    id: string,
    query: { version?: string; prefillFrom?: string },
    credentials: CallerCredentials,
  ): Promise<WorkflowInputSchema> {
    await this.#access.read(id, credentials);
    const prefill =
      query.prefillFrom === undefined
        ? undefined
        : await this.#inputOf(query.prefillFrom, id, credentials);
    const schema = await this.#engine.getInputSchema(
      { workflowId: id, version: query.version },
      { signal: AbortSignal.timeout(TIMEOUT_MS) },
    );
    return defined({ schema, prefill });
  }
}

function matches(
  { id, labels, versions: [newest] }: StoredWorkflow,
  { search, label, availability }: WorkflowListQuery,
): boolean {
  const text = search?.trim().toLocaleLowerCase('en-US') ?? '';
  return (
    [id, newest.name, newest.description ?? ''].some(part =>
      part.toLocaleLowerCase('en-US').includes(text),
    ) &&
    (label === undefined || labels.includes(label)) &&
    (availability === undefined || newest.availability === availability)
  );
}
