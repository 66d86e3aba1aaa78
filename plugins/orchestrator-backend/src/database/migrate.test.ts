import { resolvePackagePath } from '@backstage/backend-plugin-api';
import { createDatabase, databaseIds } from '../__testUtils__/testDatabases';

const directory = resolvePackagePath(
  '@open-orchestrator/backstage-plugin-orchestrator-backend',
  'migrations',
);

describe.each(databaseIds)('the migrations on %s', databaseId => {
  it('lead there and back, and there again', async () => {
    const knex = await createDatabase(databaseId);
    await knex.migrate.rollback({ directory }, true);
    expect(await knex.schema.hasTable('instance')).toBe(false);
    expect(await knex.schema.hasTable('feed')).toBe(false);

    await knex.migrate.latest({ directory });
    expect(await knex.schema.hasColumn('feed', 'late_cursor')).toBe(true);
    await knex.destroy();
  });
});
