import { Client } from 'pg';

/** Where PostgreSQL is: as the environment says, or on this machine. */
export const postgres = {
  host: process.env.POSTGRES_HOST ?? '127.0.0.1',
  port: Number(process.env.POSTGRES_PORT ?? 5432),
  user: process.env.POSTGRES_USER ?? 'postgres',
  password: process.env.POSTGRES_PASSWORD ?? 'postgres',
};

/** An empty database for one run of the promises. */
export class Database {
  readonly name: string;

  /** Makes it anew; what an earlier run left there is gone. */
  static async create(name: string): Promise<Database> {
    const database = new Database(name);
    await database.drop();
    await inDatabase('postgres', client =>
      client.query(`CREATE DATABASE ${client.escapeIdentifier(name)}`),
    );
    return database;
  }

  private constructor(name: string) {
    this.name = name;
  }

  async rows<T>(sql: string, values: unknown[] = []): Promise<T[]> {
    return inDatabase(
      this.name,
      async client => (await client.query(sql, values)).rows,
    );
  }

  async drop(): Promise<void> {
    await inDatabase('postgres', client =>
      client.query(
        `DROP DATABASE IF EXISTS ${client.escapeIdentifier(
          this.name,
        )} WITH (FORCE)`,
      ),
    );
  }
}

async function inDatabase<T>(
  database: string,
  use: (client: Client) => Promise<T>,
): Promise<T> {
  const client = new Client({ ...postgres, database });
  await client.connect();
  try {
    return await use(client);
  } finally {
    await client.end();
  }
}
