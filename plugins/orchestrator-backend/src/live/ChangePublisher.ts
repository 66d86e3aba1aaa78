import { LoggerService } from '@backstage/backend-plugin-api';
import { stringifyError } from '@backstage/errors';
import { EventsService } from '@backstage/plugin-events-node';
import { SignalsService } from '@backstage/plugin-signals-node';
import {
  ORCHESTRATOR_SIGNAL_CHANNEL,
  OrchestratorSignal,
} from '@open-orchestrator/backstage-plugin-orchestrator-common';
import { randomUUID } from 'node:crypto';
import { Coalescer } from './Coalescer';
import { Viewers } from './Viewers';

/** Between the backend's own processes; carries ids, and so never reaches a browser. */
const TOPIC = 'orchestrator.instances-changed';

const BROADCAST_INTERVAL_MS = 1_000;
const IDS_PER_EVENT = 200;

/** An event costs the events backend a request and some twenty statements. */
const EVENT_INTERVAL_MS = 500;

/**
 * Tells browsers that something changed. Everyone hears that instances changed, without ids; which
 * one it was is told only to those who lately read it, by whichever process they read it from.
 */
export class ChangePublisher {
  readonly #signals: SignalsService;
  readonly #events: EventsService;
  readonly #viewers: Viewers;
  readonly #logger: LoggerService;
  readonly #instances: Coalescer;
  readonly #changed: Coalescer;
  readonly #changedIds = new Set<string>();
  readonly #workflows: Coalescer;

  static create(options: {
    signals: SignalsService;
    events: EventsService;
    viewers: Viewers;
    logger: LoggerService;
  }): ChangePublisher {
    return new ChangePublisher(options);
  }

  private constructor(options: {
    signals: SignalsService;
    events: EventsService;
    viewers: Viewers;
    logger: LoggerService;
  }) {
    this.#signals = options.signals;
    this.#events = options.events;
    this.#viewers = options.viewers;
    this.#logger = options.logger;
    this.#changed = Coalescer.create({
      intervalMs: EVENT_INTERVAL_MS,
      run: () => this.#publishChanged(),
    });
    this.#instances = this.#broadcast({ type: 'instances-changed' });
    this.#workflows = this.#broadcast({ type: 'workflows-changed' });
  }

  /** Listens to the other processes. */
  async start(): Promise<void> {
    await this.#events.subscribe({
      // An id of its own: every process must hear every event.
      id: `orchestrator-${randomUUID()}`,
      topics: [TOPIC],
      onEvent: async ({ eventPayload }) => this.#tellViewers(eventPayload),
    });
  }

  stop(): void {
    this.#changed.stop();
    this.#instances.stop();
    this.#workflows.stop();
  }

  instancesChanged(ids: readonly string[]): void {
    if (ids.length === 0) {
      return;
    }
    ids.forEach(id => this.#changedIds.add(id));
    this.#changed.trigger();
    this.#instances.trigger();
  }

  workflowsChanged(): void {
    this.#workflows.trigger();
  }

  #publishChanged() {
    const ids = [...this.#changedIds];
    this.#changedIds.clear();
    for (let i = 0; i < ids.length; i += IDS_PER_EVENT) {
      void this.#attempt(() =>
        this.#events.publish({
          topic: TOPIC,
          eventPayload: { instanceIds: ids.slice(i, i + IDS_PER_EVENT) },
        }),
      );
    }
  }

  #broadcast(message: OrchestratorSignal): Coalescer {
    return Coalescer.create({
      intervalMs: BROADCAST_INTERVAL_MS,
      run: () => this.#publish({ type: 'broadcast' }, message),
    });
  }

  #tellViewers(payload: unknown) {
    for (const instanceId of instanceIdsOf(payload)) {
      const entityRef = this.#viewers.of(instanceId);
      if (entityRef.length > 0) {
        this.#publish(
          { type: 'user', entityRef },
          { type: 'instance-changed', instanceId },
        );
      }
    }
  }

  #publish(
    recipients: { type: 'broadcast' } | { type: 'user'; entityRef: string[] },
    message: OrchestratorSignal,
  ) {
    void this.#attempt(() =>
      this.#signals.publish({
        channel: ORCHESTRATOR_SIGNAL_CHANNEL,
        recipients,
        message,
      }),
    );
  }

  /** Pages poll as well: a lost signal costs seconds, and must cost nothing else. */
  async #attempt(publish: () => Promise<void>) {
    try {
      await publish();
    } catch (error) {
      this.#logger.debug(`A signal was lost: ${stringifyError(error)}`);
    }
  }
}

function instanceIdsOf(payload: unknown): string[] {
  if (
    typeof payload !== 'object' ||
    payload === null ||
    !('instanceIds' in payload) ||
    !Array.isArray(payload.instanceIds)
  ) {
    return [];
  }
  return payload.instanceIds.filter(id => typeof id === 'string');
}
