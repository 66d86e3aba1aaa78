import { defineConfig } from '@playwright/test';
import { browser } from '../support/browser';

export default defineConfig({
  testDir: '.',
  testMatch: '*.promise.ts',
  outputDir: '../test-results/promises',
  forbidOnly: Boolean(process.env.CI),
  // One bed: the promises are tried one after the other.
  workers: 1,
  timeout: 900_000,
  expect: { timeout: 180_000 },
  use: { launchOptions: browser, locale: 'en-GB', timezoneId: 'UTC' },
  reporter: process.env.PLAYWRIGHT_JSON_OUTPUT_NAME
    ? [['list'], ['json']]
    : [['list']],
});
