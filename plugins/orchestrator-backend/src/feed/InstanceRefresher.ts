import { WorkflowEngine } from '@open-orchestrator/backstage-plugin-orchestrator-node';
import { ChangePublisher } from '../live';
import { InstanceWriter } from '../store';
import { FeedPass } from './FeedStep';

/** The ids of a stored row that the engine knows. */
export interface StoredIds {
  id: string;
  engine_instance_id: string;
}

interface InstanceRefresherOptions {
  engine: WorkflowEngine;
  writer: InstanceWriter;
  publisher: ChangePublisher;
}

/** Reads given rows again. */
export class InstanceRefresher {
  readonly #options: InstanceRefresherOptions;

  static create(options: InstanceRefresherOptions): InstanceRefresher {
    return new InstanceRefresher(options);
  }

  private constructor(options: InstanceRefresherOptions) {
    this.#options = options;
  }

  async refresh(
    rows: StoredIds[],
    { signal, ask, checkLease }: FeedPass,
  ): Promise<void> {
    if (rows.length === 0) {
      return;
    }
    const { engine, writer, publisher } = this.#options;
    const observedAt = Date.now();
    const { summaries, unknownIds } = await ask(() =>
      engine.summaries(
        rows.map(row => row.engine_instance_id),
        { signal },
      ),
    );
    const { changedIds } = await writer.observe(
      summaries,
      observedAt,
      checkLease,
    );
    publisher.instancesChanged(changedIds);
    const unknown = new Set(unknownIds);
    await this.#markUnknown(
      rows.filter(row => unknown.has(row.engine_instance_id)),
    );
  }

  /** The row stays: only a person can tell what became of an instance that the engine lost. */
  async #markUnknown(rows: StoredIds[]) {
    const { writer, publisher } = this.#options;
    const marked: string[] = [];
    for (const { id } of rows) {
      if (await writer.markUnknown(id)) {
        marked.push(id);
      }
    }
    publisher.instancesChanged(marked);
  }
}
