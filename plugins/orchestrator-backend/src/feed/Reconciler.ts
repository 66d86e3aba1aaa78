import { WorkflowEngine } from '@open-orchestrator/backstage-plugin-orchestrator-node';
import { EpochMs, isoTime } from '../database';
import { InstanceWriter } from '../store';
import { ChangePublisher } from '../live';
import { FeedPass, FeedStep } from './FeedStep';
import { RivalReporter } from './RivalReporter';

const INTERVAL_MS = 10_000;
const PAGE = 500;

/** A window of this length is compared at a time; the engine halves it when it holds too much. */
const WINDOW_MS = 60 * 60 * 1000;

/** How far back the past is compared before it begins anew. */
const REACH_MS = 7 * 24 * 60 * 60 * 1000;

interface ReconcilerOptions {
  engine: WorkflowEngine;
  writer: InstanceWriter;
  publisher: ChangePublisher;
  rivals: RivalReporter;
}

/**
 * Compares the past with the engine, window by window in the background, for what no cursor shows:
 * instances that were committed to the index long after their time.
 */
export class Reconciler implements FeedStep {
  readonly #engine: WorkflowEngine;
  readonly #writer: InstanceWriter;
  readonly #publisher: ChangePublisher;
  readonly #rivals: RivalReporter;
  #dueAt: EpochMs = 0;
  /** End of the window at hand; undefined: begin at the present. */
  #to: EpochMs | undefined;
  #offset = 0;

  static create(options: ReconcilerOptions): Reconciler {
    return new Reconciler(options);
  }

  private constructor(options: ReconcilerOptions) {
    this.#engine = options.engine;
    this.#writer = options.writer;
    this.#publisher = options.publisher;
    this.#rivals = options.rivals;
  }

  async run({ startedAt, signal, ask, checkLease }: FeedPass): Promise<void> {
    // A dev engine tells every change itself, and knows no past.
    if (this.#engine.mode === 'dev' || startedAt < this.#dueAt) {
      return;
    }
    this.#dueAt = startedAt + INTERVAL_MS;
    const to = this.#to ?? startedAt;
    const from = to - WINDOW_MS;
    const observedAt = Date.now();
    const { summaries, more } = await ask(() =>
      this.#engine.window(
        { from: isoTime(from), to: isoTime(to) },
        { offset: this.#offset, limit: PAGE },
        { signal },
      ),
    );
    if (summaries.length > 0) {
      const { changedIds, rivals } = await this.#writer.observe(
        summaries,
        observedAt,
        checkLease,
      );
      this.#publisher.instancesChanged(changedIds);
      await this.#rivals.report(rivals);
    }
    if (more) {
      this.#to = to;
      this.#offset += summaries.length;
    } else {
      this.#to = from < startedAt - REACH_MS ? undefined : from;
      this.#offset = 0;
    }
  }
}
