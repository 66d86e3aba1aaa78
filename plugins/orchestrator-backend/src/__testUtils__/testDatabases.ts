import { TestDatabases } from '@backstage/backend-test-utils';
import { Knex } from 'knex';
import { migrate } from '../database';

// A database server or a backend starts slowly on a busy machine; that is no failure.
jest.setTimeout(60_000);

const databases = TestDatabases.create({ ids: ['SQLITE_3', 'POSTGRES_15'] });

/** The databases at hand: SQLite always, PostgreSQL when one is configured for tests. */
export const databaseIds = databases.eachSupportedId();

/** An empty database with the plugin's tables. */
export async function createDatabase(
  id: (typeof databaseIds)[number][0],
): Promise<Knex> {
  const knex = await databases.init(id);
  await migrate({ getClient: async () => knex });
  return knex;
}

/** Empties all tables: cheaper than a new database for each test. */
export async function clearDatabase(knex: Knex): Promise<void> {
  for (const table of [
    'event_delivery',
    'event_inbox',
    'instance',
    'workflow',
    'workflow_label',
    'entity_owner',
    'feed',
    'lease',
  ]) {
    await knex(table).delete();
  }
}
