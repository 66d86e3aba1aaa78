import { WorkflowEngine } from '@open-orchestrator/backstage-plugin-orchestrator-node';
import { Router } from 'express';
import {
  createAccess,
  createActions,
  createAdministration,
  createDelivery,
  createExclusiveStart,
  createFeed,
  createLeases,
  createMetrics,
  createReading,
  createStarting,
  createStores,
  createWebhooks,
  OrchestratorOptions,
} from './assembly';
import { ExclusiveStart } from './engine';
import { EventDelivery } from './events';
import { Feed, WorkflowReader } from './feed';
import { ChangePublisher } from './live';
import { OrchestratorMetrics } from './metrics';
import { createRouter } from './router';
import { RunService } from './runs';

/** The parts of the backend, put together around one engine. */
export class Orchestrator {
  readonly router: Router;
  readonly #engine: WorkflowEngine;
  readonly #feed: Feed;
  readonly #delivery: EventDelivery;
  readonly #publisher: ChangePublisher;
  readonly #exclusive: ExclusiveStart;
  readonly #workflowReader: WorkflowReader;
  readonly #metrics: OrchestratorMetrics;
  readonly #runs: RunService;
  readonly #unsubscribe: (() => void)[] = [];

  static create(options: OrchestratorOptions): Orchestrator {
    return new Orchestrator(options);
  }

  private constructor(options: OrchestratorOptions) {
    const stores = createStores(options);
    const access = createAccess(options, stores);
    const leases = createLeases(options);
    const actions = createActions(options, stores, access, () =>
      this.#feed.wake(),
    );
    const { feed, workflowReader } = createFeed(
      options,
      stores,
      access,
      leases,
      actions.aborts,
    );
    this.#engine = options.engine;
    this.#feed = feed;
    this.#workflowReader = workflowReader;
    this.#delivery = createDelivery(options, stores, leases);
    this.#publisher = access.publisher;
    this.#exclusive = createExclusiveStart(options, stores, leases);
    this.#metrics = createMetrics(options, stores);

    const starting = createStarting(options, stores, access, () =>
      this.#delivery.wake(),
    );
    this.#runs = starting.runs;
    this.router = createRouter({
      ...options,
      ...createReading(options, stores, access),
      ...starting,
      ...actions,
      bodyLimits: options.settings.body,
      webhooks: createWebhooks(options, starting.inbox),
      administration: createAdministration(options, stores, access, leases),
    });
  }

  /** Starts the engine. */
  async start(): Promise<void> {
    await this.#exclusive.prepare();
    try {
      await this.#engine.start();
    } catch (error) {
      this.#exclusive.handOver();
      throw error;
    }
  }

  /**
   * Begins to read the engine, to deliver to it and to tell of changes; to be called when all of the
   * portal has started. An events backend that does not answer yet counts as none: nothing would
   * reach the other processes until this one is started again.
   */
  async begin(): Promise<void> {
    const onChange = this.#engine.onChange?.(() => this.#feed.wake());
    const onWorkflows = this.#engine.onWorkflowsChanged?.(() => {
      this.#workflowReader.expire();
      this.#feed.wake();
    });
    this.#unsubscribe.push(
      ...[onChange, onWorkflows].flatMap(unsubscribe => unsubscribe ?? []),
    );
    this.#feed.start();
    this.#exclusive.handOver();
    this.#delivery.start();
    this.#metrics.start();
    await this.#publisher.start();
  }

  /** Ends reading and delivering, and lets nothing wait to be sent, so that another process may take over at once. */
  async standDown(): Promise<void> {
    this.#metrics.stop();
    this.#exclusive.handOver();
    this.#unsubscribe.splice(0).forEach(unsubscribe => unsubscribe());
    await Promise.all([
      this.#feed.stop(),
      this.#delivery.stop(),
      this.#runs.standDown(),
    ]);
  }

  /** Ends everything else. Uses no database: that may be closed already. */
  async stop(): Promise<void> {
    this.#publisher.stop();
    await this.#engine.stop();
  }
}
