import {
  EngineCallOptions,
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
import { RetryMarks } from './RetryMarks';

interface ContinuationOptions {
  engine: WorkflowEngine;
  store: InstanceStore;
  writer: InstanceWriter;
  publisher: ChangePublisher;
  /** Lets the feed read at once what came of it. */
  wake: () => void;
}

/** Who wants an instance to go on, and why. */
interface Wish {
  reason: string | undefined;
  credentials: CallerCredentials;
}

/** Asks the engine; tells of a failure that came of it already. */
type Ask = (options: EngineCallOptions) => Promise<RetryFailure | void>;

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
   * nobody can tell whether the engine did it, others may ask again after a few seconds.
   *
   * @returns undefined when another asks just now, or the instance is in another state already
   */
  async goOn(
    record: InstanceRecord,
    { reason, credentials }: Wish,
    ask: Ask,
  ): Promise<InstanceRecord | undefined> {
    const claimedAt = await this.#marks.claim(record, {
      retriedBy: principalOf(credentials),
      retryReason: reason,
    });
    if (claimedAt === undefined) {
      return undefined;
    }
    let failure: RetryFailure | void;
    try {
      failure = await ask({ signal: AbortSignal.timeout(TIMEOUT_MS) });
    } catch (error) {
      if (provesNoEffect(error)) {
        await this.#marks.takeBack(record, claimedAt);
      }
      this.#tell(record);
      throw error;
    }
    await this.#update(
      record,
      claimedAt,
      failure ? this.#failedAgain(failure) : this.#underWay(),
    );
    await this.#marks.settle(record, claimedAt);
    return this.changed(record);
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
    return this.current(record);
  }

  /** The instance as it is stored now. */
  async current(record: InstanceRecord): Promise<InstanceRecord> {
    return (await this.#options.store.find(record.id)) ?? record;
  }

  #tell({ id }: InstanceRecord) {
    this.#options.publisher.instancesChanged([id]);
    this.#options.wake();
  }
}
