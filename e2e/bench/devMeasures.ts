import { chromium, Page } from '@playwright/test';
import { readFileSync, rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { browser } from '../support/browser';
import { portal } from '../support/portal';
import { devEnvironment } from '../support/portalEnvironment';
import { PortalApi } from '../support/PortalApi';
import { samples } from '../support/samples';
import { signIn } from '../support/signIn';
import { workflowFolder } from '../support/workflowFolder';
import { measure, Measure } from './Measure';
import { StartedProgram } from './StartedProgram';

const RUNS = 10;

/** How quick the development portal is for who works with it. */
export async function devMeasures(): Promise<Measure[]> {
  const folder = workflowFolder();
  const chrome = await chromium.launch(browser);
  let running: StartedProgram | undefined;
  try {
    const page = await chrome.newPage({ baseURL: portal.appUrl });
    const start = await measure(
      'dev start to usable page',
      30_000,
      1,
      async () => {
        const began = performance.now();
        running = await StartedProgram.start(
          ['scripts/dev.mjs'],
          devEnvironment(folder),
          /The portal is ready/,
        );
        await signIn(page, 'Administrator');
        await page
          .getByRole('link', { name: 'Greeting', exact: true })
          .waitFor();
        return performance.now() - began;
      },
    );
    const api = await PortalApi.signIn('administrator');
    return [
      start,
      await measure('save to runnable', 500, RUNS, saveToRunnable(api, folder)),
      await measure('run click to visible', 1000, RUNS, runToVisible(page)),
      await measure('abort to visible', 1000, RUNS, abortToVisible(page, api)),
    ];
  } finally {
    await chrome.close();
    await running?.stop();
    rmSync(folder, { recursive: true, force: true });
  }
}

/** A workflow is runnable when it is listed in the version that was saved. */
function saveToRunnable(api: PortalApi, folder: string) {
  const file = join(folder, 'greeting.sw.json');
  const original = readFileSync(file, 'utf8');
  let version = 0;
  return async () => {
    version += 1;
    const saved = `2.${version}`;
    const began = performance.now();
    writeFileSync(
      file,
      original.replace('"version": "1.0"', `"version": "${saved}"`),
    );
    for (;;) {
      const answer = await api.get('/workflows/greeting');
      if ((await answer.json()).version === saved) {
        return performance.now() - began;
      }
    }
  };
}

/** The state beside the title of an instance's page. */
const state = (page: Page, name: string) =>
  page.locator('header').getByText(name, { exact: true });

function runToVisible(page: Page) {
  return async () => {
    await page.goto('/orchestrator/workflows/greeting/run');
    await page.getByRole('textbox', { name: 'Name' }).fill('Ada');
    const button = page.getByRole('button', { name: 'Run', exact: true });
    const began = performance.now();
    await button.click();
    await state(page, 'Completed').waitFor();
    return performance.now() - began;
  };
}

function abortToVisible(page: Page, api: PortalApi) {
  return async () => {
    const id = await api.run('release-train', samples['release-train']);
    await page.goto(`/orchestrator/instances/${id}`);
    await page.getByRole('button', { name: 'Abort', exact: true }).click();
    const submit = page.getByRole('button', { name: 'Abort instance' });
    const began = performance.now();
    await submit.click();
    await state(page, 'Aborted').waitFor();
    return performance.now() - began;
  };
}
