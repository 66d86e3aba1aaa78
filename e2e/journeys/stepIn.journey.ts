import { expect, test } from '@playwright/test';
import { expectAccessible } from '../support/expectAccessible';
import { expectState } from '../support/expectState';
import { PortalApi } from '../support/PortalApi';
import { samples } from '../support/samples';
import { signIn } from '../support/signIn';

test('an operator lets a timer fire at once', async ({ page }) => {
  const operator = await PortalApi.signIn('operator');
  const id = await operator.run('cool-down', samples['cool-down']);
  await signIn(page, 'Operator', `/orchestrator/instances/${id}`);
  await page.getByRole('button', { name: 'Fire now' }).click();
  const dialog = page.getByRole('dialog', { name: /^Fire the timer/ });
  await expect(dialog.getByText('goes on at once')).toBeVisible();
  await dialog.getByRole('button', { name: 'Fire now' }).click();

  await expectState(page, 'Completed');
});

test('an operator skips a step that failed', async ({ page }) => {
  const operator = await PortalApi.signIn('operator');
  const id = await operator.run('failing-call', {});
  await signIn(page, 'Operator', `/orchestrator/instances/${id}`);
  await page.getByRole('button', { name: 'Skip this step' }).click();
  const dialog = page.getByRole('dialog', { name: /Skip the failed step/ });
  await dialog.getByLabel('Reason').fill('Done by hand');
  await expectAccessible(page);
  await dialog.getByRole('button', { name: 'Skip the step' }).click();

  await expectState(page, 'Completed');
});

test('an operator aborts several instances at once', async ({ page }) => {
  const operator = await PortalApi.signIn('operator');
  const started = [
    await operator.run('release-train', samples['release-train']),
    await operator.run('release-train', samples['release-train']),
  ];
  await signIn(
    page,
    'Operator',
    '/orchestrator/instances?workflow=release-train&state=ACTIVE&initiator=me',
  );
  for (const id of started) {
    await page
      .getByRole('checkbox', { name: `Select ${id.slice(0, 8)}` })
      .check();
  }
  await page.getByRole('button', { name: 'Abort selected' }).click();
  const dialog = page.getByRole('dialog', {
    name: 'Abort the selected instances',
  });
  await dialog.getByLabel('Reason').fill('The release is off');
  await expectAccessible(page);
  await dialog.getByRole('button', { name: 'Abort 2 instances' }).click();
  await expect(dialog.getByText('Done: 2')).toBeVisible();
  await dialog.getByRole('button', { name: 'Close' }).click();

  for (const id of started) {
    const { state, abortReason } = await (
      await operator.get(`/instances/${id}`)
    ).json();
    expect({ state, abortReason }).toEqual({
      state: 'ABORTED',
      abortReason: 'The release is off',
    });
  }
});

test('an operator is not led to the status', async ({ page }) => {
  await signIn(page, 'Operator', '/orchestrator/instances');
  const sections = page.getByRole('navigation', {
    name: 'Orchestrator sections',
  });
  await expect(sections.getByRole('link', { name: 'Instances' })).toBeVisible();
  await expect(sections.getByRole('link', { name: 'Status' })).toHaveCount(0);
});

test('an administrator sees how everything fares', async ({ page }) => {
  await signIn(page, 'Administrator', '/orchestrator/status');
  await expect(page.getByText('Answers', { exact: true })).toBeVisible();
  await expect(page.getByText('Every event is delivered.')).toBeVisible();
  await expect(
    page.getByRole('table', { name: 'Where workflows run' }),
  ).toBeVisible();
  await expectAccessible(page);
});
