import { createDatabase } from '../../../../../plugins/orchestrator-backend/src/__testUtils__/testDatabases';

/** A connection to a database with the plugin's tables. */
export type TestKnex = Awaited<ReturnType<typeof createDatabase>>;
