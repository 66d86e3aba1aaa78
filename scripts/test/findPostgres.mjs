import { isListening } from '../dev/isListening.mjs';
import { mayInstall } from './aptInstall.mjs';
import { installPostgres } from './installPostgres.mjs';

const VARIABLE = 'BACKSTAGE_TEST_DATABASE_POSTGRES15_CONNECTION_STRING';

/**
 * A PostgreSQL for tests that make databases of their own there: the one that
 * the environment names, or the one of this machine. In CI, on a Debian that belongs to us alone, a
 * missing one is installed.
 */
export async function findPostgres(env) {
  if (env[VARIABLE]) {
    return { url: env[VARIABLE] };
  }
  const local = new URL('postgresql://postgres:postgres@127.0.0.1:5432');
  if (!(await isListening(local)) && env.CI && mayInstall()) {
    await installPostgres(local);
  }
  if (!(await isListening(local))) {
    return { reason: `none answers on ${local.host} and ${VARIABLE} is unset` };
  }
  const refusal = await refusalOf(local.href);
  return refusal === undefined
    ? { url: local.href }
    : { reason: `${local.host} refuses (${refusal}); set ${VARIABLE}` };
}

async function refusalOf(connectionString) {
  // Not there before an install, and only needed where a database answers.
  const { default: pg } = await import('pg');
  const client = new pg.Client({ connectionString, database: 'postgres' });
  try {
    await client.connect();
    return undefined;
  } catch (error) {
    return error.message;
  } finally {
    await client.end();
  }
}
