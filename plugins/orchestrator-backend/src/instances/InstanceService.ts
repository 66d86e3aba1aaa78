import { InputError, NotFoundError } from '@backstage/errors';
import {
  Instance,
  InstanceCounts,
  InstanceData,
  instanceDataReadPermission,
  InstanceDetail,
  InstanceFilterQuery,
  InstanceList,
  InstanceListQuery,
  InstanceNodeList,
  instanceReadPermission,
} from '@open-orchestrator/backstage-plugin-orchestrator-common';
import {
  EngineInstance,
  tellsNothing,
  WorkflowEngine,
} from '@open-orchestrator/backstage-plugin-orchestrator-node';
import { Authorizer } from '../authorization';
import { isoTime } from '../database';
import { defined } from '../defined';
import { FreshnessReader } from '../feed';
import { CallerCredentials } from '../http';
import {
  InstanceRecord,
  InstanceStore,
  InstanceWriter,
  parseCursor,
  parseSorting,
  WorkflowStore,
} from '../store';
import { ACTION_PERMISSIONS, allowedActions } from './allowedActions';
import { AccessedInstance, InstanceAccess } from './InstanceAccess';
import { instanceFilters } from './instanceFilters';
import { instanceView } from './instanceView';

/** How long a detail waits for the engine before the stored summary is answered alone. */
const DETAIL_TIMEOUT_MS = 10_000;

interface InstanceServiceOptions {
  engine: WorkflowEngine;
  authorizer: Authorizer;
  access: InstanceAccess;
  store: InstanceStore;
  writer: InstanceWriter;
  workflows: WorkflowStore;
  freshness: FreshnessReader;
}

/** Reading instances: lists from the store, details from the engine. */
export class InstanceService {
  readonly #engine: WorkflowEngine;
  readonly #authorizer: Authorizer;
  readonly #access: InstanceAccess;
  readonly #store: InstanceStore;
  readonly #writer: InstanceWriter;
  readonly #workflows: WorkflowStore;
  readonly #freshness: FreshnessReader;

  static create(options: InstanceServiceOptions): InstanceService {
    return new InstanceService(options);
  }

  private constructor(options: InstanceServiceOptions) {
    this.#engine = options.engine;
    this.#authorizer = options.authorizer;
    this.#access = options.access;
    this.#store = options.store;
    this.#writer = options.writer;
    this.#workflows = options.workflows;
    this.#freshness = options.freshness;
  }

