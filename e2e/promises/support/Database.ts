import { Client } from 'pg';

/** Where PostgreSQL is: as the environment says, or on this machine. */
export const postgres = {
  host: process.env.POSTGRES_HOST ?? '127.0.0.1',
  port: Number(process.env.POSTGRES_PORT ?? 5432),
  user: process.env.POSTGRES_USER ?? 'postgres',
  password: process.env.POSTGRES_PASSWORD ?? 'postgres',
};

/** To whom a database is given. */
export interface DatabaseOwner {
  user: string;
  password: string;
}

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

  /** For when none of their databases is left. */
  static async dropOwner({ user }: DatabaseOwner): Promise<void> {
    await inDatabase('postgres', client =>
      client.query(`DROP ROLE IF EXISTS ${client.escapeIdentifier(user)}`),
    );
  }

  private constructor(name: string) {
    this.name = name;
  }

  /** Lets somebody in who may do everything here, and nothing elsewhere. */
  async giveTo({ user, password }: DatabaseOwner): Promise<void> {
    await inDatabase('postgres', async client => {
      const role = client.escapeIdentifier(user);
      const { rows } = await client.query(
        'SELECT 1 FROM pg_roles WHERE rolname = $1',
        [user],
      );
      await client.query(
        `${rows.length === 0 ? 'CREATE' : 'ALTER'} ROLE ${role}
         LOGIN PASSWORD ${client.escapeLiteral(password)}`,
      );
      await client.query(
        `ALTER DATABASE ${client.escapeIdentifier(this.name)} OWNER TO ${role}`,
      );
    });
  }

  async rows<T>(sql: string, values: unknown[] = []): Promise<T[]> {
    return inDatabase(
      this.name,
      async client => (await client.query(sql, values)).rows,
    );
  }

  /** All rows of all tables of all schemas, as text. */
  async everything(): Promise<string> {
    // Over one connection, since there are many tables.
    return inDatabase(this.name, async client => {
      const { rows: tables } = await client.query<{ name: string }>(
        `SELECT format('%I.%I', table_schema, table_name) AS name
         FROM information_schema.tables
         WHERE table_type = 'BASE TABLE'
           AND table_schema NOT IN ('pg_catalog', 'information_schema')`,
      );
      const texts: string[] = [];
      for (const { name } of tables) {
        const { rows } = await client.query<{ text: string }>(
          `SELECT each::text AS text FROM ${name} AS each`,
        );
        texts.push(...rows.map(({ text }) => text));
      }
      return texts.join('\n');
    });
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
