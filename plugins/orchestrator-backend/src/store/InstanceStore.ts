import {
  INSTANCE_STATES,
  InstanceCounts,
  StateCounts,
} from '@open-orchestrator/backstage-plugin-orchestrator-common';
import { Knex } from 'knex';
import { InstanceResource, InstanceScope } from '../authorization';
import { numberOf } from '../database';
import {
  cursorAt,
  InstanceSorting,
  orderAndSeek,
  PageCursor,
} from './instancePaging';
import { instanceFromRow, InstanceRecord } from './InstanceRecord';
import {
  InstanceSelection,
  selectInstances,
  whereScope,
} from './instanceSelection';

export interface InstancePage {
  records: InstanceRecord[];
  nextCursor?: string;
  previousCursor?: string;
}

/** Where counting stops: beyond it exactness costs more than it tells. */
const COUNT_LIMIT = 10_000;

/** Children shown with an instance. */
const CHILD_LIMIT = 100;

/** Those that failed, then those that can still fail, then the ended. */
const BY_URGENCY =
  "case instance.state when 'ERROR' then 0 when 'COMPLETED' then 2 when 'ABORTED' then 2 else 1 end";

/** Reads the stored summaries of one engine's instances. */
export class InstanceStore {
  readonly #knex: Knex;
  readonly #engine: string;

  static create(options: { knex: Knex; engine: string }): InstanceStore {
    return new InstanceStore(options.knex, options.engine);
  }

  private constructor(knex: Knex, engine: string) {
    this.#knex = knex;
    this.#engine = engine;
  }

