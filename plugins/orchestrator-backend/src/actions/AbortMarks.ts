import { InstanceRecord, InstanceStore, InstanceWriter } from '../store';

/** For how long who asks the engine is alone with it; after which a crashed process asks no more. */
const CLAIM_MS = 30_000;

const FIRST_PAUSE_MS = 1_000;
const LONGEST_PAUSE_MS = 5 * 60_000;

/** What remains of an abort that the engine need not be asked for any more. */
export const NOTHING_PENDING = {
  abortPending: false,
  abortDueAt: undefined,
  abortAttempts: undefined,
} as const satisfies Partial<InstanceRecord>;

/**
 * What is written down of an abort before the engine is asked: that it is wanted, by whom, and when
 * to ask again should nobody learn what became of it.
 */
export class AbortMarks {
  readonly #store: InstanceStore;
  readonly #writer: InstanceWriter;

  static create(options: {
    store: InstanceStore;
    writer: InstanceWriter;
  }): AbortMarks {
    return new AbortMarks(options.store, options.writer);
  }

  private constructor(store: InstanceStore, writer: InstanceWriter) {
    this.#store = store;
    this.#writer = writer;
  }

  /**
   * Notes that an instance is to be stopped. While an abort is pending its first request counts: who
   * asks again changes nothing.
   */
  async request(
    record: InstanceRecord,
    by: Pick<InstanceRecord, 'abortedBy' | 'abortReason'>,
  ): Promise<{ requested: InstanceRecord; isNew: boolean }> {
    const now = Date.now();
    const isBound = record.engineInstanceId !== undefined;
    const pending = {
      abortPending: true,
      abortDueAt: isBound ? now + CLAIM_MS : now,
    };
    const isNew = await this.#note(record.id, pending, {
      ...by,
      abortRequestedAt: now,
      abortAttempts: undefined,
    });
    const requested = (await this.#store.find(record.id)) ?? record;
    return {
      // By its own time a request is known from those after it.
      requested: isNew ? { ...requested, ...pending } : requested,
      isNew,
    };
  }

  /** Whether nobody had asked for it. Another request may be taken back at the same time. */
  async #note(
    id: string,
    pending: Partial<InstanceRecord>,
    first: Partial<InstanceRecord>,
  ): Promise<boolean> {
    const noteFirst = () =>
      this.#writer.update(id, { ...pending, ...first }, query =>
        query.where('abort_pending', false),
      );
    if (await noteFirst()) {
      return true;
    }
    const isNoted = await this.#writer.update(id, pending, query =>
      query.where('abort_pending', true),
    );
    return !isNoted && (await noteFirst());
  }

  /** Nothing happened, and nothing will: as if it had not been asked for, unless another asked too. */
  async takeBack({
    id,
    abortRequestedAt,
    abortDueAt,
  }: InstanceRecord): Promise<void> {
    await this.#writer.update(
      id,
      {
        ...NOTHING_PENDING,
        abortRequestedAt: undefined,
        abortedBy: undefined,
        abortReason: undefined,
      },
      query =>
        query
          .where('abort_requested_at', abortRequestedAt)
          .where('abort_due_at', abortDueAt),
    );
  }

  /** It stays wanted: the engine is asked again in a moment. */
  async askSoon({ id }: InstanceRecord): Promise<void> {
    await this.#writer.update(
      id,
      { abortDueAt: Date.now() + FIRST_PAUSE_MS },
      query => query.where('abort_pending', true),
    );
  }

  /** It stays wanted though the engine was asked again in vain: each time the pause doubles. */
  async postpone({ id, abortAttempts = 0 }: InstanceRecord): Promise<void> {
    await this.#writer.update(
      id,
      {
        abortAttempts: abortAttempts + 1,
        abortDueAt: Date.now() + pauseMs(abortAttempts),
      },
      query => query.where('abort_pending', true),
    );
  }

  /** It is known what became of it. */
  async settle({ id }: InstanceRecord): Promise<void> {
    await this.#writer.update(id, NOTHING_PENDING);
  }
}

function pauseMs(attempts: number): number {
  return Math.min(
    FIRST_PAUSE_MS * 2 ** Math.min(attempts, 16),
    LONGEST_PAUSE_MS,
  );
}
