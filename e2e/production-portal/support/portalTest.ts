import { test as base } from '@playwright/test';
import { Database } from '../../promises/support/Database';
import { IdentityProvider } from './IdentityProvider';
import { FIRST_PORT, SECOND_REPLICA_PORT, urlAt } from './ports';
import { EngineChoice, ProductionPortal } from './ProductionPortal';

export { expect } from '@playwright/test';

/** A production portal and the provider that people sign in with. */
export interface Bed {
  portal: ProductionPortal;
  identityProvider: IdentityProvider;
  /** Of the portal. */
  database: Database;
  engine: EngineChoice;
}

/** Tests that share one portal; on a real SonataFlow where SONATAFLOW_URL names one. */
export const portalTest = base.extend<{}, { bed: Bed }>({
  bed: [
    async ({}, use) => {
      const engine = engineAtHand();
      const database = await Database.create(`production_portal_${FIRST_PORT}`);
      const identityProvider = IdentityProvider.create(FIRST_PORT + 1, [
        urlAt(FIRST_PORT),
        urlAt(SECOND_REPLICA_PORT),
      ]);
      await identityProvider.start();
      const portal = ProductionPortal.create({
        name: 'production-portal',
        port: FIRST_PORT,
        database,
        engine,
        environment: identityProvider.environment,
      });
      await portal.start();
      await use({ portal, identityProvider, database, engine });
      await portal.kill();
      await identityProvider.end();
      await database.drop();
    },
    { scope: 'worker', timeout: 300_000 },
  ],
  baseURL: async ({ bed }, use) => use(bed.portal.url),
});

function engineAtHand(): EngineChoice {
  const url = process.env.SONATAFLOW_URL;
  return url
    ? { engine: 'sonataflow', dataIndexUrl: url }
    : { engine: 'embedded' };
}
