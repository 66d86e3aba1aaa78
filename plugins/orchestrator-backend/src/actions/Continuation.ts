import { WorkflowEngine } from '@open-orchestrator/backstage-plugin-orchestrator-node';
import { CallerCredentials, principalOf } from '../http';
import { ChangePublisher } from '../live';
import {
  InstanceRecord,
  InstanceStore,
  InstanceWriter,
  shortened,
} from '../store';
import { CONFIRMATION_MS } from './AbortService';

interface ContinuationOptions {
  engine: WorkflowEngine;
  store: InstanceStore;
  writer: InstanceWriter;
  publisher: ChangePublisher;
  /** Lets the feed read at once what came of it. */
  wake: () => void;
}

/** Who asked the engine for an action, and when. */
interface Asked {
  askedAt: number;
  reason: string | undefined;
  credentials: CallerCredentials;
}

const MESSAGE_LIMIT = 500;

/** Writes down that the engine took an action after which an instance goes on. */
export class Continuation {
  readonly #options: ContinuationOptions;

  static create(options: ContinuationOptions): Continuation {
    return new Continuation(options);
  }

  private constructor(options: ContinuationOptions) {
    this.#options = options;
  }

  /** A failed instance goes on: its failure is over until the engine tells of another. */
  async goesOn(record: InstanceRecord, by: Asked): Promise<InstanceRecord> {
    const { engine, writer } = this.#options;
    const retriedAt = await this.#note(record, by);
    await writer.update(
      record.id,
      {
        state: 'ACTIVE',
        errorMessage: undefined,
        errorNode: undefined,
        observedAt: by.askedAt,
        confirmedUntil:
          engine.mode === 'dev' ? undefined : retriedAt + CONFIRMATION_MS,
      },
      // The feed may have seen what came of it already.
      query =>
        query.where('state', 'ERROR').where('observed_at', '<=', by.askedAt),
    );
    return this.changed(record);
  }

  /**
   * A failed instance went on and has failed again already. An index may not tell this failure from the
   * one before, so it is never shown as going on in between.
   */
  async failedAgain(
    record: InstanceRecord,
    by: Asked,
    errorMessage: string | undefined,
  ): Promise<InstanceRecord> {
    const retriedAt = await this.#note(record, by);
    await this.#options.writer.update(
      record.id,
      {
        errorMessage: shortened(errorMessage, MESSAGE_LIMIT),
        errorNode: undefined,
        observedAt: retriedAt,
      },
      query =>
        query.where('state', 'ERROR').where('observed_at', '<=', by.askedAt),
    );
    return this.changed(record);
  }

  async #note(record: InstanceRecord, by: Asked): Promise<number> {
    const retriedAt = Date.now();
    await this.#options.writer.update(record.id, {
      retriedAt,
      retriedBy: principalOf(by.credentials),
      retryReason: by.reason,
    });
    return retriedAt;
  }

  /** Something about the instance changed that only the engine can tell. */
  async changed(record: InstanceRecord): Promise<InstanceRecord> {
    const { store, publisher, wake } = this.#options;
    publisher.instancesChanged([record.id]);
    wake();
    return (await store.find(record.id)) ?? record;
  }
}
