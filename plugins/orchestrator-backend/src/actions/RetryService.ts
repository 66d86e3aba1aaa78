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

  /** @throws ConflictError when the instance has not failed, or is being retried, or the engine can't */
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
    return continuation.goOn(record, {
      reason,
      credentials,
      obstacle: retryObstacle,
      ask: (engineInstanceId, options) =>
        engine.retry(engineInstanceId, options),
    });
  }
}
