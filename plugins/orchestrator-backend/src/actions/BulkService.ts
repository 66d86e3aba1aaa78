import { AuditorServiceEvent } from '@backstage/backend-plugin-api';
import { InputError, NotFoundError, toError } from '@backstage/errors';
import { JsonObject } from '@backstage/types';
import {
  BulkOutcome,
  BulkRequest,
  BulkResult,
  instanceAbortPermission,
  instanceReadPermission,
  instanceRetryPermission,
} from '@open-orchestrator/backstage-plugin-orchestrator-common';
import { Knex } from 'knex';
import {
  Authorizer,
  InstanceScope,
  OrchestratorPermission,
  refusal,
} from '../authorization';
import { CallerCredentials, errorReply } from '../http';
import { instanceFilters } from '../instances';
import {
  InstanceRecord,
  InstanceStore,
  UNACCOUNTED_FOR,
  whereUnfinished,
} from '../store';
import { AbortService } from './AbortService';
import { RetryService } from './RetryService';

/** Instances of one request. */
const LIMIT = 500;

/** Instances acted on at a time. */
const CONCURRENCY = 8;

/** After which the rest is left to another request: a proxy would give up on this one. */
const BUDGET_MS = 30_000;

/** Opens the audit event of one instance. */
export type ItemAudit = (
  meta: JsonObject,
) => Promise<Pick<AuditorServiceEvent, 'success' | 'fail'>>;

/** What is done to each instance. */
interface BulkAction {
  permission: OrchestratorPermission;
  /** Rows that it can be done to. */
  isPossible: (query: Knex.QueryBuilder) => void;
  act: (record: InstanceRecord) => Promise<BulkOutcome>;
}

/** An instance to act on, or why not. */
type Item = { id: string } & (
  | { record: InstanceRecord }
  | { refused: Error; record?: undefined }
);

interface BulkServiceOptions {
  authorizer: Authorizer;
  store: InstanceStore;
  aborts: AbortService;
  retries: RetryService;
}

/** Acting on many instances at once: each is permitted, done, answered and audited by itself. */
export class BulkService {
  readonly #options: BulkServiceOptions;

  static create(options: BulkServiceOptions): BulkService {
    return new BulkService(options);
  }

  private constructor(options: BulkServiceOptions) {
    this.#options = options;
  }

  async abort(
    request: BulkRequest,
    credentials: CallerCredentials,
    audit: ItemAudit,
  ): Promise<BulkResult> {
    const { aborts } = this.#options;
    return this.#run(request, credentials, audit, {
      permission: instanceAbortPermission,
      isPossible: query =>
        query
          .modify(whereUnfinished)
          .where(either =>
            either
              .where('abort_pending', false)
              .orWhereIn('attention', UNACCOUNTED_FOR),
          ),
      act: async record => {
        const { isPending } = await aborts.abortRecord(
          record,
          request.reason,
          credentials,
        );
        return isPending ? 'requested' : 'done';
      },
    });
  }

  async retry(
    request: BulkRequest,
    credentials: CallerCredentials,
    audit: ItemAudit,
  ): Promise<BulkResult> {
    const { retries } = this.#options;
    return this.#run(request, credentials, audit, {
      permission: instanceRetryPermission,
      isPossible: query =>
        query.where('state', 'ERROR').whereNotNull('engine_instance_id'),
      act: async record => {
        await retries.retryRecord(record, request.reason, credentials);
        return 'done';
      },
    });
  }

  async #run(
    { ids, filter, reason, preview }: BulkRequest,
    credentials: CallerCredentials,
    audit: ItemAudit,
    action: BulkAction,
  ): Promise<BulkResult> {
    if ((ids === undefined) === (filter === undefined)) {
      throw new InputError('Give either ids or a filter.');
    }
    const { authorizer, store } = this.#options;
    const decisions = await authorizer.decide(
      credentials,
      instanceReadPermission,
      action.permission,
    );
    decisions.refuseIfDenied(action.permission, instanceReadPermission);
    const readable = decisions.instanceScope(instanceReadPermission);
    const actable = decisions.instanceScope(action.permission);
    const { records, total } = await store.within(
      [readable, actable],
      ids ? { ids } : instanceFilters(filter ?? {}, credentials),
      preview ? 0 : LIMIT,
      action.isPossible,
    );
    if (preview) {
      return { results: [], total, more: false };
    }
    const items = ids
      ? await this.#itemsOf(ids, readable, actable, action)
      : records.map(record => ({ id: record.id, record }));
    const results = await this.#each(items, item =>
      this.#one(item, action, audit, reason),
    );
    return { results, total, more: !ids && total > records.length };
  }

  /** What is known of each id, as far as the caller may know it. */
  async #itemsOf(
    ids: string[],
    readable: InstanceScope,
    actable: InstanceScope,
    { permission }: BulkAction,
  ): Promise<Item[]> {
    const { store } = this.#options;
    const wanted = [...new Set(ids)];
    // An id may name one instance here and another there.
    const limit = 2 * wanted.length;
    const seen = await store.within([readable], { ids: wanted }, limit);
    const allowed = await store.within(
      [readable, actable],
      { ids: wanted },
      limit,
    );
    const allowedIds = new Set(allowed.records.map(({ id }) => id));
    return wanted.map(id => {
      const record =
        seen.records.find(one => one.id === id) ??
        seen.records.find(one => one.engineInstanceId === id);
      if (!record) {
        return {
          id,
          refused: new NotFoundError(`There is no instance "${id}".`),
        };
      }
      return allowedIds.has(record.id)
        ? { id, record }
        : { id, refused: refusal(permission) };
    });
  }

  async #one(
    item: Item,
    action: BulkAction,
    audit: ItemAudit,
    reason: string | undefined,
  ): Promise<BulkResult['results'][number]> {
    const { id, record } = item;
    const event = await audit({
      instanceId: record?.id ?? id,
      bulk: true,
      ...(record && { workflowId: record.workflowId }),
      ...(reason !== undefined && { reason }),
    });
    try {
      if (!record) {
        throw item.refused;
      }
      const outcome = await action.act(record);
      await event.success();
      return { id, outcome };
    } catch (error) {
      await event.fail({ error: toError(error) });
      const { status, error: told } = errorReply(error);
      return {
        id,
        outcome: status >= 500 ? 'failed' : 'refused',
        message: told.message,
      };
    }
  }

  /** Goes through the items, several at a time, in their order. */
  async #each(
    items: Item[],
    run: (item: Item) => Promise<BulkResult['results'][number]>,
  ): Promise<BulkResult['results']> {
    const results: BulkResult['results'] = new Array(items.length);
    const deadline = Date.now() + BUDGET_MS;
    let next = 0;
    const work = async () => {
      while (next < items.length) {
        const place = next++;
        const item = items[place];
        results[place] =
          Date.now() < deadline
            ? await run(item)
            : {
                id: item.id,
                outcome: 'failed',
                message:
                  'Nothing was done: the engine answers too slowly. Try again.',
              };
      }
    };
    await Promise.all(Array.from({ length: CONCURRENCY }, work));
    return results;
  }
}
