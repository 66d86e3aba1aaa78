import { LoggerService } from '@backstage/backend-plugin-api';
import type { EngineEvents, EngineMethods } from '../channel';
import { RequestOptions } from '../channel';
import type { ParamsOf, ResultOf } from '../channel/RequestChannel';
import type { EmbeddedConfig } from '../config';
import { SpawnEngine } from './EngineChild';
import { EngineListener, EngineProcess } from './EngineProcess';
import { RetainedFiles } from './RetainedFiles';
import { deferred, within } from '../waiting';

/** The engine process is not there: it is being restarted, could not start or was stopped. */
export class EngineNotRunningError extends Error {
  name = 'EngineNotRunningError';
}

export interface EngineSupervisorOptions {
  config: EmbeddedConfig;
  spawn: SpawnEngine;
  logger: LoggerService;
  onEvent: EngineListener;
  /** Called when a process has ended, before its pending requests are rejected. */
  onLost: (reason: string) => void;
}

/** How long one process may take to load the workflow folder. */
const START_TIMEOUT_MS = 60_000;
const FIRST_RESTART_MS = 100;
const LONGEST_RESTART_MS = 30_000;
/** A process that ran this long starts a new row of restarts. */
const STABLE_MS = 60_000;
/** How long a request waits for a process that is being restarted. */
const RESTART_WAIT_MS = 5_000;

/**
 * Keeps one engine process running: restarts it with growing pauses when it has ended, and hands a
 * new one the last good files and the names of those that ended an earlier one.
 */
export class EngineSupervisor {
  readonly #options: EngineSupervisorOptions;
  readonly #files = RetainedFiles.create();
  readonly #stopping = new AbortController();
  /** Resolves with the process that is ready; replaced when that one ends. */
  #ready = deferred<EngineProcess>();
  #isReady = false;
  #process: EngineProcess | undefined;
  #finished: Promise<void> | undefined;
  #lastEnd: string | undefined;
  /** The last process ended over a file that the next one leaves out: no reason to wait. */
  #causeIsKnown = false;

  private constructor(options: EngineSupervisorOptions) {
    this.#options = options;
  }

  static create(options: EngineSupervisorOptions): EngineSupervisor {
    return new EngineSupervisor(options);
  }

  /** Resolves when the engine is ready; rejects when it is not within a minute. */
  async start(): Promise<void> {
    this.#finished = this.#keepRunning();
    const process = await this.#running(START_TIMEOUT_MS);
    if (!process) {
      await this.stop();
      throw new EngineNotRunningError(
        `The engine process did not start within ${
          START_TIMEOUT_MS / 1000
        } s${this.#because()}.`,
      );
    }
  }

  /** Ends the process; afterwards nothing is reported. */
  async stop(): Promise<void> {
    this.#stopping.abort();
    this.#process?.kill('it was stopped');
    await this.#finished;
  }

  /**
   * Asks the present process, or waits a moment for one that is being restarted.
   * Rejects with {@link EngineNotRunningError} when there is none, with `EngineLostError` when it
   * ends before it answers.
   */
  async request<K extends keyof EngineMethods>(
    method: K,
    params: ParamsOf<EngineMethods, K>,
    options?: RequestOptions,
  ): Promise<ResultOf<EngineMethods, K>> {
    const process = await this.#running(RESTART_WAIT_MS, options?.signal);
    if (!process) {
      throw new EngineNotRunningError(
        `The engine process is not running${this.#because()}.`,
      );
    }
    return process.channel.request(method, params, options);
  }

  async #keepRunning(): Promise<void> {
    for (let attempt = 0; !this.#stopping.signal.aborted; attempt++) {
      const launchedAt = performance.now();
      const process = this.#launch();
      this.#process = process;
      await this.#load(process);
      await process.ended;
      if (performance.now() - launchedAt > STABLE_MS) {
        attempt = 0;
      }
      await this.#pause(attempt);
    }
  }

  async #pause(attempt: number): Promise<void> {
    if (this.#causeIsKnown) {
      return;
    }
    const pauseMs = Math.min(
      FIRST_RESTART_MS * 2 ** attempt,
      LONGEST_RESTART_MS,
    );
    await within(new Promise(() => {}), pauseMs, this.#stopping.signal);
  }

  #launch(): EngineProcess {
    return EngineProcess.watch({
      child: this.#options.spawn(),
      onEvent: (name, payload) => this.#onEvent(name, payload),
      onEnd: reason => this.#onEnd(reason),
    });
  }

  async #load(process: EngineProcess): Promise<void> {
    try {
      await process.channel.request(
        'start',
        { config: this.#options.config, ...this.#files.forStart() },
        { timeoutMs: START_TIMEOUT_MS },
      );
      this.#isReady = true;
      this.#ready.resolve(process);
    } catch (error) {
      process.kill(error instanceof Error ? error.message : String(error));
    }
  }

  /** The present process once it is ready; undefined when none is in time. */
  async #running(
    timeoutMs: number,
    signal?: AbortSignal,
  ): Promise<EngineProcess | undefined> {
    const process = await within(
      this.#ready.promise,
      timeoutMs,
      this.#stopping.signal,
      signal,
    );
    signal?.throwIfAborted();
    return this.#stopping.signal.aborted ? undefined : process;
  }

  #onEvent: EngineListener = (name, payload) => {
    const event = { name, payload } as EngineEvent;
    switch (event.name) {
      case 'loading':
        this.#files.loading(event.payload);
        break;
      case 'loaded':
        this.#files.loaded();
        break;
      case 'retain':
        this.#files.retain(event.payload);
        break;
      case 'release':
        this.#files.release(event.payload.path);
        break;
      case 'heartbeat':
        break;
      default:
        if (!this.#stopping.signal.aborted) {
          this.#options.onEvent(name, payload);
        }
    }
  };

  #onEnd(reason: string): void {
    this.#process = undefined;
    if (this.#isReady) {
      this.#isReady = false;
      this.#ready = deferred();
    }
    this.#lastEnd = reason;
    const file = this.#files.processEnded();
    this.#causeIsKnown = file !== undefined;
    if (this.#stopping.signal.aborted) {
      return;
    }
    const cause = file ? ` while it loaded ${file.path}` : '';
    this.#options.logger.error(
      `The workflow engine process ended${cause}: ${reason}. It is started again; unfinished instances are lost.`,
    );
    this.#options.onLost(reason);
  }

  #because(): string {
    return this.#lastEnd === undefined ? '' : `: ${this.#lastEnd}`;
  }
}

type EngineEvent = {
  [K in keyof EngineEvents]: { name: K; payload: EngineEvents[K] };
}[keyof EngineEvents];
