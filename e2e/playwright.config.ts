import { defineConfig } from '@playwright/test';
import { resolve } from 'node:path';
import { browser } from './support/browser';
import { portal } from './support/portal';
import { portalEnvironment } from './support/portalEnvironment';
import { workflowFolder } from './support/workflowFolder';

export default defineConfig({
  testDir: 'journeys',
  testMatch: '*.journey.ts',
  testIgnore: process.env.UPDATE_PICTURES ? [] : 'pictures.journey.ts',
  outputDir: 'test-results',
  globalTeardown: './support/removeWorkflowFolder.ts',
  forbidOnly: Boolean(process.env.CI),
  // One portal, one folder of workflows: journeys follow each other.
  workers: 1,
  // A development portal on two busy cores takes its time.
  timeout: 120_000,
  expect: { timeout: 20_000 },
  reporter: process.env.PLAYWRIGHT_JSON_OUTPUT_NAME
    ? [['list'], ['json']]
    : [['list']],
  use: {
    baseURL: portal.appUrl,
    viewport: { width: 1440, height: 900 },
    locale: 'en-GB',
    timezoneId: 'UTC',
    screenshot: 'only-on-failure',
    trace: 'retain-on-failure',
    launchOptions: browser,
  },
  webServer: {
    command: 'node .yarn/releases/yarn.mjs node scripts/dev.mjs',
    cwd: resolve(__dirname, '..'),
    wait: { stdout: /The portal is ready/ },
    timeout: 180_000,
    gracefulShutdown: { signal: 'SIGTERM', timeout: 10_000 },
    stdout: process.env.E2E_SHOW_PORTAL ? 'pipe' : 'ignore',
    env: portalEnvironment(workflowFolder()),
  },
});
