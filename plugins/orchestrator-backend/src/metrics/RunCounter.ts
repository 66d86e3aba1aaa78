import {
  MetricsService,
  MetricsServiceCounter,
} from '@backstage/backend-plugin-api/alpha';

/** What became of a run when it was handed to the engine. */
export type RunResult = 'started' | 'failed' | 'refused' | 'unconfirmed';

/** Counts the runs that this replica handed to the engine. */
export class RunCounter {
  readonly #counter: MetricsServiceCounter;

  static create(metrics: MetricsService): RunCounter {
    return new RunCounter(metrics);
  }

  private constructor(metrics: MetricsService) {
    this.#counter = metrics.createCounter('orchestrator.runs', {
      description:
        'Runs that were handed to the engine, by workflow and by what became of them',
    });
  }

  count(workflow: string, result: RunResult): void {
    this.#counter.add(1, { workflow, result });
  }
}
