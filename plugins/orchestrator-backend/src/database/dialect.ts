import { Knex } from 'knex';

export function isPostgres(knex: Knex): boolean {
  return knex.client.config.client.includes('pg');
}

/** The present time by the clock of the database, as a SQL expression in milliseconds. */
export function databaseNow(knex: Knex): Knex.Raw {
  return knex.raw(
    isPostgres(knex)
      ? '(extract(epoch from clock_timestamp()) * 1000)::bigint'
      : "cast(unixepoch('now', 'subsec') * 1000 as integer)",
  );
}

/** A process that falls silent within a transaction for longer is frozen. */
const FROZEN_MS = 6_000;

/**
 * Holds back others who lock the same name, until the transaction ends; that of a process that is
 * frozen ends soon. SQLite has one writer at a time anyway.
 */
export async function lockUntilEnd(
  transaction: Knex.Transaction,
  ...name: string[]
): Promise<void> {
  if (isPostgres(transaction)) {
    await transaction.raw(
      `SELECT set_config('idle_in_transaction_session_timeout', ?, true),
         pg_advisory_xact_lock(hashtextextended(?, 0))`,
      [String(FROZEN_MS), JSON.stringify(name)],
    );
  }
}

/**
 * Lets a database plan by what a table holds now, after very many rows came at once. It does so by
 * itself sooner or later; until then it may read all rows where an index serves.
 */
export async function planAnew(knex: Knex, table: string): Promise<void> {
  if (isPostgres(knex)) {
    await knex.raw('VACUUM (ANALYZE) ??', [table]);
  }
}

/**
 * Lets a single statement be done before it is on disk: for what can be found out again. A setting
 * made by the statement itself spares the transaction around it.
 */
export function withoutWaitingForDisk(
  knex: Knex,
): (query: Knex.QueryBuilder) => void {
  return query => {
    if (isPostgres(knex)) {
      query.whereRaw("set_config('synchronous_commit', 'off', true) = 'off'");
    }
  };
}

/**
 * Lets a single statement of a transaction see to it that the transaction ends, undone, when its
 * process falls silent within it for longer than that: frozen, it would keep its locks for as long.
 */
export function unlessSilentFor(
  knex: Knex,
  silenceMs: number = FROZEN_MS,
): (query: Knex.QueryBuilder) => void {
  return query => {
    if (isPostgres(knex)) {
      query.whereRaw(
        "set_config('idle_in_transaction_session_timeout', ?, true) <> ''",
        [String(silenceMs)],
      );
    }
  };
}

/** Whether an insert failed since a row with the same unique value exists. */
export function isUniqueViolation(error: unknown): boolean {
  const code =
    typeof error === 'object' && error !== null && 'code' in error
      ? error.code
      : undefined;
  return (
    code === '23505' ||
    code === 'SQLITE_CONSTRAINT_UNIQUE' ||
    code === 'SQLITE_CONSTRAINT_PRIMARYKEY'
  );
}

/** PostgreSQL's codes: too many connections, shutting down, starting, and what broke in between. */
const AWAY = /^(?:53300|57P0[123]|08...|ECONNREFUSED|ECONNRESET)$/;

/** Whether the database could not be asked: it is away, or all its connections are taken. */
export function isDatabaseAway(error: unknown): boolean {
  if (!(error instanceof Error)) {
    return false;
  }
  return (
    error.name === 'KnexTimeoutError' ||
    ('code' in error && AWAY.test(String(error.code)))
  );
}

/** The rows that a raw statement gave: SQLite gives them as they are. */
export function rowsOf(answer: unknown): unknown[] {
  if (Array.isArray(answer)) {
    return answer;
  }
  return typeof answer === 'object' && answer !== null && 'rows' in answer
    ? rowsOf(answer.rows)
    : [];
}

/** Number of a column that PostgreSQL gives as text (bigint, count). */
export function numberOf(value: unknown): number | undefined {
  return value === null || value === undefined ? undefined : Number(value);
}

/** PostgreSQL and SQLite give null for an empty column. */
export function textOf(value: unknown): string | undefined {
  return value === null || value === undefined ? undefined : String(value);
}
