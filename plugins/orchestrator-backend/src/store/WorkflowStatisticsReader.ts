import {
  INSTANCE_STATES,
  InstanceState,
  InstanceTick,
  StateCounts,
  WorkflowStatistics,
} from '@open-orchestrator/backstage-plugin-orchestrator-common';
import { Knex } from 'knex';
import { InstanceScope } from '../authorization';
import { EpochMs, isoTime, numberOf, textOf } from '../database';
import { defined } from '../defined';
import { selectInstances } from './instanceSelection';

const DAY_MS = 24 * 60 * 60 * 1000;
const REACH_DAYS = 30;
const RECENT = 10;

/** Completed instances, the newest of a workflow, that percentiles are taken of. */
const SAMPLE = 1_000;

/** Workflows asked for in one statement. */
const CHUNK = 100;

class StateTotals {
  readonly #counts: StateCounts = {};
  #total = 0;
  #ended = 0;

  /** @param row - a count as a database gives it */
  add(row: { state: InstanceState; count: unknown; unstarted: unknown }) {
    const { state } = row;
    const count = Number(row.count);
    this.#counts[state] = (this.#counts[state] ?? 0) + count;
    this.#total += count;
    if (state === 'COMPLETED' || state === 'ABORTED' || state === 'ERROR') {
      this.#ended += count - Number(row.unstarted);
    }
  }

  statistics(): Pick<WorkflowStatistics, 'counts' | 'total' | 'successRatio'> {
    return defined({
      counts: this.#counts,
      total: this.#total,
      successRatio:
        this.#ended === 0
          ? undefined
          : (this.#counts.COMPLETED ?? 0) / this.#ended,
    });
  }
}

/**
 * Statistics per workflow over the instances that a caller may read, in a fixed number of queries for
 * each hundred workflows.
 */
export class WorkflowStatisticsReader {
  readonly #knex: Knex;
  readonly #engine: string;

  static create(options: {
    knex: Knex;
    engine: string;
  }): WorkflowStatisticsReader {
    return new WorkflowStatisticsReader(options.knex, options.engine);
  }

  private constructor(knex: Knex, engine: string) {
    this.#knex = knex;
    this.#engine = engine;
  }

  /** Statistics of the given workflows; `perDay` stays empty. */
  async read(
    scope: InstanceScope,
    workflowIds: string[],
    now: EpochMs,
  ): Promise<Map<string, WorkflowStatistics>> {
    const result = new Map(workflowIds.map(id => [id, emptyStatistics()]));
    if (scope.rows === 'none' || workflowIds.length === 0) {
      return result;
    }
    for (let i = 0; i < workflowIds.length; i += CHUNK) {
      const ids = workflowIds.slice(i, i + CHUNK);
      const parts = await Promise.all([
        this.#counts(scope, ids, now),
        this.#durations(scope, ids, now),
        this.#newest(scope, ids, now),
      ]);
      for (const [id, part] of parts.flatMap(each => [...each])) {
        Object.assign(result.get(id) ?? {}, part);
      }
    }
    return result;
  }

  /** Statistics of one workflow, with those of each UTC day that has instances, oldest first. */
  async readWithDays(
    scope: InstanceScope,
    workflowId: string,
    now: EpochMs,
  ): Promise<WorkflowStatistics> {
    if (scope.rows === 'none') {
      return emptyStatistics();
    }
    const [days, ...parts] = await Promise.all([
      this.#days(scope, workflowId, now),
      this.#durations(scope, [workflowId], now),
      this.#newest(scope, [workflowId], now),
    ]);
    return Object.assign(
      emptyStatistics(),
      days,
      ...parts.map(part => part.get(workflowId)),
    );
  }

