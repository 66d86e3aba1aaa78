import { LoggerService } from '@backstage/backend-plugin-api';

const KEPT = 100;

/** Logs what the Data Index can't give: each trouble once, however often it is met. */
export class GapReporter {
  readonly #logger: LoggerService;
  readonly #reported = new Set<string>();

  private constructor(logger: LoggerService) {
    this.#logger = logger;
  }

  static create(logger: LoggerService): GapReporter {
    return new GapReporter(logger);
  }

  /** @param gaps - what the Data Index wrote about them; empty when there are none */
  report(operation: string, gaps: string) {
    const key = JSON.stringify([operation, gaps]);
    if (gaps === '' || this.#reported.has(key)) {
      return;
    }
    if (this.#reported.size >= KEPT) {
      this.#reported.clear();
    }
    this.#reported.add(key);
    this.#logger.warn(
      `The Data Index could not give all of ${operation}: of rows that are missing what it last told stays, and what is missing in one shows as empty`,
      { detail: gaps },
    );
  }
}
