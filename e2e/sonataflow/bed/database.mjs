import { Problem } from '../../../.yarn/bootstrap/explain.mjs';

/** Where PostgreSQL is: as the environment says, or on this machine. */
export function postgresOf(env) {
  return {
    host: env.POSTGRES_HOST ?? '127.0.0.1',
    port: Number(env.POSTGRES_PORT ?? 5432),
    user: env.POSTGRES_USER ?? 'postgres',
    password: env.POSTGRES_PASSWORD ?? 'postgres',
  };
}

/** The environment that tells of a PostgreSQL, as postgresOf reads it. */
export const environmentOf = ({ host, port, user, password }) => ({
  POSTGRES_HOST: host,
  POSTGRES_PORT: String(port),
  POSTGRES_USER: user,
  POSTGRES_PASSWORD: password,
});

/** The same from an address. */
export function postgresAt(url) {
  const { hostname, port, username, password } = new URL(url);
  return {
    host: hostname,
    port: Number(port || 5432),
    user: decodeURIComponent(username),
    password: decodeURIComponent(password),
  };
}

/** Makes a database unless it is there. The name is the caller's own, not input. */
export async function createDatabase(postgres, name) {
  await withClient(postgres, async client => {
    const found = await client.query(
      'SELECT 1 FROM pg_database WHERE datname = $1',
      [name],
    );
    if (found.rowCount === 0) {
      await client.query(`CREATE DATABASE ${client.escapeIdentifier(name)}`);
    }
  });
}

/** Drops the databases whose names begin so, even those in use. */
export async function dropDatabases(postgres, prefix) {
  await withClient(postgres, async client => {
    const found = await client.query(
      'SELECT datname FROM pg_database WHERE starts_with(datname, $1)',
      [prefix],
    );
    for (const { datname } of found.rows) {
      await client.query(
        `DROP DATABASE ${client.escapeIdentifier(datname)} WITH (FORCE)`,
      );
    }
  });
}

async function withClient(postgres, work) {
  // Not there before an install.
  const { default: pg } = await import('pg');
  const client = new pg.Client({ ...postgres, database: 'postgres' });
  try {
    await client.connect();
    await work(client);
  } catch (error) {
    throw new Problem(
      `PostgreSQL at ${postgres.host}:${postgres.port} can't be used as user ${
        postgres.user
      } (${
        error.message || error.code
      }); start it, or say where it is by POSTGRES_HOST, POSTGRES_PORT, POSTGRES_USER and POSTGRES_PASSWORD.`,
    );
  } finally {
    await client.end().catch(() => {});
  }
}
