import { LoggerService } from '@backstage/backend-plugin-api';
import type {
  CloudEvent,
  EngineCallOptions,
  EngineCapabilities,
  EngineChanges,
  EngineDefinition,
  EngineDeployment,
  EngineHealth,
  EngineInstance,
  EngineSummaries,
  EngineWindowPage,
  EngineWorkflow,
  EventTarget,
  InputProblem,
  RunOutcome,
  RunRequest,
  SendEventOptions,
  TimeWindow,
  WorkflowEngine,
  WorkflowVersionRef,
} from '@open-orchestrator/backstage-plugin-orchestrator-node';
import { randomUUID } from 'node:crypto';
import type { EngineEvents, EngineMethods } from '../channel';
import type { ParamsOf, ResultOf } from '../channel/RequestChannel';
import { EmbeddedConfig } from '../config';
import {
  EngineChild,
  EngineLostError,
  EngineNotRunningError,
  EngineSupervisor,
  forkEngine,
  ForkOptions,
} from '../supervisor';
import { version } from '../../package.json';
import { engineLost, InstanceIndex } from './InstanceIndex';
import { Listeners } from './Listeners';
import { toPortError } from './toPortError';

export interface EmbeddedEngineOptions {
  /** Read when the engine is started; it throws for wrong settings. */
  readConfig: () => EmbeddedConfig;
  logger: LoggerService;
  /** Starts the process that runs workflows; replaced in tests. */
  fork?: (options: ForkOptions) => EngineChild;
}

/** An entry of this package, so that it is a file of its own in development and in the build. */
const ENGINE_PROCESS =
  '@open-orchestrator/backstage-plugin-orchestrator-backend-module-embedded/engineProcess';
/** Reads and actions that take longer than this have gone wrong. */
const TIMEOUT_MS = 15_000;
/** Summaries of finished instances outlive their details by this factor. */
const SUMMARIES_PER_DETAIL = 4;

/**
 * The dev mode engine: workflows of a folder, run in a process of their own. Ephemeral: its
 * instances end with the portal.
 */
export class EmbeddedEngine implements WorkflowEngine {
  readonly id = 'embedded';
  readonly mode = 'dev';
  readonly capabilities: EngineCapabilities = {
    retry: true,
    skip: true,
    retriggerNode: true,
    updateData: true,
    rescheduleTimer: true,
    counts: false,
    deployment: true,
  };
  readonly #options: EmbeddedEngineOptions;
  readonly #changeListeners = new Listeners();
  readonly #workflowListeners = new Listeners();
  #index = InstanceIndex.create(0);
  #supervisor: EngineSupervisor | undefined;

  private constructor(options: EmbeddedEngineOptions) {
    this.#options = options;
  }

  static create(options: EmbeddedEngineOptions): EmbeddedEngine {
    return new EmbeddedEngine(options);
  }

