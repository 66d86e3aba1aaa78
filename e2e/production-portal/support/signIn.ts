import { expect, Page } from '@playwright/test';
import { Person } from './IdentityProvider';

/** Signs in with the company account of a person, as far as the portal lets him. */
export async function signIn(page: Page, person: Person) {
  await page.goto('/');
  const opened = page.waitForEvent('popup');
  await page
    .getByRole('button', { name: 'Sign in as Company account' })
    .click();
  const provider = await opened;
  await provider.getByPlaceholder('Enter any login').fill(person);
  await provider.getByPlaceholder('and password').fill('anything');
  await provider.getByRole('button', { name: 'Sign-in' }).click();
  const closed = provider.waitForEvent('close');
  await provider.getByRole('button', { name: 'Continue' }).click();
  await closed;
}

export async function expectSignedIn(page: Page) {
  await expect(
    page.getByRole('link', { name: 'Orchestrator, home' }),
  ).toBeVisible();
}

export async function expectSignedOut(page: Page) {
  await expect(
    page.getByRole('button', { name: 'Sign in as Company account' }),
  ).toBeVisible();
}

/** Asks the portal for a new session, by the cookies of the browser. */
export function refreshSession(page: Page) {
  return page.request.get('/api/auth/oidc/refresh?env=production', {
    headers: { 'X-Requested-With': 'XMLHttpRequest' },
  });
}

/** The token by which the browser proves to the portal who it is. */
export async function tokenOf(page: Page): Promise<string> {
  const answer = await refreshSession(page);
  expect(answer.status()).toBe(200);
  return (await answer.json()).backstageIdentity.token;
}
