import { expectState } from '../support/expectState';
import { expect, portalTest } from './support/portalTest';
import { runSample } from './support/runSample';
import { expectSignedIn, signIn } from './support/signIn';

portalTest(
  'an operator sees what his run did, step by step',
  async ({ page }) => {
    await signIn(page, 'olga');
    await expectSignedIn(page);
    const id = await runSample(page, 'greeting');
    await page.goto(`/orchestrator/instances/${id}`);
    await expectState(page, 'Completed');
    await expect(page.getByText('Hola, Ada!')).toBeVisible();
    const steps = page.getByRole('list', { name: 'Steps by time' });
    await expect(
      steps.getByRole('button', { name: /, Done/ }).first(),
    ).toBeVisible();
    await expect(page.getByText('Olga Operator').first()).toBeVisible();
  },
);

portalTest('an operator aborts a run that has not ended', async ({ page }) => {
  await signIn(page, 'olga');
  await expectSignedIn(page);
  const id = await runSample(page, 'release-train');
  await page.goto(`/orchestrator/instances/${id}`);
  // It waits; or, where nobody answers its call, it failed and could be retried.
  await expect(
    page.locator('header').getByText(/^(?:Running|Failed)$/),
  ).toBeVisible();
  await page.getByRole('button', { name: 'Abort', exact: true }).click();
  const dialog = page.getByRole('dialog', { name: 'Abort this instance?' });
  await dialog.getByRole('textbox', { name: 'Reason' }).fill('Not ready');
  await dialog.getByRole('button', { name: 'Abort instance' }).click();
  await expectState(page, 'Aborted');
  await expect(page.getByText('Not ready')).toBeVisible();
});
