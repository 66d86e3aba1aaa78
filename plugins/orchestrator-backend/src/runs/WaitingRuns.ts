import { LoggerService } from '@backstage/backend-plugin-api';
import { stringifyError } from '@backstage/errors';
import {
  EngineNotCalledError,
  EngineRefusedError,
  RunTurn,
} from '@open-orchestrator/backstage-plugin-orchestrator-node';
import { Knex } from 'knex';
import { databaseNow } from '../database';
import { InstanceRecord } from '../store';

/** After which silence of its process a run is taken to be given up. */
export const WAITING_EXPIRY_MS = 20_000;
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

  turnOf(run: InstanceRecord): RunTurn {
    return {
      waits: () => this.#waits(run),
      comes: () => this.#comes(run),
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

  #waits({ id, dispatchedAt }: InstanceRecord): void {
    // Should this be late, it must not undo the turn, which changes the time.
    const noted = this.#note([id], { dispatched_at: null }, row =>
      row.where('dispatched_at', dispatchedAt ?? null),
    );
    this.#noting.set(id, noted);
    this.#renewing ??= setInterval(() => void this.#renew(), RENEW_MS).unref();
  }

  /** @throws EngineRefusedError when it must not be sent, EngineNotCalledError when nobody can tell */
  async #comes(run: InstanceRecord): Promise<void> {
    await this.#noting.get(run.id);
    this.forget(run.id);
    if (!(await this.#takeTurn(run))) {
      throw new EngineRefusedError(
        'The run was ended while it waited for its turn.',
      );
    }
  }

  async #takeTurn({ id, dispatchedAt = 0 }: InstanceRecord): Promise<boolean> {
    try {
      const taken = await this.#open([id])
        .where('abort_pending', false)
        .update({
          dispatched_at: Math.max(Date.now(), dispatchedAt + 1),
          waiting_until: null,
        });
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
      await this.#note(ids.slice(i, i + BATCH), {}, row =>
        row.whereNotNull('waiting_until'),
      );
    }
  }

  /** What can't be noted is sent all the same: if its process dies, nobody knows whether it was. */
  async #note(
    ids: string[],
    change: { dispatched_at?: null },
    only: (row: Knex.QueryBuilder) => void,
  ): Promise<void> {
    const { knex, logger } = this.#options;
    const until = knex.raw('? + ?', [databaseNow(knex), WAITING_EXPIRY_MS]);
    try {
      await this.#open(ids)
        .modify(only)
        .update({ ...change, waiting_until: until });
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
