import {
  DatabaseService,
  resolvePackagePath,
} from '@backstage/backend-plugin-api';
import { Knex } from 'knex';

/** Brings the plugin's tables up to date, unless the operator does that himself. */
export async function migrate(database: DatabaseService): Promise<Knex> {
  const knex = await database.getClient();
  if (!database.migrations?.skip) {
    await knex.migrate.latest({
      directory: resolvePackagePath(
        '@open-orchestrator/backstage-plugin-orchestrator-backend',
        'migrations',
      ),
    });
  }
  return knex;
}
