import { Interruption } from './Interruption';
import { TestKnex } from './TestKnex';

/** What ends a transaction has to work also for a process that was killed: its database does that. */
const ENDS = /^(COMMIT|ROLLBACK)/i;

/** Lets a statement of the database fail, as when the process is killed just before it. */
export class StatementFault {
  #statementsLeft = Infinity;

  static on(knex: TestKnex): StatementFault {
    const fault = new StatementFault();
    knex.on('query', ({ sql }: { sql: string }) => fault.#count(sql));
    return fault;
  }

  private constructor() {}

  /** The statement after so many fails, and all that follow until `disarm`. */
  arm(statements: number): void {
    this.#statementsLeft = statements;
  }

  disarm(): void {
    this.#statementsLeft = Infinity;
  }

  #count(sql: string) {
    if (ENDS.test(sql)) {
      return;
    }
    this.#statementsLeft -= 1;
    if (this.#statementsLeft < 0) {
      throw new Interruption('killed');
    }
  }
}
