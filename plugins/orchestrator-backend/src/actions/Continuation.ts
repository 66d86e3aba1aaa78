import { WorkflowEngine } from '@open-orchestrator/backstage-plugin-orchestrator-node';
import { CallerCredentials, principalOf } from '../http';
import { ChangePublisher } from '../live';
import { InstanceRecord, InstanceStore, InstanceWriter } from '../store';
import { CONFIRMATION_MS } from './AbortService';

interface ContinuationOptions {
  engine: WorkflowEngine;
  store: InstanceStore;
  writer: InstanceWriter;
  publisher: ChangePublisher;
  /** Lets the feed read at once what came of it. */
  wake: () => void;
}

/** Writes down that the engine took an action after which an instance goes on. */
export class Continuation {
  readonly #options: ContinuationOptions;

  static create(options: ContinuationOptions): Continuation {
    return new Continuation(options);
  }

  private constructor(options: ContinuationOptions) {
    this.#options = options;
  }

  /**
   * A failed instance goes on: its failure is over until the engine tells of another.
   *
   * @param by.askedAt - when the engine was asked
   */
  async goesOn(
    record: InstanceRecord,
    by: {
      askedAt: number;
      reason: string | undefined;
      credentials: CallerCredentials;
    },
  ): Promise<InstanceRecord> {
    const { engine, writer } = this.#options;
    const retriedAt = Date.now();
    await writer.update(record.id, {
      retriedAt,
      retriedBy: principalOf(by.credentials),
      retryReason: by.reason,
    });
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

  /** Something about the instance changed that only the engine can tell. */
  async changed(record: InstanceRecord): Promise<InstanceRecord> {
    const { store, publisher, wake } = this.#options;
    publisher.instancesChanged([record.id]);
    wake();
    return (await store.find(record.id)) ?? record;
  }
}
