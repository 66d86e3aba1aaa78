import {
  AuditorService,
  AuthService,
  HttpAuthService,
  LoggerService,
  PermissionsRegistryService,
  PermissionsService,
} from '@backstage/backend-plugin-api';
import { MetricsService } from '@backstage/backend-plugin-api/alpha';
import { CatalogService } from '@backstage/plugin-catalog-node';
import { EventsService } from '@backstage/plugin-events-node';
import { SignalsService } from '@backstage/plugin-signals-node';
import { WorkflowEngine } from '@open-orchestrator/backstage-plugin-orchestrator-node';
import { Router } from 'express';
import { Knex } from 'knex';
import { randomUUID } from 'node:crypto';
import { hostname } from 'node:os';
import {
  AbortService,
  BulkService,
  Continuation,
  InstanceEventService,
  PendingAborts,
  RetryService,
  SteeringService,
} from './actions';
import { AdministrationService } from './administration';
import {
  Authorizer,
  DecisionMemory,
  registerPermissions,
} from './authorization';
import { OrchestratorSettings } from './config';
import { ExclusiveStart } from './engine';
import {
  DeliveryQueue,
  EventDelivery,
  EventInbox,
  EventRouting,
  EventService,
  UndeliveredEvents,
} from './events';
import {
  Feed,
  FeedState,
  FreshnessReader,
  Lease,
  readingSteps,
  Retention,
  RivalReporter,
  WorkflowReader,
} from './feed';
import { InstanceAccess, InstanceService } from './instances';
import { ChangePublisher, Viewers } from './live';
import { OrchestratorMetrics, RunCounter } from './metrics';
import { EntityOwners } from './ownership';
import { createRouter } from './router';
import { Dispatcher, RunLimiter, RunService, RunSweeper } from './runs';
import {
  InstanceStore,
  InstanceWriter,
  RunWriter,
  WorkflowStatisticsReader,
  WorkflowStore,
} from './store';
import { WebhookService } from './webhooks';
import { WorkflowAccess, WorkflowService } from './workflows';

export interface OrchestratorOptions {
  engine: WorkflowEngine;
  settings: OrchestratorSettings;
  knex: Knex;
  logger: LoggerService;
  auth: AuthService;
  httpAuth: HttpAuthService;
  permissions: PermissionsService;
  permissionsRegistry: PermissionsRegistryService;
  auditor: AuditorService;
  metrics: MetricsService;
  catalog: CatalogService;
  signals: SignalsService;
  events: EventsService;
}

const LEASE_EXPIRY_MS = 6_000;

