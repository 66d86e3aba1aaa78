import { expect, test } from '@playwright/test';
import { expectState } from '../support/expectState';
import { signIn } from '../support/signIn';
import { writeJson } from '../support/writeJson';

test(
  'an operator has a service onboarded that needs approval',
  { tag: '@production' },
  async ({ page }) => {
    await signIn(page, 'Operator');

    await test.step('opens the form of the workflow', async () => {
      await page.getByRole('link', { name: 'Run Onboard a service' }).click();
      await expect(
        page.getByRole('heading', { name: 'Onboard a service', level: 1 }),
      ).toBeVisible();
    });

    await test.step('is told what is missing', async () => {
      await page.getByRole('button', { name: 'Next' }).click();
      await expect(page.getByText('Please fill this in.')).toBeVisible();
    });

    await test.step('fills it in step by step and runs it', async () => {
      await page.getByRole('textbox', { name: 'Name' }).fill('payments-api');
      await page.getByRole('radio', { name: 'critical' }).check();
      await page.getByRole('button', { name: 'Next' }).click();
      await page.getByRole('textbox', { name: 'Name' }).fill('shop-team');
      await page.getByRole('button', { name: 'Next' }).click();
      await page.getByRole('button', { name: 'Next' }).click();
      await page.getByRole('button', { name: 'Run', exact: true }).click();
    });

    await test.step('sees it wait', async () => {
      await expectState(page, 'Running');
      await expect(
        page.getByText('com.example.onboarding.decided'),
      ).toBeVisible();
    });

    await test.step('approves it by its event', async () => {
      await page.getByRole('button', { name: /^Send event/ }).click();
      const dialog = page.getByRole('dialog', { name: 'Send event' });
      await writeJson(
        dialog.getByRole('textbox', { name: 'JSON editor' }),
        '{ "approved": true, "by": "Ada" }',
      );
      await dialog.getByRole('button', { name: 'Send', exact: true }).click();
    });

    await test.step('watches it finish with a result', async () => {
      await expectState(page, 'Completed');
      await expect(page.getByText('payments-api is registered.')).toBeVisible();
      await expect(page.getByText('Approved by')).toBeVisible();
    });

    await test.step('finds it in the list', async () => {
      await page.getByRole('link', { name: 'Instances' }).first().click();
      await expect(
        page.getByRole('row', { name: /Completed.*Onboard a service/ }),
      ).toBeVisible();
    });
  },
);
