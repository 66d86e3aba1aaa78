import type {
  RuntimeEvent,
  WorkflowRuntime,
} from '@open-orchestrator/serverless-workflow/runtime';

/** More are a loop of workflows that start each other. */
const MAX_WAITING = 10_000;

/**
 * Takes the place of the broker that production has: events that workflows produce come back to
 * the workflows of this engine, one after the other.
 */
export class ProducedEvents {
  readonly #deliver: WorkflowRuntime['sendEvent'];
  readonly #onFailure: (message: string) => void;
  readonly #waiting: RuntimeEvent[] = [];
  #isDelivering = false;

  private constructor(
    deliver: WorkflowRuntime['sendEvent'],
    onFailure: (message: string) => void,
  ) {
    this.#deliver = deliver;
    this.#onFailure = onFailure;
  }

  /** @param onFailure - told about events that get lost */
  static create(
    deliver: WorkflowRuntime['sendEvent'],
    onFailure: (message: string) => void,
  ): ProducedEvents {
    return new ProducedEvents(deliver, onFailure);
  }

  readonly publish = (event: RuntimeEvent): void => {
    if (this.#waiting.length === MAX_WAITING) {
      this.#onFailure(
        `Workflows produce events faster than they are delivered; one of type ${event.type} is dropped.`,
      );
      return;
    }
    this.#waiting.push(event);
    if (!this.#isDelivering) {
      this.#isDelivering = true;
      setImmediate(() => void this.#deliverAll());
    }
  };

  async #deliverAll(): Promise<void> {
    for (
      let event = this.#waiting.shift();
      event;
      event = this.#waiting.shift()
    ) {
      try {
        await this.#deliver(event);
      } catch (error) {
        this.#onFailure(
          `An event of type ${event.type} could not be delivered: ${
            error instanceof Error ? error.message : error
          }`,
        );
      }
      // Between two events others get their turn.
      await new Promise(resolve => {
        setImmediate(resolve);
      });
    }
    this.#isDelivering = false;
  }
}
