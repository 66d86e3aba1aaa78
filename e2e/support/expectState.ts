import { expect, Page } from '@playwright/test';

/** Expects that the page of an instance comes to show this state beside its title. */
export async function expectState(page: Page, state: string) {
  await expect(
    page.locator('header').getByText(state, { exact: true }),
  ).toBeVisible();
}