  async start(): Promise<void> {
    const { fork = forkEngine, readConfig } = this.#options;
    const config = readConfig();
    this.#index = InstanceIndex.create(
      config.limits.finished * SUMMARIES_PER_DETAIL,
    );
    this.#supervisor = EngineSupervisor.create({
      config,
      logger: this.#options.logger,
      spawn: () =>
        fork({
          modulePath: require.resolve(ENGINE_PROCESS),
          memoryMb: config.limits.memoryMb,
        }),
      onEvent: (name, payload) => this.#onEvent({ name, payload } as Event),
      onLost: () => this.#onLost(),
    });
    await this.#supervisor.start();
  }

  async stop(): Promise<void> {
    this.#changeListeners.clear();
    this.#workflowListeners.clear();
    await this.#supervisor?.stop();
  }

  async listWorkflows(options?: EngineCallOptions): Promise<EngineWorkflow[]> {
    return this.#ask('listWorkflows', {}, options);
  }

  async getDefinition(
    ref: WorkflowVersionRef,
    options?: EngineCallOptions,
  ): Promise<EngineDefinition | undefined> {
    return this.#ask('getDefinition', ref, options);
  }

  async getInputSchema(
    ref: WorkflowVersionRef,
    options?: EngineCallOptions,
  ): Promise<Record<string, unknown> | undefined> {
    return this.#ask('getInputSchema', ref, options);
  }

  async validateInput(
    ref: WorkflowVersionRef,
    input: Record<string, unknown>,
    options?: EngineCallOptions,
  ): Promise<InputProblem[]> {
    return this.#ask('validateInput', { ref, input }, options);
  }

  async run(request: RunRequest): Promise<RunOutcome> {
    const { signal, ...params } = request;
    const requestedAt = new Date().toISOString();
    try {
      // A run may call slow services before it first waits, so there is no time limit.
      return await this.#running().request('run', params, { signal });
    } catch (error) {
      if (error instanceof EngineLostError) {
        return this.#lostRun(params, requestedAt);
      }
      throw toPortError(error);
    }
  }

  async getInstance(
    engineInstanceId: string,
    options?: EngineCallOptions,
  ): Promise<EngineInstance | undefined> {
    options?.signal?.throwIfAborted();
    const summary = this.#index.get(engineInstanceId);
    if (summary && !this.#index.areDetailsGone(engineInstanceId)) {
      const instance = await this.#ask(
        'getInstance',
        { id: engineInstanceId },
        options,
      );
      if (instance) {
        return instance;
      }
    }
    return (
      summary && {
        ...summary,
        data: undefined,
        nodes: [],
        waits: [],
        childIds: [],
        detailsGone: true,
      }
    );
  }

  async abort(
    engineInstanceId: string,
    options?: EngineCallOptions,
  ): Promise<void> {
    await this.#ask('abort', { id: engineInstanceId }, options);
  }

  async retry(
    engineInstanceId: string,
    options?: EngineCallOptions,
  ): Promise<void> {
    await this.#ask('retry', { id: engineInstanceId }, options);
  }

  async skip(
    engineInstanceId: string,
    options?: EngineCallOptions,
  ): Promise<void> {
    await this.#ask('skip', { id: engineInstanceId }, options);
  }

  async retriggerNode(
    engineInstanceId: string,
    nodeId: string,
    options?: EngineCallOptions,
  ): Promise<void> {
    await this.#ask('retriggerNode', { id: engineInstanceId, nodeId }, options);
  }

  async rescheduleTimer(
    engineInstanceId: string,
    timerId: string,
    at: string,
    options?: EngineCallOptions,
  ): Promise<void> {
    const params = { id: engineInstanceId, timerId, at };
    await this.#ask('rescheduleTimer', params, options);
  }

  async updateData(
    engineInstanceId: string,
    patch: Record<string, unknown>,
    options?: EngineCallOptions,
  ): Promise<void> {
    await this.#ask('updateData', { id: engineInstanceId, patch }, options);
  }

  async sendEvent(
    event: CloudEvent,
    target: EventTarget,
    { deliveryId, signal }: SendEventOptions = {},
  ): Promise<void> {
    const params = { event, target, deliveryId };
    await this.#ask('sendEvent', params, { signal });
  }

  async changes(
    cursor: string | undefined,
    limit: number,
    options?: EngineCallOptions,
  ): Promise<EngineChanges> {
    options?.signal?.throwIfAborted();
    return this.#index.changesSince(cursor, limit);
  }

  async summaries(
    engineInstanceIds: string[],
    options?: EngineCallOptions,
  ): Promise<EngineSummaries> {
    options?.signal?.throwIfAborted();
    return this.#index.summaries(engineInstanceIds);
  }

  async window(
    window: TimeWindow,
    page: { offset: number; limit: number },
    options?: EngineCallOptions,
  ): Promise<EngineWindowPage> {
    options?.signal?.throwIfAborted();
    return this.#index.window(window, page);
  }

  onChange(listener: () => void): () => void {
    return this.#changeListeners.add(listener);
  }

  onWorkflowsChanged(listener: () => void): () => void {
    return this.#workflowListeners.add(listener);
  }

  async deployment(): Promise<EngineDeployment> {
    return this.#ask('deployment', {});
  }

  async health(options?: EngineCallOptions): Promise<EngineHealth> {
    const askedAt = performance.now();
    try {
      await this.#ask('ping', {}, options);
      const latencyMs = Math.round(performance.now() - askedAt);
      return { reachable: true, latencyMs, version };
    } catch (error) {
      const message = error instanceof Error ? error.message : String(error);
      return { reachable: false, message };
    }
  }

  async #ask<K extends keyof EngineMethods>(
    method: K,
    params: ParamsOf<EngineMethods, K>,
    options: EngineCallOptions = {},
  ): Promise<ResultOf<EngineMethods, K>> {
    try {
      return await this.#running().request(method, params, {
        signal: options.signal,
        timeoutMs: TIMEOUT_MS,
      });
    } catch (error) {
      throw toPortError(error);
    }
  }

  #running(): EngineSupervisor {
    if (!this.#supervisor) {
      throw new EngineNotRunningError('The engine was not started.');
    }
    return this.#supervisor;
  }

  #onEvent(event: Event): void {
    switch (event.name) {
      case 'changed':
        if (this.#index.put(event.payload.summaries)) {
          this.#changeListeners.call();
        }
        break;
      case 'evicted':
        this.#index.markDetailsGone(event.payload.ids);
        break;
      case 'workflowsChanged':
        this.#workflowListeners.call();
        break;
      case 'log':
        this.#options.logger[event.payload.level](event.payload.message);
        break;
      default:
    }
  }

  #onLost(): void {
    if (this.#index.loseUnfinished(new Date().toISOString())) {
      this.#changeListeners.call();
    }
  }

  /**
   * The process ended while it ran the request. Nothing of it runs on, so the instance has ended;
   * one that had no time to be told of is told of now.
   */
  #lostRun(
    { workflowId, businessKey }: Omit<RunRequest, 'signal'>,
    startedAt: string,
  ): RunOutcome {
    let summary = this.#index.findByBusinessKey(businessKey);
    if (!summary) {
      summary = {
        engineInstanceId: randomUUID(),
        workflowId,
        businessKey,
        startedAt,
        ...engineLost(new Date().toISOString()),
      };
      this.#index.put([summary]);
      this.#index.markDetailsGone([summary.engineInstanceId]);
      this.#changeListeners.call();
    }
    const { engineInstanceId, state } = summary;
    return { outcome: 'started', engineInstanceId, state };
  }
}

type Event = {
  [K in keyof EngineEvents]: { name: K; payload: EngineEvents[K] };
}[keyof EngineEvents];
