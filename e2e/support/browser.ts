import { LaunchOptions } from '@playwright/test';

/** The machine's own Chromium: Playwright's is never downloaded. */
export const browser: LaunchOptions = {
  executablePath: process.env.CHROME_PATH ?? '/usr/bin/chromium',
  args: [
    '--disable-background-networking',
    '--disable-component-update',
    '--disable-gpu',
    '--disable-sync',
  ],
};