  /** Finds an instance by the plugin's or the engine's id. */
  async find(id: string): Promise<InstanceRecord | undefined> {
    const rows = await this.#knex('instance')
      .where('engine', this.#engine)
      .where(either => either.where('id', id).orWhere('engine_instance_id', id))
      .limit(2);
    const records = rows.map(instanceFromRow);
    return records.find(record => record.id === id) ?? records[0];
  }

  /** Finds the run that an initiator requested under an idempotency key. */
  async findByIdempotencyKey(
    initiator: string,
    key: string,
  ): Promise<InstanceRecord | undefined> {
    const row = await this.#knex('instance')
      .where({ engine: this.#engine, initiator, idempotency_key: key })
      .first();
    return row && instanceFromRow(row);
  }

  /** One page in the given order, with the cursors of its neighbours. */
  async page(
    scope: InstanceScope,
    filters: InstanceSelection['filters'],
    options: { sorting: InstanceSorting; cursor?: PageCursor; limit: number },
  ): Promise<InstancePage> {
    const { sorting, cursor, limit } = options;
    const query = this.#select(scope, filters)
      .select('instance.*')
      .limit(limit + 1);
    orderAndSeek(query, sorting, cursor);
    const found = (await query).map(instanceFromRow);
    const more = found.length > limit;
    const records = found.slice(0, limit);
    const backwards = cursor?.direction === 'previous';
    if (backwards) {
      records.reverse();
    }
    const hasNext = backwards || more;
    const hasPrevious = cursor !== undefined && (!backwards || more);
    const [first, last] = [records.at(0), records.at(-1)];
    return {
      records,
      ...(hasNext && last && { nextCursor: cursorAt(last, sorting, 'next') }),
      ...(hasPrevious &&
        first && { previousCursor: cursorAt(first, sorting, 'previous') }),
    };
  }

  /** Number of instances by state; each stops at {@link COUNT_LIMIT}. */
  async counts(
    scope: InstanceScope,
    filters: InstanceSelection['filters'],
  ): Promise<InstanceCounts> {
    const wanted = INSTANCE_STATES.filter(
      state => !filters.states || filters.states.includes(state),
    );
    const query = this.#knex.select(
      wanted.map(state =>
        this.#knex
          .count('*')
          .from(
            this.#select(scope, { ...filters, states: [state] })
              .select(this.#knex.raw('1 as one'))
              .limit(COUNT_LIMIT + 1)
              .as('capped'),
          )
          .as(state),
      ),
    );
    const [row] = wanted.length > 0 ? await query : [{}];
    const counts: StateCounts = {};
    let total = 0;
    let capped = false;
    for (const state of wanted) {
      const count = numberOf(row[state]) ?? 0;
      capped ||= count > COUNT_LIMIT;
      counts[state] = Math.min(count, COUNT_LIMIT);
      total += counts[state];
    }
    return { counts, total, capped };
  }

  /**
   * Some of the instances that all scopes hold, oldest first, and how many there are.
   *
   * @param only - a further condition on the rows
   */
  async within(
    scopes: readonly [InstanceScope, ...InstanceScope[]],
    filters: InstanceSelection['filters'],
    limit: number,
    only: (query: Knex.QueryBuilder) => void = () => {},
  ): Promise<{ records: InstanceRecord[]; total: number }> {
    const [first, ...others] = scopes;
    const select = () => {
      const query = this.#select(first, filters);
      others.forEach(scope => whereScope(query, scope));
      only(query);
      return query;
    };
    const rows =
      limit === 0
        ? []
        : await select()
            .select('instance.*')
            .orderBy('instance.created_at')
            .orderBy('instance.id')
            .limit(limit);
    const [counted] = await select().count({ count: '*' });
    return {
      records: rows.map(instanceFromRow),
      total: numberOf(counted.count) ?? 0,
    };
  }

  /** The instances that an instance started, oldest first; of too many the failed ones stay. */
  async children(
    scope: InstanceScope,
    parentId: string,
  ): Promise<InstanceRecord[]> {
    const rows = await this.#select(scope, { parentId })
      .select('instance.*')
      .orderByRaw(BY_URGENCY)
      .orderBy('instance.created_at')
      .orderBy('instance.id')
      .limit(CHILD_LIMIT);
    const records: InstanceRecord[] = rows.map(instanceFromRow);
    return records.sort(
      (a, b) => a.createdAt - b.createdAt || (a.id < b.id ? -1 : 1),
    );
  }

  /** What permission rules may know of the given instances. */
  async resources(records: InstanceRecord[]): Promise<InstanceResource[]> {
    const labels = await groups(
      this.#knex('workflow_label')
        .select('workflow_id as key', 'label as value')
        .where('engine', this.#engine)
        .whereIn('workflow_id', [...new Set(records.map(r => r.workflowId))]),
    );
    const entityRefs = records.flatMap(r => r.entityRef ?? []);
    const owners = await groups(
      this.#knex('entity_owner')
        .select('entity_ref as key', 'owner_ref as value')
        .whereIn('entity_ref', [...new Set(entityRefs)]),
    );
    return records.map(record => ({
      id: record.id,
      workflowId: record.workflowId,
      workflowLabels: labels.get(record.workflowId) ?? [],
      initiator: record.initiator,
      entityRef: record.entityRef,
      entityOwners: (record.entityRef && owners.get(record.entityRef)) || [],
    }));
  }

  /** What permission rules may know of the instances with the given ids, in their order. */
  async resourcesOf(ids: string[]): Promise<(InstanceResource | undefined)[]> {
    const rows = await this.#knex('instance')
      .where('engine', this.#engine)
      .where(either =>
        either.whereIn('id', ids).orWhereIn('engine_instance_id', ids),
      );
    const records = rows.map(instanceFromRow);
    const resources = await this.resources(records);
    return ids.map(id => {
      const byEngineId = records.findIndex(r => r.engineInstanceId === id);
      const byId = records.findIndex(r => r.id === id);
      return resources[byId >= 0 ? byId : byEngineId];
    });
  }

  #select(
    scope: InstanceScope,
    filters: InstanceSelection['filters'],
  ): Knex.QueryBuilder {
    return selectInstances(this.#knex, {
      engine: this.#engine,
      scope,
      filters,
    });
  }
}

async function groups(
  query: PromiseLike<{ key: string; value: string }[]>,
): Promise<Map<string, string[]>> {
  const result = new Map<string, string[]>();
  for (const { key, value } of await query) {
    result.set(key, [...(result.get(key) ?? []), value]);
  }
  return result;
}
