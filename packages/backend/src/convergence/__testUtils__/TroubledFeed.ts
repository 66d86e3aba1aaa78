import { SeededRandom } from '../../../../../plugins/orchestrator-backend/src/__testUtils__/random';
import { LeaseLostError } from '../../../../../plugins/orchestrator-backend/src/feed';
import { Ask, FeedReplica, Reach, RoundName } from './FeedReplica';
import { Interruption } from './Interruption';
import { PlayedIndex } from './PlayedIndex';
import { StatementFault } from './StatementFault';
import { TestKnex } from './TestKnex';

interface TroubledFeedOptions {
  random: SeededRandom;
  knex: TestKnex;
  fault: StatementFault;
  index: PlayedIndex;
  reach: Reach;
}

/**
 * Two replicas that read one Data Index, one at a time, while everything happens to them that may:
 * questions fail or take long, a process is killed at any statement or sleeps through the expiry of
 * its lease, and its rounds overtake each other.
 */
export class TroubledFeed {
  readonly #options: TroubledFeedOptions;
  #reading: FeedReplica;
  #standby: FeedReplica;

  static async start(options: TroubledFeedOptions): Promise<TroubledFeed> {
    const feed = new TroubledFeed(options);
    await feed.#reading.takeLease();
    return feed;
  }

  private constructor(options: TroubledFeedOptions) {
    this.#options = options;
    this.#reading = this.#startReplica();
    this.#standby = this.#startReplica();
  }

  /** One pass during which anything may happen. */
  async troubledPass(round: RoundName): Promise<void> {
    const { random, fault } = this.#options;
    const dies = random.below(4) === 0;
    if (dies) {
      fault.arm(random.below(25));
    }
    const isOver = await this.#attempt(() =>
      this.#reading.pass(round, this.#troubledAsk(round)),
    );
    fault.disarm();
    if (dies && !isOver) {
      await this.#replaceReading();
    }
  }

  /** One pass of each round in peace. */
  async pass(): Promise<void> {
    await this.#reading.pass('changes', this.#ask);
    await this.#reading.pass('past', this.#ask);
  }

  async stop(): Promise<void> {
    await Promise.all([this.#reading.kill(), this.#standby.kill()]);
  }

  /** Time goes by with each question, and the answer is a little old when it arrives. */
  readonly #ask: Ask = async question => {
    this.#letPass(1 + this.#options.random.below(20));
    const answer = await question();
    this.#letPass(1 + this.#options.random.below(20));
    return answer;
  };

  #troubledAsk(round: RoundName): Ask {
    return async question => {
      const { random } = this.#options;
      if (random.below(25) === 0) {
        throw new Interruption('not asked');
      }
      const answer = await this.#ask(question);
      await this.#trouble(round, random.below(25));
      return answer;
    };
  }

  /** What happens while an answer is on its way; mostly nothing. */
  async #trouble(round: RoundName, kind: number) {
    if (kind === 0) {
      throw new Interruption('not answered');
    } else if (kind === 1) {
      this.#letPass(this.#options.random.below(8_000));
    } else if (kind === 2) {
      await this.#readByTheOther();
    } else if (kind < 6 && round === 'past') {
      await this.#attempt(() => this.#reading.pass('changes', this.#ask));
    }
  }

  /** The process at hand sleeps, and goes on with its answer after another one has read. */
  async #readByTheOther() {
    this.#options.fault.disarm();
    [this.#reading, this.#standby] = [this.#standby, this.#reading];
    await this.#takeLease();
    await this.pass();
  }

  #letPass(ms: number) {
    jest.setSystemTime(Date.now() + ms);
    this.#options.index.catchUp();
  }

  /** Tells whether the pass came to its end. */
  async #attempt(pass: () => Promise<void>): Promise<boolean> {
    try {
      await pass();
      return true;
    } catch (error) {
      if (error instanceof Interruption || error instanceof LeaseLostError) {
        return false;
      }
      throw error;
    }
  }

  async #replaceReading() {
    await this.#reading.kill();
    this.#reading = this.#startReplica();
    await this.#takeLease();
  }

  async #takeLease() {
    await this.#options.knex('lease').update({ expires_at: 0 });
    await this.#reading.takeLease();
  }

  #startReplica(): FeedReplica {
    const { knex, index, reach } = this.#options;
    return FeedReplica.start({ knex, reach, dataIndex: index.url });
  }
}
