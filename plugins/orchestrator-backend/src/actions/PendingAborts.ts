import { AuditorService, LoggerService } from '@backstage/backend-plugin-api';
import { stringifyError, toError } from '@backstage/errors';
import { Knex } from 'knex';
import { FeedStep } from '../feed';
import {
  GIVEN_UP,
  instanceFromRow,
  InstanceRecord,
  whereUnfinished,
} from '../store';
import { AbortService } from './AbortService';

/** Aborts in one pass. */
const BATCH = 20;

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

  async run(): Promise<void> {
    const bound = () =>
      this.#knex('instance')
        .where('engine', this.#engine)
        // Literally as in the index.
        .whereRaw('abort_pending')
        .where('abort_due_at', '<=', Date.now())
        .whereNotNull('engine_instance_id');
    await bound()
      .whereIn('state', ['COMPLETED', 'ABORTED'])
      .where(ended =>
        ended.whereNull('end_reason').orWhereNot('end_reason', GIVEN_UP),
      )
      .update({ abort_pending: false });
    const rows = await bound()
      .modify(whereUnfinished)
      .orderBy('abort_due_at')
      .limit(BATCH);
    for (const row of rows) {
      await this.#carryOut(instanceFromRow(row));
    }
  }

  async #carryOut(record: InstanceRecord) {
    const event = await this.#auditor.createEvent({
      eventId: 'instance-abort-carry-out',
      severityLevel: 'medium',
      meta: {
        instanceId: record.id,
        workflowId: record.workflowId,
        ...(record.abortedBy && { requestedBy: record.abortedBy }),
      },
    });
    try {
      await this.#aborts.carryOut(record);
      await event.success();
    } catch (error) {
      await this.#aborts.postpone(record);
      await event.fail({ error: toError(error) });
      this.#logger.warn(
        `The abort of instance ${
          record.id
        } could not be carried out yet: ${stringifyError(error)}`,
      );
    }
  }
}
