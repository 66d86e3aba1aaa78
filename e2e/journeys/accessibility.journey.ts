import { expect, Page, test } from '@playwright/test';
import { expectAccessible } from '../support/expectAccessible';
import { PortalApi } from '../support/PortalApi';
import { samples } from '../support/samples';
import { signIn } from '../support/signIn';

const PAGES: Array<[name: string, path: string]> = [
  ['Workflows', '/orchestrator'],
  ['a workflow', '/orchestrator/workflows/onboard-service'],
  ['its instances', '/orchestrator/workflows/onboard-service/instances'],
  ['its definition', '/orchestrator/workflows/onboard-service/definition'],
  ['its form', '/orchestrator/workflows/onboard-service/run'],
  ['Instances', '/orchestrator/instances'],
  ['a waiting instance', '/orchestrator/instances/:waiting'],
  ['a failed instance', '/orchestrator/instances/:failed'],
  ['its data', '/orchestrator/instances/:waiting/data'],
  ['its relations', '/orchestrator/instances/:waiting/related'],
  ['its definition', '/orchestrator/instances/:waiting/definition'],
  ['Deployment', '/orchestrator/deployment'],
];

/** Resolves when nothing is being loaded any more. */
const settled = async (page: Page) => {
  await page.waitForLoadState('networkidle');
  await expect(page.getByRole('progressbar')).toHaveCount(0);
};

for (const colorScheme of ['light', 'dark'] as const) {
  test.describe(`in ${colorScheme} colours`, () => {
    test.use({ colorScheme });

    test('axe finds nothing wrong with the sign-in page', async ({ page }) => {
      await page.goto('/');
      await expect(
        page.getByRole('button', { name: 'Sign in as Viewer' }),
      ).toBeVisible();
      await expectAccessible(page);
    });

    test('axe finds nothing wrong with any page', async ({ page }) => {
      test.slow();
      const administrator = await PortalApi.signIn('administrator');
      const ids: Record<string, string> = {
        waiting: await administrator.run(
          'onboard-service',
          samples['onboard-service'],
        ),
        failed: await administrator.run('failing-call', {}),
      };
      await signIn(page, 'Administrator');
      for (const [name, path] of PAGES) {
        await test.step(name, async () => {
          await page.goto(path.replace(/:(\w+)/, (_, id: string) => ids[id]));
          await expect(page.getByRole('heading', { level: 1 })).toBeVisible();
          await settled(page);
          await expectAccessible(page);
        });
      }
    });
  });
}
