import { defineConfig } from '@playwright/test';
import { journeyConfig } from './support/journeyConfig';
import { devEnvironment } from './support/portalEnvironment';
import { workflowFolder } from './support/workflowFolder';

/** Journeys through a portal in dev mode, which watches a folder of its own. */
export default defineConfig({
  ...journeyConfig({ environment: devEnvironment(workflowFolder()) }),
  testMatch: '*.journey.ts',
  testIgnore: [
    '*.production.journey.ts',
    ...(process.env.UPDATE_PICTURES ? [] : ['pictures.journey.ts']),
  ],
  globalTeardown: './support/removeWorkflowFolder.ts',
});
