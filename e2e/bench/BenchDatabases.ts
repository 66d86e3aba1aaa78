import { Client } from 'pg';
import { Database } from '../promises/support/Database';
import { repeat } from './repeat';

/** Over how long the instances are spread: 112 days. */
const SPAN_S = 9_700_000;

/** What the README of the engine module asks for, where many instances are. */
const INDEXES = [
  'processes (last_update_time)',
  'processes (start_time)',
  'processes (parent_process_instance_id)',
];

const NAME = `orchestrator_bench_${process.pid}_`;

/** The databases of a bench, made for it and dropped after it. */
export class BenchDatabases {
  readonly dataIndex = `${NAME}sonataflow`;
  readonly portal: Database;
  readonly #client: Client;

  static async connect(): Promise<BenchDatabases> {
    const databases = new BenchDatabases(
      await Database.create(`${NAME}portal`),
    );
    await databases.#client.connect();
    return databases;
  }

  private constructor(portal: Database) {
    this.portal = portal;
    this.#client = this.#clientOf('postgres');
  }

  /** Where PostgreSQL is, for programs. */
  get environment(): Record<string, string> {
    return {
      POSTGRES_HOST: process.env.POSTGRES_HOST ?? '127.0.0.1',
      POSTGRES_PORT: process.env.POSTGRES_PORT ?? '5432',
      POSTGRES_USER: process.env.POSTGRES_USER ?? 'postgres',
      POSTGRES_PASSWORD: process.env.POSTGRES_PASSWORD ?? 'postgres',
    };
  }

  /**
   * Gives the Data Index finished instances of a workflow, spread over the last months.
   *
   * @param options.indexes - whether its database has the indexes that it does not make itself
   */
  async fillDataIndex(
    rows: number,
    options: { endpoint: string; indexes: boolean },
  ): Promise<void> {
    await this.#within(this.dataIndex, async client => {
      await client.query(
        `INSERT INTO processes (id, process_id, process_name, version, endpoint, state,
           start_time, end_time, last_update_time, variables)
         SELECT gen_random_uuid(), 'greeting', 'Greeting', '1.0', $2, 2,
           at, at + interval '20 ms', at + interval '20 ms',
           '{"workflowdata":{"name":"Ada","greeting":"Hola, Ada!"}}'
         FROM (SELECT date_trunc('milliseconds', now() - n * $3::float * interval '1 s') AS at
               FROM generate_series(1, $1) AS n) AS times`,
        [rows, options.endpoint, SPAN_S / rows],
      );
      for (const index of options.indexes ? INDEXES : []) {
        await client.query(`CREATE INDEX ON ${index}`);
      }
      await client.query('ANALYZE processes');
    });
  }

  /** How many instances the portal knows; none as long as its tables are not there. */
  async portalRows(): Promise<number> {
    try {
      const [{ count }] = await this.portal.rows<{ count: string }>(
        'SELECT count(*) FROM orchestrator.instance',
      );
      return Number(count);
    } catch {
      return 0;
    }
  }

  /**
   * Lets all of them plan by what they hold now. PostgreSQL's autovacuum does so within a minute, where
   * it is not turned off; without, a Data Index that has just been filled takes twenty times as long.
   */
  async analyze(): Promise<void> {
    for (const database of await this.#names()) {
      await this.#within(database, client => client.query('VACUUM (ANALYZE)'));
    }
  }

  /** How many milliseconds PostgreSQL takes to store a row safely, several times over. */
  async timeInserts(rows: number): Promise<number[]> {
    return this.#within(this.dataIndex, async client => {
      await client.query('CREATE TABLE bench_row (id uuid PRIMARY KEY)');
      return repeat('row', rows, async () => {
        const began = performance.now();
        await client.query('INSERT INTO bench_row VALUES (gen_random_uuid())');
        return performance.now() - began;
      });
    });
  }

  async drop(): Promise<void> {
    for (const database of await this.#names()) {
      const name = this.#client.escapeIdentifier(database);
      await this.#client.query(`DROP DATABASE ${name} WITH (FORCE)`);
    }
    await this.#client.end();
  }

  async #names(): Promise<string[]> {
    const { rows } = await this.#client.query(
      'SELECT datname FROM pg_database WHERE starts_with(datname, $1)',
      [NAME],
    );
    return rows.map(({ datname }) => datname);
  }

  async #within<T>(
    database: string,
    work: (client: Client) => Promise<T>,
  ): Promise<T> {
    const client = this.#clientOf(database);
    try {
      await client.connect();
      return await work(client);
    } finally {
      await client.end();
    }
  }

  #clientOf(database: string): Client {
    const { environment } = this;
    return new Client({
      host: environment.POSTGRES_HOST,
      port: Number(environment.POSTGRES_PORT),
      user: environment.POSTGRES_USER,
      password: environment.POSTGRES_PASSWORD,
      database,
    });
  }
}
