import { expect, Page } from '@playwright/test';

/** The people of the sample portal, by the titles of their sign-in cards. */
export type Person =
  | 'Administrator'
  | 'Operator'
  | 'Second operator'
  | 'Viewer'
  | 'Guest';

/** Opens the portal as a person, at the given address. */
export async function signIn(page: Page, person: Person, address = '/') {
  await page.goto(address);
  await page
    .getByRole('button', { name: `Sign in as ${person}`, exact: true })
    .click();
  await expect(
    page.getByRole('link', { name: 'Orchestrator, home' }),
  ).toBeVisible();
}
