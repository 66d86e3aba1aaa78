import { LoggerService } from '@backstage/backend-plugin-api';
import {
  CloudEvent,
  EngineCallOptions,
  EngineCapabilities,
  EngineChanges,
  EngineDefinition,
  EngineHealth,
  EngineInstance,
  EngineRefusedError,
  EngineSummaries,
  EngineUnreachableError,
  EngineWindowPage,
  EngineWorkflow,
  EventTarget,
  InputProblem,
  InstanceNotFoundError,
  RunOutcome,
  RunRequest,
  TimeWindow,
  WorkflowEngine,
  WorkflowVersionRef,
} from '@open-orchestrator/backstage-plugin-orchestrator-node';
import { SonataFlowConfig } from '../config/SonataFlowConfig';
import { DataIndexClient } from '../dataIndex/DataIndexClient';
import { INSTANCE_DETAIL } from '../dataIndex/documents';
import { textOf } from '../dataIndex/json';
import { InstanceFeed } from '../feed/InstanceFeed';
import { Clock, systemClock } from '../http/Clock';
import { HttpTransport } from '../http/HttpTransport';
import { readJobs, SummaryMapper } from '../mapping/SummaryMapper';
import { toInstance } from '../mapping/toInstance';
import { ServiceClient } from '../service/ServiceClient';
import { ServiceClients } from '../service/ServiceClients';
import { WorkflowCatalog } from '../workflows/WorkflowCatalog';
import { RunChoice, Workflows } from '../workflows/Workflows';
import { EventSink, exactHostGuard } from './EventSink';
import { InstancePlace, InstancePlaces } from './InstancePlaces';

/** SonataFlow services and their Data Index behind the engine port. */
export class SonataFlowEngine implements WorkflowEngine {
  readonly id = 'sonataflow';
  readonly mode = 'production';
  readonly capabilities: EngineCapabilities = {
    retry: true,
    skip: false,
    retriggerNode: false,
    updateData: false,
    rescheduleTimer: false,
    counts: false,
    deployment: false,
  };

  readonly #dataIndex: DataIndexClient;
  readonly #transport: HttpTransport;
  readonly #services: ServiceClients;
  readonly #sink?: EventSink;
  readonly #catalog: WorkflowCatalog;
  readonly #workflows: Workflows;
  readonly #feed: InstanceFeed;
  readonly #places: InstancePlaces;
  readonly #logger: LoggerService;

