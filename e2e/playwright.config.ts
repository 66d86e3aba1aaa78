import { defineConfig } from '@playwright/test';
import { resolve } from 'node:path';
import { portal } from './support/portal';
import { workflowFolder } from './support/workflowFolder';

export default defineConfig({
  testDir: 'journeys',
  testMatch: '*.journey.ts',
  outputDir: 'test-results',
  globalTeardown: './support/removeWorkflowFolder.ts',
  forbidOnly: Boolean(process.env.CI),
  // One portal, one folder of workflows: journeys follow each other.
  workers: 1,
  timeout: 60_000,
  expect: { timeout: 15_000 },
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
    launchOptions: {
      executablePath: process.env.CHROME_PATH ?? '/usr/bin/chromium',
      args: [
        '--disable-background-networking',
        '--disable-component-update',
        '--disable-gpu',
        '--disable-sync',
      ],
    },
  },
  webServer: {
    command: 'node .yarn/releases/yarn.mjs node scripts/dev.mjs',
    cwd: resolve(__dirname, '..'),
    wait: { stdout: /The portal is ready/ },
    timeout: 180_000,
    gracefulShutdown: { signal: 'SIGTERM', timeout: 10_000 },
    stdout: process.env.E2E_SHOW_PORTAL ? 'pipe' : 'ignore',
    env: {
      BROWSER: 'none',
      LOG_LEVEL: 'warn',
      APP_CONFIG_app_baseUrl: portal.appUrl,
      APP_CONFIG_backend_baseUrl: portal.backendUrl,
      APP_CONFIG_backend_listen_port: portal.backendPort,
      APP_CONFIG_backend_cors_origin: portal.appUrl,
      APP_CONFIG_orchestrator_embedded_workflows: workflowFolder(),
      APP_CONFIG_orchestrator_embedded_egress_allow: JSON.stringify([
        `localhost:${portal.backendPort}`,
      ]),
    },
  },
});
