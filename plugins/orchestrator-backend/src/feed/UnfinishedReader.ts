import { WorkflowEngine } from '@open-orchestrator/backstage-plugin-orchestrator-node';
import { Knex } from 'knex';
import { ChangePublisher } from '../live';
import { InstanceWriter, whereUnfinished } from '../store';
import { FeedPass, FeedStep } from './FeedStep';

/** Rows of each kind that one pass reads again. */
const BATCH = 100;

/**
 * Reads again what the store believes unfinished, since a change may come to the index later than
 * its cursor has passed. The newest in each pass, all others in rotation: a row waits at most for
 * (unfinished rows ÷ batch) passes.
 */
export class UnfinishedReader implements FeedStep {
  readonly #knex: Knex;
  readonly #engine: WorkflowEngine;
  readonly #writer: InstanceWriter;
  readonly #publisher: ChangePublisher;
  #rotation = '';

  static create(options: {
    knex: Knex;
    engine: WorkflowEngine;
    writer: InstanceWriter;
    publisher: ChangePublisher;
  }): UnfinishedReader {
    return new UnfinishedReader(options);
  }

  private constructor(options: {
    knex: Knex;
    engine: WorkflowEngine;
    writer: InstanceWriter;
    publisher: ChangePublisher;
  }) {
    this.#knex = options.knex;
    this.#engine = options.engine;
    this.#writer = options.writer;
    this.#publisher = options.publisher;
  }

  async run({ signal, checkLease }: FeedPass): Promise<void> {
    const rows = await this.#batch();
    if (rows.size === 0) {
      return;
    }
    const observedAt = Date.now();
    const { summaries, unknownIds } = await this.#engine.summaries(
      [...rows.keys()],
      { signal },
    );
    const { changedIds } = await this.#writer.observe(
      summaries,
      observedAt,
      checkLease,
    );
    this.#publisher.instancesChanged(changedIds);
    await this.#markUnknown(unknownIds.flatMap(id => rows.get(id) ?? []));
  }

  /** Engine id → plugin id. */
  async #batch(): Promise<Map<string, string>> {
    const select = () =>
      this.#knex('instance')
        .select('id', 'engine_instance_id')
        .where('engine', this.#engine.id)
        .whereNotNull('engine_instance_id')
        .modify(whereUnfinished)
        .limit(BATCH);
    const newest = await select().orderBy('created_at', 'desc');
    const rotated = await select()
      .where('id', '>', this.#rotation)
      .orderBy('id');
    this.#rotation = rotated.length < BATCH ? '' : rotated[BATCH - 1].id;
    return new Map(
      [...newest, ...rotated].map(row => [row.engine_instance_id, row.id]),
    );
  }

  /** The row stays: only a person can tell what became of an instance that the engine lost. */
  async #markUnknown(ids: string[]) {
    const marked: string[] = [];
    for (const id of ids) {
      const changed = await this.#writer.markUnknown(id, {
        attention: 'unknown-to-engine',
      });
      if (changed) {
        marked.push(id);
      }
    }
    this.#publisher.instancesChanged(marked);
  }
}
