import { ConflictError } from '@backstage/errors';
import {
  EngineCallOptions,
  isSilence,
  provesNoEffect,
  RetryFailure,
  WorkflowEngine,
} from '@open-orchestrator/backstage-plugin-orchestrator-node';
import { EpochMs } from '../database';
import { CallerCredentials, principalOf } from '../http';
import { ChangePublisher } from '../live';
import {
  InstanceRecord,
  InstanceStore,
  InstanceWriter,
  shortened,
} from '../store';
import { CONFIRMATION_MS } from './AbortService';
import { requirePossible } from './requirePossible';
import { RetryMarks } from './RetryMarks';

interface ContinuationOptions {
  engine: WorkflowEngine;
  store: InstanceStore;
  writer: InstanceWriter;
  publisher: ChangePublisher;
  /** Lets the feed read at once what came of it. */
  wake: () => void;
}

/** What lets an instance go on, who wants it, and why. */
export interface Wish {
  reason: string | undefined;
  credentials: CallerCredentials;
  /** Why the instance in its present state can't take it. */
  obstacle: (record: InstanceRecord) => string | undefined;
  /** Asks the engine; tells of a failure that came of it already. */
  ask: (
    engineInstanceId: string,
    options: EngineCallOptions,
  ) => Promise<RetryFailure | void>;
}

/** How long the engine may take. */
const TIMEOUT_MS = 10_000;

const MESSAGE_LIMIT = 500;

/** Lets instances go on by an action of the engine, and writes down what came of it. */
export class Continuation {
  readonly #options: ContinuationOptions;
  readonly #marks: RetryMarks;

  static create(options: ContinuationOptions): Continuation {
    return new Continuation(options);
  }

  private constructor(options: ContinuationOptions) {
    this.#options = options;
    this.#marks = RetryMarks.create(options);
  }

  /**
   * Asks the engine once, however many want it at the same time. Who asked is written down before. When
   * the engine says nothing it may be at it still: others may ask again after some seconds.
   *
   * @throws ConflictError when the instance can't take it, or another asks just now
   */
  async goOn(record: InstanceRecord, wish: Wish): Promise<InstanceRecord> {
    const engineInstanceId = requirePossible(record, wish.obstacle(record));
    const claimedAt = await this.#claim(record, wish);
    const failure = await this.#ask(record, claimedAt, options =>
      wish.ask(engineInstanceId, options),
    );
    await this.#update(
      record,
      claimedAt,
      failure ? this.#failedAgain(failure) : this.#underWay(),
    );
    await this.#marks.settle(record, claimedAt);
    return this.changed(record);
  }

  async #claim(record: InstanceRecord, wish: Wish): Promise<EpochMs> {
    const claimedAt = await this.#marks.claim(record, {
      retriedBy: principalOf(wish.credentials),
      retryReason: wish.reason,
    });
    if (claimedAt === undefined) {
      throw new ConflictError(
        wish.obstacle(await this.#current(record)) ??
          'The workflow engine is asked just now to let this instance go on: see what comes of it first.',
      );
    }
    return claimedAt;
  }

  async #ask(
    record: InstanceRecord,
    claimedAt: EpochMs,
    ask: (options: EngineCallOptions) => Promise<RetryFailure | void>,
  ): Promise<RetryFailure | void> {
    // The claim must outlive the question, however long the database took for it.
    const leftMs = Math.max(0, claimedAt + TIMEOUT_MS - Date.now());
    try {
      return await ask({ signal: AbortSignal.timeout(leftMs) });
    } catch (error) {
      this.#tell(record);
      if (provesNoEffect(error)) {
        // What the engine said matters more than a mark, which loses its force by itself.
        await this.#marks.takeBack(record, claimedAt).catch(() => {});
      } else if (!isSilence(error)) {
        await this.#marks.settle(record, claimedAt).catch(() => {});
      }
      throw error;
    }
  }

  /** The failure is over until the engine tells of another. */
  #underWay(): Partial<InstanceRecord> {
    return {
      state: 'ACTIVE',
      errorMessage: undefined,
      errorNode: undefined,
      confirmedUntil:
        this.#options.engine.mode === 'dev'
          ? undefined
          : Date.now() + CONFIRMATION_MS,
    };
  }

  /**
   * An index may not tell this failure from the one before, so the instance is never shown as going on
   * in between.
   */
  #failedAgain({ errorMessage }: RetryFailure): Partial<InstanceRecord> {
    return {
      errorMessage: shortened(errorMessage, MESSAGE_LIMIT),
      errorNode: undefined,
      observedAt: Date.now(),
    };
  }

  /** Leaves alone what the feed has seen of it already. */
  async #update(
    { id }: InstanceRecord,
    claimedAt: EpochMs,
    change: Partial<InstanceRecord>,
  ) {
    await this.#options.writer.update(
      id,
      { observedAt: claimedAt, ...change },
      query =>
        query.where('state', 'ERROR').where('observed_at', '<=', claimedAt),
    );
  }

  /** Something about the instance changed that only the engine can tell. */
  async changed(record: InstanceRecord): Promise<InstanceRecord> {
    this.#tell(record);
    return this.#current(record);
  }

  async #current(record: InstanceRecord): Promise<InstanceRecord> {
    return (await this.#options.store.find(record.id)) ?? record;
  }

  #tell({ id }: InstanceRecord) {
    this.#options.publisher.instancesChanged([id]);
    this.#options.wake();
  }
}
