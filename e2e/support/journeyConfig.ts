import { PlaywrightTestConfig } from '@playwright/test';
import { resolve } from 'node:path';
import { browser } from './browser';
import { portal } from './portal';

/** What all journeys share: one portal, one browser, and the patience for busy machines. */
export function journeyConfig({
  configFiles = [],
  environment,
}: {
  /** Files of settings, from the root of the repository; app-config.yaml without any. */
  configFiles?: string[];
  environment: Record<string, string>;
}): PlaywrightTestConfig {
  const root = resolve(__dirname, '../..');
  const configArgs = configFiles.map(file => `--config ${resolve(root, file)}`);
  return {
    testDir: resolve(__dirname, '../journeys'),
    outputDir: resolve(__dirname, '../test-results'),
    forbidOnly: Boolean(process.env.CI),
    // One portal, one engine: journeys follow each other.
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
      command: [
        'node .yarn/releases/yarn.mjs node scripts/dev.mjs',
        ...configArgs,
      ].join(' '),
      cwd: root,
      wait: { stdout: /The portal is ready/ },
      timeout: 180_000,
      gracefulShutdown: { signal: 'SIGTERM', timeout: 10_000 },
      stdout: process.env.E2E_SHOW_PORTAL ? 'pipe' : 'ignore',
      env: environment,
    },
  };
}
