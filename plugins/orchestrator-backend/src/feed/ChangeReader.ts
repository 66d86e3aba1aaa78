import { WorkflowEngine } from '@open-orchestrator/backstage-plugin-orchestrator-node';
import { ChangePublisher } from '../live';
import { InstanceWriter } from '../store';
import { FeedState } from './FeedState';
import { FeedPass, FeedStep } from './FeedStep';
import { RivalReporter } from './RivalReporter';

const PAGE = 500;

/** Pages read in one pass; the rest waits for the next one, so that other steps get their turn. */
const PAGES_PER_PASS = 40;

/** Takes in the instances that started, ended or failed since the last pass. */
export class ChangeReader implements FeedStep {
  readonly #engine: WorkflowEngine;
  readonly #writer: InstanceWriter;
  readonly #state: FeedState;
  readonly #publisher: ChangePublisher;
  readonly #rivals: RivalReporter;

  static create(options: {
    engine: WorkflowEngine;
    writer: InstanceWriter;
    state: FeedState;
    publisher: ChangePublisher;
    rivals: RivalReporter;
  }): ChangeReader {
    return new ChangeReader(options);
  }

  private constructor(options: {
    engine: WorkflowEngine;
    writer: InstanceWriter;
    state: FeedState;
    publisher: ChangePublisher;
    rivals: RivalReporter;
  }) {
    this.#engine = options.engine;
    this.#writer = options.writer;
    this.#state = options.state;
    this.#publisher = options.publisher;
    this.#rivals = options.rivals;
  }

  async run({ signal, checkLease }: FeedPass): Promise<void> {
    let cursor = await this.#state.cursor();
    let read = 0;
    for (let page = 0; page < PAGES_PER_PASS; page++) {
      const observedAt = Date.now();
      const changes = await this.#engine.changes(cursor, PAGE, { signal });
      const { changedIds, rivals } = await this.#writer.observe(
        changes.summaries,
        observedAt,
        async transaction => {
          await checkLease(transaction);
          await this.#state.saveCursor(transaction, changes.nextCursor);
        },
      );
      this.#publisher.instancesChanged(changedIds);
      await this.#rivals.report(rivals);
      if (!changes.more) {
        return;
      }
      cursor = changes.nextCursor;
      read += changes.summaries.length;
      await this.#state.backfilling(`${read} instances read so far`);
    }
  }
}
