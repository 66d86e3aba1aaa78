import { expect, Page, test } from '@playwright/test';
import { expectAccessible } from '../support/expectAccessible';
import { pages } from '../support/pages';
import { PortalApi } from '../support/PortalApi';
import { samples } from '../support/samples';
import { signIn } from '../support/signIn';
import { visit } from '../support/visit';

async function expectAccessibleInEachTheme(page: Page) {
  for (const colorScheme of ['light', 'dark'] as const) {
    await page.emulateMedia({ colorScheme });
    await expect(page.getByRole('main')).toBeVisible();
    await expect(page.getByRole('progressbar')).toHaveCount(0);
    await expectAccessible(page);
  }
}

test('axe finds nothing wrong with the sign-in page', async ({ page }) => {
  await page.goto('/');
  await expect(
    page.getByRole('button', { name: 'Sign in as Viewer' }),
  ).toBeVisible();
  await expectAccessibleInEachTheme(page);
});

test('axe finds nothing wrong with any page', async ({ page }) => {
  test.slow();
  const administrator = await PortalApi.signIn('administrator');
  const waiting = await administrator.run(
    'onboard-service',
    samples['onboard-service'],
  );
  const failed = await administrator.run('failing-call', {});
  await signIn(page, 'Administrator');
  // Colours on their way from one theme to the other are nobody's contrast.
  await page.addStyleTag({ content: '* { transition: none !important }' });

  for (const [path, sign] of pages(waiting, failed)) {
    await test.step(path, async () => {
      await visit(page, path);
      await expect(page.getByText(new RegExp(sign)).first()).toBeVisible();
      await expectAccessibleInEachTheme(page);
    });
  }
});
