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

  /** `gaps` is what the Data Index wrote about them. */
  report(operation: string, gaps: string) {
    const key = JSON.stringify([operation, gaps]);
    if (this.#reported.has(key)) {
      return;
    }
    if (this.#reported.size >= KEPT) {
      this.#reported.clear();
    }
    this.#reported.add(key);
    this.#logger.warn(
      `The Data Index could not give some rows of ${operation}; what it last told of them stays`,
      { detail: gaps },
    );
  }
}
