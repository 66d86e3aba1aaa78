import {
  ConflictError,
  NotFoundError,
  ServiceUnavailableError,
} from '@backstage/errors';
import {
  RunRequest,
  workflowRunPermission,
} from '@open-orchestrator/backstage-plugin-orchestrator-common';
import {
  EngineRefusedError,
  EngineUnreachableError,
  RunOutcome,
  WorkflowEngine,
  WorkflowVersionRef,
} from '@open-orchestrator/backstage-plugin-orchestrator-node';
import { randomUUID } from 'node:crypto';
import { isUniqueViolation } from '../database';
import {
  CallerCredentials,
  InvalidInputError,
  principalOf,
  RateLimiter,
  TooManyRequestsError,
} from '../http';
import { entityRefOf } from '../instances';
import {
  InstanceRecord,
  InstanceStore,
  RunWriter,
  StoredWorkflow,
  WorkflowRecord,
} from '../store';
import { versionObstacle, WorkflowAccess } from '../workflows';
import { Dispatch, Dispatcher } from './Dispatcher';
import { requestHash } from './requestHash';

/** How long validation may take before the run is given up. */
const VALIDATION_TIMEOUT_MS = 10_000;

/** When to try again after the engine ran out of room. */
const ENGINE_LIMIT_RETRY_SECONDS = 10;

/** When to try again after a principal's own instances took all his room. */
const QUOTA_RETRY_SECONDS = 60;

/** An instance, and whether the engine has confirmed it, or it was there before. */
export interface RunResult {
  record: InstanceRecord;
  workflowName: string;
  status: 200 | 201 | 202;
}

interface RunServiceOptions {
  engine: WorkflowEngine;
  access: WorkflowAccess;
  store: InstanceStore;
  writer: RunWriter;
  dispatcher: Dispatcher;
  limiter: RateLimiter;
  /** Instances that one principal may have running or waiting. */
  quota: number;
  /** How long a request waits for the engine before the start goes on in the background. */
  waitMs: number;
  /** Tells the catalog's owners of an entity, so that rules on ownership hold at once. */
  refreshOwners: (entityRef: string) => Promise<void>;
}

/** Running workflows: never twice for one request, never lost. */
export class RunService {
  readonly #options: RunServiceOptions;

  static create(options: RunServiceOptions): RunService {
    return new RunService(options);
  }

  private constructor(options: RunServiceOptions) {
    this.#options = options;
  }

