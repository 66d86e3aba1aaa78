import { WorkflowEngine } from '@open-orchestrator/backstage-plugin-orchestrator-node';
import { EpochMs } from '../database';
import { ChangePublisher } from '../live';
import { WorkflowStore } from '../store';
import { FeedPass, FeedStep } from './FeedStep';

/** How often workflows are read when the engine announces nothing. */
const INTERVAL_MS = 15_000;

/** Keeps the stored workflows equal to those that the engine has. */
export class WorkflowReader implements FeedStep {
  readonly #engine: WorkflowEngine;
  readonly #store: WorkflowStore;
  readonly #publisher: ChangePublisher;
  #dueAt: EpochMs = 0;

  static create(options: {
    engine: WorkflowEngine;
    store: WorkflowStore;
    publisher: ChangePublisher;
  }): WorkflowReader {
    return new WorkflowReader(options);
  }

  private constructor(options: {
    engine: WorkflowEngine;
    store: WorkflowStore;
    publisher: ChangePublisher;
  }) {
    this.#engine = options.engine;
    this.#store = options.store;
    this.#publisher = options.publisher;
  }

  /** Lets the next pass read the workflows whatever the interval. */
  expire(): void {
    this.#dueAt = 0;
  }

  async run({ startedAt, signal, checkLease }: FeedPass): Promise<void> {
    if (startedAt < this.#dueAt) {
      return;
    }
    const dueAt = startedAt + INTERVAL_MS;
    this.#dueAt = dueAt;
    try {
      const workflows = await this.#engine.listWorkflows({ signal });
      if (await this.#store.replaceAll(workflows, startedAt, checkLease)) {
        this.#publisher.workflowsChanged();
      }
    } catch (error) {
      this.#dueAt = 0;
      throw error;
    }
  }
}
