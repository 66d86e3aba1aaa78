import { LoggerService } from '@backstage/backend-plugin-api';
import { stringifyError, toError } from '@backstage/errors';
import {
  EngineNotCalledError,
  provesNoEffect,
  RunOutcome,
  WorkflowEngine,
} from '@open-orchestrator/backstage-plugin-orchestrator-node';
import { ChangePublisher } from '../live';
import { RunCounter, RunResult } from '../metrics';
import {
  InstanceRecord,
  InstanceWriter,
  NOT_STARTED,
  RunWriter,
  shortened,
} from '../store';
import { WaitingRuns } from './WaitingRuns';

/** What the caller of a run is told of it. */
export type Dispatch =
  | { result: 'bound'; record: InstanceRecord }
  /** It can't be told (yet) what became of the run. */
  | { result: 'unconfirmed' }
  /** Nothing started. */
  | {
      result: 'refused';
      refusal: Extract<RunOutcome, { outcome: 'refused' }>;
    };

/** When lists are told of a run that the engine has not answered yet. */
const TELL_AFTER_MS = 200;

interface DispatcherOptions {
  engine: WorkflowEngine;
  writer: InstanceWriter;
  runs: RunWriter;
  waiting: WaitingRuns;
  publisher: ChangePublisher;
  logger: LoggerService;
  counter: RunCounter;
}

/**
 * Hands a stored run to the engine, once, and writes down what became of it. Only an engine that
 * says so, or that could not be called at all, proves that nothing started.
 */
export class Dispatcher {
  readonly #options: DispatcherOptions;
  /** What is being written down. */
  readonly #writing = new Set<Promise<unknown>>();

  static create(options: DispatcherOptions): Dispatcher {
    return new Dispatcher(options);
  }

  private constructor(options: DispatcherOptions) {
    this.#options = options;
  }

  /** Resolves when what the engine has answered so far is written down. */
  async written(): Promise<void> {
    await new Promise(setImmediate);
    await Promise.allSettled(this.#writing);
  }

  async dispatch(
    run: InstanceRecord,
    input: Record<string, unknown>,
  ): Promise<Dispatch> {
    const { publisher, counter } = this.#options;
    const tell = () => publisher.instancesChanged([run.id]);
    // Most engines answer before anybody could look: one signal then says it all.
    const telling = setTimeout(tell, TELL_AFTER_MS).unref();
    const dispatch = await this.#run(run, input);
    clearTimeout(telling);
    counter.count(run.workflowId, resultOf(dispatch));
    tell();
    return dispatch;
  }

  async #run(
    run: InstanceRecord,
    input: Record<string, unknown>,
  ): Promise<Dispatch> {
    const { engine, logger, waiting } = this.#options;
    try {
      const outcome = await engine.run({
        workflowId: run.workflowId,
        version: run.workflowVersion,
        input,
        businessKey: run.id,
        turn: waiting.turnOf(run),
      });
      return await this.#noted(this.#settle(run, outcome));
    } catch (error) {
      const reason = refusalOf(error);
      if (reason !== undefined) {
        const { message } = toError(error);
        return this.#noted(
          this.#settle(run, { outcome: 'refused', reason, message }),
        );
      }
      logger.warn(
        `It is unknown whether run ${run.id} of ${
          run.workflowId
        } started: ${stringifyError(error)}`,
      );
      return { result: 'unconfirmed' };
    } finally {
      waiting.forget(run.id);
    }
  }

  async #noted<T>(writing: Promise<T>): Promise<T> {
    this.#writing.add(writing);
    try {
      return await writing;
    } finally {
      this.#writing.delete(writing);
    }
  }

  async #settle(run: InstanceRecord, outcome: RunOutcome): Promise<Dispatch> {
    const { runs, logger } = this.#options;
    switch (outcome.outcome) {
      case 'refused':
        await this.#notStarted(
          run,
          // What an adapter says of a failed connection names hosts: not for everyone to read.
          outcome.reason === 'unreachable'
            ? 'The workflow engine could not be reached.'
            : outcome.message,
        );
        return { result: 'refused', refusal: outcome };
      case 'unknown':
        logger.warn(
          `It is unknown whether run ${run.id} of ${run.workflowId} started: ${outcome.message}`,
        );
        return { result: 'unconfirmed' };
      default: {
        const { engineInstanceId } = outcome;
        const record = await runs.confirm(
          run.id,
          outcome.outcome === 'failed'
            ? {
                engineInstanceId,
                state: 'ERROR',
                errorMessage: shortened(outcome.message, 500),
              }
            : { engineInstanceId, state: outcome.state ?? 'ACTIVE' },
        );
        return { result: 'bound', record: record ?? run };
      }
    }
  }

  /** Ends the row; its idempotency key may be used again, since nothing runs under it. */
  async #notStarted(run: InstanceRecord, message: string) {
    await this.#options.writer.update(
      run.id,
      {
        state: 'ABORTED',
        endReason: NOT_STARTED,
        errorMessage: shortened(message, 500),
        endedAt: Date.now(),
        idempotencyKey: undefined,
        abortPending: false,
      },
      query => query.whereNull('engine_instance_id'),
    );
  }
}

/** As it is counted. */
function resultOf(dispatch: Dispatch): RunResult {
  if (dispatch.result !== 'bound') {
    return dispatch.result;
  }
  return dispatch.record.state === 'ERROR' ? 'failed' : 'started';
}

/** Why nothing started, when an error proves that. */
function refusalOf(error: unknown): 'unreachable' | 'engine' | undefined {
  if (!provesNoEffect(error)) {
    return undefined;
  }
  return error instanceof EngineNotCalledError ? 'unreachable' : 'engine';
}
