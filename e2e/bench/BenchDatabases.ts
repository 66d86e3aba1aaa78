import { Client } from 'pg';

const NAME = `orchestrator_bench_${process.pid}_`;

/** The databases of a bench, made for it and dropped after it. */
export class BenchDatabases {
  readonly dataIndex = `${NAME}sonataflow`;
  readonly portalPrefix = `${NAME}portal_`;
  readonly #client: Client;

  static async connect(): Promise<BenchDatabases> {
    const databases = new BenchDatabases();
    await databases.#client.connect();
    return databases;
  }

  private constructor() {
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

  /** Gives the Data Index finished instances of a workflow, spread over the last months. */
  async fillDataIndex(rows: number, endpoint: string): Promise<void> {
    await this.#within(this.dataIndex, client =>
      client.query(
        `INSERT INTO processes (id, process_id, process_name, version, endpoint, state,
           start_time, end_time, last_update_time, variables)
         SELECT gen_random_uuid(), 'greeting', 'Greeting', '1.0', $2, 2,
           at, at + interval '20 ms', at + interval '20 ms',
           '{"workflowdata":{"name":"Ada","greeting":"Hola, Ada!"}}'
         FROM (SELECT date_trunc('milliseconds', now()) - n * interval '97 s' AS at
               FROM generate_series(1, $1) AS n) AS times`,
        [rows, endpoint],
      ),
    );
  }

  /** How many instances the portal knows; none as long as its database is not there. */
  async portalRows(): Promise<number> {
    try {
      return await this.#within(
        `${this.portalPrefix}orchestrator`,
        async client => {
          const { rows } = await client.query('SELECT count(*) FROM instance');
          return Number(rows[0].count);
        },
      );
    } catch {
      return 0;
    }
  }

  async drop(): Promise<void> {
    const { rows } = await this.#client.query(
      'SELECT datname FROM pg_database WHERE starts_with(datname, $1)',
      [NAME],
    );
    for (const { datname } of rows) {
      const name = this.#client.escapeIdentifier(datname);
      await this.#client.query(`DROP DATABASE ${name} WITH (FORCE)`);
    }
    await this.#client.end();
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
