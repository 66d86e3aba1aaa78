import {
  MetricsService,
  MetricsServiceObservableGauge,
  MetricsServiceObservableResult,
} from '@backstage/backend-plugin-api/alpha';
import { WorkflowEngine } from '@open-orchestrator/backstage-plugin-orchestrator-node';
import { Knex } from 'knex';
import { UndeliveredEvents } from '../events';
import { FeedState } from '../feed';
import { whereUnfinished } from '../store';

/** How long the engine may take to tell that it is there. */
const TIMEOUT_MS = 5_000;

interface OrchestratorMetricsOptions {
  metrics: MetricsService;
  knex: Knex;
  engine: WorkflowEngine;
  state: FeedState;
  undelivered: UndeliveredEvents;
}

type Observe = (result: MetricsServiceObservableResult) => Promise<void>;

/**
 * What there is to watch and to be alarmed of. Read only when somebody collects it. Apart from the
 * reachability of the engine all replicas tell the same, since it is read from their database.
 */
export class OrchestratorMetrics {
  readonly #options: OrchestratorMetricsOptions;
  /** As long as nothing was ever read, the lag grows from here. */
  readonly #startedAt = Date.now();
  readonly #gauges: [MetricsServiceObservableGauge, Observe][];

  static create(options: OrchestratorMetricsOptions): OrchestratorMetrics {
    return new OrchestratorMetrics(options);
  }

  private constructor(options: OrchestratorMetricsOptions) {
    const { metrics } = options;
    this.#options = options;
    this.#gauges = [
      [
        metrics.createObservableGauge('orchestrator.feed.lag', {
          description: 'How long ago the store last agreed with the engine',
          unit: 's',
        }),
        result => this.#feedLag(result),
      ],
      [
        metrics.createObservableGauge('orchestrator.engine.reachable', {
          description: '1 when the engine answers this replica, otherwise 0',
        }),
        result => this.#reachable(result),
      ],
      [
        metrics.createObservableGauge('orchestrator.instances.unfinished', {
          description: 'Instances that have not ended, by state',
        }),
        result => this.#unfinished(result),
      ],
      [
        metrics.createObservableGauge('orchestrator.events.undelivered', {
          description:
            'Deliveries of events that wait, or that were given up, by state',
        }),
        result => this.#undelivered(result),
      ],
    ];
  }

  start(): void {
    this.#gauges.forEach(([gauge, observe]) => gauge.addCallback(observe));
  }

  stop(): void {
    this.#gauges.forEach(([gauge, observe]) => gauge.removeCallback(observe));
  }

  async #feedLag(result: MetricsServiceObservableResult) {
    const { asOf = this.#startedAt } = await this.#options.state.freshness();
    result.observe(Math.max(0, Date.now() - asOf) / 1_000);
  }

  async #reachable(result: MetricsServiceObservableResult) {
    const { reachable } = await this.#options.engine.health({
      signal: AbortSignal.timeout(TIMEOUT_MS),
    });
    result.observe(reachable ? 1 : 0);
  }

  async #unfinished(result: MetricsServiceObservableResult) {
    const { knex, engine } = this.#options;
    const rows: Record<string, unknown>[] = await knex('instance')
      .where('engine', engine.id)
      .modify(whereUnfinished)
      .groupBy('state')
      .select('state')
      .count({ count: '*' });
    const counts = new Map(
      rows.map(row => [String(row.state), Number(row.count)]),
    );
    for (const state of ['PENDING', 'ACTIVE', 'SUSPENDED', 'ERROR']) {
      result.observe(counts.get(state) ?? 0, { state });
    }
  }

  async #undelivered(result: MetricsServiceObservableResult) {
    const { waiting, undeliverable } = await this.#options.undelivered.status(
      Date.now(),
    );
    result.observe(waiting, { state: 'waiting' });
    result.observe(undeliverable, { state: 'undeliverable' });
  }
}
