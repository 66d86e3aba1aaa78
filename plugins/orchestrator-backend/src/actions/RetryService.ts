import { ConflictError } from '@backstage/errors';
import { instanceRetryPermission } from '@open-orchestrator/backstage-plugin-orchestrator-common';
import { WorkflowEngine } from '@open-orchestrator/backstage-plugin-orchestrator-node';
import { CallerCredentials } from '../http';
import {
  CAPABILITY_OBSTACLES,
  InstanceAccess,
  retryObstacle,
} from '../instances';
import { InstanceRecord } from '../store';
import { Continuation } from './Continuation';

/** How long the engine may take. */
const TIMEOUT_MS = 10_000;

interface RetryServiceOptions {
  engine: WorkflowEngine;
  access: InstanceAccess;
  continuation: Continuation;
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
    const { record } = await this.#options.access.act(
      id,
      credentials,
      instanceRetryPermission,
    );
    return this.retryRecord(record, reason, credentials);
  }

  /** Continues an instance that the caller is known to be allowed to continue. */
  async retryRecord(
    record: InstanceRecord,
    reason: string | undefined,
    credentials: CallerCredentials,
  ): Promise<InstanceRecord> {
    const { engine, continuation } = this.#options;
    if (!engine.capabilities.retry) {
      throw new ConflictError(CAPABILITY_OBSTACLES.retry);
    }
    const obstacle = retryObstacle(record);
    if (obstacle !== undefined || record.engineInstanceId === undefined) {
      throw new ConflictError(
        obstacle ?? 'The workflow engine has not confirmed this instance yet.',
      );
    }
    const askedAt = Date.now();
    const failure = await engine.retry(record.engineInstanceId, {
      signal: AbortSignal.timeout(TIMEOUT_MS),
    });
    const by = { askedAt, reason, credentials };
    return failure
      ? continuation.failedAgain(record, by, failure.errorMessage)
      : continuation.goesOn(record, by);
  }
}
