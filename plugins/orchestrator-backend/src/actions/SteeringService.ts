import { ConflictError } from '@backstage/errors';
import {
  instanceDataReadPermission,
  instanceEventSendPermission,
  instanceRetryPermission,
} from '@open-orchestrator/backstage-plugin-orchestrator-common';
import {
  EngineCallOptions,
  EngineRefusedError,
  WorkflowEngine,
} from '@open-orchestrator/backstage-plugin-orchestrator-node';
import { OrchestratorPermission } from '../authorization';
import { isoTime, timeOf } from '../database';
import { CallerCredentials, InvalidInputError } from '../http';
import {
  abortObstacle,
  CAPABILITY_OBSTACLES,
  InstanceAccess,
  skipObstacle,
} from '../instances';
import { InstanceRecord } from '../store';
import { Continuation, Wish } from './Continuation';
import { requirePossible } from './requirePossible';

/** How long the engine may take. */
const TIMEOUT_MS = 10_000;

interface SteeringServiceOptions {
  engine: WorkflowEngine;
  access: InstanceAccess;
  continuation: Continuation;
}

/** What a caller wants done, once he is known to be allowed to. */
interface Step {
  id: string;
  credentials: CallerCredentials;
  permissions: OrchestratorPermission[];
  /** What the caller is told when the engine can't do it. */
  lacking: string;
  /** Undefined when the engine can't do it. */
  act: Act | undefined;
}

/** Asks the engine; tells of a failure that came of it already. */
type Act = Wish['ask'];

/** Stepping into an instance where a retry alone does not help. */
export class SteeringService {
  readonly #options: SteeringServiceOptions;

  static create(options: SteeringServiceOptions): SteeringService {
    return new SteeringService(options);
  }

  private constructor(options: SteeringServiceOptions) {
    this.#options = options;
  }

  /** Goes on behind the failed node. */
  async skip(
    id: string,
    reason: string | undefined,
    credentials: CallerCredentials,
  ): Promise<InstanceRecord> {
    const { engine, continuation } = this.#options;
    const { record, act: ask } = await this.#permitted({
      id,
      credentials,
      permissions: [instanceRetryPermission],
      lacking: CAPABILITY_OBSTACLES.skip,
      act: engine.skip?.bind(engine),
    });
    const obstacle = skipObstacle;
    return continuation.goOn(record, { reason, credentials, obstacle, ask });
  }

  /** Enters an open node again. */
  async retriggerNode(
    id: string,
    nodeId: string,
    reason: string | undefined,
    credentials: CallerCredentials,
  ): Promise<InstanceRecord> {
    const { engine, continuation } = this.#options;
    const retrigger = engine.retriggerNode?.bind(engine);
    const { record, act: ask } = await this.#permitted({
      id,
      credentials,
      permissions: [instanceRetryPermission],
      lacking: CAPABILITY_OBSTACLES.retriggerNode,
      act:
        retrigger &&
        ((engineInstanceId, options) =>
          retrigger(engineInstanceId, nodeId, options)),
    });
    const obstacle = abortObstacle;
    return continuation.goOn(record, { reason, credentials, obstacle, ask });
  }

  /**
   * Lets a timer fire at another time; one that has passed lets it fire at once.
   *
   * @throws ConflictError when the instance waits for no such timer
   */
  async rescheduleTimer(
    id: string,
    timerId: string,
    at: string,
    credentials: CallerCredentials,
  ): Promise<InstanceRecord> {
    const { engine, continuation } = this.#options;
    const reschedule = engine.rescheduleTimer?.bind(engine);
    const time = timeOf(at);
    if (time === undefined) {
      throw new InvalidInputError('at must be a date and time.', []);
    }
    const record = await this.#take({
      id,
      credentials,
      permissions: [instanceEventSendPermission],
      lacking: CAPABILITY_OBSTACLES.rescheduleTimer,
      act:
        reschedule &&
        (async (engineInstanceId, options) => {
          await this.#requireTimer(engineInstanceId, timerId, options);
          await reschedule(engineInstanceId, timerId, isoTime(time), options);
        }),
    });
    return continuation.changed(record);
  }

  /** Merges an object into the workflow data. Who may not read the data may not change it. */
  async updateData(
    id: string,
    data: Record<string, unknown>,
    credentials: CallerCredentials,
  ): Promise<InstanceRecord> {
    const { engine, continuation } = this.#options;
    const update = engine.updateData?.bind(engine);
    const record = await this.#take({
      id,
      credentials,
      permissions: [instanceRetryPermission, instanceDataReadPermission],
      lacking: CAPABILITY_OBSTACLES.updateData,
      act:
        update &&
        ((engineInstanceId, options) =>
          update(engineInstanceId, data, options)),
    });
    return continuation.changed(record);
  }

  async #take(step: Step): Promise<InstanceRecord> {
    const { record, act } = await this.#permitted(step);
    const engineInstanceId = requirePossible(record, abortObstacle(record));
    await act(engineInstanceId, { signal: AbortSignal.timeout(TIMEOUT_MS) });
    return record;
  }

  /** @throws when the caller may not, or the engine can't */
  async #permitted(step: Step): Promise<{ record: InstanceRecord; act: Act }> {
    const { record } = await this.#options.access.act(
      step.id,
      step.credentials,
      ...step.permissions,
    );
    if (!step.act) {
      throw new EngineRefusedError(step.lacking);
    }
    return { record, act: step.act };
  }

  /** The id of another instance's timer must not get through to the engine. */
  async #requireTimer(
    engineInstanceId: string,
    timerId: string,
    options: EngineCallOptions,
  ) {
    const detail = await this.#options.engine.getInstance(
      engineInstanceId,
      options,
    );
    if (!detail?.waits.some(wait => wait.timerId === timerId)) {
      throw new ConflictError(
        `The instance waits for no timer "${timerId}" that can be rescheduled.`,
      );
    }
  }
}
