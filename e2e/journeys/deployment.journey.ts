import { expect, test } from '@playwright/test';
import { readFileSync, rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { PortalApi } from '../support/PortalApi';
import { samples } from '../support/samples';
import { signIn } from '../support/signIn';
import { workflowFolder } from '../support/workflowFolder';

const file = join(workflowFolder(), 'greeting.sw.json');
const original = readFileSync(file, 'utf8');

test.describe('an author with the portal open', () => {
  test.afterEach(() => writeFileSync(file, original));

  test('sees a saved workflow deployed at once', async ({ page }) => {
    await signIn(page, 'Administrator', '/orchestrator/deployment');
    const row = page.getByRole('row', { name: /greeting\.sw\.json/ });
    await expect(row).toContainText('1.0');

    writeFileSync(
      file,
      original.replace('"version": "1.0"', '"version": "1.1"'),
    );
    await expect(row).toContainText('1.1');
    await expect(row).toContainText('Loaded');
  });

  test('sees where a broken file is wrong while the last good one runs', async ({
    page,
  }) => {
    await signIn(page, 'Administrator', '/orchestrator/deployment');
    const row = page.getByRole('row', { name: /greeting\.sw\.json/ });
    await expect(row).toContainText('Loaded');

    writeFileSync(file, original.replace('"specVersion"', 'specVersion'));
    const finding = page
      .getByRole('alert')
      .filter({ hasText: 'greeting.sw.json' })
      .filter({ hasText: /line 4, column \d+/ });
    await expect(finding).toBeVisible();
    await expect(row).toContainText('Last good version runs');

    const administrator = await PortalApi.signIn('administrator');
    await administrator.run('greeting', samples.greeting);

    writeFileSync(file, original);
    await expect(finding).toBeHidden();
    await expect(row).toContainText('Loaded');
  });

  test('finds a new workflow in the list, and misses a removed one', async ({
    page,
  }) => {
    const added = join(workflowFolder(), 'farewell.sw.json');
    await signIn(page, 'Administrator');
    const link = page.getByRole('link', { name: 'Farewell', exact: true });
    await expect(
      page.getByRole('link', { name: 'Greeting', exact: true }),
    ).toBeVisible();

    writeFileSync(
      added,
      original
        .replace('"greeting"', '"farewell"')
        .replace('"Greeting"', '"Farewell"'),
    );
    await expect(link).toBeVisible();
    rmSync(added);
    await expect(link).toBeHidden();
  });
});
