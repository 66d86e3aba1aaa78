import { expect, Page } from '@playwright/test';
import { samples } from '../../support/samples';
import { tokenOf } from './signIn';

/** Runs a sample workflow as the person who is signed in; tells the id of its instance. */
export async function runSample(
  page: Page,
  workflow: keyof typeof samples,
): Promise<string> {
  const run = await page.request.post(
    `/api/orchestrator/workflows/${workflow}/instances`,
    {
      headers: { authorization: `Bearer ${await tokenOf(page)}` },
      data: { input: samples[workflow] },
    },
  );
  expect([201, 202]).toContain(run.status());
  return (await run.json()).id;
}
