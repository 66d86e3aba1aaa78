import { defineConfig } from '@playwright/test';
import { journeyConfig } from './support/journeyConfig';
import { productionEnvironment } from './support/portalEnvironment';

/**
 * Journeys through a portal in production mode, with a SonataFlow that runs already (SONATAFLOW_URL)
 * and PostgreSQL: those tagged @production, and those that are about this mode.
 */
export default defineConfig({
  ...journeyConfig({
    configFiles: ['app-config.yaml', 'e2e/sonataflow/app-config.yaml'],
    environment: productionEnvironment(),
  }),
  projects: [
    {
      name: 'both modes',
      testMatch: '*.journey.ts',
      testIgnore: '*.production.journey.ts',
      grep: /@production/,
    },
    { name: 'production mode', testMatch: '*.production.journey.ts' },
  ],
});