  async run(
    workflowId: string,
    request: RunRequest,
    idempotencyKey: string | undefined,
    credentials: CallerCredentials,
  ): Promise<RunResult> {
    const { access, limiter } = this.#options;
    const initiator = principalOf(credentials);
    const hash = requestHash(workflowId, request);
    const [{ workflow }, sameKey] = await Promise.all([
      access.act(workflowId, credentials, workflowRunPermission),
      this.#underKey(initiator, idempotencyKey),
    ]);
    const workflowName = workflow.versions[0].name;
    if (sameKey) {
      return { record: sameRequest(sameKey, hash), status: 200, workflowName };
    }
    limiter.take(initiator);
    requireRunnable(workflow, request.version);
    const input = request.input ?? {};
    const entityRef =
      request.entityRef === undefined
        ? undefined
        : entityRefOf(request.entityRef, 'entityRef');
    await this.#validate({ workflowId, version: request.version }, input);
    const now = Date.now();
    const started = await this.#start(
      {
        id: randomUUID(),
        engine: this.#options.engine.id,
        workflowId,
        // Without a version the engine chooses; the feed then tells which one it was.
        workflowVersion: request.version,
        state: 'PENDING',
        reference: request.reference,
        createdAt: now,
        // From here on nobody can tell whether the engine was asked, unless it says so itself.
        dispatchedAt: now,
        observedAt: now,
        initiator,
        entityRef,
        detailsGone: false,
        abortPending: false,
        idempotencyKey,
        requestHash: idempotencyKey === undefined ? undefined : hash,
      },
      input,
    );
    return { ...started, workflowName };
  }

  /** Lets runs that wait to be sent end as not started, so that they can be asked for elsewhere. */
  async standDown(): Promise<void> {
    const { engine, dispatcher } = this.#options;
    engine.refuseWaiting?.();
    await dispatcher.written();
  }

  async #start(
    record: InstanceRecord,
    input: Record<string, unknown>,
  ): Promise<Pick<RunResult, 'record' | 'status'>> {
    const { dispatcher, waitMs, refreshOwners } = this.#options;
    if (record.entityRef !== undefined) {
      await refreshOwners(record.entityRef);
    }
    const obstacle = await this.#store(record);
    if (obstacle) {
      const sameKey = await this.#underKey(
        record.initiator ?? '',
        record.idempotencyKey,
      );
      if (sameKey) {
        return {
          record: sameRequest(sameKey, record.requestHash),
          status: 200,
        };
      }
      throw obstacle;
    }
    const dispatched = dispatcher.dispatch(record, input);
    const dispatch = await Promise.race([dispatched, pause(waitMs)]);
    // What goes on in the background is written down by the dispatcher; a failure of its database
    // leaves a run that the feed finds or marks.
    dispatched.catch(() => {});
    throwIfNothingStarted(dispatch);
    return dispatch?.result === 'bound'
      ? { record: dispatch.record, status: 201 }
      : { record, status: 202 };
  }

  /** Gives the reason when it was not stored. */
  async #store(record: InstanceRecord): Promise<unknown> {
    const { writer, quota } = this.#options;
    try {
      return (await writer.insertWithin(record, quota))
        ? undefined
        : new TooManyRequestsError(
            `You have ${quota} unfinished instances, as many as you may; run this when some of them have ended, or abort some.`,
            QUOTA_RETRY_SECONDS,
          );
    } catch (error) {
      if (isUniqueViolation(error)) {
        return error;
      }
      throw error;
    }
  }

  async #underKey(
    initiator: string,
    key: string | undefined,
  ): Promise<InstanceRecord | undefined> {
    return key === undefined
      ? undefined
      : this.#options.store.findByIdempotencyKey(initiator, key);
  }

  async #validate(ref: WorkflowVersionRef, input: Record<string, unknown>) {
    const problems = await this.#options.engine.validateInput(ref, input, {
      signal: AbortSignal.timeout(VALIDATION_TIMEOUT_MS),
    });
    if (problems.length > 0) {
      throw new InvalidInputError(
        'The input does not fit the schema of the workflow.',
        problems,
      );
    }
  }
}

/** @throws ConflictError when the key was used for something else */
function sameRequest(
  record: InstanceRecord,
  hash: string | undefined,
): InstanceRecord {
  if (record.requestHash !== hash) {
    throw new ConflictError(
      'This Idempotency-Key was used for another request; use a new one.',
    );
  }
  return record;
}

function requireRunnable(
  workflow: StoredWorkflow,
  wanted: string | undefined,
): void {
  const version = versionToRun(workflow, wanted);
  if (!version) {
    throw new NotFoundError(
      wanted === undefined
        ? `The workflow "${workflow.id}" is no longer deployed.`
        : `Version "${wanted}" of the workflow "${workflow.id}" is not deployed.`,
    );
  }
  const obstacle = versionObstacle(version);
  if (obstacle !== undefined) {
    throw version.startsByEvent
      ? new ConflictError(obstacle)
      : new ServiceUnavailableError(obstacle);
  }
}

/**
 * The version asked for, or else the one that the engine chooses: the newest within reach, also when
 * that one starts by an event only. Where none is within reach, the newest says why.
 */
function versionToRun(
  { versions }: StoredWorkflow,
  wanted: string | undefined,
): WorkflowRecord | undefined {
  const deployed = versions.filter(({ goneAt }) => goneAt === undefined);
  return wanted === undefined
    ? deployed.find(({ availability }) => availability !== 'unavailable') ??
        deployed[0]
    : deployed.find(({ version }) => version === wanted);
}

function throwIfNothingStarted(dispatch: Dispatch | undefined): void {
  if (dispatch?.result === 'refused') {
    throw refusedError(dispatch.refusal);
  }
}

function refusedError({
  reason,
  message,
  problems = [],
}: Extract<RunOutcome, { outcome: 'refused' }>): Error {
  switch (reason) {
    case 'input':
      return new InvalidInputError(message, problems);
    case 'unknown-workflow':
      return new NotFoundError(message);
    case 'limit':
      return new TooManyRequestsError(message, ENGINE_LIMIT_RETRY_SECONDS);
    case 'unreachable':
      return new EngineUnreachableError(message);
    default:
      return new EngineRefusedError(message);
  }
}

function pause(ms: number): Promise<undefined> {
  return new Promise(resolve => {
    setTimeout(resolve, ms, undefined).unref();
  });
}