  private constructor(
    config: SonataFlowConfig,
    clock: Clock,
    logger: LoggerService,
  ) {
    const { url, tls, timeoutMs } = config.dataIndex;
    this.#logger = logger;
    this.#transport = HttpTransport.create({
      guard: exactHostGuard(url),
      tls,
      timeoutMs,
    });
    this.#dataIndex = DataIndexClient.create({
      config: config.dataIndex,
      transport: this.#transport,
      clock,
      logger,
    });
    this.#services = ServiceClients.create({
      rules: config.services,
      clock,
      logger,
    });
    this.#sink = config.sink && EventSink.create(config.sink, logger);
    this.#catalog = WorkflowCatalog.create(this.#dataIndex, clock);
    this.#workflows = Workflows.create(this.#catalog, this.#services, clock);
    this.#feed = InstanceFeed.create({
      dataIndex: this.#dataIndex,
      mapper: SummaryMapper.create(this.#dataIndex, this.#catalog),
      clock,
    });
    this.#places = InstancePlaces.create(this.#dataIndex);
  }

  /** `clock` replaces the machine's time, for tests. */
  static create(options: {
    config: SonataFlowConfig;
    logger: LoggerService;
    clock?: Clock;
  }): SonataFlowEngine {
    const { config, logger, clock = systemClock } = options;
    return new SonataFlowEngine(config, clock, logger);
  }

  /** Does not wait for the Data Index: the portal starts, and recovers, without it. */
  async start(): Promise<void> {
    const health = await this.health();
    if (health.reachable) {
      this.#logger.info(
        `The Data Index answers (release line ${health.version ?? 'unknown'})`,
      );
    } else {
      this.#logger.warn(`${health.message}; trying again when it is needed`);
    }
  }

  async stop(): Promise<void> {
    await Promise.all([
      this.#transport.close(),
      this.#services.close(),
      this.#sink?.close(),
    ]);
  }

  async listWorkflows(options?: EngineCallOptions): Promise<EngineWorkflow[]> {
    return this.#workflows.list(options?.signal);
  }

  async getDefinition(
    ref: WorkflowVersionRef,
    options?: EngineCallOptions,
  ): Promise<EngineDefinition | undefined> {
    return this.#workflows.definition(ref, options?.signal);
  }

  async getInputSchema(
    ref: WorkflowVersionRef,
    options?: EngineCallOptions,
  ): Promise<Record<string, unknown> | undefined> {
    return this.#workflows.inputSchema(ref, options?.signal);
  }

  async validateInput(
    ref: WorkflowVersionRef,
    input: Record<string, unknown>,
    options?: EngineCallOptions,
  ): Promise<InputProblem[]> {
    return this.#workflows.inputProblems(ref, input, options?.signal);
  }

  async run(request: RunRequest): Promise<RunOutcome> {
    const chosen = await this.#chooseForRun(request);
    if ('outcome' in chosen) {
      return chosen;
    }
    const outcome = await chosen.service.start(request);
    if ('engineInstanceId' in outcome) {
      this.#places.remember({
        engineInstanceId: outcome.engineInstanceId,
        workflowId: request.workflowId,
        serviceAddress: chosen.definition.serviceAddress,
      });
    }
    return outcome;
  }

  async getInstance(
    engineInstanceId: string,
    options?: EngineCallOptions,
  ): Promise<EngineInstance | undefined> {
    const signal = options?.signal;
    const [row] = await this.#dataIndex.rows(
      INSTANCE_DETAIL,
      { where: { id: { equal: engineInstanceId } } },
      signal,
    );
    if (!row) {
      return undefined;
    }
    const jobs =
      row.state === 'ACTIVE'
        ? await readJobs(this.#dataIndex, [engineInstanceId], signal)
        : undefined;
    const definition = await this.#catalog.find(
      textOf(row.processId) ?? '',
      textOf(row.version),
    );
    const detail = definition && (await this.#catalog.detail(definition));
    return toInstance(row, jobs?.get(engineInstanceId) ?? [], detail);
  }

  async abort(
    engineInstanceId: string,
    options?: EngineCallOptions,
  ): Promise<void> {
    const place = await this.#placeOf(engineInstanceId, options?.signal);
    await this.#serviceOf(place).abort(place, options?.signal);
  }

  async retry(
    engineInstanceId: string,
    options?: EngineCallOptions,
  ): Promise<void> {
    const place = await this.#placeOf(engineInstanceId, options?.signal);
    await this.#serviceOf(place).retrigger(place, options?.signal);
  }

  /**
   * An instance is reached through its own service, which knows it by the extension
   * `kogitoprocrefid`; a workflow through the configured broker, or else its newest service.
   */
  async sendEvent(
    event: CloudEvent,
    target: EventTarget,
    options?: EngineCallOptions,
  ): Promise<void> {
    const signal = options?.signal;
    if (target.kind === 'instance') {
      const place = await this.#placeOf(target.engineInstanceId, signal);
      const addressed = {
        ...event,
        kogitoprocrefid: target.engineInstanceId,
      };
      await this.#serviceOf(place).sendEvent(addressed, signal);
    } else if (this.#sink) {
      await this.#sink.send(event, signal);
    } else {
      const service = await this.#workflows.serviceFor(target.workflowId);
      await service.sendEvent(event, signal);
    }
  }

  async eventTargets(
    type: string,
    options?: EngineCallOptions,
  ): Promise<string[]> {
    return this.#workflows.consumersOf(type, options?.signal);
  }

  async changes(
    cursor: string | undefined,
    limit: number,
    options?: EngineCallOptions,
  ): Promise<EngineChanges> {
    return this.#feed.changes(cursor, limit, options?.signal);
  }

  async summaries(
    engineInstanceIds: string[],
    options?: EngineCallOptions,
  ): Promise<EngineSummaries> {
    return this.#feed.summaries(engineInstanceIds, options?.signal);
  }

  async window(
    window: TimeWindow,
    page: { offset: number; limit: number },
    options?: EngineCallOptions,
  ): Promise<EngineWindowPage> {
    return this.#feed.window(window, page, options?.signal);
  }

  async health(options?: EngineCallOptions): Promise<EngineHealth> {
    try {
      const { latencyMs, version } = await this.#dataIndex.ping(
        options?.signal,
      );
      return { reachable: true, latencyMs, version };
    } catch (error) {
      return {
        reachable: false,
        message:
          error instanceof Error ? error.message : 'The Data Index failed',
      };
    }
  }

  /** Whatever goes wrong before the service is called: nothing started. */
  async #chooseForRun(request: RunRequest): Promise<RunChoice> {
    try {
      return await this.#workflows.chooseForRun(request, request.signal);
    } catch (error) {
      request.signal?.throwIfAborted();
      return {
        outcome: 'refused',
        reason: 'unreachable',
        message:
          error instanceof Error ? error.message : 'The Data Index failed',
      };
    }
  }

  async #placeOf(
    engineInstanceId: string,
    signal?: AbortSignal,
  ): Promise<InstancePlace> {
    const place = await this.#places.find(engineInstanceId, signal);
    if (!place) {
      throw new InstanceNotFoundError('The Data Index knows no such instance');
    }
    return place;
  }

  #serviceOf({ serviceAddress }: InstancePlace): ServiceClient {
    if (!serviceAddress) {
      throw new EngineUnreachableError(
        'The Data Index names no service for the instance',
      );
    }
    const service = this.#services.find(serviceAddress);
    if (!service) {
      throw new EngineRefusedError(
        `The service of the instance, ${serviceAddress}, matches no entry of orchestrator.sonataflow.services`,
      );
    }
    return service;
  }
}
