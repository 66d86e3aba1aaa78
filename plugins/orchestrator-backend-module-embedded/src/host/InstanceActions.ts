import type {
  CloudEvent,
  EventTarget,
} from '@open-orchestrator/backstage-plugin-orchestrator-node';
import type {
  Json,
  RuntimeEvent,
  StepInResult,
  WorkflowRuntime,
} from '@open-orchestrator/serverless-workflow/runtime';
import { EngineFailure } from '../channel';
import type { Redactor } from '../secrets';
import { within } from '../waiting';
import { RecentIds } from './RecentIds';

/** How long an action is waited for; what takes longer goes on by itself. */
const ACTION_WAIT_MS = 1_000;
/** A delivery is attempted again within a day, or after a person asked for it. */
const REMEMBERED_DELIVERIES = 50_000;

/** What people and events do to instances. */
export class InstanceActions {
  readonly #runtime: WorkflowRuntime;
  readonly #redactor: () => Redactor;
  readonly #deliveries = RecentIds.create(REMEMBERED_DELIVERIES);

  private constructor(runtime: WorkflowRuntime, redactor: () => Redactor) {
    this.#runtime = runtime;
    this.#redactor = redactor;
  }

  /** @param redactor - the present one, which changes with the properties */
  static create(
    runtime: WorkflowRuntime,
    redactor: () => Redactor,
  ): InstanceActions {
    return new InstanceActions(runtime, redactor);
  }

  async abort(id: string): Promise<void> {
    if (!(await this.#runtime.abort(id))) {
      throw notFound(id);
    }
  }

  async retry(id: string): Promise<void> {
    switch (this.#runtime.get(id)?.state) {
      case 'ERROR':
        await this.#started(this.#runtime.retry(id));
        break;
      case 'ACTIVE':
        throw new EngineFailure(
          'refused',
          'The instance has not failed, so there is nothing to retry.',
        );
      default:
        throw notFound(id);
    }
  }

  async skip(id: string): Promise<void> {
    await this.#stepIn(id, this.#runtime.skip(id));
  }

  async retriggerNode(id: string, nodeId: string): Promise<void> {
    await this.#stepIn(id, this.#runtime.retriggerNode(id, nodeId));
  }

  async rescheduleTimer(
    id: string,
    timerId: string,
    at: string,
  ): Promise<void> {
    const dueMs = Date.parse(at);
    if (Number.isNaN(dueMs)) {
      throw new EngineFailure('refused', `"${at}" is no time.`);
    }
    await this.#stepIn(id, this.#runtime.rescheduleTimer(id, timerId, dueMs));
  }

  async updateData(id: string, patch: Record<string, unknown>): Promise<void> {
    let isUpdated: boolean;
    try {
      isUpdated = await this.#runtime.updateData(id, patch as Json);
    } catch (error) {
      const message = error instanceof Error ? error.message : String(error);
      throw new EngineFailure('refused', this.#redactor().text(message));
    }
    if (!isUpdated) {
      throw notFound(id);
    }
  }

  /** @param deliveryId - an event with the same one is taken once */
  async sendEvent(
    event: CloudEvent,
    target: EventTarget,
    deliveryId?: string,
  ): Promise<void> {
    // Every attribute of an event that came as JSON is JSON.
    const sent = event as RuntimeEvent;
    if (target.kind === 'instance') {
      await this.#resume(target.engineInstanceId, sent);
    } else if (deliveryId === undefined || this.#deliveries.add(deliveryId)) {
      await this.#started(this.#runtime.sendEvent(sent, target.workflowId));
    }
  }

  async #resume(id: string, event: RuntimeEvent): Promise<void> {
    const instance = this.#runtime.get(id);
    if (!instance || instance.endedAt !== undefined) {
      throw notFound(id);
    }
    if (!instance.waits.some(({ eventType }) => eventType === event.type)) {
      throw new EngineFailure(
        'refused',
        `The instance does not wait for an event of type ${event.type}.`,
      );
    }
    await this.#started(
      this.#runtime.sendEvent(
        { ...event, kogitoprocrefid: id },
        instance.workflowId,
      ),
    );
  }

  async #stepIn(id: string, step: Promise<StepInResult>): Promise<void> {
    const result = await within(step, ACTION_WAIT_MS);
    if (result?.outcome === 'unknown') {
      throw notFound(id);
    }
    if (result?.outcome === 'refused') {
      throw new EngineFailure('refused', result.reason);
    }
  }

  /** Waits a moment for work that was taken on; later failures show in the instance itself. */
  async #started(work: Promise<unknown>): Promise<void> {
    await within(work, ACTION_WAIT_MS);
  }
}

function notFound(id: string): EngineFailure {
  return new EngineFailure(
    'not-found',
    `There is no unfinished instance ${id}.`,
  );
}
