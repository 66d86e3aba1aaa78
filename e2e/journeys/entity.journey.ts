import { expect, test } from '@playwright/test';
import { expectState } from '../support/expectState';
import { signIn } from '../support/signIn';
import { visit } from '../support/visit';

test(
  'an owner checks a dependency from the page of his component',
  { tag: '@production' },
  async ({ page }) => {
    await signIn(page, 'Operator', '/catalog/default/component/checkout');
    await page
      .getByRole('link', { name: 'Workflows', exact: true })
      .and(page.locator('[href$="/checkout/workflows"]'))
      .click();
    await expect(page).toHaveURL(/\/checkout\/workflows$/);
    await page.getByRole('link', { name: 'Run Check a dependency' }).click();

    await expect(page.getByLabel('Target entity')).toHaveValue(
      'component:default/checkout',
    );
    await page.getByRole('textbox', { name: 'Dependency' }).fill('billing');
    await page.getByRole('button', { name: 'Run', exact: true }).click();
    await expectState(page, 'Completed');

    await visit(page, '/catalog/default/component/checkout/workflows');
    await expect(
      page.getByRole('row', { name: /Completed.*Check a dependency/ }),
    ).toBeVisible();
  },
);
