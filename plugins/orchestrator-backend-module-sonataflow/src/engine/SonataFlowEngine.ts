import { LoggerService } from '@backstage/backend-plugin-api';
import {
  CloudEvent,
  EngineCallOptions,
  EngineCapabilities,
  EngineChanges,
  EngineDefinition,
  EngineHealth,
  EngineInstance,
  EngineSummaries,
  EngineWindowPage,
  EngineWorkflow,
  EventTarget,
  InputProblem,
  RetryFailure,
  RunOutcome,
  RunRequest,
  SendEventOptions,
  TimeWindow,
  WorkflowEngine,
  WorkflowVersionRef,
} from '@open-orchestrator/backstage-plugin-orchestrator-node';
import { Clock, systemClock } from '../http/Clock';
import { RunChoice } from '../workflows/Workflows';
import { assemble, EngineOptions, EngineParts } from './assemble';

/** SonataFlow services and their Data Index behind the engine port. */
export class SonataFlowEngine implements WorkflowEngine {
  readonly id = 'sonataflow';
  readonly mode = 'production';
  readonly capabilities: EngineCapabilities = {
    retry: true,
    skip: true,
    retriggerNode: true,
    updateData: true,
    rescheduleTimer: true,
    counts: true,
    deployment: false,
  };

  readonly #parts: EngineParts;
  readonly #logger: LoggerService;

  private constructor(parts: EngineParts, logger: LoggerService) {
    this.#parts = parts;
    this.#logger = logger;
  }

  /** `clock` and `patienceMs` replace the usual ones, for tests. */
  static create(
    options: Omit<EngineOptions, 'clock'> & { clock?: Clock },
  ): SonataFlowEngine {
    const { clock = systemClock, logger } = options;
    return new SonataFlowEngine(assemble({ ...options, clock }), logger);
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

  refuseWaiting(): void {
    this.#parts.refuseWaiting();
  }

  async stop(): Promise<void> {
    await this.#parts.close();
  }

  async listWorkflows(options?: EngineCallOptions): Promise<EngineWorkflow[]> {
    return this.#parts.workflows.list(options?.signal);
  }

  async getDefinition(
    ref: WorkflowVersionRef,
    options?: EngineCallOptions,
  ): Promise<EngineDefinition | undefined> {
    return this.#parts.workflows.definition(ref, options?.signal);
  }

  async getInputSchema(
    ref: WorkflowVersionRef,
    options?: EngineCallOptions,
  ): Promise<Record<string, unknown> | undefined> {
    return this.#parts.workflows.inputSchema(ref, options?.signal);
  }

  async validateInput(
    ref: WorkflowVersionRef,
    input: Record<string, unknown>,
    options?: EngineCallOptions,
  ): Promise<InputProblem[]> {
    return this.#parts.workflows.inputProblems(ref, input, options?.signal);
  }

  async run(request: RunRequest): Promise<RunOutcome> {
    const chosen = await this.#chooseForRun(request);
    if ('outcome' in chosen) {
      return chosen;
    }
    const outcome = await chosen.service.start(request);
    if ('engineInstanceId' in outcome) {
      this.#parts.places.remember({
        engineInstanceId: outcome.engineInstanceId,
        workflowId: request.workflowId,
        serviceAddress: chosen.definition.serviceAddress,
      });
    }
    return outcome;
  }

  async getInstance(
    id: string,
    options?: EngineCallOptions,
  ): Promise<EngineInstance | undefined> {
    return this.#parts.reader.read(id, options?.signal);
  }

  async abort(id: string, options?: EngineCallOptions): Promise<void> {
    await this.#parts.actions.abort(id, options?.signal);
  }

  async retry(
    id: string,
    options?: EngineCallOptions,
  ): Promise<RetryFailure | undefined> {
    return this.#parts.actions.retry(id, options?.signal);
  }

  async skip(
    id: string,
    options?: EngineCallOptions,
  ): Promise<RetryFailure | undefined> {
    return this.#parts.actions.skip(id, options?.signal);
  }

  async retriggerNode(
    id: string,
    nodeId: string,
    options?: EngineCallOptions,
  ): Promise<RetryFailure | undefined> {
    return this.#parts.actions.retriggerNode(id, nodeId, options?.signal);
  }

  async rescheduleTimer(
    id: string,
    timerId: string,
    at: string,
    options?: EngineCallOptions,
  ): Promise<void> {
    await this.#parts.timers.reschedule(id, timerId, at, options?.signal);
  }

  async updateData(
    id: string,
    patch: Record<string, unknown>,
    options?: EngineCallOptions,
  ): Promise<void> {
    await this.#parts.actions.updateData(id, patch, options?.signal);
  }

  get hasEventBroker(): boolean {
    return this.#parts.events.hasBroker;
  }

  async sendEvent(
    event: CloudEvent,
    target: EventTarget,
    options?: SendEventOptions,
  ): Promise<void> {
    const { actions, events } = this.#parts;
    if (target.kind === 'instance') {
      await actions.sendEvent(target.engineInstanceId, event, options?.signal);
    } else {
      await events.send(event, target, options);
    }
  }

  async changes(
    cursor: string | undefined,
    limit: number,
    options?: EngineCallOptions,
  ): Promise<EngineChanges> {
    return this.#parts.feed.changes(cursor, limit, options?.signal);
  }

  async lateChanges(
    cursor: string | undefined,
    limit: number,
    options?: EngineCallOptions,
  ): Promise<EngineChanges> {
    return this.#parts.feed.lateChanges(cursor, limit, options?.signal);
  }

  async summaries(
    ids: string[],
    options?: EngineCallOptions,
  ): Promise<EngineSummaries> {
    return this.#parts.feed.summaries(ids, options?.signal);
  }

  async window(
    window: TimeWindow,
    page: { offset: number; limit: number },
    options?: EngineCallOptions,
  ): Promise<EngineWindowPage> {
    return this.#parts.feed.window(window, page, options?.signal);
  }

  async count(
    window: TimeWindow,
    options?: EngineCallOptions,
  ): Promise<number | undefined> {
    return this.#parts.feed.count(window, options?.signal);
  }

  async health(options?: EngineCallOptions): Promise<EngineHealth> {
    try {
      const { latencyMs, version } = await this.#parts.dataIndex.ping(
        options?.signal,
      );
      return { reachable: true, latencyMs, version };
    } catch (error) {
      return { reachable: false, message: messageOf(error) };
    }
  }

  /** Whatever goes wrong before the service is called: nothing started. */
  async #chooseForRun(request: RunRequest): Promise<RunChoice> {
    try {
      return await this.#parts.workflows.chooseForRun(request, request.signal);
    } catch (error) {
      request.signal?.throwIfAborted();
      const message = messageOf(error);
      return { outcome: 'refused', reason: 'unreachable', message };
    }
  }
}

function messageOf(error: unknown): string {
  return error instanceof Error ? error.message : 'The Data Index failed';
}