/** How often an engine is read that announces nothing. */
const POLL_MS = 1_000;

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
  readonly #unsubscribe: (() => void)[] = [];

  static create(options: OrchestratorOptions): Orchestrator {
    return new Orchestrator(options);
  }

  private constructor(options: OrchestratorOptions) {
    const { engine, knex, logger, settings, auditor } = options;
    const scope = { knex, engine: engine.id };
    const store = InstanceStore.create(scope);
    const writer = InstanceWriter.create({
      ...scope,
      retentionMs: settings.retentionMs,
    });
    const runWriter = RunWriter.create(scope);
    const workflowStore = WorkflowStore.create(scope);
    const state = FeedState.create(scope);
    const freshness = FreshnessReader.create(state);
    const viewers = Viewers.create();
    const publisher = ChangePublisher.create({ ...options, viewers });
    const owners = EntityOwners.create(options);
    const authorizer = Authorizer.create({
      ...options,
      memory: DecisionMemory.create({
        rememberMs: settings.rememberDecisionsMs,
      }),
    });
    const wake = () => this.#feed.wake();

    registerPermissions(options.permissionsRegistry, {
      workflows: ids => workflowStore.resources(ids),
      instances: ids => store.resourcesOf(ids),
    });
    const access = InstanceAccess.create({ authorizer, store, viewers });
    const workflowAccess = WorkflowAccess.create({
      authorizer,
      store: workflowStore,
    });
    const instances = InstanceService.create({
      engine,
      authorizer,
      access,
      store,
      writer,
      workflows: workflowStore,
      freshness,
    });
    const workflows = WorkflowService.create({
      engine,
      authorizer,
      access: workflowAccess,
      inputOf: (...args) => instances.inputOf(...args),
      store: workflowStore,
      statistics: WorkflowStatisticsReader.create(scope),
      freshness,
    });
    const acting = { engine, access, store, writer, publisher };
    const aborts = AbortService.create(acting);
    const continuation = Continuation.create({ ...acting, wake });
    const retries = RetryService.create({ engine, access, continuation });
    const limiter = RunLimiter.create(settings.runs);
    const runs = RunService.create({
      engine,
      access: workflowAccess,
      store,
      writer: runWriter,
      dispatcher: Dispatcher.create({
        engine,
        writer,
        runs: runWriter,
        publisher,
        logger,
        counter: RunCounter.create(options.metrics),
      }),
      limiter,
      quota: settings.unfinishedPerPrincipal,
      waitMs: settings.runWaitMs,
      refreshOwners: entityRef => owners.refresh(entityRef),
    });

    const holder = `${hostname()}/${process.pid}/${randomUUID()}`;
    const leaseOf = (purpose: string) =>
      Lease.create({
        knex,
        name: `${purpose}:${engine.id}`,
        holder,
        expiryMs: LEASE_EXPIRY_MS,
      });
    const lease = leaseOf('feed');
    const inbox = EventInbox.create(scope);
    const undelivered = UndeliveredEvents.create(scope);
    this.#delivery = EventDelivery.create({
      engine,
      queue: DeliveryQueue.create(scope),
      lease: leaseOf('events'),
      logger,
      auditor,
      settings: settings.events,
    });
    const eventService = EventService.create({
      authorizer,
      routing: EventRouting.create({ engine, workflows: workflowStore }),
      inbox,
      undelivered,
      limiter,
      limits: settings.events,
      wake: () => this.#delivery.wake(),
    });
    const rivals = RivalReporter.create({ auditor });
    this.#workflowReader = WorkflowReader.create({
      engine,
      store: workflowStore,
      publisher,
    });
    this.#feed = Feed.create({
      lease,
      state,
      logger,
      pollMs: POLL_MS,
      ...readingSteps({ knex, engine, writer, state, publisher, rivals }),
      upkeep: [
        RunSweeper.create({
          ...scope,
          publisher,
          confirmWithinMs: settings.runConfirmWithinMs,
        }),
        this.#workflowReader,
        PendingAborts.create({ ...scope, aborts, auditor, logger }),
        owners,
        Retention.create({ writer }),
      ],
    });
    this.#metrics = OrchestratorMetrics.create({
      metrics: options.metrics,
      knex,
      engine,
      state,
      undelivered,
    });
    this.#engine = engine;
    this.#publisher = publisher;
    this.#exclusive = ExclusiveStart.create({
      engine,
      lease,
      writer,
      workflows: workflowStore,
      inbox,
      state,
      expiryMs: LEASE_EXPIRY_MS,
    });
    this.router = createRouter({
      httpAuth: options.httpAuth,
      auditor,
      logger,
      bodyLimits: settings.body,
      workflows,
      instances,
      runs,
      aborts,
      retries,
      bulk: BulkService.create({ authorizer, store, aborts, retries }),
      steering: SteeringService.create({ engine, access, continuation }),
      events: InstanceEventService.create({ engine, access }),
      inbox: eventService,
      webhooks: WebhookService.create({
        webhooks: settings.webhooks,
        events: eventService,
        limiter: RunLimiter.create({ ...settings.runs, deed: 'send events' }),
        limits: settings.body,
      }),
      administration: AdministrationService.create({
        knex,
        engine,
        authorizer,
        state,
        freshness,
        workflows: workflowStore,
        undelivered,
        lease,
        logger,
      }),
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

  /** Ends reading and delivering, so that another process may take over at once. */
  async standDown(): Promise<void> {
    this.#metrics.stop();
    this.#exclusive.handOver();
    this.#unsubscribe.splice(0).forEach(unsubscribe => unsubscribe());
    await Promise.all([this.#feed.stop(), this.#delivery.stop()]);
  }

  /** Ends everything else. Uses no database: that may be closed already. */
  async stop(): Promise<void> {
    this.#publisher.stop();
    await this.#engine.stop();
  }
}
