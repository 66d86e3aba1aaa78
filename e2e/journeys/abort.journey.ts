import { expect, test } from '@playwright/test';
import { expectState } from '../support/expectState';
import { PortalApi } from '../support/PortalApi';
import { samples } from '../support/samples';
import { signIn } from '../support/signIn';

test(
  'an operator aborts what he started, and says why',
  { tag: '@production' },
  async ({ page }) => {
    const operator = await PortalApi.signIn('operator');
    const id = await operator.run('release-train', samples['release-train']);
    await signIn(page, 'Operator', `/orchestrator/instances/${id}`);
    await expectState(page, 'Running');

    await page.getByRole('button', { name: 'Abort', exact: true }).click();
    const dialog = page.getByRole('dialog', { name: 'Abort this instance?' });
    await expect(dialog.getByText(/done and stays? done/)).toBeVisible();
    await dialog
      .getByRole('textbox', { name: 'Reason' })
      .fill('Two services are not ready');
    await dialog.getByRole('button', { name: 'Abort instance' }).click();

    await expectState(page, 'Aborted');
    await expect(page.getByText('Two services are not ready')).toBeVisible();
    await expect(
      page.getByRole('button', { name: 'Abort', exact: true }),
    ).toHaveAttribute('aria-disabled', 'true');
  },
);
