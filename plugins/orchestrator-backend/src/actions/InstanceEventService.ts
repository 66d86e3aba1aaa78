import { ConflictError } from '@backstage/errors';
import {
  InstanceEventAccepted,
  InstanceEventRequest,
  instanceEventSendPermission,
} from '@open-orchestrator/backstage-plugin-orchestrator-common';
import { WorkflowEngine } from '@open-orchestrator/backstage-plugin-orchestrator-node';
import { randomUUID } from 'node:crypto';
import { CallerCredentials } from '../http';
import { InstanceAccess } from '../instances';

/** How long the engine may take. */
const TIMEOUT_MS = 10_000;

/** CloudEvents attribute `source` of events that people send from the portal. */
const SOURCE = '/backstage/orchestrator';

/** Sending an instance the event that it waits for. */
export class InstanceEventService {
  readonly #engine: WorkflowEngine;
  readonly #access: InstanceAccess;

  static create(options: {
    engine: WorkflowEngine;
    access: InstanceAccess;
  }): InstanceEventService {
    return new InstanceEventService(options.engine, options.access);
  }

  private constructor(engine: WorkflowEngine, access: InstanceAccess) {
    this.#engine = engine;
    this.#access = access;
  }

  /** @throws ConflictError when the instance waits for no event of this type */
  async send(
    id: string,
    { type, data }: InstanceEventRequest,
    credentials: CallerCredentials,
  ): Promise<InstanceEventAccepted> {
    const { record } = await this.#access.act(
      id,
      credentials,
      instanceEventSendPermission,
    );
    const { engineInstanceId } = record;
    const detail =
      engineInstanceId === undefined
        ? undefined
        : await this.#engine.getInstance(engineInstanceId, {
            signal: AbortSignal.timeout(TIMEOUT_MS),
          });
    const awaited = detail?.waits.flatMap(wait => wait.eventType ?? []) ?? [];
    if (engineInstanceId === undefined || !awaited.includes(type)) {
      throw new ConflictError(
        awaited.length === 0
          ? 'The instance waits for no event.'
          : `The instance does not wait for "${type}" but for ${awaited
              .map(name => `"${name}"`)
              .join(', ')}.`,
      );
    }
    const eventId = randomUUID();
    await this.#engine.sendEvent(
      {
        specversion: '1.0',
        id: eventId,
        source: SOURCE,
        type,
        time: new Date().toISOString(),
        datacontenttype: 'application/json',
        ...(data !== undefined && { data }),
        // Which instance it is for is never the caller's to say.
        kogitoprocrefid: engineInstanceId,
      },
      { kind: 'instance', engineInstanceId },
      { signal: AbortSignal.timeout(TIMEOUT_MS) },
    );
    return { eventId };
  }
}
