import { mockServices } from '@backstage/backend-test-utils';
import { SonataFlowEngine } from '../../../../../plugins/orchestrator-backend-module-sonataflow/src/engine/SonataFlowEngine';
import {
  FeedState,
  FeedStep,
  Lease,
  readingSteps,
  RivalReporter,
} from '../../../../../plugins/orchestrator-backend/src/feed';
import { Reconciler } from '../../../../../plugins/orchestrator-backend/src/feed/Reconciler';
import { ChangePublisher } from '../../../../../plugins/orchestrator-backend/src/live';
import { InstanceWriter } from '../../../../../plugins/orchestrator-backend/src/store';
import { TestKnex } from './TestKnex';

/** The rounds of the feed that read instances. */
export type RoundName = 'changes' | 'past';

/**
 * How far back the feed reads: what changed just now; what was late or is unfinished as well; or all,
 * with the comparison of the past window by window.
 */
export type Reach = 'now' | 'late' | 'past';

/** Asks the engine; a test may let something happen meanwhile. */
export type Ask = <T>(question: () => Promise<T>) => Promise<T>;

/** Instances in a page: few, so that histories of some dozen have many pages. */
const PAGE = 7;

let count = 0;

/** What one process of the portal does to read the engine, pass by pass. */
export class FeedReplica {
  readonly #engine: SonataFlowEngine;
  readonly #lease: Lease;
  readonly #rounds: Record<RoundName, FeedStep[]>;

  private constructor(
    engine: SonataFlowEngine,
    lease: Lease,
    rounds: Record<RoundName, FeedStep[]>,
  ) {
    this.#engine = engine;
    this.#lease = lease;
    this.#rounds = rounds;
  }

  static start(options: {
    knex: TestKnex;
    dataIndex: URL;
    reach: Reach;
  }): FeedReplica {
    const { knex, dataIndex, reach } = options;
    const engine = SonataFlowEngine.create({
      config: {
        dataIndex: { url: dataIndex, timeoutMs: 20_000, tls: {} },
        services: [],
      },
      logger: mockServices.logger.mock(),
      // As long as it takes: this machine may be busy.
      patienceMs: 20_000,
    });
    const scope = { knex, engine: engine.id };
    const { changes, past } = readingSteps({
      knex,
      engine: withSmallPages(engine),
      writer: InstanceWriter.create(scope),
      state: FeedState.create(scope),
      publisher: { instancesChanged() {} } as unknown as ChangePublisher,
      rivals: RivalReporter.create({ auditor: mockServices.auditor.mock() }),
    });
    count += 1;
    const lease = Lease.create({
      knex,
      name: 'feed',
      holder: `replica-${count}`,
      expiryMs: 3_600_000,
    });
    return new FeedReplica(engine, lease, {
      changes,
      past: past.filter(
        step =>
          reach === 'past' ||
          (reach === 'late' && !(step instanceof Reconciler)),
      ),
    });
  }

  async takeLease(): Promise<void> {
    if (!(await this.#lease.acquire())) {
      throw new Error('Another replica has the lease');
    }
  }

  /** Takes the steps of a round, as the feed does; a step that throws ends the pass. */
  async pass(round: RoundName, ask: Ask = question => question()) {
    for (const step of this.#rounds[round]) {
      await step.run({
        startedAt: Date.now(),
        signal: new AbortController().signal,
        ask,
        checkLease: transaction => this.#lease.check(transaction),
      });
    }
  }

  /** As a process ends that is killed: it gives nothing back. */
  async kill(): Promise<void> {
    await this.#engine.stop();
  }
}

function withSmallPages(engine: SonataFlowEngine): SonataFlowEngine {
  const small: Partial<SonataFlowEngine> = {
    changes: (cursor, _, options) => engine.changes(cursor, PAGE, options),
    lateChanges: (cursor, _, options) =>
      engine.lateChanges(cursor, PAGE, options),
    window: (window, { offset }, options) =>
      engine.window(window, { offset, limit: PAGE }, options),
    summaries: (ids, options) => engine.summaries(ids, options),
  };
  return Object.assign(Object.create(engine), small);
}
