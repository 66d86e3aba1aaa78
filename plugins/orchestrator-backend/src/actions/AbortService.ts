import { ConflictError } from '@backstage/errors';
import {
  instanceAbortPermission,
  isFinalState,
} from '@open-orchestrator/backstage-plugin-orchestrator-common';
import {
  EngineRefusedError,
  InstanceNotFoundError,
  provesNoEffect,
  tellsNothing,
  WorkflowEngine,
} from '@open-orchestrator/backstage-plugin-orchestrator-node';
import { CallerCredentials, principalOf } from '../http';
import { abortObstacle, InstanceAccess, isUnaccountedFor } from '../instances';
import { ChangePublisher } from '../live';
import {
  GIVEN_UP,
  InstanceRecord,
  InstanceStore,
  InstanceWriter,
} from '../store';
import { AbortMarks, NOTHING_PENDING } from './AbortMarks';

/** How long the engine may take. */
const TIMEOUT_MS = 10_000;

/** For how long an index may contradict what the service confirmed before it is believed. */
export const CONFIRMATION_MS = 30_000;

interface AbortServiceOptions {
  engine: WorkflowEngine;
  access: InstanceAccess;
  store: InstanceStore;
  writer: InstanceWriter;
  publisher: ChangePublisher;
}

/** Stopping instances. */
export class AbortService {
  readonly #options: AbortServiceOptions;
  readonly #marks: AbortMarks;

  static create(options: AbortServiceOptions): AbortService {
    return new AbortService(options);
  }

  private constructor(options: AbortServiceOptions) {
    this.#options = options;
    this.#marks = AbortMarks.create(options);
  }

  /**
   * Stops an instance, or notes that it is to be stopped as soon as the engine has confirmed it, or
   * answers again.
   *
   * @throws ConflictError when it has ended otherwise
   */
  async abort(
    id: string,
    reason: string | undefined,
    credentials: CallerCredentials,
  ): Promise<{ record: InstanceRecord; isPending: boolean }> {
    const { record } = await this.#options.access.act(
      id,
      credentials,
      instanceAbortPermission,
    );
    return this.abortRecord(record, reason, credentials);
  }

  /** Stops an instance that the caller is known to be allowed to stop. */
  async abortRecord(
    record: InstanceRecord,
    reason: string | undefined,
    credentials: CallerCredentials,
  ): Promise<{ record: InstanceRecord; isPending: boolean }> {
    if (record.state === 'ABORTED') {
      return { record, isPending: false };
    }
    const obstacle = abortObstacle(record);
    if (obstacle !== undefined) {
      throw new ConflictError(obstacle);
    }
    const { requested, isNew } = await this.#marks.request(record, {
      abortedBy: principalOf(credentials),
      abortReason: reason,
    });
    this.#options.publisher.instancesChanged([record.id]);
    if (record.engineInstanceId !== undefined) {
      return this.#carryOutNow(requested, isNew);
    }
    return isUnaccountedFor(requested)
      ? { record: await this.#giveUp(requested), isPending: false }
      : { record: requested, isPending: true };
  }

  /**
   * Asks the engine while the caller waits. When nobody can tell whether it did what was asked, the
   * abort stays wanted: to ask for it twice does no harm.
   *
   * @param isNew - whether nobody asked for it before, so that it can be taken back
   */
  async #carryOutNow(
    record: InstanceRecord,
    isNew: boolean,
  ): Promise<{ record: InstanceRecord; isPending: boolean }> {
    try {
      return { record: await this.carryOut(record), isPending: false };
    } catch (error) {
      if (isNew && provesNoEffect(error)) {
        await this.#marks.takeBack(record);
        throw error;
      }
      if (!tellsNothing(error) || provesNoEffect(error)) {
        throw error;
      }
      await this.#marks.askSoon(record);
      return { record: await this.#reload(record), isPending: true };
    }
  }

  /**
   * Closes an instance of which nobody can tell what became. If it turns up after all it is shown
   * again, and then aborted as was asked.
   */
  async #giveUp(record: InstanceRecord): Promise<InstanceRecord> {
    const { writer } = this.#options;
    await writer.update(
      record.id,
      {
        state: 'ABORTED',
        endReason: GIVEN_UP,
        endedAt: Date.now(),
        waitingFor: undefined,
        attention: undefined,
        abortPending: true,
        abortDueAt: Date.now(),
        abortAttempts: undefined,
      },
      query =>
        query
          .where('attention', record.attention)
          .whereNotIn('state', ['COMPLETED', 'ABORTED']),
    );
    return this.#reload(record);
  }

  /**
   * Stops an instance whose abort is requested.
   *
   * @throws ConflictError when it has ended otherwise; the port's errors, after which the abort is
   * pending still
   */
  async carryOut(record: InstanceRecord): Promise<InstanceRecord> {
    const { engine, publisher } = this.#options;
    const { engineInstanceId } = record;
    if (engineInstanceId === undefined) {
      return record;
    }
    const askedAt = Date.now();
    try {
      await engine.abort(engineInstanceId, {
        signal: AbortSignal.timeout(TIMEOUT_MS),
      });
      await this.#confirm(record, askedAt);
    } catch (error) {
      if (!isMissing(error)) {
        throw error;
      }
      await this.#missing(record, error);
    } finally {
      publisher.instancesChanged([record.id]);
    }
    return this.#reload(record);
  }

  /** Lets the engine be asked again later. */
  async postpone(record: InstanceRecord): Promise<void> {
    await this.#marks.postpone(record);
  }

  async #confirm(record: InstanceRecord, askedAt: number) {
    const { engine, writer } = this.#options;
    const endedAt = Date.now();
    await writer.update(
      record.id,
      {
        state: 'ABORTED',
        endReason: 'aborted',
        endedAt,
        durationMs: Math.max(
          0,
          endedAt - (record.startedAt ?? record.createdAt),
        ),
        waitingFor: undefined,
        attention: undefined,
        ...NOTHING_PENDING,
        observedAt: askedAt,
        confirmedUntil:
          engine.mode === 'dev' ? undefined : endedAt + CONFIRMATION_MS,
      },
      query => query.whereNotIn('state', ['COMPLETED', 'ABORTED']),
    );
    await this.#marks.settle(record);
  }

  /** @throws the error, unless the instance turns out to be aborted all the same */
  async #missing(record: InstanceRecord, error: Error): Promise<void> {
    await this.#readAgain(record);
    const now = await this.#reload(record);
    if (isUnaccountedFor(now)) {
      await this.#giveUp(now);
    } else if (isFinalState(now.state)) {
      await this.#marks.settle(now);
      if (now.state !== 'ABORTED') {
        throw new ConflictError(abortObstacle(now));
      }
    } else {
      throw error;
    }
  }

  async #readAgain({ engineInstanceId }: InstanceRecord) {
    if (engineInstanceId === undefined) {
      return;
    }
    const { engine, writer } = this.#options;
    const observedAt = Date.now();
    const { summaries } = await engine.summaries([engineInstanceId], {
      signal: AbortSignal.timeout(TIMEOUT_MS),
    });
    await writer.observe(summaries, observedAt);
  }

  async #reload(record: InstanceRecord): Promise<InstanceRecord> {
    return (await this.#options.store.find(record.id)) ?? record;
  }
}

/** Whether an instance may have ended, or be lost; a refusal may say so in the engine's own words. */
function isMissing(
  error: unknown,
): error is InstanceNotFoundError | EngineRefusedError {
  return (
    error instanceof InstanceNotFoundError ||
    error instanceof EngineRefusedError
  );
}
