import { LoggerService } from '@backstage/backend-plugin-api';
import { stringifyError } from '@backstage/errors';
import {
  EngineNotCalledError,
  EngineRefusedError,
  RunTurn,
} from '@open-orchestrator/backstage-plugin-orchestrator-node';
import { Knex } from 'knex';
import { databaseNow } from '../database';

/** After which silence of its process a run is taken to be given up. */
const EXPIRY_MS = 20_000;
const RENEW_MS = 4_000;

/** Ids in one statement; databases limit the values in it. */
const BATCH = 200;

interface WaitingRunsOptions {
  knex: Knex;
  engine: string;
  logger: LoggerService;
}

/**
 * Notes which runs wait in this process for their turn to be sent, and lets each be sent only when
 * nobody has ended it meanwhile. Of a process that dies, the `RunSweeper` then knows which of its runs
 * never started.
 */
export class WaitingRuns {
  readonly #options: WaitingRunsOptions;
  /** What is being noted of each. */
  readonly #noting = new Map<string, Promise<void>>();
  #renewing: NodeJS.Timeout | undefined;

  static create(options: WaitingRunsOptions): WaitingRuns {
    return new WaitingRuns(options);
  }

  private constructor(options: WaitingRunsOptions) {
    this.#options = options;
  }

  turnOf(runId: string): RunTurn {
    return {
      waits: () => this.#waits(runId),
      comes: () => this.#comes(runId),
    };
  }

  /** The run waits no longer, whatever became of it. */
  forget(runId: string): void {
    this.#noting.delete(runId);
    if (this.#noting.size === 0) {
      clearInterval(this.#renewing);
      this.#renewing = undefined;
    }
  }

  #waits(runId: string): void {
    const noted = this.#note([runId], { dispatched_at: null });
    this.#noting.set(runId, noted);
    this.#renewing ??= setInterval(() => void this.#renew(), RENEW_MS).unref();
  }

  /** @throws EngineRefusedError when it must not be sent, EngineNotCalledError when nobody can tell */
  async #comes(runId: string): Promise<void> {
    await this.#noting.get(runId);
    this.forget(runId);
    if (!(await this.#takeTurn(runId))) {
      throw new EngineRefusedError(
        'The run was ended while it waited for its turn.',
      );
    }
  }

  async #takeTurn(runId: string): Promise<boolean> {
    try {
      const taken = await this.#open([runId])
        .where('abort_pending', false)
        .update({ dispatched_at: Date.now(), waiting_until: null });
      return taken > 0;
    } catch (error) {
      throw new EngineNotCalledError(
        `It can't be told whether the run may still be sent: ${stringifyError(
          error,
        )}`,
      );
    }
  }

  async #renew(): Promise<void> {
    const ids = [...this.#noting.keys()];
    for (let i = 0; i < ids.length; i += BATCH) {
      await this.#note(ids.slice(i, i + BATCH));
    }
  }

  /** What can't be noted is sent all the same: if its process dies, nobody knows whether it was. */
  async #note(ids: string[], first?: { dispatched_at: null }): Promise<void> {
    const { knex, logger } = this.#options;
    const until = knex.raw('? + ?', [databaseNow(knex), EXPIRY_MS]);
    try {
      await this.#open(ids)
        .modify(noted => first ?? noted.whereNotNull('waiting_until'))
        .update({ ...first, waiting_until: until });
    } catch (error) {
      logger.warn(
        `It can't be noted that runs wait for their turn: ${stringifyError(
          error,
        )}`,
      );
    }
  }

  #open(ids: string[]): Knex.QueryBuilder {
    return this.#options
      .knex('instance')
      .where({ engine: this.#options.engine, state: 'PENDING' })
      .whereNull('engine_instance_id')
      .whereIn('id', ids);
  }
}
