import { AuditorService, LoggerService } from '@backstage/backend-plugin-api';
import { ConflictError, stringifyError, toError } from '@backstage/errors';
import { Knex } from 'knex';
import { FeedPass, FeedStep } from '../feed';
import { abortObstacle } from '../instances';
import {
  GIVEN_UP,
  instanceFromRow,
  InstanceRecord,
  whereUnfinished,
} from '../store';
import { AbortService } from './AbortService';

/** Aborts in one pass; those that failed before come again later, so that none waits for them. */
const BATCH = 20;

/** Aborts at a time: a service that hangs takes all the time that the engine has. */
const CONCURRENCY = 10;

/**
 * Carries out the aborts that were requested before the engine had confirmed the instance, and asks
 * again for those of which nobody knows what became.
 */
export class PendingAborts implements FeedStep {
  readonly #knex: Knex;
  readonly #engine: string;
  readonly #aborts: AbortService;
  readonly #auditor: AuditorService;
  readonly #logger: LoggerService;

  static create(options: {
    knex: Knex;
    engine: string;
    aborts: AbortService;
    auditor: AuditorService;
    logger: LoggerService;
  }): PendingAborts {
    return new PendingAborts(options);
  }

  private constructor(options: {
    knex: Knex;
    engine: string;
    aborts: AbortService;
    auditor: AuditorService;
    logger: LoggerService;
  }) {
    this.#knex = options.knex;
    this.#engine = options.engine;
    this.#aborts = options.aborts;
    this.#auditor = options.auditor;
    this.#logger = options.logger;
  }

  async run({ signal }: Pick<FeedPass, 'signal'>): Promise<void> {
    await this.#closeEnded();
    const rows = await this.#due()
      .modify(whereUnfinished)
      .orderBy('abort_due_at')
      .limit(BATCH);
    const work = async () => {
      for (let row = rows.shift(); row; row = rows.shift()) {
        if (signal.aborted) {
          return;
        }
        await this.#carryOut(instanceFromRow(row));
      }
    };
    await Promise.all(Array.from({ length: CONCURRENCY }, work));
  }

  /** What ended before the engine was asked again, maybe since it had been asked. */
  async #closeEnded() {
    const rows = await this.#due()
      .whereIn('state', ['COMPLETED', 'ABORTED'])
      .where(ended =>
        ended.whereNull('end_reason').orWhereNot('end_reason', GIVEN_UP),
      )
      .update({ abort_pending: false })
      .returning('*');
    for (const record of rows.map(instanceFromRow)) {
      const obstacle = abortObstacle(record);
      await this.#audit(
        record,
        record.state === 'ABORTED' ? undefined : new ConflictError(obstacle),
      );
    }
  }

  #due(): Knex.QueryBuilder {
    return (
      this.#knex('instance')
        .where('engine', this.#engine)
        // Literally as in the index.
        .whereRaw('abort_pending')
        .where('abort_due_at', '<=', Date.now())
        .whereNotNull('engine_instance_id')
    );
  }

  async #carryOut(record: InstanceRecord) {
    try {
      await this.#aborts.carryOut(record);
      await this.#audit(record);
    } catch (error) {
      await this.#aborts.postpone(record);
      const isFirst = record.abortAttempts === undefined;
      const isLast = error instanceof ConflictError;
      if (isFirst || isLast) {
        await this.#audit(record, toError(error));
      }
      if (isFirst && !isLast) {
        this.#logger.warn(
          `The abort of instance ${
            record.id
          } could not be carried out yet, and is tried again until it can: ${stringifyError(
            error,
          )}`,
        );
      }
    }
  }

  /** Only the first failure and the end: who waits long for a service is not told each time. */
  async #audit(record: InstanceRecord, error?: Error) {
    const event = await this.#auditor.createEvent({
      eventId: 'instance-abort-carry-out',
      severityLevel: 'medium',
      meta: {
        instanceId: record.id,
        workflowId: record.workflowId,
        ...(record.abortedBy && { requestedBy: record.abortedBy }),
      },
    });
    await (error ? event.fail({ error }) : event.success());
  }
}
