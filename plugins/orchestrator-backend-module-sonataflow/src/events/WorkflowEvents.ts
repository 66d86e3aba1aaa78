import {
  CloudEvent,
  SendEventOptions,
  WorkflowVersionRef,
} from '@open-orchestrator/backstage-plugin-orchestrator-node';
import { DataIndexClient } from '../dataIndex/DataIndexClient';
import { INSTANCE_PLACE } from '../dataIndex/documents';
import { Workflows } from '../workflows/Workflows';
import { EventSink } from './EventSink';

/** Where an event goes. */
interface Receiver {
  send(event: CloudEvent, signal?: AbortSignal): Promise<void>;
  /** Of a service; a broker has none. */
  serviceAddress?: string;
}

/**
 * Brings events to workflows: through the configured broker, or else to the service of the version
 * asked for, or of the newest one that consumes their type.
 *
 * An event that does nothing but start instances is sent with a business key of its delivery. A
 * service that still runs an instance with that key starts no second one, and an instance that has
 * ended is found by its key in the Data Index. Other events go without a key: with one, SonataFlow
 * resumes no instance that waits for them. Until it is known which of both an event is it waits: sent
 * once without the key and once with it, it would start two instances.
 */
export class WorkflowEvents {
  readonly #workflows: Workflows;
  readonly #dataIndex: DataIndexClient;
  readonly #sink?: EventSink;

  private constructor(
    workflows: Workflows,
    dataIndex: DataIndexClient,
    sink: EventSink | undefined,
  ) {
    this.#workflows = workflows;
    this.#dataIndex = dataIndex;
    this.#sink = sink;
  }

  static create(options: {
    workflows: Workflows;
    dataIndex: DataIndexClient;
    sink?: EventSink;
  }): WorkflowEvents {
    const { workflows, dataIndex, sink } = options;
    return new WorkflowEvents(workflows, dataIndex, sink);
  }

  get hasBroker(): boolean {
    return this.#sink !== undefined;
  }

  /**
   * Resolves when the event was accepted, or is known to have arrived earlier.
   *
   * @throws EngineNotCalledError while it can't be told what the event does
   */
  async send(
    event: CloudEvent,
    workflow: WorkflowVersionRef,
    { deliveryId, mayHaveArrived = false, signal }: SendEventOptions = {},
  ): Promise<void> {
    const receiver = await this.#receiverOf(workflow, event.type);
    const started =
      deliveryId === undefined
        ? []
        : await this.#workflows.startedBy(event.type, receiver.serviceAddress);
    if (deliveryId === undefined || started.length === 0) {
      await receiver.send(event, signal);
      return;
    }
    if (mayHaveArrived && (await this.#haveStarted(started, deliveryId))) {
      return;
    }
    signal?.throwIfAborted();
    await receiver.send({ ...event, kogitobusinesskey: deliveryId }, signal);
  }

  async #receiverOf(
    workflow: WorkflowVersionRef,
    type: string,
  ): Promise<Receiver> {
    if (this.#sink) {
      return this.#sink;
    }
    const { service, definition } = await this.#workflows.consumer(
      workflow,
      type,
    );
    return {
      send: (event, signal) => service.sendEvent(event, signal),
      serviceAddress: definition.serviceAddress,
    };
  }

  async #haveStarted(
    workflowIds: string[],
    businessKey: string,
  ): Promise<boolean> {
    const rows = await this.#dataIndex.rows(INSTANCE_PLACE, {
      where: { businessKey: { equal: businessKey } },
    });
    return workflowIds.every(id => rows.some(row => row.processId === id));
  }
}
