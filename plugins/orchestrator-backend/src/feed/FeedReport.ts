import { LoggerService } from '@backstage/backend-plugin-api';
import { stringifyError } from '@backstage/errors';
import { EpochMs } from '../database';
import { FeedState } from './FeedState';
import { LeaseLostError } from './Lease';

/** Tells the log and the administrators how the rounds of the feed go. */
export class FeedReport {
  readonly #state: FeedState;
  readonly #logger: LoggerService;
  /** Why the last pass of a round failed; undefined for those that went well. */
  readonly #outcomes = new Map<string, string | undefined>();

  static create(options: {
    state: FeedState;
    logger: LoggerService;
  }): FeedReport {
    return new FeedReport(options.state, options.logger);
  }

  private constructor(state: FeedState, logger: LoggerService) {
    this.#state = state;
    this.#logger = logger;
  }

  /** @param asOf - since when the store agrees with the engine, from the round that tells */
  async succeeded(round: string, asOf?: EpochMs): Promise<void> {
    const before = this.#outcomes.get(round);
    // What another process told of its failures is over with the first success.
    const isNews = before !== undefined || !this.#outcomes.has(round);
    this.#outcomes.set(round, undefined);
    const [failure] = this.#failures();
    if (before !== undefined && failure === undefined) {
      this.#logger.info('The workflow engine can be read again');
    }
    if (isNews || asOf !== undefined) {
      await this.#state.succeeded(asOf, failure);
    }
  }

  async failed(round: string, error: unknown): Promise<void> {
    const message = stringifyError(error);
    if (error instanceof LeaseLostError) {
      this.#logger.info('Another process reads the workflow engine by now');
      return;
    }
    const isKnown = this.#failures().includes(message);
    this.#outcomes.set(round, message);
    if (!isKnown) {
      this.#logger.warn(`The workflow engine can't be read: ${message}`);
    }
    try {
      await this.#state.failed(message);
    } catch (cause) {
      this.#logger.error(
        `The state of the feed can't be stored: ${stringifyError(cause)}`,
      );
    }
  }

  #failures(): string[] {
    return [...this.#outcomes.values()].filter(
      outcome => outcome !== undefined,
    );
  }
}
