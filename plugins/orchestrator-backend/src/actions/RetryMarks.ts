import { EpochMs } from '../database';
import { InstanceRecord, InstanceWriter } from '../store';

/** How long a caller is alone with an instance; longer than an engine may take to answer. */
const CLAIM_MS = 15_000;

/** Who lets an instance go on, and why. */
type RetryActor = Pick<InstanceRecord, 'retriedBy' | 'retryReason'>;

/**
 * What is written down before the engine is asked to let an instance go on: by whom, and that no other
 * may ask for it meanwhile.
 */
export class RetryMarks {
  readonly #writer: InstanceWriter;

  static create(options: { writer: InstanceWriter }): RetryMarks {
    return new RetryMarks(options.writer);
  }

  private constructor(writer: InstanceWriter) {
    this.#writer = writer;
  }

  /** @returns when the claim was made; undefined when another has it, or the state is another now */
  async claim(
    { id, state }: InstanceRecord,
    by: RetryActor,
  ): Promise<EpochMs | undefined> {
    const now = Date.now();
    const isClaimed = await this.#writer.update(
      id,
      { ...by, retriedAt: now, retryClaimedUntil: now + CLAIM_MS },
      query =>
        query
          .where('state', state)
          .where(free =>
            free
              .whereNull('retry_claimed_until')
              .orWhere('retry_claimed_until', '<', now),
          ),
    );
    return isClaimed ? now : undefined;
  }

  /** The engine took it: others may ask again. */
  async settle({ id }: InstanceRecord, claimedAt: EpochMs): Promise<void> {
    await this.#update(id, claimedAt, { retryClaimedUntil: undefined });
  }

  /** Nothing happened, and nothing will: as if nobody had asked. */
  async takeBack(before: InstanceRecord, claimedAt: EpochMs): Promise<void> {
    const { id, retriedAt, retriedBy, retryReason } = before;
    await this.#update(id, claimedAt, {
      retriedAt,
      retriedBy,
      retryReason,
      retryClaimedUntil: undefined,
    });
  }

  async #update(
    id: string,
    claimedAt: EpochMs,
    change: Partial<InstanceRecord>,
  ) {
    await this.#writer.update(id, change, query =>
      query.where('retried_at', claimedAt),
    );
  }
}