  async list(
    query: InstanceListQuery,
    credentials: CallerCredentials,
  ): Promise<InstanceList> {
    const decisions = await this.#authorizer.decide(
      credentials,
      instanceReadPermission,
    );
    decisions.refuseIfDenied(instanceReadPermission);
    const sorting = parseSorting(query.sort ?? '-createdAt');
    const { records, nextCursor, previousCursor } = await this.#store.page(
      decisions.instanceScope(instanceReadPermission),
      instanceFilters(query, credentials),
      {
        sorting,
        cursor:
          query.cursor === undefined
            ? undefined
            : parseCursor(query.cursor, sorting),
        limit: query.limit ?? 25,
      },
    );
    return defined({
      items: await this.views(records),
      nextCursor,
      previousCursor,
      ...(await this.#freshness.read()),
    });
  }

  async count(
    query: InstanceFilterQuery,
    credentials: CallerCredentials,
  ): Promise<InstanceCounts> {
    const decisions = await this.#authorizer.decide(
      credentials,
      instanceReadPermission,
    );
    decisions.refuseIfDenied(instanceReadPermission);
    return this.#store.counts(
      decisions.instanceScope(instanceReadPermission),
      instanceFilters(query, credentials),
    );
  }

  async get(
    id: string,
    credentials: CallerCredentials,
  ): Promise<InstanceDetail> {
    const accessed = await this.#access.read(
      id,
      credentials,
      ACTION_PERMISSIONS,
    );
    const { detail, isUnreachable, observedAt } = await this.#detail(
      accessed.record,
    );
    const record =
      (await this.#store.find(accessed.record.id)) ?? accessed.record;
    const { asOf } = await this.#freshness.read();
    const [view] = await this.views([record]);
    return defined({
      ...view,
      error: detail?.error ?? storedError(record),
      waits: detail?.waits ?? [],
      children: await this.#children(record, accessed),
      asOf: detail ? isoTime(observedAt) : asOf,
      engineUnreachable: isUnreachable || undefined,
      detailsGone: detail?.detailsGone || record.detailsGone || undefined,
      allowed: allowedActions(
        { ...accessed, record },
        detail,
        this.#engine,
        await this.#workflows.find(record.workflowId),
      ),
    });
  }

  /** Nodes in enter order; input and output only for who may read the data. */
  async nodes(
    id: string,
    page: { limit?: number; offset?: number },
    credentials: CallerCredentials,
  ): Promise<InstanceNodeList> {
    const { record, resource, decisions } = await this.#access.read(
      id,
      credentials,
      [instanceDataReadPermission],
    );
    const dataVisible = decisions.mayInstance(
      instanceDataReadPermission,
      resource,
    );
    const nodes = (await this.#ask(record))?.nodes ?? [];
    const { offset = 0, limit = 500 } = page;
    const items = nodes
      .toSorted((a, b) => Date.parse(a.enter) - Date.parse(b.enter))
      .slice(offset, offset + limit)
      .map(node => {
        const { input, output, ...outside } = node;
        return dataVisible ? node : outside;
      });
    return { items, total: nodes.length, dataVisible };
  }

  async data(
    id: string,
    credentials: CallerCredentials,
  ): Promise<InstanceData> {
    const { record } = await this.#access.act(
      id,
      credentials,
      instanceDataReadPermission,
    );
    const detail = await this.#ask(record);
    if (!detail || detail.detailsGone) {
      throw new NotFoundError(
        'The workflow engine keeps no data of this instance.',
      );
    }
    return defined({ data: detail.data ?? {}, input: detail.input });
  }

  /**
   * The input that an instance of a workflow was run with; undefined when the engine does not keep
   * it.
   */
  async inputOf(
    id: string,
    workflowId: string,
    credentials: CallerCredentials,
  ): Promise<Record<string, unknown> | undefined> {
    const { record } = await this.#access.act(
      id,
      credentials,
      instanceDataReadPermission,
    );
    if (record.workflowId !== workflowId) {
      throw new InputError(`The instance "${id}" is one of another workflow.`);
    }
    const input = (await this.#ask(record))?.input;
    return isObject(input) ? input : undefined;
  }

  /** Instances as the API shows them. */
  async views(records: InstanceRecord[]): Promise<Instance[]> {
    const names = await this.#workflows.names(
      records.map(({ workflowId }) => workflowId),
    );
    return records.map(record =>
      instanceView(record, names.get(record.workflowId)),
    );
  }

  async #children(
    { engineInstanceId }: InstanceRecord,
    { decisions }: AccessedInstance,
  ): Promise<Instance[]> {
    return engineInstanceId === undefined
      ? []
      : this.views(
          await this.#store.children(
            decisions.instanceScope(instanceReadPermission),
            engineInstanceId,
          ),
        );
  }

  /** The detail, or nothing when the engine can't be asked: the summary is shown all the same. */
  async #detail(record: InstanceRecord): Promise<{
    detail?: EngineInstance;
    isUnreachable: boolean;
    observedAt: number;
  }> {
    const observedAt = Date.now();
    try {
      const detail = await this.#ask(record);
      if (detail?.detailsGone) {
        await this.#writer.update(record.id, { detailsGone: true });
      } else if (detail) {
        await this.#writer.observe([detail], observedAt);
      } else if (record.engineInstanceId !== undefined) {
        await this.#writer.markUnknown(record.id);
      }
      return { detail, isUnreachable: false, observedAt };
    } catch (error) {
      if (tellsNothing(error)) {
        return { isUnreachable: true, observedAt };
      }
      throw error;
    }
  }

  /** Undefined for a run that is not confirmed, and for what the engine no longer keeps. */
  async #ask({
    engineInstanceId,
  }: InstanceRecord): Promise<EngineInstance | undefined> {
    return engineInstanceId === undefined
      ? undefined
      : this.#engine.getInstance(engineInstanceId, {
          signal: AbortSignal.timeout(DETAIL_TIMEOUT_MS),
        });
  }
}

function storedError({ errorMessage, errorNode }: InstanceRecord) {
  return errorMessage === undefined
    ? undefined
    : defined({ message: errorMessage, nodeName: errorNode });
}

function isObject(value: unknown): value is Record<string, unknown> {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}
