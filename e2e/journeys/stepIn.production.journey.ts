import { expect, test } from '@playwright/test';
import { expectAccessible } from '../support/expectAccessible';
import { expectState } from '../support/expectState';
import { PortalApi } from '../support/PortalApi';
import { samples } from '../support/samples';
import { signIn } from '../support/signIn';
import { writeJson } from '../support/writeJson';

const HOUR_MS = 3_600_000;

/** As a field of type datetime-local takes it; journeys run in UTC. */
const inOneHour = () =>
  new Date(Date.now() + HOUR_MS).toISOString().slice(0, 16);

test('an operator mends the data of a failed instance, which then goes on', async ({
  page,
}) => {
  const operator = await PortalApi.signIn('operator');
  const id = await operator.run('repairable-call', {
    service: 'broken-billing',
    size: 'small',
  });
  await signIn(page, 'Operator', `/orchestrator/instances/${id}`);
  await page.getByRole('button', { name: 'Edit data and retry' }).click();
  const dialog = page.getByRole('dialog', { name: /Edit the workflow data/ });
  await writeJson(
    dialog.getByRole('textbox', { name: 'JSON editor' }),
    '{"service":"billing","size":"small"}',
  );
  await dialog.getByRole('button', { name: 'Review changes' }).click();
  await expect(dialog.getByText(/Lines added: 1, removed: 1/)).toBeVisible();
  await dialog
    .getByRole('button', { name: 'Change the data and retry' })
    .click();

  await expectState(page, 'Completed');
  const steps = page.getByRole('list', { name: 'Steps by time' });
  await expect(
    steps.getByRole('button', { name: /Ask for health ?attempt 1.*Failed/ }),
  ).toBeVisible();
  await expect(
    steps.getByRole('button', { name: /Ask for health ?attempt 2.*Done/ }),
  ).toBeVisible();
});

test('a switch that failed can’t be skipped', async ({ page }) => {
  const operator = await PortalApi.signIn('operator');
  const id = await operator.run('repairable-call', { service: 'billing' });
  await signIn(page, 'Operator', `/orchestrator/instances/${id}`);
  const skip = page.getByRole('button', { name: 'Skip this step' });
  await expect(skip).toHaveAttribute('aria-disabled', 'true');

  const answer = await operator.post(`/instances/${id}/skip`, {});
  expect(answer.status).toBe(422);
  expect(await answer.text()).toContain('all of its ways at once');
});

test('an operator retries several instances at once', async ({ page }) => {
  const operator = await PortalApi.signIn('operator');
  const failed = [
    await operator.run('failing-call', {}),
    await operator.run('failing-call', {}),
  ];
  await signIn(
    page,
    'Operator',
    '/orchestrator/instances?workflow=failing-call&state=ERROR&initiator=me',
  );
  for (const id of failed) {
    await page
      .getByRole('checkbox', { name: `Select ${id.slice(0, 8)}` })
      .check();
  }
  await page.getByRole('button', { name: 'Retry selected' }).click();
  const dialog = page.getByRole('dialog', {
    name: 'Retry the selected instances',
  });
  await dialog.getByRole('button', { name: 'Retry 2 instances' }).click();
  await expect(
    dialog.getByRole('list', { name: 'What became of each instance' }),
  ).toBeVisible();
  await dialog.getByRole('button', { name: 'Close' }).click();

  for (const id of failed) {
    await expect(async () => {
      const { items } = await (
        await operator.get(`/instances/${id}/nodes`)
      ).json();
      const attempts = items.filter(
        ({ name }: { name: string }) => name === 'Ask for health',
      );
      expect(attempts).toHaveLength(2);
    }).toPass();
  }
});

test('an operator moves a time limit, then lets it be over', async ({
  page,
}) => {
  const operator = await PortalApi.signIn('operator');
  const id = await operator.run('release-train', samples['release-train']);
  await signIn(page, 'Operator', `/orchestrator/instances/${id}`);
  await expect(page.getByText(/ends in 7 days/)).toBeVisible();
  await page.getByRole('button', { name: 'Move timer' }).click();
  const dialog = page.getByRole('dialog', { name: /^Move the timer/ });
  await dialog.getByLabel('Fires at').fill(inOneHour());
  await expectAccessible(page);
  await dialog.getByRole('button', { name: 'Move', exact: true }).click();
  await expect(page.getByText(/ends in (\d\d min|1 hr)/)).toBeVisible();

  await page.getByRole('button', { name: 'Fire now' }).click();
  await page
    .getByRole('dialog', { name: /^Fire the timer/ })
    .getByRole('button', { name: 'Fire now' })
    .click();
  await expectState(page, 'Completed');
  await expect(page.getByText(/Nobody decided on 2\.14/)).toBeVisible();
});

test('an operator enters a waiting step again', async ({ page }) => {
  const operator = await PortalApi.signIn('operator');
  const id = await operator.run('onboard-service', samples['onboard-service']);
  await signIn(page, 'Operator', `/orchestrator/instances/${id}`);
  const steps = page.getByRole('list', { name: 'Steps by time' });
  const waits = steps.getByRole('button', { name: /^onboardingDecided/ });
  await waits.click();
  await page.getByRole('button', { name: 'Retry from this step' }).click();
  await page
    .getByRole('dialog', { name: 'Enter onboardingDecided again?' })
    .getByRole('button', { name: 'Enter it again' })
    .click();

  await expect(waits).toHaveText([/Aborted/, /Waiting/]);
});
