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

/** Makes a database unless it is there. The name is the caller's own, not input. */
export async function createDatabase(postgres, name) {
  const { default: pg } = await import('pg');
  const client = new pg.Client({ ...postgres, database: 'postgres' });
  try {
    await client.connect();
    const found = await client.query(
      'SELECT 1 FROM pg_database WHERE datname = $1',
      [name],
    );
    if (found.rowCount === 0) {
      await client.query(`CREATE DATABASE ${client.escapeIdentifier(name)}`);
    }
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
