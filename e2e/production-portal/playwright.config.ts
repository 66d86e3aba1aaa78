import { defineConfig } from '@playwright/test';
import { browser } from '../support/browser';

/** The portal as it is deployed: built, in production mode, on PostgreSQL, with OpenID Connect. */
export default defineConfig({
  testDir: '.',
  testMatch: '*.portal.ts',
  // The engine of the development belongs to one process.
  testIgnore: process.env.SONATAFLOW_URL ? [] : 'replicas.portal.ts',
  outputDir: '../test-results/production-portal',
  forbidOnly: Boolean(process.env.CI),
  globalSetup: './support/installPortal.ts',
  // One portal for all.
  workers: 1,
  timeout: 180_000,
  expect: { timeout: 60_000 },
  reporter: process.env.PLAYWRIGHT_JSON_OUTPUT_NAME
    ? [['list'], ['json']]
    : [['list']],
  use: {
    viewport: { width: 1440, height: 900 },
    locale: 'en-GB',
    timezoneId: 'UTC',
    screenshot: 'only-on-failure',
    launchOptions: browser,
  },
});
