import { ConflictError } from '@backstage/errors';
import {
  instanceAbortPermission,
  isFinalState,
} from '@open-orchestrator/backstage-plugin-orchestrator-common';
import {
  EngineProtocolError,
  EngineTimeoutError,
  InstanceNotFoundError,
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

  static create(options: AbortServiceOptions): AbortService {
    return new AbortService(options);
  }

  private constructor(options: AbortServiceOptions) {
    this.#options = options;
  }

  /**
   * Stops an instance, or notes that it is to be stopped as soon as the engine has confirmed it.
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
    const { publisher } = this.#options;
    if (record.state === 'ABORTED') {
      return { record, isPending: false };
    }
    const obstacle = abortObstacle(record);
    if (obstacle !== undefined) {
      throw new ConflictError(obstacle);
    }
    const requested = await this.#request(record, {
      abortRequestedAt: Date.now(),
      abortedBy: principalOf(credentials),
      abortReason: reason,
    });
    publisher.instancesChanged([record.id]);
    if (requested.engineInstanceId !== undefined) {
      return { record: await this.carryOut(requested), isPending: false };
    }
    return isUnaccountedFor(requested)
      ? { record: await this.#giveUp(requested), isPending: false }
      : { record: requested, isPending: true };
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
      },
      query =>
        query
          .where('attention', record.attention)
          .whereNotIn('state', ['COMPLETED', 'ABORTED']),
    );
    return this.#reload(record);
  }

  /** Stops an instance whose abort is requested. */
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
      await this.#failed(record, error);
    } finally {
      publisher.instancesChanged([record.id]);
    }
    return this.#reload(record);
  }

  /** The first request counts: who asks again changes nothing. */
  async #request(
    record: InstanceRecord,
    request: Pick<
      InstanceRecord,
      'abortRequestedAt' | 'abortedBy' | 'abortReason'
    >,
  ): Promise<InstanceRecord> {
    const { writer } = this.#options;
    await writer.update(record.id, request, query =>
      query.whereNull('abort_requested_at'),
    );
    await writer.update(record.id, { abortPending: true }, query =>
      query.whereNull('engine_instance_id'),
    );
    return this.#reload(record);
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
        abortPending: false,
        observedAt: askedAt,
        confirmedUntil:
          engine.mode === 'dev' ? undefined : endedAt + CONFIRMATION_MS,
      },
      query => query.whereNotIn('state', ['COMPLETED', 'ABORTED']),
    );
    await writer.update(record.id, { abortPending: false });
  }

  /** @throws the error, unless the instance turns out to be aborted all the same */
  async #failed(record: InstanceRecord, error: unknown): Promise<void> {
    const { writer } = this.#options;
    if (error instanceof InstanceNotFoundError) {
      await this.#readAgain(record);
      await writer.update(record.id, { abortPending: false });
      const now = await this.#reload(record);
      if (now.state === 'ABORTED') {
        return;
      }
      if (isUnaccountedFor(now)) {
        await this.#giveUp(now);
        return;
      }
      throw isFinalState(now.state)
        ? new ConflictError(abortObstacle(now))
        : error;
    }
    const mayHaveHappened =
      error instanceof EngineTimeoutError ||
      error instanceof EngineProtocolError ||
      (error instanceof Error && error.name === 'TimeoutError');
    if (!mayHaveHappened && !record.abortPending) {
      await writer.update(record.id, {
        abortRequestedAt: undefined,
        abortedBy: undefined,
        abortReason: undefined,
      });
    }
    throw error;
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
