import { WorkflowEngine } from '@open-orchestrator/backstage-plugin-orchestrator-node';
import { EpochMs } from '../database';
import { ChangePublisher } from '../live';
import { InstanceWriter } from '../store';
import { FeedState } from './FeedState';
import { FeedPass, FeedStep } from './FeedStep';
import { RivalReporter } from './RivalReporter';

const INTERVAL_MS = 15_000;
const PAGE = 500;

/** Pages read in one pass; the rest waits for the next one, so that the index can rest. */
const PAGES_PER_PASS = 4;

interface LateReaderOptions {
  engine: WorkflowEngine;
  writer: InstanceWriter;
  state: FeedState;
  publisher: ChangePublisher;
  rivals: RivalReporter;
}

/** Takes in what became visible behind the reader of changes. */
export class LateReader implements FeedStep {
  readonly #options: LateReaderOptions;
  #dueAt: EpochMs = 0;

  static create(options: LateReaderOptions): LateReader {
    return new LateReader(options);
  }

  private constructor(options: LateReaderOptions) {
    this.#options = options;
  }

  async run(pass: FeedPass): Promise<void> {
    if (pass.startedAt < this.#dueAt) {
      return;
    }
    for (let page = 0; page < PAGES_PER_PASS; page++) {
      if (!(await this.#readPage(pass))) {
        this.#dueAt = pass.startedAt + INTERVAL_MS;
        return;
      }
    }
  }

  /** Tells whether there is more. */
  async #readPage({ signal, ask, checkLease }: FeedPass): Promise<boolean> {
    const { engine, writer, state, publisher, rivals } = this.#options;
    const cursor = await state.lateCursor();
    const observedAt = Date.now();
    const read = await ask(async () =>
      engine.lateChanges?.(cursor, PAGE, { signal }),
    );
    if (!read) {
      return false;
    }
    const observation = await writer.observe(
      read.summaries,
      observedAt,
      async transaction => {
        await checkLease(transaction);
        await state.saveLateCursor(transaction, read.nextCursor);
      },
    );
    publisher.instancesChanged(observation.changedIds);
    await rivals.report(observation.rivals);
    return read.more;
  }
}