  #recent(
    scope: InstanceScope,
    workflowIds: string[],
    now: EpochMs,
  ): Knex.QueryBuilder {
    const today = Math.floor(now / DAY_MS) * DAY_MS;
    return selectInstances(this.#knex, {
      engine: this.#engine,
      scope,
      filters: {
        workflowIds,
        // All there are: named, so that the index is entered at the time in each of them.
        states: [...INSTANCE_STATES],
        createdAfter: today - (REACH_DAYS - 1) * DAY_MS,
      },
    });
  }

  /** The newest rows of each workflow: for each a short read of an index, all in one statement. */
  #newestOfEach(
    ids: string[],
    limit: number,
    select: (workflowId: string) => Knex.QueryBuilder,
  ): Knex.QueryBuilder {
    const parts = ids.map(id =>
      this.#knex
        .select('*')
        .from(
          select(id)
            .select(
              'instance.id',
              'instance.workflow_id',
              'instance.state',
              'instance.created_at',
              'instance.duration_ms',
              'instance.initiator',
            )
            .orderBy('instance.created_at', 'desc')
            .orderBy('instance.id', 'desc')
            .limit(limit)
            .as('part'),
        ),
    );
    return this.#knex.unionAll(parts).as('newest');
  }

  async #counts(scope: InstanceScope, ids: string[], now: EpochMs) {
    const rows = await this.#counted(this.#recent(scope, ids, now))
      .select({ id: 'instance.workflow_id', state: 'instance.state' })
      .groupBy('instance.workflow_id', 'instance.state');
    const result = new Map<string, StateTotals>();
    for (const row of rows) {
      const totals = result.get(row.id) ?? new StateTotals();
      totals.add(row);
      result.set(row.id, totals);
    }
    return new Map(
      [...result].map(([id, totals]) => [id, totals.statistics()]),
    );
  }

  async #days(scope: InstanceScope, id: string, now: EpochMs) {
    const day = `instance.created_at / ${DAY_MS}`;
    const rows = await this.#counted(this.#recent(scope, [id], now))
      .select({ day: this.#knex.raw(day), state: 'instance.state' })
      .groupByRaw(`${day}, instance.state`)
      .orderBy('day');
    const totals = new StateTotals();
    const days = new Map<string, StateCounts>();
    for (const row of rows) {
      totals.add(row);
      const name = isoTime(Number(row.day) * DAY_MS).slice(0, 10);
      const counts = days.get(name) ?? {};
      counts[row.state as InstanceState] = Number(row.count);
      days.set(name, counts);
    }
    return {
      ...totals.statistics(),
      perDay: [...days].map(([name, counts]) => ({ day: name, counts })),
    };
  }

  /** A run that never started tells nothing about how the workflow ends. */
  #counted(recent: Knex.QueryBuilder): Knex.QueryBuilder {
    return recent.count({ count: '*' }).sum({
      unstarted: this.#knex.raw(
        `case when instance.end_reason = 'not-started' then 1 else 0 end`,
      ),
    });
  }

  /** Nearest-rank percentiles of the durations of the newest completed instances. */
  async #durations(scope: InstanceScope, ids: string[], now: EpochMs) {
    const sample = this.#newestOfEach(ids, SAMPLE, id =>
      this.#recent(scope, [id], now)
        .where('instance.state', 'COMPLETED')
        .whereNotNull('instance.duration_ms'),
    );
    const ranked = this.#knex
      .from(sample)
      .select(
        { id: 'workflow_id', duration: 'duration_ms' },
        this.#knex.raw(
          `row_number() over (partition by workflow_id order by duration_ms) as place,
           count(*) over (partition by workflow_id) as total`,
        ),
      )
      .as('ranked');
    const rows = await this.#knex
      .select('id', 'duration', 'place', 'total')
      .from(ranked)
      .whereRaw(
        'place = (total * 50 + 99) / 100 or place = (total * 95 + 99) / 100',
      )
      .orderBy('place');
    const result = new Map<string, Partial<WorkflowStatistics>>();
    for (const row of rows) {
      const duration = numberOf(row.duration);
      const known = result.get(row.id);
      // Ordered by place: the first is the median, the last the 95th percentile.
      result.set(row.id, {
        durationP50Ms: known?.durationP50Ms ?? duration,
        durationP95Ms: duration,
      });
    }
    return result;
  }

  async #newest(scope: InstanceScope, ids: string[], now: EpochMs) {
    const rows = await this.#knex
      .from(
        this.#newestOfEach(ids, RECENT, id => this.#recent(scope, [id], now)),
      )
      .select('*')
      .orderBy([
        { column: 'created_at', order: 'desc' },
        { column: 'id', order: 'desc' },
      ]);
    const result = new Map<string, Partial<WorkflowStatistics>>();
    for (const row of rows) {
      const tick: InstanceTick = defined({
        id: String(row.id),
        state: row.state,
        createdAt: isoTime(Number(row.created_at)),
        durationMs: numberOf(row.duration_ms),
      });
      const known = result.get(row.workflow_id);
      result.set(
        row.workflow_id,
        known
          ? { ...known, recent: [...(known.recent ?? []), tick] }
          : defined({
              recent: [tick],
              lastInitiator: textOf(row.initiator),
              lastCreatedAt: tick.createdAt,
            }),
      );
    }
    return result;
  }
}

function emptyStatistics(): WorkflowStatistics {
  return { counts: {}, total: 0, recent: [], perDay: [] };
}
