import { WorkflowEngine } from '@open-orchestrator/backstage-plugin-orchestrator-node';
import { ChangePublisher } from '../live';
import { InstanceWriter } from '../store';
import { FeedState } from './FeedState';
import { FeedPass, FeedStep } from './FeedStep';
import { RivalReporter } from './RivalReporter';

/** Large, since an index without indexes of its own scans all it has for each page. */
const PAGE = 1_000;

/** Pages read in one pass; the rest waits for the next one, so that other steps get their turn. */
const PAGES_PER_PASS = 20;

/** After so many instances at once the store has to plan its queries anew. */
const MANY = 10_000;

/** With more pages a pass has caught up with something. */
const USUAL_PAGES = 2;

/** Takes in the instances that started or ended since the last pass. */
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

  async run({ signal, ask, checkLease }: FeedPass): Promise<void | 'behind'> {
    let position = await this.#state.position();
    for (let page = 0; page < PAGES_PER_PASS; page++) {
      const observedAt = Date.now();
      const { cursor } = position;
      const { summaries, nextCursor, more } = await ask(() =>
        this.#engine.changes(cursor, PAGE, { signal }),
      );
      const read = (position.backfillRead ?? 0) + summaries.length;
      const next = {
        cursor: nextCursor,
        backfillRead: more ? read : undefined,
      };
      const { changedIds, rivals } = await this.#writer.observe(
        summaries,
        observedAt,
        async transaction => {
          await checkLease(transaction);
          await this.#state.savePosition(transaction, next);
        },
      );
      this.#publisher.instancesChanged(changedIds);
      await this.#rivals.report(rivals);
      if (!more) {
        if (read >= MANY) {
          await this.#writer.planAnew();
        }
        // What came meanwhile is read at once, by a pass that shows what one usually takes.
        return page < USUAL_PAGES ? undefined : 'behind';
      }
      position = next;
    }
    return 'behind';
  }
}
