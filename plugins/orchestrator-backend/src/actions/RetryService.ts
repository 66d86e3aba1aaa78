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

  /**
   * A retry that another asks the engine for at the same time counts for both.
   *
   * @throws ConflictError when the instance has not failed, or the engine can't retry
   */
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
    const { engineInstanceId } = record;
    const gone = await continuation.goOn(
      record,
      { reason, credentials },
      options => engine.retry(engineInstanceId, options),
    );
    return gone ?? continuation.current(record);
  }
}
