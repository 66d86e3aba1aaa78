import { expect, test } from '@playwright/test';
import { expectState } from '../support/expectState';
import { PortalApi } from '../support/PortalApi';
import { samples } from '../support/samples';
import { signIn } from '../support/signIn';

test(
  'an operator runs again what he ran before, with another input',
  { tag: '@production' },
  async ({ page }) => {
    const operator = await PortalApi.signIn('operator');
    const id = await operator.run('greeting', samples.greeting);
    await signIn(page, 'Operator', `/orchestrator/instances/${id}`);
    await expectState(page, 'Completed');

    await page.getByRole('link', { name: 'Run again' }).click();
    const name = page.getByRole('textbox', { name: 'Name' });
    await expect(name).toHaveValue('Ada');
    await name.fill('Grace');
    await page.getByRole('button', { name: 'Run', exact: true }).click();

    await expectState(page, 'Completed');
    await expect(page.getByText('Hola, Grace!')).toBeVisible();
    expect(page.url()).not.toContain(id);
  },
);
