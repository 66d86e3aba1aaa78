import { stringifyError } from '@backstage/errors';
import { EpochMs } from '../database';
import { FeedReport } from './FeedReport';
import { FeedStep } from './FeedStep';
import { Lease, LeaseLostError } from './Lease';
import { Pace } from './Pace';
import { Round } from './Round';

interface FeedRoundOptions {
  name: string;
  /** Taken one after the other in each pass. */
  steps: readonly FeedStep[];
  pace: Pace;
  lease: Lease;
  report: FeedReport;
  /** Whether the store agrees with the engine when a pass has read everything. */
  tellsFreshness?: boolean;
  /** Whether each step is taken even when one before it failed: what it needs may be there. */
  stepsAreIndependent?: boolean;
}

/** Some steps of the feed with a pace of their own. */
export class FeedRound {
  readonly round: Round;
  readonly #options: FeedRoundOptions;
  #pauseMs = 0;
  /** For how long the engine was asked in the last pass. */
  #askedMs = 0;

  static create(options: FeedRoundOptions): FeedRound {
    return new FeedRound(options);
  }

  private constructor(options: FeedRoundOptions) {
    this.#options = options;
    this.round = Round.create({
      pass: signal => this.#pass(signal),
      pauseMs: () => this.#pauseMs,
    });
  }

  async #pass(signal: AbortSignal): Promise<void> {
    const { name, pace, report, tellsFreshness } = this.#options;
    const startedAt = Date.now();
    this.#askedMs = 0;
    try {
      const isBehind = await this.#takeSteps(startedAt, signal);
      await report.succeeded(
        name,
        tellsFreshness && !isBehind ? startedAt : undefined,
      );
      // Catching up is not what the engine has to bear for long.
      this.#pauseMs = isBehind ? 0 : pace.pauseMs(this.#askedMs, Date.now());
    } catch (error) {
      this.#pauseMs = pace.pauseAfterFailureMs(this.#askedMs);
      if (!signal.aborted) {
        await report.failed(name, error);
      }
    }
  }

  async #takeSteps(startedAt: EpochMs, signal: AbortSignal): Promise<boolean> {
    const { lease, steps, stepsAreIndependent } = this.#options;
    const failures: unknown[] = [];
    let isBehind = false;
    for (const step of steps) {
      try {
        const outcome = await step.run({
          startedAt,
          signal,
          ask: question => this.#ask(question),
          checkLease: transaction => lease.check(transaction),
        });
        isBehind ||= outcome === 'behind';
      } catch (error) {
        failures.push(error);
        const isOver = signal.aborted || error instanceof LeaseLostError;
        if (isOver || !stepsAreIndependent) {
          throw error;
        }
      }
    }
    throwAny(failures);
    return isBehind;
  }

  async #ask<T>(question: () => Promise<T>): Promise<T> {
    const askedAt = Date.now();
    try {
      return await question();
    } finally {
      this.#askedMs += Date.now() - askedAt;
    }
  }
}

function throwAny(failures: readonly unknown[]): void {
  if (failures.length > 1) {
    throw new Error(failures.map(stringifyError).join('; '));
  }
  if (failures.length === 1) {
    throw failures[0];
  }
}
