import { samples } from '../support/samples';
import { expect, portalTest } from './support/portalTest';
import { runSample } from './support/runSample';
import {
  expectSignedIn,
  expectSignedOut,
  refreshSession,
  signIn,
  tokenOf,
} from './support/signIn';

const RUN_GREETING = '/api/orchestrator/workflows/greeting/instances';

portalTest(
  'an operator signs in with the company account and runs a workflow',
  async ({ page }) => {
    await signIn(page, 'olga');
    await expectSignedIn(page);
    await expect(
      page.getByRole('link', { name: 'Run Greeting' }),
    ).toBeVisible();
    const id = await runSample(page, 'greeting');
    await page.goto(`/orchestrator/instances/${id}`);
    await expect(page.getByText('Completed').first()).toBeVisible();
  },
);

portalTest('a viewer may look, and run nothing', async ({ page }) => {
  await signIn(page, 'victor');
  await expectSignedIn(page);
  await expect(
    page.getByRole('link', { name: 'Greeting', exact: true }),
  ).toBeVisible();
  await expect(page.getByRole('link', { name: /^Run / })).toHaveCount(0);
  const run = await page.request.post(RUN_GREETING, {
    headers: { authorization: `Bearer ${await tokenOf(page)}` },
    data: { input: samples.greeting },
  });
  expect(run.status()).toBe(403);
});

for (const person of ['stranger', 'impostor'] as const) {
  portalTest(
    `an account that belongs to nobody in the catalog is no way in: ${person}`,
    async ({ page }) => {
      await signIn(page, person);
      await expect(page.getByRole('alert')).toContainText(
        'Could not sign you in',
      );
      await expectSignedOut(page);
      expect((await refreshSession(page)).status()).toBe(401);
    },
  );
}

portalTest('a session outlives a reload of the page', async ({ page }) => {
  await signIn(page, 'olga');
  await expectSignedIn(page);
  await page.reload();
  await expectSignedIn(page);
});

portalTest(
  'after signing out the session is of no use any more',
  async ({ page, context }) => {
    await signIn(page, 'olga');
    await expectSignedIn(page);
    const session = await context.cookies();
    await page.goto('/settings');
    await page.getByTestId('user-settings-menu').click();
    await page.getByTestId('sign-out').click();
    await expectSignedOut(page);
    await page.reload();
    await expectSignedOut(page);
    // Nor to whoever kept a copy of its cookies.
    await context.addCookies(session);
    expect((await refreshSession(page)).status()).toBe(401);
  },
);

portalTest(
  'when the provider ended the session, the portal asks to sign in again',
  async ({ page, bed }) => {
    await signIn(page, 'olga');
    await expectSignedIn(page);
    await bed.identityProvider.forgetEverybody();
    // Whatever is asked for next; the portal may have noticed before.
    await page
      .locator('a[href="/orchestrator/instances"]')
      .first()
      .dispatchEvent('click');
    await expect(
      page.getByRole('heading', { name: 'Login Required' }),
    ).toBeVisible();
    await page.reload();
    await expectSignedOut(page);
  },
);
