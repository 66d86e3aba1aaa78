import { ConflictError } from '@backstage/errors';
import { instanceRetryPermission } from '@open-orchestrator/backstage-plugin-orchestrator-common';
import { WorkflowEngine } from '@open-orchestrator/backstage-plugin-orchestrator-node';
import { CallerCredentials, principalOf } from '../http';
import { InstanceAccess, retryObstacle } from '../instances';
import { ChangePublisher } from '../live';
import { InstanceRecord, InstanceStore, InstanceWriter } from '../store';
import { CONFIRMATION_MS } from './AbortService';

/** How long the engine may take. */
const TIMEOUT_MS = 10_000;

interface RetryServiceOptions {
  engine: WorkflowEngine;
  access: InstanceAccess;
  store: InstanceStore;
  writer: InstanceWriter;
  publisher: ChangePublisher;
  /** Lets the feed read at once how the retry went. */
  onRetried: () => void;
}

/** Continuing failed instances from their failed node. */
export class RetryService {
  readonly #options: RetryServiceOptions;

  static create(options: RetryServiceOptions): RetryService {
    return new RetryService(options);
  }

  private constructor(options: RetryServiceOptions) {
    this.#options = options;
  }

  /** @throws ConflictError when the instance has not failed, or the engine can't retry */
  async retry(
    id: string,
    reason: string | undefined,
    credentials: CallerCredentials,
  ): Promise<InstanceRecord> {
    const { engine, access, store, writer, publisher, onRetried } =
      this.#options;
    const { record } = await access.act(
      id,
      credentials,
      instanceRetryPermission,
    );
    if (!engine.capabilities.retry) {
      throw new ConflictError('The workflow engine can’t retry instances.');
    }
    const obstacle = retryObstacle(record);
    if (obstacle !== undefined || record.engineInstanceId === undefined) {
      throw new ConflictError(
        obstacle ?? 'The workflow engine has not confirmed this instance yet.',
      );
    }
    const askedAt = Date.now();
    await engine.retry(record.engineInstanceId, {
      signal: AbortSignal.timeout(TIMEOUT_MS),
    });
    const retriedAt = Date.now();
    await writer.update(record.id, {
      retriedAt,
      retriedBy: principalOf(credentials),
      retryReason: reason,
    });
    await writer.update(
      record.id,
      {
        state: 'ACTIVE',
        errorMessage: undefined,
        errorNode: undefined,
        observedAt: askedAt,
        confirmedUntil:
          engine.mode === 'dev' ? undefined : retriedAt + CONFIRMATION_MS,
      },
      // The feed may have seen what came of it already.
      query =>
        query.where('state', 'ERROR').where('observed_at', '<=', askedAt),
    );
    publisher.instancesChanged([record.id]);
    onRetried();
    return (await store.find(record.id)) ?? record;
  }
}
